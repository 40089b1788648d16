"""Rules for warnings: an alert warns, and what must be done is a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Alert


def check_content(case: Case) -> None:
    """Check every alert once. "Do not …" is a warning, "Open …" is an action."""
    procedure = case.procedure
    alerts: set[Alert] = set(procedure.alerts)
    alerts.update(*(section.alerts for section in procedure.sections))
    alerts.update(*(step.alerts for step in procedure.steps))
    for alert in alerts:
        verb = case.known.act_in(alert.text)
        if verb is not None:
            case.findings.add(
                "action-in-alert",
                alert,
                f"This alert tells the reader to act (`{verb}`). Make that a step of its own.",
            )
