"""The rules about calling another procedure, coming back from it, and leaving for good."""

from __future__ import annotations

from runbook.procedure.model import Option, Step, StepKind
from runbook.run.choices import is_decided, meant, options_of
from runbook.run.commands import Refused
from runbook.run.commands_calls import Call, EndCall, GoOn, Leave, Return
from runbook.run.entry import Actor
from runbook.run.events import Event, ItemDecision, OptionChosen, RunStatus, Status
from runbook.run.events_calls import (
    CallEnded,
    CallerWentOn,
    CallReturned,
    RunTransferred,
    StepCalled,
)
from runbook.run.events_check import StepSubmitted
from runbook.run.events_people import OwnerBypassed
from runbook.run.holds import behind_hold
from runbook.run.identity import unproved
from runbook.run.people import is_owner
from runbook.run.refusals import need
from runbook.run.state import ENDED, Attempt, Called, RunState
from runbook.run.step_facts import (
    WORKABLE,
    begun,
    last_attempt,
    name,
    passed_over,
    unread,
    wrong_status,
)

Decided = tuple[Event, ...] | Refused
WELL_ENDED = (RunStatus.COMPLETE, RunStatus.COMPLETE_OPEN, RunStatus.TRANSFERRED)


def way_out(state: RunState, step_id: str, option: int) -> str:
    """The file that a step, or an option of it, calls or leaves for; empty for none."""
    step = state.procedure.by_id.get(step_id)
    if step is None:
        return ""
    chosen = meant(step, option) if is_decided(step) and option >= 0 else None
    if chosen is not None:
        return chosen.call or chosen.leave or ""
    leads = step.kind in (StepKind.CALL, StepKind.LEAVE) and step.link is not None
    return step.link.href if leads and step.link else ""


def call(state: RunState, command: Call) -> Decided:
    """Begin what a step or an option calls; the step waits for it."""
    step = state.step(command.step)
    refused = wrong_status(state, step, WORKABLE) or unread(state, step)
    refused = refused or _option_problem(step, command.option, "call") or _held_back(state, step)
    if refused:
        return refused
    if not command.run:
        return Refused(f"{name(step)} calls a procedure that was not begun.", "no-run")
    chosen = _chosen(state, step, command.option, command.basis, Status.WAITING)
    return (
        *chosen,
        StepCalled(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.WAITING,
            run=command.run,
            title=command.title,
            file=command.file,
            joined=bool(command.join) and command.join != "new",
            passed_over=passed_over(state, step),
        ),
    )


def _option_problem(step: Step, option: int, way: str) -> Refused | None:
    """Why nothing is called or left for at a step, or by the option named."""
    if is_decided(step):
        chosen = meant(step, option) if 0 <= option < len(options_of(step)) else None
        if chosen is not None and getattr(chosen, way):
            return None
        return Refused(f"{name(step)} has no such way to another procedure.", "no-such-option")
    kind = StepKind.CALL if way == "call" else StepKind.LEAVE
    if step.kind is kind and step.link is not None:
        return None
    return Refused(f"{name(step)} leads to no other procedure.", "no-call")


def _chosen(
    state: RunState, step: Step, option: int, basis: str, now: Status
) -> tuple[OptionChosen, ...]:
    """The decision that led to another procedure; none at a step that is no decision."""
    if not is_decided(step) or option < 0:
        return ()
    taken: Option = options_of(step)[option]
    chosen = OptionChosen(
        step=step.id,
        attempt=last_attempt(state, step).number,
        was=state.status_of(step.id),
        now=now,
        option=option,
        label=taken.label,
        effect=taken.text,
        basis=basis.strip(),
        started=begun(state, step),
        passed_over=passed_over(state, step),
    )
    return (chosen,)


def _called(state: RunState, step: Step) -> tuple[Attempt, Called] | Refused:
    """The attempt that waits for a called run, and that call."""
    last = last_attempt(state, step)
    if last.called is None or last.status is not Status.WAITING:
        return Refused(f"{name(step)} does not wait for a called procedure.", "not-called")
    return last, last.called


def go_on(state: RunState, command: GoOn) -> Decided:
    """Do not wait for the called run; the step stays open."""
    step = state.step(command.step)
    found = _called(state, step)
    if isinstance(found, Refused):
        return found
    last, called = found
    if called.went_on:
        return Refused(f"{name(step)} is not waited for already.", "went-on")
    reason = command.reason.strip()
    if not reason:
        why = f"Say why work goes on before “{called.title}” has ended."
        return need("reason", why, "no-reason")
    return (
        CallerWentOn(
            step=step.id,
            attempt=last.number,
            was=Status.WAITING,
            now=Status.WAITING,
            run=called.run,
            reason=reason,
        ),
    )


def end_call(state: RunState, command: EndCall) -> Decided:
    """Note how the called run ended; the step goes on waiting for a person."""
    step = state.procedure.by_id.get(command.step)
    if step is None or command.status not in set(ENDED):
        return Refused("No call ended.", "not-called")
    last = last_attempt(state, step)
    if last.called is None or last.called.ended is not None:
        return Refused(f"{name(step)} has no call that goes on.", "not-called")
    return (
        CallEnded(
            step=step.id,
            attempt=last.number,
            run=last.called.run,
            title=last.called.title,
            status=RunStatus(command.status),
            words=command.words,
        ),
    )


