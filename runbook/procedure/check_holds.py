"""Rules for hold points: criteria, a way on without a go, and a deputy who is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Hold, Step


def check_holds(case: Case) -> None:
    """Check every hold point; its role is checked with the roles."""
    for step in case.procedure.steps:
        if step.hold is not None:
            _check_ways(step, step.hold, case)
            _check_deputy(step, step.hold, case)


def _check_ways(step: Step, hold: Hold, case: Case) -> None:
    if not hold.go_when:
        message = "Add `Go when:` below the hold point: what must be true for a go."
        case.findings.add("hold-without-go-when", step, message)
    if not hold.no_go:
        message = "Add `No-go:` below the hold point: where the work goes on without a go."
        case.findings.add("hold-without-no-go", step, message)
    elif not hold.no_go_go:
        message = "Say where the work goes on without a go: `No-go: go to [x](#step-id)`."
        case.findings.add("hold-without-no-go", step.at("No-go"), message)


def _check_deputy(step: Step, hold: Hold, case: Case) -> None:
    if not hold.deputy:
        message = "Add `Deputy after 3m:` and the role that decides when the first is silent."
        case.findings.add("hold-without-deputy", step, message)
    elif hold.deputy == step.role:
        message = "The deputy is the role that decides already. Name another one."
        case.findings.add("deputy-same", step.at("Deputy after"), message)
