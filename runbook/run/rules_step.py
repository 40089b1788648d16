"""The rules about working a step: taking it on, confirming it, failing and trying again."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from runbook.procedure.model import Step, StepKind, TwoPerson
from runbook.run.choices import is_decided
from runbook.run.commands import (
    Acknowledge,
    Confirm,
    Fail,
    Refused,
    Retry,
    Take,
    TakeAlternative,
)
from runbook.run.entry import Actor
from runbook.run.event_base import Guard, Override
from runbook.run.events import (
    AlternativeTaken,
    Event,
    Status,
    StepDone,
    StepDoneDeviating,
    StepFailed,
    StepRetried,
    StepTaken,
    WarningAcknowledged,
)
from runbook.run.events_check import StepSubmitted
from runbook.run.held import behind_wait, held_by_time, waits_in_the_way
from runbook.run.holds import behind_hold, holds_without_go
from runbook.run.identity import unproved, wanted_text
from runbook.run.place import is_current
from runbook.run.refusals import need, performed_problem
from runbook.run.state import RunState
from runbook.run.step_facts import (
    WAYS_ON,
    WORKABLE,
    accepted_beyond,
    begun,
    last_attempt,
    may_fail,
    name,
    passed_over,
    shortfall,
    unenforced,
    unread,
    unread_warnings,
    wrong_status,
)

Decided = tuple[Event, ...] | Refused


def take(state: RunState, command: Take, actor: Actor) -> Decided:
    """Take a step on; one out of its turn says which steps it comes before.

    One behind a hold point without a go, or a wait that is not over, needs a reason, which
    stands in the record.
    """
    step = state.step(command.step)
    refused = wrong_status(state, step, (Status.OPEN, Status.DEFERRED, Status.ACTIVE))
    if refused:
        return refused
    last = last_attempt(state, step)
    shut, reason = holds_without_go(state, step), command.reason.strip()
    waits = waits_in_the_way(state, step)
    if (shut or waits) and not reason:
        return behind_hold(state, step) or behind_wait(state, step) or ()
    if last.status is Status.ACTIVE and is_current(state, step.id) and not shut:
        return Refused(f"{name(step)} is in hand already.", "is-active")
    authority = command.authority.strip() or actor.operator
    return (
        StepTaken(
            step=step.id,
            attempt=last.number,
            was=state.status_of(step.id),
            now=Status.ACTIVE,
            passed_over=passed_over(state, step),
            overrides=tuple(
                Override(guard=guard, reason=reason, authority=authority, about=about)
                for guard, about in (
                    *((Guard.HOLD, hold) for hold in shut),
                    *((Guard.WAIT, wait) for wait in waits),
                )
            ),
        ),
    )


def acknowledge(state: RunState, command: Acknowledge) -> Decided:
    """Record that the warnings were read."""
    step = state.step(command.step)
    refused = wrong_status(state, step, WAYS_ON)
    if refused:
        return refused
    texts = unread_warnings(state, step)
    if not texts:
        return Refused(f"{name(step)} has no unread warning.", "nothing-to-acknowledge")
    return (
        WarningAcknowledged(step=step.id, attempt=last_attempt(state, step).number, texts=texts),
    )


def confirm(state: RunState, command: Confirm, now: datetime) -> Decided:
    """Settle a step as done, or as done with a deviation when words for it are given."""
    step = state.step(command.step)
    refused = _not_to_confirm(state, step, command.deviation.strip(), now)
    refused = refused or performed_problem(command.performed, now)
    if refused:
        return refused
    deviation, lacking = command.deviation.strip(), unproved(state, step)
    if lacking and not command.untyped:
        return lacking
    if lacking and not deviation:
        return need("deviation", "Say why the target is not typed.", "no-reason")
    if step.kind in (StepKind.CALL, StepKind.LEAVE) and step.link and not deviation:
        why = f"{name(step)} leads to “{step.link.text}”. Begin it, or say why not."
        return need("call", why, "to-call")
    lacking = shortfall(state, step)
    if lacking and not deviation:
        return lacking
    return (_settled(state, step, command, deviation or accepted_beyond(state, step)),)


def _not_to_confirm(state: RunState, step: Step, deviation: str, now: datetime) -> Refused | None:
    """What speaks against confirming a step, whatever it is that it lacks."""
    return (
        held_by_time(state, step, deviation, now)
        or wrong_status(state, step, (*WORKABLE, Status.WAITING))
        or unread(state, step)
        or _to_be_decided(step)
        or behind_hold(state, step)
        or behind_wait(state, step)
    )


def _settled(state: RunState, step: Step, command: Confirm, deviation: str) -> Event:
    """Done, done with a deviation, or for a second person to confirm."""
    done = _done(state, step, command.performed)
    if unproved(state, step):
        about = wanted_text(state, step)
        passed = Override(guard=Guard.IDENTITY, reason=deviation, about=about)
        done = replace(done, overrides=(passed,))
    if step.two_person is not None:
        return _submitted(done, step.two_person, deviation)
    return _deviating(done, deviation) if deviation else done


def _to_be_decided(step: Step) -> Refused | None:
    if not is_decided(step):
        return None
    what = "is a hold point" if step.kind is StepKind.HOLD else "is a decision"
    return need("option", f"{name(step)} {what}. Choose one of its options.", "choose")


def _done(state: RunState, step: Step, performed: str) -> StepDone:
    return StepDone(
        step=step.id,
        attempt=last_attempt(state, step).number,
        was=state.status_of(step.id),
        now=Status.DONE,
        started=begun(state, step),
        confirmed=step.expect or "",
        unenforced=unenforced(step),
        passed_over=passed_over(state, step),
        performed=performed,
    )


def _submitted(done: StepDone, how: TwoPerson, deviation: str) -> StepSubmitted:
    """What a second person has yet to confirm."""
    return StepSubmitted(
        step=done.step,
        attempt=done.attempt,
        was=done.was,
        now=Status.VERIFY,
        how=how.value,
        started=done.started,
        confirmed=done.confirmed,
        deviation=deviation,
        overrides=done.overrides,
        unenforced=done.unenforced,
        passed_over=done.passed_over,
        performed=done.performed,
    )


def _deviating(done: StepDone, deviation: str) -> StepDoneDeviating:
    return StepDoneDeviating(
        step=done.step,
        attempt=done.attempt,
        was=done.was,
        now=Status.DONE_DEV,
        started=done.started,
        confirmed=done.confirmed,
        unenforced=done.unenforced,
        passed_over=done.passed_over,
        performed=done.performed,
        overrides=done.overrides,
        deviation=deviation,
    )


def fail(state: RunState, command: Fail) -> Decided:
    """Record that the expected result was not seen."""
    step = state.step(command.step)
    refused = wrong_status(state, step, may_fail(state, step)) or _to_be_decided(step)
    refused = refused or behind_hold(state, step)
    if refused:
        return refused
    observation = command.observation.strip()
    if not observation:
        return need("observation", "Say what was seen instead.", "no-observation")
    return (
        StepFailed(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.FAILED,
            observation=observation,
            started=begun(state, step),
        ),
    )


def _not_failed(state: RunState, step: Step) -> Refused | None:
    if state.status_of(step.id) is Status.FAILED:
        return None
    return Refused(f"{name(step)} has not failed.", "not-failed")


def retry(state: RunState, command: Retry) -> Decided:
    """Begin a new attempt at a failed step."""
    step = state.step(command.step)
    refused = _not_failed(state, step)
    if refused:
        return refused
    number = last_attempt(state, step).number + 1
    return (StepRetried(step=step.id, attempt=number, was=Status.FAILED, now=Status.ACTIVE),)


def take_alternative(state: RunState, command: TakeAlternative) -> Decided:
    """Go where the failed step's `If not` leads."""
    step = state.step(command.step)
    refused = _not_failed(state, step)
    if refused:
        return refused
    go = step.if_not.go if step.if_not else None
    if go is None or state.plan.target(go) is None:
        why = f"{name(step)} names no other way in this procedure. Retry, skip or put it off."
        return Refused(why, "no-alternative")
    if last_attempt(state, step).go:
        return Refused(f"The alternative to {name(step).lower()} was taken already.", "is-gone")
    number = last_attempt(state, step).number
    return (
        AlternativeTaken(step=step.id, attempt=number, was=Status.FAILED, now=Status.FAILED, go=go),
    )
