"""The rules about people: who may hold a role, sit at the keyboard, own the run, act for it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Final

from runbook.procedure.model import StepKind
from runbook.run.commands import (
    Abort,
    Cancel,
    Close,
    Command,
    Complete,
    FinishAbort,
    Pause,
    Refused,
)
from runbook.run.commands_people import (
    AcceptHandover,
    CancelHandover,
    FillRole,
    PeopleCommand,
    PrepareHandover,
    ReadBack,
    SitDown,
    TakeOver,
    VacateRole,
)
from runbook.run.entry import Actor, Assurance
from runbook.run.event_base import Event
from runbook.run.events_people import (
    HandoverAccepted,
    HandoverCancelled,
    HandoverPrepared,
    OwnerBypassed,
    OwnerTakenOver,
    PersonAtKeyboard,
    ReadBackGiven,
    RoleFilled,
    RoleVacated,
)
from runbook.run.handover import questions_of
from runbook.run.people import holder_of, is_owner, roles_of, same_person
from runbook.run.refusals import need
from runbook.run.state import ENDED, Handover, RunState
from runbook.run.succession import succession

Decided = tuple[Event, ...] | Refused

OWNERS_ACTS: Final = Pause | Abort | FinishAbort | Complete | Close | Cancel
_ACT: Final = {
    Pause: "pause",
    Abort: "abort",
    FinishAbort: "end the abort of",
    Complete: "complete",
    Close: "close",
    Cancel: "cancel",
}


def people(state: RunState, command: PeopleCommand, actor: Actor, now: datetime) -> Decided:
    """What follows from a command about people."""
    if isinstance(command, SitDown):
        return sit_down(state, command, actor)
    if state.status in ENDED:
        return Refused("The run has ended. Its roles and its owner stay as they were.", "ended")
    match command:
        case FillRole():
            return fill_role(state, command, actor)
        case VacateRole():
            return vacate_role(state, command)
        case PrepareHandover():
            return prepare_handover(state, command, actor, now)
        case ReadBack():
            return read_back(state, command, actor)
        case AcceptHandover():
            return accept_handover(state, command, actor)
        case CancelHandover():
            return cancel_handover(state, command, actor)
        case TakeOver():
            return take_over(state, command, actor)


def fill_role(state: RunState, command: FillRole, actor: Actor) -> Decided:
    """Let a person answer for a role of this run."""
    key, person, reason = command.key.strip(), command.person.strip(), command.reason.strip()
    if key not in roles_of(state):
        return _no_role(state, key)
    if not person:
        return need("person", "Say who answers for the role from now on.", "no-person-named")
    was = holder_of(state, key)
    if same_person(was, person):
        return Refused(f"{was} answers for that role already.", "holds-already")
    if was and not reason:
        why = f"Say why {person} answers for the role in place of {was}."
        return need("reason", why, "no-reason")
    if not reason and same_person(person, actor.operator) and _is_unforeseen(state, key, person):
        why = "That role decides at a hold point. Say why you take it yourself."
        return need("reason", why, "no-reason")
    return (RoleFilled(key=key, person=person, was=was, reason=reason),)


def _is_unforeseen(state: RunState, key: str, person: str) -> bool:
    """True where a role gives the go at a hold point and the site names others for it."""
    holds = (s for s in state.procedure.steps if s.kind is StepKind.HOLD)
    decides = any(key in (s.role, s.hold.deputy if s.hold else None) for s in holds)
    line = succession(state.site, key)
    return decides and not any(same_person(person, one) for one in line)


def _no_role(state: RunState, key: str) -> Refused:
    known = ", ".join(roles_of(state))
    return need("key", f"There is no role “{key}” here. The roles are: {known}.", "no-such-role")


def vacate_role(state: RunState, command: VacateRole) -> Decided:
    """Let nobody answer for a role, for a reason."""
    key, reason = command.key.strip(), command.reason.strip()
    if key not in roles_of(state):
        return _no_role(state, key)
    was = holder_of(state, key)
    if not was:
        return Refused("Nobody answers for that role.", "is-vacant")
    if not reason:
        return need("reason", f"Say why {was} no longer answers for the role.", "no-reason")
    return (RoleVacated(key=key, was=was, reason=reason),)


def sit_down(state: RunState, command: SitDown, actor: Actor) -> Decided:
    """Record that another person sits at the keyboard."""
    known = actor.assurance is not Assurance.STATED
    if same_person(state.at_keyboard, actor.operator) and not known and not command.despite:
        return Refused(f"{actor.operator} is at the keyboard already.", "is-here")
    return (
        PersonAtKeyboard(
            person=actor.operator, was=state.at_keyboard, despite=command.despite.strip()
        ),
    )


def prepare_handover(
    state: RunState, command: PrepareHandover, actor: Actor, now: datetime
) -> Decided:
    """Begin to hand the run over; its owner stays responsible until it is accepted."""
    to = command.to.strip()
    if not is_owner(state, actor):
        why = f"Only {state.owner}, who owns the run, hands it over. Take it over for a reason."
        return Refused(why, "not-owner")
    if state.handover is not None:
        why = f"A handover to {state.handover.to} is prepared already. Accept or cancel it."
        return Refused(why, "is-prepared")
    if not to:
        return need("to", "Say who takes the run over.", "no-person-named")
    if same_person(to, state.owner):
        return need("to", f"{state.owner} owns the run already. Name another.", "same-person")
    asked = questions_of(state, now.astimezone(timezone(timedelta(seconds=state.offset_s))))
    return (
        HandoverPrepared(
            to=to, questions=tuple(q for q, _ in asked), answers=tuple(a for _, a in asked)
        ),
    )


def _none_prepared() -> Refused:
    return Refused("No handover is prepared.", "none-prepared")


def read_back(state: RunState, command: ReadBack, actor: Actor) -> Decided:
    """Record an answer of the incoming person, as the outgoing one judged it."""
    handover = state.handover
    if handover is None:
        return _none_prepared()
    if same_person(actor.operator, handover.to):
        why = f"{handover.to} answers; {state.owner} judges. {state.owner} marks the answer."
        return Refused(why, "same-person")
    if not handover.open_questions:
        return Refused("Every question is answered.", "all-answered")
    if not command.said.strip():
        return need("said", f"Write what {handover.to} answered.", "no-answer")
    question, answer = handover.open_questions[0]
    return (
        ReadBackGiven(
            to=handover.to,
            question=question,
            answer=answer,
            said=command.said.strip(),
            right=command.right,
        ),
    )


def accept_handover(state: RunState, command: AcceptHandover, actor: Actor) -> Decided:
    """Own the run from now on: said by the incoming person only."""
    handover = state.handover
    if handover is None:
        return _none_prepared()
    if not same_person(actor.operator, handover.to) or is_owner(state, actor):
        why = f"Only {handover.to} accepts this handover."
        return need("accepted_by", why, "not-incoming")
    despite, reason = _unanswered(handover), command.reason.strip()
    if despite and not reason:
        why = f"{despite}. Answer, or say why the run is taken over all the same."
        return need("reason", why, "questions-open")
    accepted = HandoverAccepted(
        owner=actor.operator, was=state.owner, despite=despite, reason=reason if despite else ""
    )
    if same_person(state.at_keyboard, actor.operator):
        return (accepted,)
    return accepted, PersonAtKeyboard(person=actor.operator, was=state.at_keyboard)


def _unanswered(handover: Handover) -> str:
    count = len(handover.open_questions)
    return f"{count} of {len(handover.questions)} questions not answered rightly" if count else ""


def cancel_handover(state: RunState, command: CancelHandover, actor: Actor) -> Decided:
    """Leave the owner as he is; either of the two may say so."""
    if state.handover is None:
        return _none_prepared()
    if not is_owner(state, actor) and not same_person(actor.operator, state.handover.to):
        why = f"Only {state.owner} or {state.handover.to} cancels this handover."
        return Refused(why, "not-owner")
    return (HandoverCancelled(to=state.handover.to, reason=command.reason.strip()),)


def take_over(state: RunState, command: TakeOver, actor: Actor) -> Decided:
    """Own the run without its owner."""
    if is_owner(state, actor):
        return Refused(f"{state.owner} owns the run already.", "same-person")
    if not command.reason.strip():
        why = f"Say why the run is taken over without {state.owner}, and what was tried."
        return need("reason", why, "no-reason")
    return (OwnerTakenOver(owner=actor.operator, was=state.owner, reason=command.reason.strip()),)


def owners_act(state: RunState, command: Command, actor: Actor, decided: Decided) -> Decided:
    """Let only the owner end or hold the run, or another for a reason that is recorded."""
    if isinstance(decided, Refused) or not isinstance(command, OWNERS_ACTS):
        return decided
    if is_owner(state, actor):
        return decided
    act, instead = _ACT[type(command)], command.instead.strip()
    if not instead:
        why = f"{state.owner} owns this run. Say why you {act} it in {state.owner}'s place."
        return need("instead", why, "not-owner")
    return (*decided, OwnerBypassed(act=act, owner=state.owner, reason=instead))
