"""The timers of a run as lines of text, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from runbook.report.sentences import fill
from runbook.report.words import duration
from runbook.run.changes_time import repetitions_of
from runbook.run.filling import values_of
from runbook.run.state import RunState
from runbook.run.statuses import Status
from runbook.run.timers import Timer, TimerKind, timers
from runbook.run.trend import movement
from runbook.run.triggers import offered
from runbook.walk.text import one_line, wrapped


def timer_lines(state: RunState, now: datetime) -> Iterator[str]:
    """Every timer with when it is due, what was read last, and what to do when it is missed."""
    found = timers(state, now)
    yield "Timers, the most urgent first:" if found else "No timer runs."
    for timer in found:
        yield from wrapped(_first(state, timer, now), "    ", _mark(timer, now))
        for line in _more(state, timer, now):
            yield from wrapped(line, "      ", "    ")


def alert_lines(state: RunState, now: datetime) -> Iterator[str]:
    """One line when anything is overdue; the list tells the rest."""
    over = [timer for timer in timers(state, now) if timer.is_over(now)]
    if over:
        first = one_line(_first(state, over[0], now))
        more = f" And {len(over) - 1} more: type timers." if len(over) > 1 else ""
        yield f"! {first}{more}"


def offer_lines(state: RunState, step: str) -> Iterator[str]:
    """What the readings of a watch say is true, and how to confirm it."""
    found = state.step(step)
    for place in offered(state, step):
        when = found.whens[place]
        text, then = fill(when.text, values_of(state)), fill(when.then, values_of(state))
        yield one_line(f"  ? {text}: {then}. To confirm: trigger {found.number} {place + 1}")


def waiting_lines(state: RunState, step: str) -> Iterator[str]:
    """What the step in hand waits for, and how often it was repeated."""
    wait = state.wait_of(step)
    if wait is not None:
        at = wait.due.astimezone().strftime("%H:%M:%S")
        yield one_line(f"  Waits for {wait.what or 'its time'} until {at}.")
    done = repetitions_of(state, step, state.record(step).last.number)
    if done:
        yield f"  Done {len(done)} times, last at {done[-1].at.astimezone():%H:%M:%S}."


def _mark(timer: Timer, now: datetime) -> str:
    return "  ! " if timer.is_over(now) else "    "


def _first(state: RunState, timer: Timer, now: datetime) -> str:
    """When it is due and what it is about."""
    over, at = timer.over_s(now), timer.due.astimezone().strftime("%H:%M:%S")
    due = f"OVERDUE by {duration(over)}" if timer.is_over(now) else f"in {_left(timer, now)}"
    return f"{due}, due {at}: {_about(state, timer)}"


def _left(timer: Timer, now: datetime) -> str:
    return duration(max(0, timer.left_s(now)))


def _about(state: RunState, timer: Timer) -> str:
    if timer.kind is TimerKind.PAUSE:
        return f"resume the run, paused for: {timer.what}"
    step = state.step(timer.step)
    words = f"{step.number} {fill(step.text, values_of(state))}"
    return f"{words} (waits for {timer.what})" if timer.what else words


def _more(state: RunState, timer: Timer, now: datetime) -> Iterator[str]:
    if timer.kind is TimerKind.WATCH:
        yield from last_readings(state, timer.step)
        yield f"Missed {timer.missed} times." if timer.missed else ""
        yield from (line.strip() for line in offer_lines(state, timer.step))
    if timer.if_missed and timer.is_over(now):
        yield f"If missed: {fill(timer.if_missed, values_of(state))}"
        number = state.step(timer.step).number
        yield f"To go there: missed {number}" if timer.go.startswith("#") else ""


def last_readings(state: RunState, step: str) -> Iterator[str]:
    """The last value of every reading of a watch, and how it moves."""
    for record in state.step(step).records:
        taken = state.latest(record.name)
        if taken is None:
            continue
        at = (taken.performed or taken.at).astimezone().strftime("%H:%M")
        moves = movement(state, record.name)
        trend = f", {moves.arrow} {moves.per_hour:+f} in an hour" if moves else ""
        yield f"Last {record.label}: {taken.shown} at {at}{trend}."


def let_go_lines(before: RunState, after: RunState) -> Iterator[str]:
    """Watches and waits that run no longer because their step does not apply any more."""
    for step in after.route.not_applicable:
        was = step in before.procedure.by_id and before.status_of(step) is Status.WAITING
        if was and after.status_of(step) is Status.NOT_APPLICABLE:
            found = after.step(step)
            verb = "watched" if before.is_armed(step) else "waited for"
            why = "it does not apply on the path that was chosen"
            yield from wrapped(f"! No longer {verb}: {found.number} {found.text}: {why}.", "  ")
