"""Findings beyond parsing: what makes a procedure fit, or unfit, to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.check_content import check_alerts, check_readings, check_values
from runbook.procedure.check_links import check_links
from runbook.procedure.check_steps import check_steps
from runbook.procedure.findings import Findings
from runbook.procedure.model import Severity

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from runbook.procedure.model import Finding, Procedure
    from runbook.procedure.site import Site

_BAD_BYTES = frozenset({"file-too-large", "not-text"})


def check(
    procedure: Procedure,
    *,
    site: Site | None = None,
    folder: Path | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """All findings of a procedure by place: those of parsing and those of the rules.

    `folder` is where the file lies, for links; `today` tells whether its review is overdue.
    """
    findings = Findings()
    _check_file(procedure, findings)
    check_steps(procedure, findings)
    check_links(procedure, folder, findings)
    check_readings(procedure, findings)
    check_alerts(procedure, findings)
    if site is not None:
        check_values(procedure, site.values, findings)
    if today is not None:
        _check_review(procedure, today, findings)
    return tuple(sorted({*procedure.findings, *findings.sorted()}))


def is_broken(findings: tuple[Finding, ...]) -> bool:
    """Whether any of these keeps the file from being approved."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _check_file(procedure: Procedure, findings: Findings) -> None:
    front = procedure.front
    if any(finding.code in _BAD_BYTES for finding in procedure.findings):
        return
    if not (procedure.steps or procedure.sections or procedure.introduction or front.lines):
        findings.warning(
            1, 1, "empty-file", "The file is empty. Write a title and a list of steps."
        )
    elif not procedure.steps:
        message = "No steps were found. Write each step as a list item that begins with `- [ ]`."
        report = findings.warning if procedure.strict else findings.note
        report(1, 1, "no-steps", message)
    if procedure.strict and front.id is None and "id" not in front.lines:
        findings.warning(
            front.lines.get("runbook", 1), 1, "procedure-without-id",
            f"Give the procedure an id that stays: `id: {procedure.id}`.",
        )  # fmt: skip


def _check_review(procedure: Procedure, today: date, findings: Findings) -> None:
    due = procedure.front.review_due
    if due is not None and today > due:
        findings.warning(
            procedure.front.lines.get("last_reviewed_on", 1), 1, "review-overdue",
            f"The review was due on {due.isoformat()}. Review the text and set the new date.",
        )  # fmt: skip
