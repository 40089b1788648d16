"""Rules for readings, site values and alerts, which look at more than one step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure.conditions import parse_condition
from runbook.procedure.labels import words_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from runbook.procedure.findings import Findings
    from runbook.procedure.model import Alert, Condition, Procedure, Step

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


def check_readings(procedure: Procedure, findings: Findings) -> None:
    """A condition may only ask for a reading that was taken before, or in the same step."""
    recorded = {record.name for step in procedure.steps for record in step.records}
    so_far: set[str] = set()
    for step in procedure.steps:
        so_far.update(record.name for record in step.records)
        for condition, line, column in _conditions(step, procedure):
            for name in sorted({c.name for group in condition.any_of for c in group} - so_far):
                _report_reading(name, line, column, findings, later=name in recorded)


def _report_reading(name: str, line: int, column: int, findings: Findings, *, later: bool) -> None:
    if later:
        findings.warning(
            line, column, "reading-later",
            f"`{name}` is asked for here but recorded only further down.",
        )  # fmt: skip
    else:
        findings.warning(
            line, column, "reading-unknown",
            f"`{name}` is asked for here, but no step records it. Add `Record: {name} = …`.",
        )  # fmt: skip


def _conditions(step: Step, procedure: Procedure) -> Iterator[tuple[Condition, int, int]]:
    for when in step.whens:
        if when.condition is not None:
            yield when.condition, when.line, when.column
    words = words_for(procedure.front.lang)
    for text in step.hold.go_when if step.hold is not None else ():
        condition = parse_condition(text, words)
        if condition is not None:
            yield condition, step.line, step.column


def check_values(procedure: Procedure, values: Mapping[str, str], findings: Findings) -> None:
    """Every `{{name}}` must be a value of the file or site, or a reading."""
    readings = {record.name for step in procedure.steps for record in step.records}
    known = {*values, *procedure.front.values, *readings}
    for use in procedure.value_uses:
        if use.name not in known:
            findings.warning(
                use.line, use.column, "value-unset",
                f"`{{{{{use.name}}}}}` has no value here. Set it under `values` or in site.toml.",
            )  # fmt: skip


def check_alerts(procedure: Procedure, findings: Findings) -> None:
    """An alert warns; what must be done is a step. "Do not …" is a warning."""
    alerts: set[Alert] = set(procedure.alerts)
    for section in procedure.sections:
        alerts.update(section.alerts)
    for step in procedure.steps:
        alerts.update(step.alerts)
    for alert in sorted(alerts, key=lambda alert: alert.line):
        verb = _action_in(alert.text)
        if verb is not None:
            findings.warning(
                alert.line, 1, "action-in-alert",
                f"This alert tells the reader to act (`{verb}`). Make that a step of its own.",
            )  # fmt: skip


def _action_in(text: str) -> str | None:
    for found in _SENTENCE.finditer(text[:5000]):
        second = (found["second"] or "").strip().casefold()
        if found["first"].casefold() in _VERBS and second not in _NOT_IMPERATIVE:
            return found["first"]
    return None
