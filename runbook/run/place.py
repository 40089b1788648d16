"""Where the run stands: the one step in hand, and what the next ones are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from runbook.run.events import RunStatus, Status
from runbook.run.state import ENDED, SETTLED, RunState

_HELD = (Status.ACTIVE, Status.WAITING, Status.VERIFY, Status.HOLD, Status.FAILED)


def current_step(state: RunState) -> str | None:
    """The step taken on by hand last, else the first open one; None when nothing is left."""
    if state.status is RunStatus.PREPARED or state.status in ENDED:
        return None
    for step in reversed(state.taken):
        if _is_in_hand(state, step):
            return step
    return next(open_from_here(state), None)


def open_from_here(state: RunState) -> Iterator[str]:
    """Open steps in the order they come; one put off to a later step comes before that."""
    waiting = _put_off_to(state)
    reached = (state.route.position.get(s, state.settled_to) for s in waiting)
    for step in state.route.order[min((state.settled_to, *reached)) :]:
        yield from (late for late in waiting.get(step, ()) if late != step)
        if _is_open(state, step):
            yield step


def settled_to(state: RunState, start: int) -> int:
    """How many steps from the route's beginning wait for nobody, known up to `start`."""
    order = state.route.order
    while start < len(order) and not _is_open(state, order[start]):
        start += 1
    return start


def before(state: RunState, step: str) -> tuple[str, ...]:
    """Open steps that come before this one, which doing it now would pass over.

    Steps that may be done in any order with it do not count, nor do optional ones.
    """
    position = state.route.position.get(step)
    if position is None:
        return ()
    passed = (s for s in state.route.order[:position] if _is_open(state, s))
    return tuple(s for s in passed if not _any_order(state, s, step) and not _is_optional(state, s))


def _is_optional(state: RunState, step: str) -> bool:
    return state.step(step).optional


def _any_order(state: RunState, one: str, other: str) -> bool:
    """True when both stand in a section, or below a step, whose parts need no order."""
    first, second = state.step(one), state.step(other)
    if first.parent is not None and first.parent == second.parent:
        return state.step(first.parent).any_order or _section_any_order(state, one)
    if second.parent == one or first.parent == other:
        return False
    return first.section == second.section and _section_any_order(state, one)


def _section_any_order(state: RunState, step: str) -> bool:
    section = state.procedure.section_by_id.get(state.step(step).section)
    return section is not None and section.any_order


def _is_in_hand(state: RunState, step: str) -> bool:
    """True for a step taken on that nobody has settled since."""
    last = state.record(step).last
    is_left = last.go or (last.called is not None and last.called.went_on)
    return state.status_of(step) in _HELD and not is_left


def _is_open(state: RunState, step: str) -> bool:
    """True for a step of the route that waits for somebody."""
    record = state.records.get(step)
    if record is None:
        return True
    last = record.last
    is_left = last.go or (last.called is not None and last.called.went_on)
    return last.status not in SETTLED and last.status is not Status.DEFERRED and not is_left


def _put_off_to(state: RunState) -> Mapping[str, list[str]]:
    """Steps put off to a later step of this run, by that step."""
    found: dict[str, list[str]] = {}
    for step in state.put_off:
        target = state.record(step).last.target
        if state.status_of(step) is Status.DEFERRED and target in state.plan.index:
            found.setdefault(target, []).append(step)
    return found
