"""The rules about what the runs of an incident share: pinned notes, and steps put off to others."""

from __future__ import annotations

from runbook.procedure.model import Step, StepKind
from runbook.run.commands import Refused
from runbook.run.commands_calls import PinNote, Receive, Redeem, RedeemStep, Unpin
from runbook.run.events import Event, RunCompleted, RunStatus, Status
from runbook.run.events_calls import (
    ItemReceived,
    ItemRedeemed,
    PinRaised,
    PinTakenDown,
    StepRedeemed,
)
from runbook.run.refusals import need
from runbook.run.state import SETTLED, Received, RunState
from runbook.run.step_facts import last_attempt, name

Decided = tuple[Event, ...] | Refused


def pin(command: PinNote) -> Decided:
    """Raise a note."""
    text = command.text.strip()
    if not text:
        return need("text", "The note to pin is empty.", "no-text")
    return (PinRaised(text=text, step=command.step),)


def unpin(state: RunState, command: Unpin) -> Decided:
    """Take a note down, for a reason."""
    if (command.run, command.pin) in state.taken_down:
        return Refused("That note was taken down already.", "no-such-pin")
    reason = command.reason.strip()
    if not reason:
        return need("reason", "Say why the note does not hold any more.", "no-reason")
    if not command.run or not command.pin:
        return Refused("There is no such note.", "no-such-pin")
    return (
        PinTakenDown(run=command.run, pin=command.pin, text=command.text.strip(), reason=reason),
    )


def receive(state: RunState, command: Receive) -> Decided:
    """Take in a step that another run put off to this one; once only."""
    if any((r.run, r.step) == (command.origin_run, command.origin_step) for r in state.received):
        return Refused("That step is here already.", "is-here")
    return (
        ItemReceived(
            origin_run=command.origin_run,
            origin_title=command.origin_title,
            origin_step=command.origin_step,
            number=command.number,
            text=command.text,
            at=command.at if command.at in state.procedure.by_id else "",
            reason=command.reason,
        ),
    )


def redeem(state: RunState, command: Redeem) -> Decided:
    """A step of another run was done here."""
    asked = (command.origin_run, command.origin_step)
    item = next((r for r in state.received if (r.run, r.step) == asked), None)
    if item is None:
        return Refused("No such step was put off to this run.", "no-such-item")
    if item.redeemed:
        return Refused(f"Step {item.number} of “{item.title}” is done already.", "is-done")
    how = command.how.strip()
    if not how:
        return need("how", "Say what was done and seen.", "no-how")
    return (
        ItemRedeemed(
            origin_run=item.run,
            origin_title=item.title,
            origin_step=item.step,
            number=item.number,
            text=item.text,
            how=how,
        ),
    )


def redeem_step(state: RunState, command: RedeemStep) -> Decided:
    """A step of this run was done in another; the last one makes an ended run complete."""
    step = state.procedure.by_id.get(command.step)
    if step is None or not is_to_redeem(state, command.step):
        return Refused("That step does not wait for another run.", "not-deferred")
    done = StepRedeemed(
        step=step.id,
        attempt=last_attempt(state, step).number,
        was=state.status_of(step.id),
        now=Status.DONE_DEV if is_checked(step) else Status.DONE,
        in_run=command.in_run,
        in_title=command.in_title,
        how=command.how.strip() or f"{name(step)} was done there.",
    )
    rest = [i.step for i in state.items if i.step != step.id and not _is_settled(state, i.step)]
    whole = state.status is RunStatus.COMPLETE_OPEN and not rest
    return (done, RunCompleted()) if whole else (done,)


def is_checked(step: Step) -> bool:
    """True for a step that takes a go, a second person or a typed target, which lie elsewhere."""
    return step.kind is StepKind.HOLD or step.two_person is not None or bool(step.type_text)


def received_at(state: RunState, step_id: str) -> tuple[Received, ...]:
    """What other runs put off to this step; without a place, to the first one."""
    first = next(iter(state.route.order), "")
    return tuple(
        item for item in state.received if not item.redeemed and step_id == (item.at or first)
    )


def is_to_redeem(state: RunState, step: str) -> bool:
    """True for a step that was put off, or handed to another run when this one ended."""
    status = state.record(step).last.status
    handed = any(item.step == step for item in state.items)
    return status is Status.DEFERRED or (handed and status not in SETTLED)


def _is_settled(state: RunState, step: str) -> bool:
    return state.record(step).last.status in SETTLED
