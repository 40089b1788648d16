"""What each event about time changes: waits, watches, repetitions, and where the work goes."""

from __future__ import annotations

from msgspec.structs import replace

from runbook.run.changes import Stamp, at_attempt, instant, settle
from runbook.run.event_base import Event
from runbook.run.events_time import (
    MissedWayTaken,
    OutsideWaitBegun,
    OutsideWaitEnded,
    RepetitionLogged,
    WaitBegun,
    WatchArmed,
    WatchChecked,
    WatchEnded,
    WatchTriggered,
)
from runbook.run.routing import jumped, led_back, with_attempt
from runbook.run.state import Attempt, RunState
from runbook.run.statuses import Status
from runbook.run.timed import Jump, Repetition, Triggered, Waiting, Watch


def time_changed(state: RunState, event: Event, stamp: Stamp) -> RunState:
    """The state after an event about time; any other event changes nothing here."""
    match event:
        case WaitBegun() | OutsideWaitBegun():
            return waiting(state, event, stamp)
        case OutsideWaitEnded():
            return answered(state, event, stamp)
        case WatchArmed():
            return armed(state, event, stamp)
        case WatchChecked():
            return checked(state, event, stamp)
        case WatchTriggered():
            return triggered(state, event, stamp)
        case WatchEnded():
            return ended(state, event, stamp)
        case RepetitionLogged():
            return repeated(state, event, stamp)
        case MissedWayTaken():
            label = state.step(event.step).if_missed
            return jumped(state, Jump(event.back, event.go, event.step, label))
        case _:
            return state


def waiting(state: RunState, event: WaitBegun | OutsideWaitBegun, stamp: Stamp) -> RunState:
    """A step waits, for time to pass or for somebody outside."""
    what = event.what if isinstance(event, OutsideWaitBegun) else ""
    wait = Waiting(event.step, event.attempt, stamp.at, instant(event.due), stamp.by, what)
    before = tuple(_ended(w, event.step, stamp, "") for w in state.waits)
    attempt = replace(_begun(state, event, stamp), due=wait.due)
    return replace(with_attempt(state, event.step, attempt), waits=(*before, wait))


def _ended(wait: Waiting, step: str, stamp: Stamp, answer: str) -> Waiting:
    """A wait of a step that ends now; all others as they are."""
    if wait.step != step or wait.ended is not None:
        return wait
    return replace(wait, ended=stamp.at, answer=answer)


def _begun(
    state: RunState, event: WaitBegun | OutsideWaitBegun | WatchArmed, stamp: Stamp
) -> Attempt:
    """The attempt that waits, begun now when nobody had taken it on before."""
    attempt = at_attempt(state, event, stamp)
    return replace(
        attempt,
        started=attempt.started or stamp.at,
        passed_over=event.passed_over or attempt.passed_over,
    )


def answered(state: RunState, event: OutsideWaitEnded, stamp: Stamp) -> RunState:
    """What was waited for came; the step is in hand again."""
    waits = tuple(_ended(w, event.step, stamp, event.answer) for w in state.waits)
    state = with_attempt(state, event.step, at_attempt(state, event, stamp))
    return replace(state, waits=waits)


def armed(state: RunState, event: WatchArmed, stamp: Stamp) -> RunState:
    """A watch is in force."""
    due = instant(event.due)
    watch = Watch(event.step, event.attempt, stamp.at, event.every, due, stamp.by)
    state = with_attempt(state, event.step, _begun(state, event, stamp))
    return led_back(replace(state, watches=(*state.watches, watch)))


def _with_watch(state: RunState, step: str, watch: Watch) -> RunState:
    """Put a watch in the place of what was known of it."""
    known = state.watch_of(step)
    return replace(state, watches=tuple(watch if w is known else w for w in state.watches))


def checked(state: RunState, event: WatchChecked, stamp: Stamp) -> RunState:
    """A watch was looked at; what passed without a look is counted."""
    watch = state.watch_of(event.step)
    if watch is None:
        return state
    seen = replace(
        watch,
        due=instant(event.due),
        checks=watch.checks + 1,
        missed=watch.missed_by(stamp.at),
        checked=stamp.at,
        remark=event.remark,
    )
    return _with_watch(state, event.step, seen)


def triggered(state: RunState, event: WatchTriggered, stamp: Stamp) -> RunState:
    """A condition of a watch is true; the work goes where it leads."""
    watch = state.watch_of(event.step)
    if watch is not None:
        told = Triggered(event.when, stamp.seq, stamp.at, stamp.by)
        state = _with_watch(state, event.step, replace(watch, triggers=(*watch.triggers, told)))
    return jumped(state, Jump(event.back, event.go, event.step, event.text))


def ended(state: RunState, event: WatchEnded, stamp: Stamp) -> RunState:
    """A watch is over."""
    attempt = settle(at_attempt(state, event, stamp), stamp, "")
    attempt = replace(attempt, confirmed=event.observation)
    watch = state.watch_of(event.step)
    if watch is not None:
        over = replace(watch, ended=stamp.at, missed=watch.missed_by(stamp.at))
        state = _with_watch(state, event.step, over)
    return led_back(with_attempt(state, event.step, attempt))


def repeated(state: RunState, event: RepetitionLogged, stamp: Stamp) -> RunState:
    """A step was done once more; readings since the last time belong to it."""
    before = repetitions_of(state, event.step, event.attempt)
    since = before[-1].seq if before else 0
    readings = state.readings_of(event.step, event.attempt)
    values = tuple((r.label or r.name, r.shown) for r in readings if r.seq > since)
    done = Repetition(
        event.step,
        event.attempt,
        event.number,
        stamp.seq,
        stamp.at,
        stamp.by,
        values,
        event.remark,
    )
    return replace(state, repetitions=(*state.repetitions, done))


def repetitions_of(state: RunState, step: str, attempt: int) -> tuple[Repetition, ...]:
    """The repetitions of one attempt at a step, first to last."""
    return tuple(r for r in state.repetitions if (r.step, r.attempt) == (step, attempt))


def let_go(state: RunState, stamp: Stamp) -> RunState:
    """End what was waited for or watched at steps that do so no longer."""
    waits = tuple(w if _still(state, w) else replace(w, ended=stamp.at) for w in state.waits)
    watches = tuple(
        w
        if w.ended is not None or state.is_armed(w.step)
        else replace(w, ended=stamp.at, missed=w.missed_by(stamp.at))
        for w in state.watches
    )
    if waits == state.waits and watches == state.watches:
        return state
    return replace(state, waits=waits, watches=watches)


def _still(state: RunState, wait: Waiting) -> bool:
    return wait.ended is not None or state.status_of(wait.step) is Status.WAITING
