"""When people became aware, when they declared, and how long they think it will last.

A declaration says it; before there is one, the readings `time_aware` and `time_declared` of a
procedure do, so that nobody is asked twice.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from runbook.procedure.durations import seconds
from runbook.run.state import Reading, RunState

AWARE = "time_aware"
DECLARED = "time_declared"
ASKED_AFTER_H = (1, 4, 8, 24)
"""Hours after the declaration at which the assumed duration is asked for again."""

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_SLACK = timedelta(minutes=5)  # a clock on the wall is not the clock of this machine


def declared_at(state: RunState) -> datetime | None:
    """When the incident was declared, in UTC; None while it is not."""
    said = state.messages.declaration
    return said.declared if said else read_moment(state, DECLARED)


def aware_at(state: RunState) -> datetime | None:
    """When somebody became aware of the incident, in UTC; None while nobody has said it."""
    said = state.messages.declaration
    return said.aware if said else read_moment(state, AWARE)


def read_moment(state: RunState, name: str) -> datetime | None:
    """The moment that a reading of a time of day means: the last such time before it was taken.

    It was read on a local clock, so the offset recorded with the entry applies.
    """
    reading = state.latest(name)
    return moment_of(reading) if reading else None


def moment_of(reading: Reading) -> datetime | None:
    """The moment of one reading of a time of day, in UTC; None when it is no such reading."""
    found = _CLOCK.fullmatch(reading.value)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 - a clock
        return None
    zone = timezone(timedelta(seconds=reading.offset_s))
    taken = (reading.performed or reading.at).astimezone(zone)
    at = taken.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
    at = at if at <= taken + _SLACK else at - timedelta(days=1)
    return at.astimezone(reading.at.tzinfo)


def assumed_min(state: RunState) -> int:
    """How many minutes the incident is assumed to last, 0 for unknown."""
    made = state.messages.assumptions
    return made[-1].assumed_min if made else 0


def duration_due(state: RunState, now: datetime) -> tuple[int, datetime] | None:
    """The last mark that has passed without an answer, in hours, and its moment."""
    since = declared_at(state)
    if since is None:
        return None
    passed = [h for h in ASKED_AFTER_H if since + timedelta(hours=h) <= now]
    answered = max((a.after_h for a in state.messages.assumptions), default=0)
    if not passed or passed[-1] <= answered:
        return None
    return passed[-1], since + timedelta(hours=passed[-1])


def relief_due(state: RunState) -> datetime | None:
    """When those at work have to be relieved; None before the run has started."""
    hours = span(state, "comms.relief", timedelta(hours=8))
    reliefs = state.messages.reliefs
    since = (reliefs[-1].at or reliefs[-1].arranged) if reliefs else state.started
    return since + hours if since else None


def span(state: RunState, name: str, otherwise: timedelta) -> timedelta:
    """A length of time from the site's values frozen with the run."""
    found = seconds(state.prepared.values.get(name, ""))
    return timedelta(seconds=found) if found else otherwise
