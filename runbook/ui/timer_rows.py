"""What the list of timers says of each: words, figures, tone, and what to do when it is missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.report.names import brief
from runbook.run.filling import fill, values_of
from runbook.run.state import RunState
from runbook.run.timers import Timer, TimerKind, timers
from runbook.run.trend import movement
from runbook.run.triggers import offered
from runbook.ui.step_words import clock_words, condition_words

translate = QCoreApplication.translate
SOON_S: Final = 60
_TENTH: Final = 10
_SHORT: Final = 34  # what to do comes before the whole of its words


@dataclass(frozen=True, slots=True)
class TimerRow:
    """One line of the list. `offers` are conditions that a person may confirm by T."""

    timer: Timer
    title: str
    detail: str
    missed: str
    offers: tuple[str, ...] = ()
    run: str = ""

    def tone(self, now: datetime) -> str:
        """Red when overdue, amber when soon due or when a condition is met."""
        if self.timer.is_over(now):
            return "bad"
        return "warn" if self.offers or self.is_soon(now) else "clock"

    def is_soon(self, now: datetime) -> bool:
        """True in the last minute, or the last tenth of a longer time."""
        whole = (self.timer.due - self.timer.started).total_seconds()
        return self.timer.left_s(now) <= max(SOON_S, whole / _TENTH) and whole > SOON_S

    def figures(self, now: datetime) -> str:
        """The time left, or by how much it is over, with its sign and word."""
        if self.timer.is_over(now):
            over = clock_words(self.timer.over_s(now))
            return translate("Timers", "▲ OVERDUE {time}").format(time=over)
        return clock_words(self.timer.left_s(now))

    def below(self, now: datetime) -> str:
        """What is to be done now: confirm what was met, or what to do when it is missed."""
        if self.offers:
            told = translate("Timers", "◆ TRIGGERED? {what}  T confirms")
            return told.format(what=self.offers[0])
        if self.timer.is_over(now) and self.missed:
            return translate("Timers", "If missed: {what}").format(what=self.missed)
        return ""


def timer_rows(state: RunState, now: datetime) -> tuple[TimerRow, ...]:
    """The timers of a run, the most urgent first."""
    return tuple(_row(state, timer) for timer in timers(state, now))


def rows_elsewhere(states: Iterable[RunState], now: datetime) -> tuple[TimerRow, ...]:
    """The timers of other open runs, each with the title of its run."""
    return tuple(
        replace(row, title=f"{state.prepared.title}: {row.title}")
        for state in states
        for row in timer_rows(state, now)
    )


def alert_words(rows: Iterable[TimerRow], now: datetime) -> tuple[str, str]:
    """The most urgent alert in one line and its tone; how many others there are stands first."""
    urgent = [row for row in rows if row.offers or row.timer.is_over(now)]
    if not urgent:
        return "", "clock"
    first = next((row for row in urgent if row.offers), urgent[0])
    sign = translate("Timers", "◆ TRIGGERED?") if first.offers else first.figures(now)
    what = first.offers[0] if first.offers else first.below(now)
    words = f"{sign}  {brief(first.title, _SHORT)}  {what}".strip()
    more = len(urgent) - 1
    if more:
        words = translate("Timers", "{n} alerts (W). {first}").format(n=more + 1, first=words)
    return words, first.tone(now)


def _row(state: RunState, timer: Timer) -> TimerRow:
    missed = fill(timer.if_missed, values_of(state))
    offers = tuple(offer_words(state, timer.step)) if timer.kind is TimerKind.WATCH else ()
    detail = "  ".join(part for part in _detail(state, timer) if part)
    return TimerRow(timer, _title(state, timer), detail, missed, offers, state.run)


def _title(state: RunState, timer: Timer) -> str:
    if timer.kind is TimerKind.PAUSE:
        return translate("Timers", "Resume the run")
    step = state.step(timer.step)
    return f"{step.number} {fill(step.text, values_of(state))}"


def _detail(state: RunState, timer: Timer) -> Iterator[str]:
    at = timer.due.astimezone().strftime("%H:%M")
    yield translate("Timers", "due {time}").format(time=at)
    match timer.kind:
        case TimerKind.WATCH:
            if timer.missed:
                yield translate("Timers", "missed {n}").format(n=timer.missed)
            yield from _readings(state, timer.step)
        case TimerKind.OUTSIDE:
            yield translate("Timers", "waits for {what}").format(what=timer.what)
        case TimerKind.HOLD:
            yield translate("Timers", "then {who} decides").format(who=timer.what)
        case TimerKind.PAUSE:
            yield timer.what
        case _:
            pass


def _readings(state: RunState, step: str) -> Iterator[str]:
    """The last values of a watch, each with how it moves."""
    for record in state.step(step).records:
        taken = state.latest(record.name)
        if taken is None:
            continue
        moves = movement(state, record.name)
        trend = f" {moves.arrow} {moves.per_hour:+f}/h" if moves else ""
        at = (taken.performed or taken.at).astimezone().strftime("%H:%M")
        yield f"{taken.shown}{trend} ({at})"


def offer_words(state: RunState, step: str) -> Iterator[str]:
    """The conditions of a watch that hold and that nobody has answered, with what follows."""
    found = state.step(step)
    for place in offered(state, step):
        when = found.whens[place]
        condition = fill(condition_words(state.procedure, when.text), values_of(state))
        yield f"{condition}: {fill(when.then, values_of(state))}"
