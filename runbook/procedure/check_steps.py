"""Rules for single steps: words, ids, roles, expected results, options, holds and times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.model import StepKind
from runbook.procedure.weight import is_too_heavy

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Step


def check_steps(case: Case) -> None:
    """Check every step by itself."""
    for step in case.procedure.steps:
        _check_words(step, case)
        _check_id(step, case)
        if step.kind is StepKind.ACTION:
            _check_action(step, case)
        elif step.kind is StepKind.DECISION:
            _check_options(step, case)
            _check_labels(step, case)
        elif step.kind is StepKind.HOLD:
            _check_hold(step, case)
        _check_times(step, case)


def _check_words(step: Step, case: Case) -> None:
    if not step.text:
        message = "This step has no words. Say what to do, or remove it."
        case.findings.add("step-without-words", step, message)
    if step.details and is_too_heavy(step.details):
        case.findings.add(
            "details-heavy",
            step,
            "What stands below this step is too large or nested too deep to be laid out;"
            " it is shown as plain text. Make it shorter.",
        )


def _check_id(step: Step, case: Case) -> None:
    if not step.id_written:
        case.findings.add(
            "step-without-id",
            step,
            f"Give the step an id that stays: `<!-- id: {step.id} -->` at the end of its line.",
        )


def _check_action(step: Step, case: Case) -> None:
    if step.role is None:
        case.findings.add(
            "step-without-role",
            step,
            "Nobody is named for this step. Put a declared role in a last parenthesis.",
        )
    if step.id in case.procedure.children:
        return  # Its sub-steps are what is done and seen.
    if not step.expect:
        message = "Add `Expect:` below the step: what is seen when it is right."
        case.findings.add("step-without-expect", step, message)
    if step.if_not is None:
        message = "Add `If not:` below the step: what to do when that is not seen."
        case.findings.add("step-without-if-not", step, message)


def _check_hold(step: Step, case: Case) -> None:
    if step.role is None:
        message = "A hold point needs the role that decides, in a last parenthesis."
        case.findings.add("hold-without-role", step, message)
    if step.hold is not None and not step.hold.go_when:
        message = "Add `Go when:` below the hold point: what must be true for a go."
        case.findings.add("hold-without-go-when", step, message)


def _check_times(step: Step, case: Case) -> None:
    timed = step.within is not None or step.kind is StepKind.WATCH
    if timed and not step.if_missed:
        message = "Add `If missed:` below the step: what to do when the time has passed."
        case.findings.add("time-without-if-missed", step, message)
    if step.kind is StepKind.WATCH and not step.until:
        message = "Add `Until:` below the watch: when it ends."
        case.findings.add("watch-without-until", step, message)


def _check_options(step: Step, case: Case) -> None:
    cannot_tell = any(case.words.is_("cannot tell", option.label) for option in step.options)
    if len(step.options) < 2:  # noqa: PLR2004 - a choice is between two
        case.findings.add(
            "decision-without-options",
            step,
            "A decision needs at least two options. Write each as a plain sub-bullet.",
        )
    elif not cannot_tell:
        message = "Add an option `Cannot tell` and say what follows then."
        case.findings.add("decision-without-cannot-tell", step, message)


def _check_labels(step: Step, case: Case) -> None:
    seen: set[str] = set()
    for option in step.options:
        label = option.label.casefold()
        if label in seen or not label:
            message = "Every option needs a label of its own before the colon."
            case.findings.add("option-label", option, message)
        seen.add(label)
