"""What a section leaves behind when the run goes on to the next one."""

from __future__ import annotations

from runbook.procedure.lanes import Path, side_by_side
from runbook.procedure.model import StepKind
from runbook.run.events import Status
from runbook.run.place import is_beside, track_of
from runbook.run.state import RunState

_PLAIN = frozenset({Status.DONE, Status.DONE_DEV, Status.NOT_APPLICABLE})


def left_behind(state: RunState, step: str) -> tuple[str, ...]:
    """Steps of the section before that were not done; none but at the first step of a section.

    A user who leaves a section is told what was passed over there (NUREG-0700, 8.1.4-5). Before
    the first step behind a join stand all lanes; the first step of a lane leaves no other lane.
    """
    order, place = state.route.order, state.route.position.get(step)
    if not place or state.step(order[place - 1]).section == state.step(step).section:
        return ()
    last = previous(state, step)
    if last is None or state.step(last).section == state.step(step).section:
        return ()
    joined = _joined(track_of(state, last), track_of(state, step))
    before = (s for s in order[:place] if _is_left(state, s, last, joined))
    return tuple(s for s in before if state.status_of(s) not in _PLAIN and not _watched(state, s))


def _watched(state: RunState, step: str) -> bool:
    """True for an armed watch: it goes on by itself beside whatever is worked."""
    is_watch = state.step(step).kind is StepKind.WATCH
    return is_watch and state.status_of(step) is Status.WAITING


def _joined(before: Path, here: Path) -> Path:
    """The lane that ends before a step, empty when none does."""
    return before if here[: len(before)] != before else ()


def _is_left(state: RunState, step: str, last: str, joined: Path) -> bool:
    """True for steps of the section that ends, or of any lane that is joined there."""
    if not joined:
        return state.step(step).section == state.step(last).section
    path = track_of(state, step)
    return path == joined or side_by_side(path, joined)


def previous(state: RunState, step: str) -> str | None:
    """The step before this one on its way; steps of other lanes are not before it."""
    place = state.route.position.get(step, 0)
    earlier = (state.route.order[i] for i in range(place - 1, -1, -1))
    return next((s for s in earlier if not is_beside(state, s, step)), None)


def following(state: RunState, step: str) -> str | None:
    """The step after this one on its way, in its lane or behind the join."""
    place = state.route.position.get(step)
    if place is None:
        return None
    later = (state.route.order[i] for i in range(place + 1, len(state.route.order)))
    return next((s for s in later if not is_beside(state, s, step)), None)


def ends_lane(state: RunState, step: str, then: str) -> bool:
    """True when a join stands between a step and one that follows it."""
    return bool(_joined(track_of(state, step), track_of(state, then)))


def is_passed_over(state: RunState, step: str) -> bool:
    """True for a step that comes before the one in hand, which was not waited for."""
    here, place = state.current, state.route.position.get(step)
    if place is None or step == here:
        return False
    if here is None:
        return True
    return place < state.route.position.get(here, 0) and not is_beside(state, step, here)
