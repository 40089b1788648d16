"""Rules for what cannot be undone: two persons, the target typed, and a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.model import StepKind

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Step


def check_danger(case: Case) -> None:
    """Check every step that destroys, then that the procedure says how to give up."""
    first: Step | None = None
    for step in case.procedure.steps:
        why = _danger(step, case)
        if why:
            _check_guards(step, why, case)
        if first is None and why:
            first = step
    if first is not None and not _says_how_to_give_up(case):
        case.findings.add(
            "no-way-back",
            first,
            "This step changes what is running, and nothing says how to give up. Add a section"
            " `## … (way back)`, or mark the step after which there is none:"
            " `point of no return`.",
        )


def _danger(step: Step, case: Case) -> str:
    """Why a step is one that cannot be undone; empty when it is not."""
    if step.point_of_no_return:
        return "This is a point of no return."
    if step.kind is not StepKind.ACTION or step.id in case.procedure.children:
        return ""  # what is said, asked or made up of parts destroys nothing by itself
    words = case.known.destruction_in(step.text)
    return f"This step destroys something (`{words[:60]}`)." if words else ""


def _check_guards(step: Step, why: str, case: Case) -> None:
    if step.two_person is None:
        message = f"{why} Add `two-person` to its last parenthesis."
        case.findings.add("destructive-without-two-person", step, message)
    if not step.type_text:
        message = f"{why} Add `Type:` with the name that its target shows."
        case.findings.add("destructive-without-type", step, message)


def _says_how_to_give_up(case: Case) -> bool:
    procedure = case.procedure
    return any(step.point_of_no_return for step in procedure.steps) or any(
        section.way_back or section.point_of_no_return for section in procedure.sections
    )
