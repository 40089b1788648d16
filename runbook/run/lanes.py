"""The lanes of parallel sections as a run stands: who works where, and who waits for whom.

All of it is derived. Which lane is in hand at a keyboard is a matter of looking: `in_lane`
turns to another lane's current step, and nothing is recorded by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from runbook.procedure.lanes import Lane
from runbook.run.people import holder_of, same_person
from runbook.run.place import is_open, track_of
from runbook.run.state import RunState


@dataclass(frozen=True, slots=True)
class LaneView:
    """One lane as it stands. `current` is its current step, empty when it has none.

    `steps` are its steps that apply; a finished lane has none that must still be done, and
    waits at the join since `ended` for the lanes in `waits_for`. `began` is the first act.
    """

    lane: Lane
    holder: str
    steps: tuple[str, ...]
    current: str
    since: datetime | None
    in_hand: bool
    is_finished: bool
    began: datetime | None
    ended: datetime | None
    waits_for: tuple[str, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """True when the lane has reached the join and others have not."""
        return self.is_finished and bool(self.waits_for)


def lanes_at_work(state: RunState) -> tuple[LaneView, ...]:
    """The lanes of the parallel sections that are being worked, in the order of the text.

    A section whose lanes wait for nothing but optional steps is behind, unless one of them is
    in hand. A lane that is divided into lanes itself gives way to these while they are worked.
    """
    tracks = [track_of(state, step) for _, step in state.currents]
    sections = {section for track in tracks for section, _ in track}
    divided = {lane for track in tracks for _, lane in track[:-1]}
    found = _views(state, sections) if sections else ()
    here = track_of(state, state.current or "")
    at_work = {view.lane.section for view in found if not view.is_finished}
    at_work |= {section for section, _ in here}
    shown = (view for view in found if view.lane.section in at_work)
    return tuple(view for view in shown if view.lane.id not in divided or view.current)


def lanes_of_run(state: RunState) -> tuple[LaneView, ...]:
    """All lanes of the sections in which anything was done, for the record."""
    touched = {
        section
        for step in state.records
        if step in state.route.position
        for section, _ in track_of(state, step)
    }
    return _views(state, touched)


def _views(state: RunState, sections: Iterable[str]) -> tuple[LaneView, ...]:
    wanted = set(sections)
    lanes = [lane for lane in state.plan.lanes.values() if lane.section in wanted]
    views = [_view(state, lane) for lane in lanes]
    return tuple(_with_others(view, views) for view in views)


def _view(state: RunState, lane: Lane) -> LaneView:
    steps = steps_in(state, lane)
    current = dict(state.currents).get(lane.id, "")
    finished = not any(is_open(state, s) and not state.step(s).optional for s in steps)
    attempts = [a for s in steps if s in state.records for a in state.records[s].attempts]
    role = lane.roles[0] if lane.roles else None
    return LaneView(
        lane=lane,
        holder=holder_of(state, role),
        steps=steps,
        current=current,
        since=state.since.get(current),
        in_hand=bool(current) and current == state.current,
        is_finished=finished,
        began=min((a.started for a in attempts if a.started), default=None),
        ended=max((a.settled for a in attempts if a.settled), default=None) if finished else None,
    )


def _with_others(view: LaneView, views: Iterable[LaneView]) -> LaneView:
    """Say for which lanes of its section a finished lane waits."""
    others = [o for o in views if o.lane.section == view.lane.section and not o.is_finished]
    if not view.is_finished or not others:
        return view
    return LaneView(
        lane=view.lane,
        holder=view.holder,
        steps=view.steps,
        current=view.current,
        since=view.since,
        in_hand=view.in_hand,
        is_finished=True,
        began=view.began,
        ended=view.ended,
        waits_for=tuple(other.lane.id for other in others),
    )


def steps_in(state: RunState, lane: Lane) -> tuple[str, ...]:
    """The steps of a lane that apply, with those of sections on request it has entered."""
    pair, order = (lane.section, lane.id), state.route.order
    rows = (places for path, places in state.route.rows if pair in path)
    return tuple(order[place] for place in sorted(p for places in rows for p in places))


def waited_for(state: RunState, view: LaneView) -> tuple[tuple[Lane, str], ...]:
    """The lanes that a waiting lane waits for, each with a step that is current in it."""
    return tuple(
        (state.plan.lanes[lane], step)
        for lane in view.waits_for
        if (step := _current_within(state, lane)) is not None
    )


def _current_within(state: RunState, lane: str) -> str | None:
    """The current step of a lane, or of one of the lanes it is divided into."""
    for _, step in state.currents:
        if any(part == lane for _, part in track_of(state, step)):
            return step
    return None


def in_lane(state: RunState, lane: str | None) -> RunState:
    """The same run with another lane's current step in hand; unknown lanes change nothing."""
    step = dict(state.currents).get(lane) if lane is not None else None
    if step is None or step == state.current:
        return state
    return replace(state, current=step, current_since=state.since.get(step))


def own_step(state: RunState, person: str) -> str | None:
    """The current step of a lane whose role a person holds; the lane in hand before others."""
    steps = sorted(state.currents, key=lambda pair: pair[1] != state.current)
    lanes = state.plan.lanes
    for lane, step in steps:
        roles = lanes[lane].roles if lane in lanes else ()
        if any(same_person(holder_of(state, role), person) for role in roles):
            return step
    return None


def next_lane(state: RunState, by: int = 1) -> str | None:
    """The lane with a current step that comes after the one in hand, round and round."""
    lanes = [lane for lane, _ in state.currents]
    steps = [step for _, step in state.currents]
    if len(lanes) < 2 or state.current not in steps:  # noqa: PLR2004 - one lane has no next
        return None
    return lanes[(steps.index(state.current) + by) % len(lanes)]
