"""What the right side of the run page says: clocks, watches, pinned notes, open steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Procedure, StepKind, Within
from runbook.report.words import duration
from runbook.run.events import Status
from runbook.run.state import RunState
from runbook.ui.filled import filled, step_words
from runbook.ui.status_words import mark_of
from runbook.ui.step_words import clock_words, deadline_words, time_words

translate = QCoreApplication.translate
_DONE = (Status.DONE, Status.DONE_DEV)
_STILL_OPEN = (Status.FAILED, Status.DEFERRED, Status.VERIFY)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its words, a value that stands or the moment it counts from, and its tone.

    `due` is a moment that is waited for; once it is past the clock says so.
    """

    label: str
    value: str = ""
    since: datetime | None = None
    tone: str = ""
    until: datetime | None = None
    due: datetime | None = None

    def text(self, now: datetime) -> str:
        """What it shows at a moment."""
        if self.due is not None:
            at = time_words(self.due)
            return translate("Clocks", "{time}, past").format(time=at) if now > self.due else at
        if self.since is None:
            return self.value
        return clock_words(((self.until or now) - self.since).total_seconds())

    def tone_at(self, now: datetime) -> str:
        """The tone it has at a moment."""
        return "warn" if self.due is not None and now > self.due else self.tone


class Marked:
    """The few steps of a procedure that the side has something to say about, found once."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        steps = procedure.steps
        self.watches = tuple(s for s in steps if s.kind is StepKind.WATCH)
        self.deadlines = tuple(s for s in steps if s.within is not None)


def clocks_of(state: RunState, marked: Marked) -> tuple[Clock, ...]:
    """The deadlines of steps that are not settled."""
    return tuple(_deadlines(state, marked))


def _deadlines(state: RunState, marked: Marked) -> Iterator[Clock]:
    """Deadlines of steps that are not settled: the time of day where it is known."""
    for step in marked.deadlines:
        if step.within is None or state.status_of(step.id) not in (Status.OPEN, Status.ACTIVE):
            continue
        label = translate("Clocks", "{number} is due").format(number=step.number)
        words = filled(state, deadline_words(state.procedure, step.within))
        yield Clock(label, value=words, due=_due(state, step.within))


def _due(state: RunState, within: Within) -> datetime | None:
    """When a deadline ends; None while the step it counts from is not done."""
    if within.seconds is None or state.record(within.of).last.status not in _DONE:
        return None
    last = state.record(within.of).last
    done = last.performed or last.settled
    return done + timedelta(seconds=within.seconds) if done else None


def watches_of(state: RunState, marked: Marked) -> tuple[str, ...]:
    """Watches that are armed, each in a sentence."""
    found = []
    for step in marked.watches:
        if not state.is_armed(step.id):
            continue
        every = duration(step.every_s) if step.every_s else ""
        words = step_words(state, step.id)
        told = not every or every in words
        again = "" if told else translate("Clocks", "every {time}").format(time=every)
        parts = (words, again, _last_read(state, step.id))
        found.append(", ".join(part for part in parts if part))
    return tuple(found)


def _last_read(state: RunState, step_id: str) -> str:
    readings = state.readings_of(step_id)
    if not readings:
        return ""
    last = readings[-1]
    return translate("Clocks", "last {value} at {time}").format(
        value=last.shown, time=time_words(last.performed or last.at)
    )


def open_items_of(state: RunState) -> tuple[str, ...]:
    """Steps that failed, were put off or wait for a second person, each with its status."""
    found = []
    for step_id, record in state.records.items():
        status = state.status_of(step_id)
        if status not in _STILL_OPEN or record.last.go:
            continue
        signs = mark_of(status)
        target = _target_words(state, record.last.target)
        found.append(f"{signs.symbol} {step_words(state, step_id)}: {signs.word}{target}")
    return tuple(found)


def _target_words(state: RunState, target: str) -> str:
    if not target:
        return ""
    step = state.procedure.by_id.get(target)
    where = step.number if step else target
    return translate("Clocks", ", to {where}").format(where=where)
