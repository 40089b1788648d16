"""Rules for times: what then, when one has passed; what it counts from; where a watch ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.model import StepKind

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Step


def check_times(case: Case) -> None:
    """Check every step that has a time."""
    for step in case.procedure.steps:
        _check_missed(step, case)
        _check_anchor(step, case)
        if step.kind is StepKind.WATCH:
            _check_watch(step, case)


def _check_missed(step: Step, case: Case) -> None:
    timed = step.within is not None or step.kind in (StepKind.WATCH, StepKind.WAIT)
    if timed and not step.if_missed:
        message = "Add `If missed:` below the step: what to do when the time has passed."
        case.findings.add("time-without-if-missed", step.at("Within"), message)


def _check_watch(step: Step, case: Case) -> None:
    if not step.until:
        message = "Add `Until:` below the watch: when it ends."
        case.findings.add("watch-without-until", step, message)
    if not (step.records or step.whens):
        case.findings.add(
            "watch-without-record",
            step,
            "Nothing follows from this watch. Add `Record:` with what is read, or `When:`"
            " with what it triggers.",
        )


def _check_anchor(step: Step, case: Case) -> None:
    """A deadline counts from a step or a reading that comes before it."""
    if step.within is None:
        return
    of, at = step.within.of, step.at("Within")
    anchor = case.procedure.by_id.get(of)
    anchors = case.takers.get(of, []) if anchor is None else [anchor]
    if not anchors:
        named = f"`{of[:60]}` is no step or reading of this file" if of else "It has no start"
        message = f"{named}. Write from which step the time counts: `3 min of STEP-ID`."
        case.findings.add("within-unknown", at, message)
    elif not any(case.before.may_precede(first, step) for first in anchors):
        message = f"The time counts from `{of[:60]}`, which comes only after this step."
        case.findings.add("within-later", at, message)
