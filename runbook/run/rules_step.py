"""The rules about working a step: taking it on, confirming it, failing and trying again."""

from __future__ import annotations

from datetime import datetime

from runbook.procedure.model import Step, StepKind
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
from runbook.run.place import is_current
from runbook.run.refusals import need, performed_problem
from runbook.run.state import RunState
from runbook.run.step_facts import (
    WAYS_ON,
    WORKABLE,
    accepted_beyond,
    begun,
    last_attempt,
    name,
    passed_over,
    shortfall,
    unenforced,
    unread,
    unread_warnings,
    wrong_status,
)

Decided = tuple[Event, ...] | Refused


def take(state: RunState, command: Take) -> Decided:
    """Take a step on; one out of its turn says which steps it comes before."""
    step = state.step(command.step)
    refused = wrong_status(state, step, (Status.OPEN, Status.DEFERRED, Status.ACTIVE))
    if refused:
        return refused
    last = last_attempt(state, step)
    if last.status is Status.ACTIVE and is_current(state, step.id):
        return Refused(f"{name(step)} is in hand already.", "is-active")
    passed = passed_over(state, step)
    return (
        StepTaken(
            step=step.id,
            attempt=last.number,
            was=state.status_of(step.id),
            now=Status.ACTIVE,
            passed_over=passed,
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
    refused = wrong_status(state, step, WORKABLE) or unread(state, step)
    refused = refused or _to_be_decided(step) or performed_problem(command.performed, now)
    if refused:
        return refused
    deviation = command.deviation.strip()
    if step.kind in (StepKind.CALL, StepKind.LEAVE) and step.link and not deviation:
        why = f"{name(step)} leads to “{step.link.text}”. Begin it, or say why not."
        return need("call", why, "to-call")
    lacking = shortfall(state, step)
    if lacking and not deviation:
        return lacking
    deviation = deviation or accepted_beyond(state, step)
    done = _done(state, step, command.performed)
    return (_deviating(done, deviation),) if deviation else (done,)


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
        deviation=deviation,
    )


def fail(state: RunState, command: Fail) -> Decided:
    """Record that the expected result was not seen."""
    step = state.step(command.step)
    refused = wrong_status(state, step, WORKABLE) or _to_be_decided(step)
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