def come_back(state: RunState, command: Return) -> Decided:
    """Confirm the step that called, knowing how the called run ended."""
    step = state.step(command.step)
    found = _called(state, step)
    if isinstance(found, Refused):
        return found
    last, called = found
    deviation = command.deviation.strip()
    if called.ended not in WELL_ENDED and not deviation:
        return need("deviation", _unfinished(called, name(step)), "not-returned")
    if step.two_person is not None:
        return (_submitted(state, step, called, deviation),)
    return (
        CallReturned(
            step=step.id,
            attempt=last.number,
            was=Status.WAITING,
            now=Status.DONE_DEV if deviation else Status.DONE,
            run=called.run,
            title=called.title,
            ended=called.ended.value if called.ended else "",
            deviation=deviation,
            started=begun(state, step),
        ),
    )


def _submitted(state: RunState, step: Step, called: Called, deviation: str) -> StepSubmitted:
    """The called run has ended, and a second person has yet to confirm what came of it."""
    return StepSubmitted(
        step=step.id,
        attempt=last_attempt(state, step).number,
        was=Status.WAITING,
        now=Status.VERIFY,
        how=step.two_person.value if step.two_person else "",
        started=begun(state, step),
        confirmed=f"{called.title} ended {called.ended.value if called.ended else 'open'}",
        deviation=deviation,
    )


def _unfinished(called: Called, step: str) -> str:
    """Why a plain return is not enough."""
    if called.ended is None:
        return f"“{called.title}” has not ended. Go back to it, or say why {step} is done already."
    return f"“{called.title}” was given up. Say why {step} counts as done, or skip it."


def leave(state: RunState, command: Leave, actor: Actor) -> Decided:
    """Go on in another run for good; this one ends as transferred."""
    refused = _cannot_leave(state, command)
    if refused:
        return refused
    if not command.run:
        return Refused("The procedure to leave for was not begun.", "no-run")
    step = state.procedure.by_id.get(command.step)
    done: tuple[Event, ...] = _left_at(state, step, command) if step else ()
    owner = command.owner.strip() or actor.operator
    reason = command.reason.strip()
    bypassed = () if is_owner(state, actor) else (_in_place(state, reason),)
    if bypassed and not reason:
        why = f"{state.owner} owns this run. Say why you leave it in {state.owner}'s place."
        return need("reason", why, "not-owner")
    return (
        *done,
        RunTransferred(
            to_run=command.run,
            title=command.title,
            file=command.file,
            step=command.step,
            reason=reason,
            items=tuple(_handed(state, s, owner, command) for s in to_hand_over(state, step)),
        ),
        *bypassed,
    )


def _in_place(state: RunState, reason: str) -> OwnerBypassed:
    return OwnerBypassed(act="leave", owner=state.owner, reason=reason)


def _cannot_leave(state: RunState, command: Leave) -> Refused | None:
    """Why the run cannot be left from here."""
    if state.status not in (RunStatus.RUNNING, RunStatus.PAUSED, RunStatus.ABORTING):
        return Refused("Only a run that is being worked can be left.", "not-running")
    if not command.step:
        lacks = "Say why this procedure is left."
        return None if command.reason.strip() else need("reason", lacks, "no-reason")
    step = state.procedure.by_id.get(command.step)
    if step is None:
        return Refused(f"There is no step “{command.step}” in this procedure.", "no-such-step")
    refused = wrong_status(state, step, WORKABLE) or unread(state, step)
    return refused or _option_problem(step, command.option, "leave") or _held_back(state, step)


def _held_back(state: RunState, step: Step) -> Refused | None:
    """Why another procedure is not begun from here: no go, no target, no second person yet."""
    refused = behind_hold(state, step) or unproved(state, step)
    may_wait = step.kind is StepKind.CALL  # a second person confirms it on coming back
    if refused or step.two_person is None or may_wait:
        return refused
    why = f"Two persons are needed at {name(step).lower()}. Confirm it by paper, then begin it."
    return Refused(why, "two-person")


def _left_at(state: RunState, step: Step, command: Leave) -> tuple[Event, ...]:
    """How the step that leads away is settled: by its decision, or as done."""
    if is_decided(step):
        return _chosen(state, step, command.option, command.reason, Status.DONE)
    return (
        CallReturned(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.DONE,
            run=command.run,
            title=command.title,
            ended="left",
            started=begun(state, step),
        ),
    )


def to_hand_over(state: RunState, step: Step | None) -> tuple[str, ...]:
    """The open steps that were begun, put off or passed over: those that others must know of."""
    place = step.id if step else state.current or ""
    here = state.route.position.get(place, len(state.route.order))
    return tuple(
        s
        for s in state.open_items()
        if s != (step.id if step else "")
        and (state.status_of(s) is not Status.OPEN or state.route.position[s] < here)
    )


def _handed(state: RunState, step: str, owner: str, command: Leave) -> ItemDecision:
    reason = f"handed to {command.title}, run {command.run}"
    return ItemDecision(step=step, status=state.status_of(step), owner=owner, reason=reason)
