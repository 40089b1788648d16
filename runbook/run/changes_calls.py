"""What each event between runs changes: calls, leaving, pins, steps put off to another run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from runbook.run.changes import Stamp, instant
from runbook.run.events import Event, RunStatus, Status
from runbook.run.events_calls import (
    CallEnded,
    CallerWentOn,
    CallReturned,
    CallsEvent,
    ItemReceived,
    ItemRedeemed,
    PinRaised,
    PinTakenDown,
    RunTransferred,
    StepCalled,
    StepRedeemed,
)
from runbook.run.routing import led_back, with_attempt
from runbook.run.state import Called, Pin, Received, RunState

if TYPE_CHECKING:
    from datetime import datetime


def between_runs(state: RunState, event: Event, stamp: Stamp) -> RunState:
    """The state after something happened between this run and another; else as it was."""
    return _changed(state, event, stamp) if isinstance(event, CallsEvent) else state


def _changed(state: RunState, event: CallsEvent, stamp: Stamp) -> RunState:
    match event:
        case StepCalled() | CallerWentOn() | CallEnded():
            return _in_call(state, event, stamp)
        case CallReturned():
            return _returned(state, event, stamp)
        case StepRedeemed():
            return _redeemed_there(state, event, stamp)
        case RunTransferred():
            return _transferred(state, event, stamp)
        case PinRaised(text=text, step=step):
            pin = Pin(state.run, str(stamp.seq), text, stamp.by, step, stamp.at)
            return replace(state, pins=(*state.pins, pin))
        case PinTakenDown(run=run, pin=key):
            return replace(state, taken_down=(*state.taken_down, (run, key)))
        case ItemReceived():
            return replace(state, received=(*state.received, _received(event)))
        case ItemRedeemed():
            return _redeemed_here(state, event)


def _in_call(
    state: RunState, event: StepCalled | CallerWentOn | CallEnded, stamp: Stamp
) -> RunState:
    """The call of a step began, was left to itself, or came to its end."""
    last = state.record(event.step).last
    match event:
        case StepCalled(run=run, title=title):
            begun = last.started or stamp.at
            called = Called(run, title, stamp.at)
            last = replace(last, status=event.now, started=begun, by=stamp.by, role=stamp.role)
            last = replace(last, passed_over=event.passed_over or last.passed_over)
        case CallerWentOn(reason=reason):
            called = replace(last.called or Called(event.run, ""), went_on=reason)
        case CallEnded(run=run, title=title, status=status, words=words):
            called = replace(last.called or Called(run, title), ended=status, words=words)
    return with_attempt(state, event.step, replace(last, called=called))


def _returned(state: RunState, event: CallReturned, stamp: Stamp) -> RunState:
    """A person confirmed the step that had called."""
    last = state.record(event.step).last
    attempt = replace(
        last,
        status=event.now,
        by=stamp.by,
        role=stamp.role,
        started=last.started or _maybe(event.started) or stamp.at,
        settled=stamp.at,
        seq=stamp.seq,
        text=event.deviation,
        confirmed=event.ended,
    )
    moved = with_attempt(state, event.step, attempt)
    return led_back(replace(moved, last_confirmed=event.step, last_by=stamp.by))


def _maybe(text: str) -> datetime | None:
    return instant(text) if text else None


def _redeemed_there(state: RunState, event: StepRedeemed, stamp: Stamp) -> RunState:
    """A step of this run was done in another."""
    last = state.record(event.step).last
    attempt = replace(
        last,
        status=event.now,
        unverified=event.now is Status.DONE_DEV,
        by=stamp.by,
        role=stamp.role,
        settled=stamp.at,
        seq=stamp.seq,
        confirmed=event.how,
        done_in=event.in_run,
    )
    return led_back(with_attempt(state, event.step, attempt))


def _transferred(state: RunState, event: RunTransferred, stamp: Stamp) -> RunState:
    """The run ends here; work goes on in another."""
    ended = replace(state, status=RunStatus.TRANSFERRED, ended=stamp.at, items=event.items)
    return replace(ended, left_for=event.to_run, left_title=event.title)


def _received(event: ItemReceived) -> Received:
    return Received(
        run=event.origin_run,
        title=event.origin_title,
        step=event.origin_step,
        number=event.number,
        text=event.text,
        at=event.at,
        reason=event.reason,
    )


def _redeemed_here(state: RunState, event: ItemRedeemed) -> RunState:
    """A received step is done with."""
    kept = tuple(
        replace(item, redeemed=event.how or "done")
        if (item.run, item.step) == (event.origin_run, event.origin_step)
        else item
        for item in state.received
    )
    return replace(state, received=kept)
