"""What a person should do about declaring and telling by now: derived, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from runbook.run.callout import callouts
from runbook.run.declaration import declared_at, duration_due, relief_due, span
from runbook.run.events import RunStatus
from runbook.run.regulatory import clocks
from runbook.run.state import ENDED, RunState

LAST_PART = 10
"""A duty begins to be shown as pressing when so small a part of its time is left."""


class Ask(StrEnum):
    """What is asked for."""

    NEXT_CALL = "next-call"
    DURATION = "duration"
    RELIEF = "relief"
    REPORT = "report"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing that is due: `subject` is a role, a clock or hours; `whom` is to be called."""

    ask: Ask
    due: datetime
    subject: str = ""
    whom: str = ""


def report_due(state: RunState) -> datetime | None:
    """When the next situation report goes out; None while nothing is declared."""
    reports = state.messages.reports
    if reports:
        every = span(state, "comms.report_then", timedelta(minutes=60))
        return reports[-1].next_at or reports[-1].at + every
    since = declared_at(state)
    return since + span(state, "comms.report_first", timedelta(minutes=30)) if since else None


def next_report_at(state: RunState, now: datetime) -> datetime:
    """When the report after one that is sent now will be due."""
    return now + span(state, "comms.report_then", timedelta(minutes=60))


def prompts(state: RunState, now: datetime, zone: tzinfo) -> tuple[Prompt, ...]:
    """Everything that is due by now, the longest overdue first."""
    if state.status is RunStatus.PREPARED:
        return ()
    found = tuple(_duties(state, now, zone))
    if state.status not in ENDED:
        found = (*found, *_calls(state, now), *_asked(state, now))
    return tuple(sorted(found, key=lambda prompt: prompt.due))


def _calls(state: RunState, now: datetime) -> Iterator[Prompt]:
    for found in callouts(state):
        if found.next is not None and found.due is not None and found.due <= now:
            yield Prompt(Ask.NEXT_CALL, found.due, found.role, found.next.key)


def _asked(state: RunState, now: datetime) -> Iterator[Prompt]:
    duration = duration_due(state, now)
    if duration is not None:
        yield Prompt(Ask.DURATION, duration[1], str(duration[0]))
    for ask, due in ((Ask.RELIEF, relief_due(state)), (Ask.REPORT, report_due(state))):
        if due is not None and due <= now:
            yield Prompt(ask, due)


def _duties(state: RunState, now: datetime, zone: tzinfo) -> Iterator[Prompt]:
    for clock in clocks(state, zone):
        if clock.duty is not None or clock.start is None or clock.due is None:
            continue
        if clock.due - (clock.due - clock.start) / LAST_PART <= now:
            yield Prompt(Ask.DUTY, clock.due, clock.rule.key)
