"""The rules about the run as a whole: its start, its pauses and its several ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from runbook.procedure.model import StepKind
from runbook.run.commands import (
    Abort,
    Cancel,
    Close,
    Complete,
    FinishAbort,
    Pause,
    Refused,
    Settle,
    Start,
)
from runbook.run.entry import Actor
from runbook.run.events import (
    AbortBegan,
    Event,
    ItemDecision,
    RunAborted,
    RunCancelled,
    RunClosed,
    RunCompleted,
    RunPaused,
    RunResumed,
    RunStarted,
    RunStatus,
    Status,
)
from runbook.run.people import same_person
from runbook.run.refusals import need, time_ahead
from runbook.run.regulatory import undecided
from runbook.run.state import RunState

Decided = tuple[Event, ...] | Refused


def start(state: RunState, command: Start) -> Decided:
    """Begin: the owner has acknowledged the briefing, and what speaks against it if anything."""
    if state.status is not RunStatus.PREPARED:
        return Refused("The run has started already.", "is-started")
    if command.despite and not command.reason.strip():
        why = f"Say why the run starts although: {command.despite}."
        return need("reason", why, "no-reason")
    return (RunStarted(despite=command.despite, reason=command.reason.strip()),)


def cancel(state: RunState, command: Cancel) -> Decided:
    """Give a prepared run up; one that has started is aborted instead."""
    if state.status is not RunStatus.PREPARED:
        return Refused("The run has started. Abort it instead.", "is-started")
    if not command.reason.strip():
        return need("reason", "Say why the run is given up.", "no-reason")
    return (RunCancelled(reason=command.reason.strip()),)


def pause(state: RunState, command: Pause, now: datetime) -> Decided:
    """Hold the run on purpose; clocks go on."""
    if state.status is not RunStatus.RUNNING:
        return Refused("Only a running run can be paused.", "not-running")
    if not command.reason.strip():
        return need("reason", "Say why the run is paused.", "no-reason")
    if command.resume_by and time_ahead(command.resume_by, now) is None:
        return need("resume_by", "The time to resume by is not a time ahead.", "bad-time")
    return (RunPaused(reason=command.reason.strip(), resume_by=command.resume_by),)


def resume(state: RunState) -> Decided:
    """Go on after a pause."""
    if state.status is not RunStatus.PAUSED:
        return Refused("The run is not paused.", "not-paused")
    return (RunResumed(),)


def abort(state: RunState, command: Abort) -> Decided:
    """Give the goal up and go the way back, from any step."""
    if state.status not in (RunStatus.RUNNING, RunStatus.PAUSED):
        return Refused("Only a run that is being worked can be aborted.", "not-running")
    if not command.reason.strip():
        return need("reason", "Say why the run is aborted.", "no-reason")
    return (AbortBegan(reason=command.reason.strip()),)


def finish_abort(state: RunState, command: FinishAbort) -> Decided:
    """End an aborting run once its safe state can be described."""
    if state.status is not RunStatus.ABORTING:
        return Refused("The run is not being aborted.", "not-aborting")
    if not command.safe_state.strip():
        why = "Describe the safe state: what is on, what is off, what must not be touched."
        return need("safe_state", why, "no-safe-state")
    items = settled_items(state, command.items)
    if isinstance(items, Refused):
        return items
    return (RunAborted(safe_state=command.safe_state.strip(), items=items),)


def complete(state: RunState, command: Complete) -> Decided:
    """Reach the end, with a decision on every step that is still open."""
    if state.status is not RunStatus.RUNNING:
        return Refused("Only a running run can be completed.", "not-running")
    items = settled_items(state, command.items)
    return items if isinstance(items, Refused) else (RunCompleted(items=items),)


def settled_items(state: RunState, settles: Iterable[Settle]) -> tuple[ItemDecision, ...] | Refused:
    """One decision for each open step, no more and no less."""
    given = {s.step: s for s in settles}
    pending = state.open_items()
    undecided = [s for s in pending if not _is_decided(given.get(s))]
    if undecided:
        numbers = ", ".join(state.step(s).number for s in undecided)
        why = f"Still open: {numbers}. Say for each who owns it from now on, and why."
        return need("items", why, "items-open")
    unknown = [s for s in given if s not in pending]
    if unknown:
        return Refused(f"Not an open item: {', '.join(unknown)}.", "no-such-item")
    return tuple(
        ItemDecision(
            step=s,
            status=state.status_of(s),
            owner=given[s].owner.strip(),
            reason=given[s].reason.strip(),
        )
        for s in pending
    )


def _is_decided(settle: Settle | None) -> bool:
    return settle is not None and bool(settle.owner.strip()) and bool(settle.reason.strip())


def close(state: RunState, command: Close, actor: Actor) -> Decided:
    """Lock an ended run, with a second person beside the owner or alone for a reason."""
    ended = (RunStatus.ABORTED, RunStatus.COMPLETE, RunStatus.COMPLETE_OPEN, RunStatus.TRANSFERRED)
    if state.status not in ended:
        already = state.status is RunStatus.CLOSED
        why = "The run is closed." if already else "Complete or abort the run before closing it."
        return Refused(why, "not-ended")
    second, reason = command.second.strip(), command.reason.strip()
    if second and (same_person(second, state.owner) or same_person(second, actor.operator)):
        return need("second", "The second person must be somebody else.", "same-person")
    if not second and not reason:
        why = "Name the second person who reviewed the run, or say why there is none."
        return need("second", why, "no-second")
    assurance = command.assurance if second else ""
    open_duties = ", ".join(_undecided(state))
    override = command.override.strip()
    if open_duties and not override:
        why = (
            f"Not decided yet: {open_duties}. Say of each report that it was sent or is not"
            " required, or say why the run is closed all the same."
        )
        return need("override", why, "duties-undecided")
    override = override if open_duties else ""
    return (
        RunClosed(
            second=second,
            reason=reason,
            assurance=assurance,
            undecided=open_duties,
            override=override,
        ),
    )


def _undecided(state: RunState) -> Iterator[str]:
    """Clocks of the law nobody has settled, and watches handed on: no run closes on them."""
    yield from (rule.label for rule in undecided(state))
    for item in state.items:
        step = state.step(item.step)
        if step.kind is StepKind.WATCH and item.status is Status.WAITING:
            yield f"watch {step.number}"
