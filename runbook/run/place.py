"""Where the run stands: the current step of every lane, and the one in hand.

What is not in a lane forms a lane of its own, with the empty id. A lane's current step is
the one taken on last in it, else its first open one, as soon as nothing that comes before it
is open: so nothing behind a join is current before all lanes have reached it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from runbook.procedure.lanes import Path, side_by_side, track
from runbook.procedure.model import StepKind, TwoPerson
from runbook.run.events import RunStatus, Status
from runbook.run.state import ENDED, SETTLED, RunState

_HELD = (Status.ACTIVE, Status.WAITING, Status.VERIFY, Status.HOLD, Status.FAILED)
Currents = tuple[tuple[str, str], ...]
Reached = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Front:
    """The first open step of a lane and its place; `required` is the first not optional one."""

    place: int
    step: str
    required: int | None


def current_steps(state: RunState, reached: Reached) -> Currents:
    """The current step of each lane that has one, in walking order: pairs of lane and step."""
    if state.status is RunStatus.PREPARED or state.status in ENDED:
        return ()
    fronts = dict(_fronts(state, reached))
    found = {lane: front.step for lane, front in fronts.items() if _is_due(lane, front, fronts)}
    found |= _taken(state)
    pairs = ((lane_id(lane), step) for lane, step in found.items())
    return tuple(sorted(pairs, key=lambda pair: state.route.position.get(pair[1], 0)))


def step_in_hand(state: RunState, currents: Currents, acted: str) -> str | None:
    """Of the current steps, that of the lane acted in last or of the lane this one goes on in.

    When that lane waits for others: the step taken on last, else the first of all.
    """
    known = dict(currents)
    here = track_of(state, acted)
    for depth in range(len(here), -1, -1):
        step = known.get(lane_id(here[:depth]))
        if step is not None:
            return step
    steps = known.values()
    return next((s for s in reversed(state.taken) if s in steps), next(iter(steps), None))


def lane_id(lane: Path) -> str:
    """The id of the innermost lane; empty outside all lanes."""
    return lane[-1][1] if lane else ""


def track_of(state: RunState, step: str) -> Path:
    """The lanes in which a step stands on the route, outermost first."""
    return track(state.route.path.get(step, ()), state.plan.lanes)


def is_beside(state: RunState, one: str, other: str) -> bool:
    """True for two steps of the route that stand in different lanes of one section."""
    return side_by_side(track_of(state, one), track_of(state, other))


def lane_of(state: RunState, step: str) -> str:
    """The id of the lane in which a step stands on the route."""
    return lane_id(track_of(state, step))


def is_current(state: RunState, step: str) -> bool:
    """True for the current step of any lane."""
    return any(step == current for _, current in state.currents)


def _taken(state: RunState) -> dict[Path, str]:
    """The step taken on last in each lane that nobody has settled since."""
    found: dict[Path, str] = {}
    for step in reversed(state.taken):
        if is_in_hand(state, step):
            found.setdefault(track_of(state, step), step)
    return found


def _fronts(state: RunState, reached: Reached) -> Iterator[tuple[Path, _Front]]:
    """The first open step of each lane that has one.

    Lanes behind the first open step outside all lanes are left out: nothing is due there.
    """
    late, end = _late_places(state), len(state.route.order)
    for row, (lane, places) in enumerate(state.route.rows):
        if places and places[0] > end:
            return
        front = _front(state, places, reached[row]) if reached[row] < len(places) else None
        for place, target, steps in late:
            if (front is None or place <= front.place) and track_of(state, target) == lane:
                front = _late(state, place, steps)
                break
        if front is not None:
            yield lane, front
            end = end if lane else front.place


def _late_places(state: RunState) -> list[tuple[int, str, list[str]]]:
    """What was put off to a step of the route: its place, the step, and what comes before it."""
    position = state.route.position
    late = _put_off_to(state) if state.put_off else {}
    return sorted((position[s], s, steps) for s, steps in late.items() if s in position)


def _front(state: RunState, places: tuple[int, ...], start: int) -> _Front:
    """The first open step of a row, which stands at `start`, and the first not optional one."""
    order, first = state.route.order, places[start]
    for i in range(start, len(places)):
        step = order[places[i]]
        if not state.step(step).optional and is_open(state, step):
            return _Front(first, order[first], places[i])
    return _Front(first, order[first], None)


def _late(state: RunState, place: int, steps: list[str]) -> _Front:
    """What was put off to a step comes up before that step."""
    is_required = any(not state.step(step).optional for step in steps)
    return _Front(place, steps[0], place if is_required else None)


def _is_due(lane: Path, front: _Front, fronts: Mapping[Path, _Front]) -> bool:
    """True when nothing that comes before the lane's first open step is open."""
    for other, its in fronts.items():
        if other == lane or side_by_side(other, lane):
            continue
        is_around = lane[: len(other)] == other
        blocks = its.place if is_around else its.required
        if blocks is not None and blocks < front.place:
            return False
    return True


