"""The rules of what is checked: typed identity, sign-off by a second person, asking for a go."""

from __future__ import annotations

from runbook.procedure.model import Step, StepKind, TwoPerson
from runbook.run.commands import Choose, Refused
from runbook.run.commands_check import (
    AcceptUnverified,
    AskDecision,
    CheckCommand,
    Disagree,
    SignOff,
    TypeTarget,
)
from runbook.run.criteria import criteria_of
from runbook.run.entry import Actor, Assurance
from runbook.run.events import Event, Status
from runbook.run.events_check import (
    DecisionAsked,
    Method,
    StepAcceptedUnverified,
    StepDisagreed,
    StepSignedOff,
    TargetTyped,
)
from runbook.run.holds import behind_hold, holder
from runbook.run.identity import plainly, target_unknown, wanted_text
from runbook.run.people import same_person
from runbook.run.refusals import need
from runbook.run.state import RunState
from runbook.run.step_facts import WORKABLE, begun, last_attempt, name, passed_over, wrong_status

Decided = tuple[Event, ...] | Refused


def check(state: RunState, command: CheckCommand, actor: Actor) -> Decided:
    """What follows from a command about a check."""
    match command:
        case TypeTarget():
            return type_target(state, command)
        case SignOff():
            return sign_off(state, command, actor)
        case Disagree():
            return disagree(state, command, actor)
        case AcceptUnverified():
            return accept_unverified(state, command, actor)
        case AskDecision():
            return ask_decision(state, command)


def type_target(state: RunState, command: TypeTarget) -> Decided:
    """Record what was typed when it is what the target has to show, letter by letter."""
    step = state.step(command.step)
    refused = wrong_status(state, step, WORKABLE)
    if refused:
        return refused
    if not step.type_text:
        return Refused(f"{name(step)} asks for nothing to be typed.", "nothing-to-type")
    typed = command.typed.strip()
    if not typed:
        return need("typed", "Type what the target itself shows.", "target-untyped")
    if unknown := target_unknown(state, step):
        return unknown
    if plainly(typed) != wanted_text(state, step):
        why = f"“{typed}” is not the target of {name(step).lower()}. Stop and look where you are."
        return need("typed", why, "wrong-target")
    return (TargetTyped(step=step.id, attempt=last_attempt(state, step).number, typed=typed),)


def sign_off(state: RunState, command: SignOff, actor: Actor) -> Decided:
    """Confirm what another person has done; nobody signs off their own step."""
    step = state.step(command.step)
    last = last_attempt(state, step)
    refused = _not_submitted(state, step)
    if refused:
        return refused
    if same_person(actor.operator, last.by):
        why = f"{last.by} has done {name(step).lower()} and cannot confirm it too. Ask another."
        return need("signature", why, "same-person")
    by_phone, typist = actor.assurance is Assurance.PHONE, typed_by(state, command, actor)
    if by_phone and (refused := _phone_problem(command, actor, typist)):
        return refused
    return (
        StepSignedOff(
            step=step.id,
            attempt=last.number,
            was=Status.VERIFY,
            now=Status.DONE_DEV if last.text else Status.DONE,
            performer=last.by,
            method=Method.PHONE if by_phone else _method(step, command),
            saw=command.saw.strip(),
            typed_by=typist,
        ),
    )


def typed_by(state: RunState, command: SignOff | Disagree | Choose, actor: Actor) -> str:
    """Who typed for somebody on the phone: whoever sits at the keyboard; else nobody."""
    if actor.assurance is not Assurance.PHONE:
        return ""
    return command.typed_by.strip() or state.at_keyboard


def _not_submitted(state: RunState, step: Step) -> Refused | None:
    if state.status_of(step.id) is Status.VERIFY:
        return None
    return Refused(f"{name(step)} does not wait for a second person.", "not-submitted")


def _phone_problem(command: SignOff, actor: Actor, typist: str) -> Refused | None:
    """By phone the second person reads back what stands, and another one types it."""
    if not command.saw.strip():
        return need("saw", f"Write what {actor.operator} read back on the phone.", "no-read-back")
    if not typist or same_person(typist, actor.operator):
        return need("typed_by", "Say who typed it: somebody else than on the phone.", "no-typist")
    return None


def _method(step: Step, command: SignOff) -> Method:
    alone = command.alone
    if alone is None:
        alone = step.two_person is TwoPerson.SEPARATELY
    return Method.SEPARATELY if alone else Method.TOGETHER


def disagree(state: RunState, command: Disagree, actor: Actor) -> Decided:
    """Send a step back to be worked, with what was seen instead."""
    step = state.step(command.step)
    refused = _not_submitted(state, step)
    if refused:
        return refused
    observation = command.observation.strip()
    if not observation:
        return need("observation", "Say what was seen instead.", "no-observation")
    last = last_attempt(state, step)
    return (
        StepDisagreed(
            step=step.id,
            attempt=last.number,
            was=Status.VERIFY,
            now=Status.ACTIVE,
            performer=last.by,
            observation=observation,
            typed_by=typed_by(state, command, actor),
        ),
    )


def accept_unverified(state: RunState, command: AcceptUnverified, actor: Actor) -> Decided:
    """Settle a step on the performer's word alone; the owner answers for it."""
    step = state.step(command.step)
    refused = _not_submitted(state, step)
    if refused:
        return refused
    if not same_person(actor.operator, state.owner):
        why = f"Only {state.owner}, who owns the run, may accept it without a second person."
        return Refused(why, "not-owner")
    reason = command.reason.strip()
    if not reason:
        return need("reason", "Say why there is no second person.", "no-reason")
    last = last_attempt(state, step)
    return (
        StepAcceptedUnverified(
            step=step.id,
            attempt=last.number,
            was=Status.VERIFY,
            now=Status.DONE_DEV,
            performer=last.by,
            reason=reason,
        ),
    )


def ask_decision(state: RunState, command: AskDecision) -> Decided:
    """Ask for the go: from now on the hold point waits for whoever decides."""
    step = state.step(command.step)
    if step.kind is not StepKind.HOLD:
        return Refused(f"{name(step)} is not a hold point.", "not-a-hold")
    refused = wrong_status(state, step, (Status.OPEN, Status.ACTIVE, Status.DEFERRED))
    refused = refused or behind_hold(state, step)
    if refused:
        return refused
    return (
        DecisionAsked(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.HOLD,
            role=step.role or "",
            asked=holder(state, step).name,
            criteria=criteria_of(state, step),
            started=begun(state, step),
            passed_over=passed_over(state, step),
        ),
    )
