"""What is to be expected: when each step, the run and its recovery objectives are done.

Everything is worked out from the state and the time of day, and slides with it: a step over
its time pushes what follows. Nothing of it is stored. Where a decision is still open the
forecast goes on with the next step, as the document does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runbook.procedure.model import Rto
from runbook.run.disputes import BACK, END, goal_key, standing
from runbook.run.events import RunStatus, Status
from runbook.run.no_return import crossed, is_marked
from runbook.run.state import ENDED, Dispute, RunState
from runbook.run.work import NO_TYPICAL, Laid, Slot, Typical, Work, later

_DONE = (Status.DONE, Status.DONE_DEV)


@dataclass(frozen=True, slots=True)
class StepTimes:
    """The four times of a step: target and typical lengths, forecast, and what came of it."""

    step: str
    target_s: tuple[int, int] | None
    typical_s: int | None
    starts: datetime | None
    ends: datetime | None
    started: datetime | None
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class Objective:
    """A recovery objective: when it has to be reached, and when it was or will be.

    `begun` and `reached` are what happened; `due` and `forecast` may still slide. `forecast`
    is None when the route does not lead to its step, or nothing says how long that takes.
    """

    service: str
    target_s: int | None
    until: str
    begun: datetime | None
    due: datetime | None
    reached: datetime | None
    forecast: datetime | None
    own: Dispute | None = None

    @property
    def margin_s(self) -> float | None:
        """Seconds to spare, below zero when late; None while one of the two is unknown."""
        at = self.reached or self.forecast
        return (self.due - at).total_seconds() if self.due and at else None


@dataclass(frozen=True, slots=True)
class BackOut:
    """What turning back takes: begun now, or at the last moment at which it can be begun.

    `point` is the step after which there is no way back, and `latest` when it is expected to
    begin; both None when there is none ahead. `own` is what somebody set for `latest`.
    """

    length_s: float
    unknown: int
    done: datetime
    point: str | None = None
    latest: datetime | None = None
    is_passed: bool = False
    own: Dispute | None = None

    @property
    def worst(self) -> datetime | None:
        """When everything is back if one turns at the last moment."""
        return later(self.latest, self.length_s) if self.latest else None


@dataclass(frozen=True)
class Forecast:
    """The expected course of a run, seen from one moment."""

    now: datetime
    laid: Laid
    ends: datetime | None
    objectives: tuple[Objective, ...]
    back_out: BackOut | None
    own_end: Dispute | None = None

    def slot(self, step: str) -> Slot | None:
        """The place of an open step; None for one that is settled or does not apply."""
        return self.laid.slots.get(step)

    def starts(self, step: str) -> datetime | None:
        """When an open step is expected to begin, or has begun."""
        slot = self.slot(step)
        return later(self.now, slot.start_s) if slot else None

    def finishes(self, step: str) -> datetime | None:
        """When an open step is expected to end."""
        slot = self.slot(step)
        return later(self.now, slot.end_s) if slot else None


def forecast(state: RunState, now: datetime, typical: Typical = NO_TYPICAL) -> Forecast | None:
    """The expected course of a run from now on; None before its preparation and after its end."""
    if state.status in ENDED:
        return None
    work = Work(state, now, typical)
    laid = work.left()
    bare = Forecast(now, laid, _end(laid, now), (), None)
    own = standing(state, END)
    return Forecast(
        now,
        laid,
        own.until if own else bare.ends,
        tuple(objective(state, rto, bare) for rto in state.procedure.front.rto),
        _back_out(state, work, bare),
        own,
    )


def _end(laid: Laid, now: datetime) -> datetime | None:
    """When all is done; None when nothing says how long any open step takes."""
    known = len(laid.slots) > laid.unknown
    return later(now, laid.end_s) if known else None


def times_of(
    state: RunState, step_id: str, ahead: Forecast | None, typical: Typical = NO_TYPICAL
) -> StepTimes:
    """The four times of one step."""
    step, last = state.step(step_id), state.record(step_id).last
    ended = last.performed or last.settled
    return StepTimes(
        step=step_id,
        target_s=step.target_s,
        typical_s=typical.get(step_id),
        starts=ahead.starts(step_id) if ahead else None,
        ends=ahead.finishes(step_id) if ahead else None,
        started=last.started,
        ended=ended if last.status in _DONE else None,
    )


def objective(state: RunState, rto: Rto, ahead: Forecast | None) -> Objective:
    """A recovery objective as it stands; without a forecast only what happened counts."""
    begun = begun_at(state, rto)
    starts = begun or (ahead.finishes(rto.start) if ahead else None)
    own = standing(state, goal_key(rto.service)) if ahead else None
    slot = ahead.slot(rto.until) if ahead else None
    known = ahead is not None and ahead.ends is not None and slot is not None
    expected = ahead.finishes(rto.until) if known and ahead else None
    return Objective(
        service=rto.service,
        target_s=rto.target_s,
        until=rto.until,
        begun=begun,
        due=later(starts, rto.target_s) if starts and rto.target_s else None,
        reached=done_at(state, rto.until),
        forecast=own.until if own else expected,
        own=own,
    )


def begun_at(state: RunState, rto: Rto) -> datetime | None:
    """When a recovery objective began to count: its step was done, or the run was declared."""
    if rto.start in ("", "declared"):
        return declared_at(state)
    return done_at(state, rto.start)


def declared_at(state: RunState) -> datetime | None:
    """When the incident was declared: as was said, else its step, else the start of the run."""
    said = state.messages.declaration
    return said.declared if said else done_at(state, "declared") or state.started


def done_at(state: RunState, step: str) -> datetime | None:
    """When a step was done, as it was performed; None when it was not."""
    record = state.records.get(step)
    last = record.last if record else None
    return (last.performed or last.settled) if last and last.status in _DONE else None


def _back_out(state: RunState, work: Work, ahead: Forecast) -> BackOut | None:
    """What the way back takes; None without one, and while it is being worked."""
    if not state.plan.way_back or state.status is RunStatus.ABORTING:
        return None
    way = work.of(state.plan.way_back)
    done = later(ahead.now, way.end_s)
    if crossed(state):
        return BackOut(way.end_s, way.unknown, done, is_passed=True)
    point = next((s for s in ahead.laid.slots if is_marked(state, s)), None)
    own = standing(state, BACK)
    latest = ahead.starts(point) if point and ahead.ends else None
    latest = own.until if own else latest
    return BackOut(way.end_s, way.unknown, done, point, latest, own=own)
