"""Rules for the words: an alert warns, and what must be done is a step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Alert

_VERB_WORDS = """
call check close confirm connect cut disconnect ensure fetch go isolate log open press
print pull push put read remove replace report reset restart run send set shut start stop
switch take tell test transfer turn type unplug use verify wait write afbryd bekræft brug
kontrollér kontroller luk læs ring sluk start stop tag tjek tænd vent åbn
"""
_VERBS = frozenset(_VERB_WORDS.split())
_SENTENCE = re.compile(r"(?:^|[.!?:;]\s+|\n)\W*(?P<first>[^\W\d_]+)(?P<second>\s+\S+)?")
_NOT_IMPERATIVE = frozenset(
    ["is", "are", "was", "were", "may", "can", "will", "must", "up", "er", "kan", "vil", "må"]
)


def check_content(case: Case) -> None:
    """Check every alert once. "Do not …" is a warning, "Open …" is an action."""
    procedure = case.procedure
    alerts: set[Alert] = set(procedure.alerts)
    alerts.update(*(section.alerts for section in procedure.sections))
    alerts.update(*(step.alerts for step in procedure.steps))
    for alert in alerts:
        verb = _action_in(alert.text)
        if verb is not None:
            case.findings.add(
                "action-in-alert",
                alert,
                f"This alert tells the reader to act (`{verb}`). Make that a step of its own.",
            )


def _action_in(text: str) -> str | None:
    for found in _SENTENCE.finditer(text[:5000]):
        second = (found["second"] or "").strip().casefold()
        if found["first"].casefold() in _VERBS and second not in _NOT_IMPERATIVE:
            return found["first"]
    return None
