"""The rules about deciding: at a decision anybody, at a hold point whoever is to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from runbook.procedure.model import Step, StepKind
from runbook.run.choices import is_decided, meant, options_of
from runbook.run.commands import Choose, Refused
from runbook.run.criteria import criteria_of, open_criteria
from runbook.run.entry import Actor
from runbook.run.event_base import Capacity, Guard, Override
from runbook.run.events import Event, OptionChanged, OptionChosen, Status
from runbook.run.events_check import StepSubmitted
from runbook.run.held import behind_wait
from runbook.run.holds import NO_GO, behind_hold, capacity_of, who_decides
from runbook.run.identity import unproved, wanted_text
from runbook.run.refusals import need
from runbook.run.rules_check import typed_by
from runbook.run.state import RunState
from runbook.run.step_facts import (
    WORKABLE,
    begun,
    last_attempt,
    name,
    passed_over,
    unenforced,
    unread,
    wrong_status,
)

Decided = tuple[Event, ...] | Refused


def choose(state: RunState, command: Choose, actor: Actor, now: datetime) -> Decided:
    """Take a decision, or take it anew for a reason."""
    step = state.step(command.step)
    options = options_of(step) if is_decided(step) else ()
    if not options:
        return Refused(f"{name(step)} is not a decision.", "not-a-decision")
    if not 0 <= command.option < len(options):
        why = f"{name(step)} has options 1 to {len(options)}."
        return Refused(why, "no-such-option", needs="option")
    if refused := _to_call(step, command):
        return refused
    if last_attempt(state, step).option in range(len(options)):
        return _change(state, step, command, actor, now)
    refused = wrong_status(state, step, (*WORKABLE, Status.SKIPPED)) or unread(state, step)
    refused = refused or behind_hold(state, step) or behind_wait(state, step)
    refused = refused or _lacking(state, step, command, actor, now)
    if refused:
        return refused
    chosen = _chosen(state, step, command, actor, now)
    return (_submitted(step, chosen),) if step.two_person else (chosen,)


def _to_call(step: Step, command: Choose) -> Refused | None:
    """A refusal when the option leads to another procedure, which is then begun first."""
    way = meant(step, command.option)
    if way is None or not (way.call or way.leave) or command.by_paper.strip():
        return None
    label = options_of(step)[command.option].label
    return need(
        "call", f"“{label}” leads to another procedure. Begin it, or say why not.", "to-call"
    )


def _basis(command: Choose) -> str:
    """What a decision rests on, and why what it leads to is worked by paper."""
    by_paper = command.by_paper.strip()
    paper = f"By paper: {by_paper}" if by_paper else ""
    return "; ".join(part for part in (command.basis.strip(), paper) if part)


def _lacking(
    state: RunState, step: Step, command: Choose, actor: Actor, now: datetime
) -> Refused | None:
    """What speaks against this choice by this person: each is passed with words of its own."""
    number = name(step).lower()
    capacity = _capacity(state, step, actor, now)
    if capacity is Capacity.OVERRIDE and not command.override.strip():
        why = f"{who_decides(state, step)} To decide in their place, say why."
        return need("decider", why, "not-decider")
    if step.kind is StepKind.HOLD and command.option == NO_GO:
        return None
    against = open_criteria(criteria_of(state, step))
    if against and not command.accept.strip():
        what = "; ".join(f"{c.text} ({c.seen})" for c in against)
        return need("criteria", f"Against a go at {number}: {what}. Say why.", "criteria-open")
    return None if command.untyped.strip() else unproved(state, step)


def _capacity(state: RunState, step: Step, actor: Actor, now: datetime) -> Capacity:
    hold = step.kind is StepKind.HOLD
    return capacity_of(state, step, actor, now) if hold else Capacity.NONE


def _overrides(
    state: RunState, step: Step, command: Choose, actor: Actor, now: datetime
) -> Iterator[Override]:
    """The guards that this choice goes past, and no other."""
    if _capacity(state, step, actor, now) is Capacity.OVERRIDE:
        authority = command.authority.strip() or actor.operator
        yield Override(guard=Guard.DECIDER, reason=command.override.strip(), authority=authority)
    if step.kind is StepKind.HOLD and command.option == NO_GO:
        return
    against = open_criteria(criteria_of(state, step))
    if against:
        about = "; ".join(c.text for c in against)
        yield Override(guard=Guard.CRITERIA, reason=command.accept.strip(), about=about)
    if unproved(state, step):
        about = wanted_text(state, step)
        yield Override(guard=Guard.IDENTITY, reason=command.untyped.strip(), about=about)


def _chosen(
    state: RunState, step: Step, command: Choose, actor: Actor, now: datetime
) -> OptionChosen:
    option = options_of(step)[command.option]
    return OptionChosen(
        step=step.id,
        attempt=last_attempt(state, step).number,
        was=state.status_of(step.id),
        now=Status.DONE,
        option=command.option,
        label=option.label,
        effect=option.text,
        basis=_basis(command),
        started=begun(state, step),
        unenforced=unenforced(step),
        passed_over=passed_over(state, step),
        decided_as=_capacity(state, step, actor, now),
        criteria=criteria_of(state, step),
        overrides=tuple(_overrides(state, step, command, actor, now)),
        typed_by=typed_by(state, command, actor),
    )


def _submitted(step: Step, chosen: OptionChosen) -> StepSubmitted:
    """A decision that a second person has yet to confirm; until then it leads nowhere."""
    return StepSubmitted(
        step=chosen.step,
        attempt=chosen.attempt,
        was=chosen.was,
        now=Status.VERIFY,
        how=step.two_person.value if step.two_person else "",
        started=chosen.started,
        option=chosen.option,
        label=chosen.label,
        effect=chosen.effect,
        basis=chosen.basis,
        decided_as=chosen.decided_as,
        criteria=chosen.criteria,
        overrides=chosen.overrides,
        unenforced=chosen.unenforced,
        passed_over=chosen.passed_over,
        typed_by=chosen.typed_by,
    )


def _change(state: RunState, step: Step, command: Choose, actor: Actor, now: datetime) -> Decided:
    last = last_attempt(state, step)
    if last.option == command.option:
        return Refused(f"“{last.label}” is what was decided at {step.number}.", "same-option")
    if step.two_person:
        why = f"Two persons decide at {step.number}. Reopen it, and decide anew together."
        return Refused(why, "two-person")
    reason = command.reason.strip()
    if not reason:
        return need("reason", f"Say why the decision at {step.number} is changed.", "no-reason")
    lacking = _lacking(state, step, command, actor, now)
    if lacking:
        return lacking
    return (_changed(state, step, command, actor, now),)


def _changed(
    state: RunState, step: Step, command: Choose, actor: Actor, now: datetime
) -> OptionChanged:
    last, option = last_attempt(state, step), options_of(step)[command.option]
    return OptionChanged(
        step=step.id,
        attempt=last.number,
        was=Status.DONE,
        now=Status.DONE,
        option=command.option,
        label=option.label,
        effect=option.text,
        basis=command.basis.strip(),
        was_option=last.option or 0,
        was_label=last.label,
        reason=command.reason.strip(),
        unenforced=unenforced(step),
        decided_as=_capacity(state, step, actor, now),
        criteria=criteria_of(state, step),
        overrides=tuple(_overrides(state, step, command, actor, now)),
        typed_by=typed_by(state, command, actor),
    )
