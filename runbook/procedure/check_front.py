"""Rules for the file as a whole and for its front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.findings import Spot

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case

_BAD_BYTES = frozenset({"file-too-large", "not-text"})


def check_front(case: Case) -> None:
    """Check that there is a procedure at all, and what it says about itself."""
    if any(finding.code in _BAD_BYTES for finding in case.procedure.findings):
        return
    _check_steps(case)
    _check_id(case)
    _check_review(case)
    _check_rto(case)


def _key(case: Case, *keys: str) -> Spot:
    """Where the first of these keys stands in the front matter."""
    lines = case.procedure.front.lines
    return Spot(next((lines[key] for key in keys if key in lines), 1))


def _check_steps(case: Case) -> None:
    procedure = case.procedure
    written = procedure.sections or procedure.introduction or procedure.front.lines
    if procedure.steps:
        return
    if written:
        case.findings.add(
            "no-steps",
            Spot(1),
            "No steps were found. Write each step as a list item that begins with `- [ ]`.",
        )
    else:
        message = "The file is empty. Write a title and a list of steps."
        case.findings.add("empty-file", Spot(1), message)


def _check_id(case: Case) -> None:
    front = case.procedure.front
    if front.id is None and "id" not in front.lines:
        case.findings.add(
            "procedure-without-id",
            _key(case, "runbook"),
            f"Give the procedure an id that stays: `id: {case.procedure.id}`.",
        )


def _check_review(case: Case) -> None:
    due = case.procedure.front.review_due
    if due is not None and case.today is not None and case.today > due:
        case.findings.add(
            "review-overdue",
            _key(case, "last_reviewed_on"),
            f"The review was due on {due.isoformat()}. Review the text and set the new date.",
        )


def _check_rto(case: Case) -> None:
    procedure = case.procedure
    for rto in procedure.front.rto:
        ends = (rto.start, rto.until) if rto.start != "declared" else (rto.until,)
        for end in ends:
            if end not in procedure.by_id and end not in procedure.section_by_id:
                case.findings.add(
                    "rto-unknown-step",
                    _key(case, "rto"),
                    f"`rto` of {rto.service} names the step `{end}`, which is not in this file.",
                )
