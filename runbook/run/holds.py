"""Hold points: who may decide, since when, and what stands behind one that has no go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from runbook.procedure.lanes import side_by_side
from runbook.procedure.model import Step, StepKind
from runbook.run.choices import choice_of
from runbook.run.commands import Refused
from runbook.run.entry import Actor
from runbook.run.event_base import Capacity, Guard
from runbook.run.people import holder_of, same_person
from runbook.run.place import is_open, waits_apart
from runbook.run.refusals import need
from runbook.run.state import SETTLED, RunState

GO, NO_GO = 0, 1


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides at a hold point; `since` is None until the deputy's time is known."""

    name: str
    role: str
    since: datetime | None = None


def holder(state: RunState, step: Step) -> Decider:
    """Who decides first: who holds the step's role; the run's owner where it has none."""
    name = holder_of(state, step.role) if step.role else state.owner
    return Decider(name, state.procedure.role_name(step.role))


def deputy(state: RunState, step: Step) -> Decider | None:
    """Who decides when the first does not answer, and from when on."""
    hold = step.hold
    if hold is None or not hold.deputy:
        return None
    asked = state.record(step.id).last.asked
    since = asked + timedelta(seconds=hold.deputy_after_s or 0) if asked else None
    return Decider(holder_of(state, hold.deputy), state.procedure.role_name(hold.deputy), since)


def capacity_of(state: RunState, step: Step, actor: Actor, now: datetime) -> Capacity:
    """As what a person may decide at a hold point now; OVERRIDE when it is not theirs."""
    first, second = holder(state, step), deputy(state, step)
    if _is(first, actor):
        return Capacity.HOLDER
    waited = second is not None and second.since is not None and now >= second.since
    return Capacity.DEPUTY if waited and _is(second, actor) else Capacity.OVERRIDE


def _is(decider: Decider | None, actor: Actor) -> bool:
    if decider is None or not decider.name:
        return False
    return same_person(decider.name, actor.operator)


def who_decides(state: RunState, step: Step) -> str:
    """Who may decide and from when, as a sentence for whoever may not."""
    first, second = holder(state, step), deputy(state, step)
    told = f"Step {step.number} is decided by {_named(first)}"
    if second is None:
        return f"{told}."
    if second.since is None:
        return f"{told}. Ask for the decision; without an answer it is {_named(second)}."
    zone = timezone(timedelta(seconds=state.offset_s))
    at = f"{second.since.astimezone(zone):%H:%M:%S}"
    return f"{told}, from {at} on also by {_named(second)}."


def _named(decider: Decider) -> str:
    if not decider.name:
        return f"{decider.role} (nobody holds that role)" if decider.role else "nobody"
    return f"{decider.name} ({decider.role})" if decider.role else decider.name


def not_entitled(state: RunState, step: Step, actor: Actor, now: datetime) -> Refused | None:
    """A refusal when somebody would leave a hold point aside who neither decides nor owns."""
    if step.kind is not StepKind.HOLD or same_person(actor.operator, state.owner):
        return None
    if capacity_of(state, step, actor, now) is not Capacity.OVERRIDE:
        return None
    why = (
        f"{who_decides(state, step)} Only they or {state.owner}, who owns the run, may leave it"
        " aside. Ask for the decision, or decide as an override with a reason."
    )
    return Refused(why, "not-entitled")


def holds_without_go(state: RunState, step: Step) -> tuple[str, ...]:
    """The hold points before a step that have no go and that nobody has gone past for it."""
    position, path = state.route.position, state.route.path
    place = position.get(step.id, 0)
    known = {o.about for o in state.record(step.id).last.overrides if o.guard is Guard.HOLD}
    here = path.get(step.id, ())
    return tuple(
        hold
        for hold in sorted(state.plan.holds, key=lambda hold: position.get(hold, place))
        if position.get(hold, place) < place and hold not in known and _is_shut(state, hold)
        if not side_by_side(path.get(hold, ()), here)
    )


def _is_shut(state: RunState, hold: str) -> bool:
    """True for a hold point that lets nothing pass: open, or a no-go that leads nowhere."""
    step = state.step(hold)
    if step.kind is not StepKind.HOLD or step.optional:
        return False
    return is_open(state, hold) or waits_apart(state, hold) or _is_no_go(state, hold)


def _is_no_go(state: RunState, hold: str) -> bool:
    """True for a no-go that leads nowhere: what follows stays shut."""
    last = state.record(hold).last
    if last.option != NO_GO or state.status_of(hold) not in SETTLED:
        return False
    choice = choice_of(state.step(hold), NO_GO)
    return choice.go is None and not choice.stop


def behind_hold(state: RunState, step: Step) -> Refused | None:
    """A refusal to work a step that stands behind a hold point without a go."""
    shut = holds_without_go(state, step)
    if not shut:
        return None
    numbers = ", ".join(state.step(h).number for h in shut)
    why = (
        f"Step {step.number} stands behind the hold point {numbers}, which has no go."
        " Get the go first, or take the step on and say why."
    )
    return need("past_hold", why, "behind-hold")
