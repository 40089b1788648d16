"""The point of no return: what lies behind it, and whether the step in hand leads over it."""

from __future__ import annotations

from runbook.run.events import Status
from runbook.run.place import open_from_here
from runbook.run.state import RunState

_TRIED = (Status.DONE, Status.DONE_DEV, Status.FAILED, Status.VERIFY)


def is_marked(state: RunState, step_id: str) -> bool:
    """True for a step of no return, or one in a section of no return."""
    step = state.step(step_id)
    section = state.procedure.section_by_id.get(step.section)
    return step.point_of_no_return or (section is not None and section.point_of_no_return)


def crossed(state: RunState) -> tuple[str, ...]:
    """The steps behind which there is no way back: those that were tried, in walking order."""
    touched = (s for s in state.plan.flat if s in state.records)
    return tuple(
        s
        for s in touched
        if is_marked(state, s) and any(a.status in _TRIED for a in state.record(s).attempts)
    )


def is_next(state: RunState, step_id: str) -> bool:
    """True when the step in hand is followed by one of no return, and none was passed yet."""
    if state.current != step_id or crossed(state) or is_marked(state, step_id):
        return False
    ahead = open_from_here(state)
    following = next((s for s in ahead if s != step_id), None)
    return following is not None and is_marked(state, following)
