"""What a section leaves behind when the run goes on to the next one."""

from __future__ import annotations

from runbook.run.events import Status
from runbook.run.state import RunState

_PLAIN = frozenset({Status.DONE, Status.DONE_DEV, Status.NOT_APPLICABLE})


def left_behind(state: RunState, step: str) -> tuple[str, ...]:
    """Steps of the section before that were not done; none but at the first step of a section.

    A user who leaves a section is told what was passed over there (NUREG-0700, 8.1.4-5).
    """
    order, place = state.route.order, state.route.position.get(step)
    if not place:
        return ()
    section = state.step(order[place - 1]).section
    if section == state.step(step).section:
        return ()
    before = (s for s in order[:place] if state.step(s).section == section)
    return tuple(s for s in before if state.status_of(s) not in _PLAIN)
