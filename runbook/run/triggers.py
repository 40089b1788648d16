"""Which conditions of a watch its readings say are true, and nobody has answered yet."""

from __future__ import annotations

from runbook.procedure.model import Condition
from runbook.run.criteria import holds
from runbook.run.state import RunState


def offered(state: RunState, step: str) -> tuple[int, ...]:
    """The conditions of an armed watch that hold by readings newer than their last trigger."""
    if not state.is_armed(step):
        return ()
    watch = state.watch_of(step)
    assert watch is not None
    last = {told.when: told.seq for told in watch.triggers}
    return tuple(
        place
        for place, when in enumerate(state.step(step).whens)
        if when.condition is not None
        and holds(state, when.condition)
        and _newest(state, when.condition) > last.get(place, 0)
    )


def _newest(state: RunState, condition: Condition) -> int:
    """The entry of the newest reading that a condition compares."""
    names = {comparison.name for group in condition.any_of for comparison in group}
    taken = (state.latest(name) for name in names)
    return max((reading.seq for reading in taken if reading is not None), default=0)