def open_from_here(state: RunState) -> Iterator[str]:
    """Open steps in the order they come; one put off to a later step comes before that."""
    waiting = _put_off_to(state)
    for step in state.route.order[_first_open(state) :]:
        yield from (late for late in waiting.get(step, ()) if late != step)
        if is_open(state, step):
            yield step


def _first_open(state: RunState) -> int:
    """The place from which on anything can be open, or come up again."""
    rows = zip(state.route.rows, state.reached or (0,) * len(state.route.rows), strict=True)
    firsts = [places[start] for (_, places), start in rows if start < len(places)]
    again = [p for s in _put_off_to(state) if (p := state.route.position.get(s)) is not None]
    return min([*firsts, *again, len(state.route.order)])


def reached(state: RunState, before: RunState, step: str) -> Reached:
    """How many steps at the beginning of each row wait for nobody, after an act at a step."""
    rows, known = state.route.rows, before.reached
    if state.route is not before.route or len(known) != len(rows):
        return tuple(_settled_to(state, places, 0) for _, places in rows)
    place = state.route.position.get(step)
    if place is None:
        return known
    row = state.route.row_of[track_of(state, step)]
    start = min(bisect_left(rows[row][1], place), known[row])
    now = _settled_to(state, rows[row][1], start)
    return known if now == known[row] else (*known[:row], now, *known[row + 1 :])


def _settled_to(state: RunState, places: tuple[int, ...], start: int) -> int:
    order = state.route.order
    while start < len(places) and not is_open(state, order[places[start]]):
        start += 1
    return start


def before(state: RunState, step: str) -> tuple[str, ...]:
    """Open steps that come before this one, which doing it now would pass over.

    Steps that need no order with it do not count, nor do optional ones.
    """
    position, path = state.route.position.get(step), state.route.path
    if position is None:
        return ()
    here = path.get(step, ())
    passed = (s for s in state.route.order[_first_open(state) : position] if is_open(state, s))
    return tuple(
        s for s in passed if not side_by_side(path.get(s, ()), here) and not state.step(s).optional
    )


def is_in_hand(state: RunState, step: str) -> bool:
    """True for a step taken on that nobody has settled since."""
    last = state.record(step).last
    is_left = last.go or (last.called is not None and last.called.went_on)
    if is_left or is_armed(state, step) or waits_apart(state, step):
        return False
    return state.status_of(step) in _HELD


def is_open(state: RunState, step: str) -> bool:
    """True for a step of the route that waits for somebody; an armed watch lets work go on."""
    record = state.records.get(step)
    if record is None:
        return True
    last = record.last
    is_left = last.go or (last.called is not None and last.called.went_on)
    if last.status in SETTLED or last.status is Status.DEFERRED or is_left:
        return False
    return not is_armed(state, step) and not waits_apart(state, step)


def is_armed(state: RunState, step: str) -> bool:
    """True for a watch in force: it is looked at again and again beside all other work."""
    if state.record(step).last.status is not Status.WAITING:
        return False
    return state.step(step).kind is StepKind.WATCH


def waits_apart(state: RunState, step: str) -> bool:
    """True for a step that a second person looks at separately, while others go on."""
    if state.record(step).last.status is not Status.VERIFY:
        return False
    return state.step(step).two_person is TwoPerson.SEPARATELY


def _put_off_to(state: RunState) -> Mapping[str, list[str]]:
    """Steps put off to a later step of this run, by that step."""
    found: dict[str, list[str]] = {}
    for step in state.put_off:
        target = state.record(step).last.target
        if state.status_of(step) is Status.DEFERRED and target in state.plan.index:
            found.setdefault(target, []).append(step)
    return found
