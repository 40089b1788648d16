"""Findings beyond parsing: what makes a procedure fit, or unfit, to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.check_calls import check_calls
from runbook.procedure.check_case import Case
from runbook.procedure.check_content import check_content
from runbook.procedure.check_danger import check_danger
from runbook.procedure.check_decisions import check_decisions
from runbook.procedure.check_front import check_front
from runbook.procedure.check_holds import check_holds
from runbook.procedure.check_links import check_links
from runbook.procedure.check_readings import check_readings
from runbook.procedure.check_roles import check_roles
from runbook.procedure.check_steps import check_steps
from runbook.procedure.check_times import check_times
from runbook.procedure.check_uses import check_uses
from runbook.procedure.findings import Findings
from runbook.procedure.model import Severity
from runbook.procedure.others import Others

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from runbook.procedure.model import Finding, Procedure
    from runbook.procedure.site import Site

SUBJECTS = (
    check_front,
    check_roles,
    check_steps,
    check_decisions,
    check_times,
    check_holds,
    check_readings,
    check_uses,
    check_danger,
    check_content,
    check_links,
    check_calls,
)
"""Every subject with rules of its own; how much each finding matters stands in `codes`."""


def check(
    procedure: Procedure,
    *,
    site: Site | None = None,
    folder: Path | None = None,
    others: Others | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """All findings of a procedure by place: those of parsing and those of the rules.

    `folder` is where the file lies, for links; `others` remembers what was read of other files
    between checks; `today` tells whether the review is overdue.
    """
    findings = Findings(strict=procedure.strict)
    case = Case(procedure, findings, others or Others(), site, folder, today)
    for check_subject in SUBJECTS:
        check_subject(case)
    return tuple(sorted({*procedure.findings, *findings.sorted()}))


def is_broken(findings: tuple[Finding, ...]) -> bool:
    """Whether any of these keeps the file from being approved."""
    return any(finding.severity is Severity.ERROR for finding in findings)
