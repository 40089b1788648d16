"""What each event about a check changes at a step: typed target, sign-off, the asking for a go."""

from __future__ import annotations

from msgspec.structs import replace

from runbook.run.changes import Stamp, at_attempt, led_on, maybe
from runbook.run.event_base import Guard
from runbook.run.events_check import (
    DecisionAsked,
    StepAcceptedUnverified,
    StepDisagreed,
    StepSignedOff,
    StepSubmitted,
    TargetTyped,
)
from runbook.run.routing import led_back, with_attempt
from runbook.run.state import Attempt, RunState


def typed(state: RunState, event: TargetTyped) -> RunState:
    """The target was typed, in this attempt."""
    last = state.record(event.step).last
    known = last if last.number == event.attempt else Attempt(event.attempt)
    return with_attempt(state, event.step, replace(known, typed=event.typed))


def submitted(state: RunState, event: StepSubmitted, stamp: Stamp) -> RunState:
    """The performer has said it is so; a second person is still to come."""
    attempt = at_attempt(state, event, stamp)
    attempt = replace(
        attempt,
        started=attempt.started or maybe(event.started) or stamp.at,
        submitted=stamp.at,
        performed=maybe(event.performed),
        confirmed=event.confirmed,
        text=event.deviation,
        pending=event.option if event.option >= 0 else None,
        label=event.label,
        basis=event.basis,
        decided_as=event.decided_as,
        criteria=event.criteria,
        overrides=(*attempt.overrides, *event.overrides),
        unenforced=event.unenforced,
        passed_over=event.passed_over or attempt.passed_over,
        typed_by=event.typed_by,
    )
    return with_attempt(state, event.step, attempt)


def signed_off(state: RunState, event: StepSignedOff, stamp: Stamp) -> RunState:
    """A second person confirmed: what the performer said stands from now on."""
    last = state.record(event.step).last
    seen = replace(last, second=stamp.by, method=event.method.value, saw=event.saw)
    typist = event.typed_by or last.typed_by
    return _stands(state, event, replace(seen, typed_by=typist), stamp)


def accepted(state: RunState, event: StepAcceptedUnverified, stamp: Stamp) -> RunState:
    """The owner let the performer's word stand alone."""
    last = state.record(event.step).last
    text = "; ".join(words for words in (last.text, event.reason) if words)
    alone = replace(last, unverified=True, text=text, authority=stamp.by)
    return _stands(state, event, alone, stamp)


def _stands(
    state: RunState,
    event: StepSignedOff | StepAcceptedUnverified,
    attempt: Attempt,
    stamp: Stamp,
) -> RunState:
    settled = replace(attempt, status=event.now, settled=stamp.at, seq=stamp.seq)
    settled = replace(settled, option=attempt.pending, pending=None)
    moved = with_attempt(state, event.step, settled)
    moved = replace(moved, last_confirmed=event.step, last_by=attempt.by)
    if attempt.pending is not None:
        return led_on(moved, state, event.step)
    return led_back(moved)


def disagreed(state: RunState, event: StepDisagreed) -> RunState:
    """It is to be worked again: what was said of it does not stand, its readings stay."""
    last = state.record(event.step).last
    attempt = replace(
        last,
        status=event.now,
        submitted=None,
        performed=None,
        confirmed="",
        text="",
        pending=None,
        label="",
        basis="",
        typed="",
        objection=event.observation,
        overrides=tuple(o for o in last.overrides if o.guard in (Guard.HOLD, Guard.WAIT)),
    )
    return with_attempt(state, event.step, attempt)


def asked(state: RunState, event: DecisionAsked, stamp: Stamp) -> RunState:
    """The go was asked for: the moment counts for the deputy."""
    attempt = at_attempt(state, event, stamp)
    attempt = replace(
        attempt,
        started=attempt.started or maybe(event.started) or stamp.at,
        asked=stamp.at,
        criteria=event.criteria,
        passed_over=event.passed_over or attempt.passed_over,
    )
    return with_attempt(state, event.step, attempt)
