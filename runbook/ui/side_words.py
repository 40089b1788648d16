"""What the right side of the run page says: clocks, watches, pinned notes, open steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Procedure, StepKind, Trend, Within
from runbook.report.sentences import fill
from runbook.report.words import duration
from runbook.run.events import Status
from runbook.run.state import ENDED, Reading, RunState
from runbook.ui.status_words import mark_of
from runbook.ui.step_view import known_values
from runbook.ui.step_words import clock_words, time_words

translate = QCoreApplication.translate
_DONE = (Status.DONE, Status.DONE_DEV)


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its words, a value that stands or the moment it counts from, and its tone."""

    label: str
    value: str = ""
    since: datetime | None = None
    tone: str = ""
    until: datetime | None = None

    def text(self, now: datetime) -> str:
        """What it shows at a moment."""
        if self.since is None:
            return self.value
        return clock_words(((self.until or now) - self.since).total_seconds())


class Marked:
    """The few steps of a procedure that the side has something to say about, found once."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        steps = procedure.steps
        self.watches = tuple(s for s in steps if s.kind is StepKind.WATCH)
        self.pins = tuple(s for s in steps if s.pins)
        self.deadlines = tuple(s for s in steps if s.within is not None)
        running = (r for s in steps for r in s.records if r.trend is Trend.RUNS_DOWN)
        self.running_down = frozenset(r.name for r in running)


def clocks_of(state: RunState, marked: Marked) -> tuple[Clock, ...]:
    """Time of the run and on the step, then what runs down, then deadlines."""
    newest = {r.name: r for r in state.readings if r.name in marked.running_down}
    running = (_running_down(r) for r in newest.values() if not r.withdrawn)
    return (*_of_run(state), *running, *_deadlines(state, marked))


def _of_run(state: RunState) -> Iterator[Clock]:
    if state.started is not None:
        until = state.ended if state.status in ENDED else None
        yield Clock(translate("Clocks", "Since the start"), since=state.started, until=until)
    if state.current is not None and state.current_since is not None:
        started = state.record(state.current).last.started or state.current_since
        yield Clock(translate("Clocks", "On this step"), since=started)


def _running_down(reading: Reading) -> Clock:
    label = translate("Clocks", "{label}, read {time}, running down").format(
        label=reading.label, time=time_words(reading.performed or reading.at)
    )
    return Clock(label, value=reading.shown, tone="warn")


def _deadlines(state: RunState, marked: Marked) -> Iterator[Clock]:
    """Deadlines of steps that are not settled, as they are written."""
    for step in marked.deadlines:
        if step.within is None or state.status_of(step.id) not in (Status.OPEN, Status.ACTIVE):
            continue
        label = translate("Clocks", "{number} is due").format(number=step.number)
        yield Clock(label, value=_deadline(state, step.within))


def _deadline(state: RunState, within: Within) -> str:
    """A deadline as written, with the number of the step it counts from."""
    words = fill(within.text, known_values(state))
    counted = state.procedure.by_id.get(within.of)
    return words.replace(within.of, counted.number) if counted else words


def watches_of(state: RunState, marked: Marked) -> tuple[str, ...]:
    """Watches that were begun and whose end nobody has told, each in a sentence."""
    found = []
    for step in marked.watches:
        if state.status_of(step.id) not in _DONE:
            continue
        every = duration(step.every_s) if step.every_s else ""
        words = translate("Clocks", "{number} {text}").format(number=step.number, text=step.text)
        again = translate("Clocks", "every {time}").format(time=every) if every else ""
        until = translate("Clocks", "until {what}").format(what=step.until) if step.until else ""
        parts = (fill(words, known_values(state)), again, until, _last_read(state, step.id))
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


def pins_of(state: RunState, marked: Marked) -> tuple[str, ...]:
    """Notes that finished steps raised for the rest of the run."""
    return tuple(
        fill(pin, known_values(state))
        for step in marked.pins
        if state.status_of(step.id) in _DONE
        for pin in step.pins
    )


def open_items_of(state: RunState) -> tuple[str, ...]:
    """Steps that failed or were put off, each with its status and where it went."""
    found = []
    for step_id, record in state.records.items():
        status = state.status_of(step_id)
        if status not in (Status.FAILED, Status.DEFERRED) or record.last.go:
            continue
        signs, step = mark_of(status), state.step(step_id)
        target = _target_words(state, record.last.target)
        found.append(f"{signs.symbol} {step.number} {step.text}: {signs.word}{target}")
    return tuple(found)


def _target_words(state: RunState, target: str) -> str:
    if not target:
        return ""
    step = state.procedure.by_id.get(target)
    where = step.number if step else target
    return translate("Clocks", ", to {where}").format(where=where)
