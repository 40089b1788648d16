"""The local time of a run: by the zone its site names, else by the offset last recorded."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runbook.run.state import RunState


def zone_of(state: RunState) -> tzinfo:
    """The zone named by `site.zone`; a machine that does not know it uses the recorded offset."""
    name = state.prepared.values.get("site.zone", "")
    if name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    return timezone(timedelta(seconds=state.offset_s))


def clock_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment by the local clock: `18:05`, with its date on any other day than today."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
