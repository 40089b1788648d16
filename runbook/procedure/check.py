"""Findings beyond parsing: what makes a procedure fit, or unfit, to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.check_case import Case
from runbook.procedure.check_content import check_content
from runbook.procedure.check_front import check_front
from runbook.procedure.check_links import check_links
from runbook.procedure.check_readings import check_readings
from runbook.procedure.check_steps import check_steps
from runbook.procedure.findings import Findings
from runbook.procedure.model import Severity

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from runbook.procedure.model import Finding, Procedure
    from runbook.procedure.site import Site

SUBJECTS = (
    check_front,
    check_steps,
    check_readings,
    check_content,
    check_links,
)
"""Every subject with rules of its own; how much each finding matters stands in `codes`."""


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
    findings = Findings(strict=procedure.strict)
    case = Case(procedure, findings, site, folder, today)
    for check_subject in SUBJECTS:
        check_subject(case)
    return tuple(sorted({*procedure.findings, *findings.sorted()}))


def is_broken(findings: tuple[Finding, ...]) -> bool:
    """Whether any of these keeps the file from being approved."""
    return any(finding.severity is Severity.ERROR for finding in findings)
