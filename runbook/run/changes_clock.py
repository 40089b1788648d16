"""What events about clocks change in the state of a run."""

from __future__ import annotations

from msgspec.structs import replace

from runbook.run.changes import Stamp, instant
from runbook.run.events_clock import AdviceDisputed
from runbook.run.state import Dispute, RunState


def disputed(state: RunState, event: AdviceDisputed, stamp: Stamp) -> RunState:
    """Somebody's own figure stands in place of one that was worked out."""
    until = instant(event.until) if event.until else None
    own = Dispute(stamp.seq, event.advice, event.own, until, event.reason, stamp.at, stamp.by)
    others = tuple(d for d in state.disputes if d.advice != event.advice)
    return replace(state, disputes=(*others, own))
