"""Whether the wall clock kept step with the clock that never jumps."""

from __future__ import annotations

from datetime import datetime

from runbook.journal.events import ClockChanged
from runbook.run.entry import Entry

TOLERANCE_MS = 2000
_NS_PER_MS = 1_000_000


def clock_change(last: Entry, now: datetime, mono: int, boot: str) -> ClockChanged | None:
    """What to record before an act at this time, None when the clocks agree since `last`."""
    if boot != last.boot:
        return ClockChanged(after_seq=last.seq, last_wall=last.wall, jump_ms=0, new_boot=True)
    passed = now - datetime.fromisoformat(last.wall)
    jump = round(passed.total_seconds() * 1000) - (mono - last.mono) // _NS_PER_MS
    if abs(jump) <= TOLERANCE_MS:
        return None
    return ClockChanged(after_seq=last.seq, last_wall=last.wall, jump_ms=jump, new_boot=False)
