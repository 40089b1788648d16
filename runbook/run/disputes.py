"""Figures that people set against what the program works out, and how long they stand."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from runbook.procedure import durations
from runbook.run.state import Dispute, RunState

END: Final = "end"
BACK: Final = "back out"
_LONGEST_S: Final = 366 * 86400
_NONE: Final = ("none", "never")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_START: Final = "start "
_GOAL: Final = "rto "


def start_key(name: str) -> str:
    """How the latest safe start of a resource is named in the record."""
    return f"{_START}{name}"


def goal_key(service: str) -> str:
    """How the forecast of a recovery objective is named in the record."""
    return f"{_GOAL}{service}"


def standing(state: RunState, advice: str) -> Dispute | None:
    """The figure that stands in place of an advice; None when there is none, or no longer.

    A resource goes by its own next reading. Anything else is worked out from more, so that it
    goes by the next reading or settled step, whichever comes first.
    """
    own = next((d for d in reversed(state.disputes) if d.advice == advice), None)
    if own is None:
        return None
    newer = [r for r in state.readings if r.seq > own.seq and not r.withdrawn]
    if not _is_derived(advice):
        return None if any(r.name == advice for r in newer) else own
    settled = (a.seq for record in state.records.values() for a in record.attempts)
    return None if newer or any(seq > own.seq for seq in settled) else own


def _is_derived(advice: str) -> bool:
    return advice in (END, BACK) or advice.startswith((_START, _GOAL))


def own_moment(typed: str, now: datetime) -> str | None:
    """The moment that `12`, `12 min` or `18:40` means, RFC 3339; None when it means none.

    `none` is empty: it does not run out at all. A time of day is the next one in the zone of
    `now`, a bare number is minutes.
    """
    text = typed.strip().casefold()
    if text in _NONE:
        return ""
    shown = _CLOCK.fullmatch(text)
    if shown is not None:
        at = now.replace(hour=int(shown[1]), minute=int(shown[2]), second=0, microsecond=0)
        return (at if at > now else at + timedelta(days=1)).isoformat()
    seconds = durations.seconds(f"{text} min" if text.isdecimal() else text)
    if seconds is None or seconds > _LONGEST_S:
        return None
    return (now + timedelta(seconds=seconds)).isoformat()
