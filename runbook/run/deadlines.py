"""When a step is due: counted from another step, from a recorded time of day, or the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from runbook.procedure.model import RecordKind, Step
from runbook.run.declaration import declared_at, moment_of
from runbook.run.state import Attempt, Reading, RunState
from runbook.run.statuses import Status

_DONE = (Status.DONE, Status.DONE_DEV)
_DECLARED = frozenset({"declared", "declaration"})
_START = frozenset({"start", "started", "begin", "beginning", "run"})


@dataclass(frozen=True, slots=True)
class Deadline:
    """From when a step's time counts, and when it is over."""

    step: str
    start: datetime
    due: datetime

    def late_by(self, at: datetime) -> int:
        """By how many seconds a moment lies after it; 0 when it does not."""
        return max(0, int((at - self.due).total_seconds()))


def deadline_of(state: RunState, step: Step) -> Deadline | None:
    """The deadline of a step; None while the moment it counts from has not come."""
    if step.within is None or step.within.seconds is None:
        return None
    start = moment_named(state, step.within.of)
    if start is None:
        return None
    return Deadline(step.id, start, start + timedelta(seconds=step.within.seconds))


def late_by(state: RunState, step: Step, attempt: Attempt) -> int | None:
    """By how many seconds an attempt was settled too late; None when it had no deadline."""
    deadline = deadline_of(state, step)
    at = attempt.performed or attempt.settled
    settled = attempt.status in (*_DONE, Status.FAILED)
    return deadline.late_by(at) if deadline and at and settled else None


def moment_named(state: RunState, name: str) -> datetime | None:
    """The moment that a name stands for: a step, a reading, or the start of the run."""
    if name in state.procedure.by_id:
        return _of_step(state, state.step(name))
    taken = state.latest(name)
    if taken is not None:
        return time_read(state, taken) or taken.performed or taken.at
    if any(r.name == name for s in state.procedure.steps for r in s.records):
        return None
    word = name.casefold().strip(" .")
    if word in _DECLARED:
        return declared_at(state) or state.started
    return state.started if word in _START else None


def _of_step(state: RunState, step: Step) -> datetime | None:
    """The time of day recorded at a step that asks for one, else when it was performed."""
    for record in step.records:
        if record.kind is RecordKind.TIME:
            taken = [r for r in state.readings_of(step.id) if r.name == record.name]
            return time_read(state, taken[-1]) if taken else None
    last = state.record(step.id).last
    return (last.performed or last.settled) if last.status in _DONE else None


def time_read(state: RunState, reading: Reading) -> datetime | None:
    """The moment of a recorded time of day, on the nearest day before it; None for others."""
    step = state.procedure.by_id.get(reading.step)
    kinds = (r.kind for r in step.records if r.name == reading.name) if step else iter(())
    return moment_of(reading) if next(kinds, None) is RecordKind.TIME else None
