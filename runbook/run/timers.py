"""All timers of a run at a moment: what is waited for, watched, due, and what if it is missed.

Nothing here is stored. Due times are instants in the journal, so the same timers stand after
a crash, a night's sleep of the laptop, or on another device.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from runbook.procedure.model import Step, StepKind
from runbook.run.deadlines import deadline_of
from runbook.run.holds import deputy
from runbook.run.state import ENDED, RunState
from runbook.run.statuses import RunStatus, Status


class TimerKind(StrEnum):
    """What a timer is about."""

    WAIT = "wait"
    OUTSIDE = "outside"
    WATCH = "watch"
    DEADLINE = "deadline"
    HOLD = "hold"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Timer:
    """One timer: what it is about, from when, when due, and what to do when it is missed.

    `what` is what is waited for outside, who decides next, or why the run is paused. `missed`
    counts the rechecks of a watch that nobody made. `go` is where `if_missed` leads, if anywhere.
    """

    kind: TimerKind
    step: str
    started: datetime
    due: datetime
    what: str = ""
    if_missed: str = ""
    go: str = ""
    missed: int = 0

    def left_s(self, now: datetime) -> int:
        """Whole seconds until it is due; negative once it is over."""
        return int((self.due - now).total_seconds() // 1)

    def over_s(self, now: datetime) -> int:
        """By how many seconds it is over; 0 while it is not."""
        return max(0, int((now - self.due).total_seconds()))

    def is_over(self, now: datetime) -> bool:
        """True from the moment it is due."""
        return now >= self.due


def timers(state: RunState, now: datetime) -> tuple[Timer, ...]:
    """Every timer of a run, the most urgent first; none for a run that has ended."""
    if state.status in ENDED or state.status is RunStatus.PREPARED:
        return ()
    found = (
        *_waits(state),
        *_watches(state, now),
        *_deadlines(state),
        *_holds(state),
        *_pause(state),
    )
    return tuple(sorted(found, key=lambda timer: (timer.due, timer.step, timer.kind)))


def _waits(state: RunState) -> Iterator[Timer]:
    for wait in state.waits:
        if wait.ended is not None or state.status_of(wait.step) is not Status.WAITING:
            continue
        step = state.step(wait.step)
        kind = TimerKind.OUTSIDE if wait.is_outside else TimerKind.WAIT
        missed = step.if_missed if step.within is None else ""
        go = (step.missed_go or "") if missed else ""
        yield Timer(kind, wait.step, wait.since, wait.due, wait.what, missed, go)


def _watches(state: RunState, now: datetime) -> Iterator[Timer]:
    for watch in state.watches:
        if watch.ended is not None or not state.is_armed(watch.step):
            continue
        step = state.step(watch.step)
        yield Timer(
            TimerKind.WATCH,
            watch.step,
            watch.checked or watch.armed,
            watch.due,
            if_missed=step.if_missed,
            go=step.missed_go or "",
            missed=watch.missed_by(now),
        )


def _deadlines(state: RunState) -> Iterator[Timer]:
    """Deadlines of steps that are still to be settled."""
    for step in state.procedure.steps:
        if step.within is None or not _is_pending(state, step):
            continue
        deadline = deadline_of(state, step)
        if deadline is not None:
            missed, go = step.within.if_missed, step.missed_go or ""
            yield Timer(
                TimerKind.DEADLINE, step.id, deadline.start, deadline.due, if_missed=missed, go=go
            )


def _is_pending(state: RunState, step: Step) -> bool:
    """True while a step on the route waits to be settled; an armed watch has begun in time."""
    status = state.status_of(step.id)
    pending = (Status.OPEN, Status.ACTIVE, Status.WAITING, Status.VERIFY, Status.HOLD)
    if status is Status.FAILED:
        return not state.record(step.id).last.go
    return status in pending and not (step.kind is StepKind.WATCH and state.is_armed(step.id))


def _holds(state: RunState) -> Iterator[Timer]:
    """From when on the deputy decides, where a decision was asked for and has not come."""
    for step_id, record in state.records.items():
        if record.last.asked is None or state.status_of(step_id) is not Status.HOLD:
            continue
        second = deputy(state, state.step(step_id))
        if second is not None and second.since is not None:
            who = " ".join(part for part in (second.name, f"({second.role})") if part)
            yield Timer(TimerKind.HOLD, step_id, record.last.asked, second.since, who)


def _pause(state: RunState) -> Iterator[Timer]:
    """When a paused run was to go on."""
    if state.status is not RunStatus.PAUSED or not state.resume_by:
        return
    since = state.paused_at or state.last_at or state.started
    due = datetime.fromisoformat(state.resume_by)
    if since is not None:
        yield Timer(TimerKind.PAUSE, "", since, due, state.paused_for)
