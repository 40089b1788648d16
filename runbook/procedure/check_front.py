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
    _check_control(case)
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


def _check_control(case: Case) -> None:
    """Who answers for the text, which text it is, and who has approved it."""
    front, at = case.procedure.front, _key(case, "runbook")
    if front.id is None and "id" not in front.lines:
        message = f"Give the procedure an id that stays: `id: {case.procedure.id}`."
        case.findings.add("procedure-without-id", at, message)
    if not front.owner:
        message = "Say who answers for the text: `owner: Datacentre operations`."
        case.findings.add("procedure-without-owner", _key(case, "owner", "runbook"), message)
    if not front.revision:
        message = "Say which text this is: `revision: 1`, and raise it with every change."
        case.findings.add("procedure-without-revision", _key(case, "revision", "runbook"), message)
    if front.approved is None or not front.approved.by or front.approved.on is None:
        case.findings.add(
            "procedure-not-approved",
            _key(case, "approved", "runbook"),
            "Nobody has approved this text: `approved: {by: …, on: 2026-10-05}` is missing."
            " Its use has to be justified each time.",
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
