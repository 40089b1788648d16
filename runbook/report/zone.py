"""The local time of a run: by the zone its site names, else by the offset last recorded.

What the law counts goes by the zone of the site. What people read on this machine's screens
goes by the clock of this machine, which was recorded with every entry.
"""

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


def wall_of(state: RunState) -> tzinfo:
    """The clock on the wall of this machine: the site's zone where both agree."""
    recorded, zone = timedelta(seconds=state.offset_s), zone_of(state)
    agrees = state.last_at is None or zone.utcoffset(state.last_at.astimezone(zone)) == recorded
    return zone if agrees else timezone(recorded)


def clock_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """A moment by the local clock: `18:05`, with its date on any other day than today."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
