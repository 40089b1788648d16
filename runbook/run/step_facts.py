"""What stands of a step before an act: its status, its warnings, its readings, what it lacks."""

from __future__ import annotations

from runbook.procedure.model import AlertKind, Step, StepKind
from runbook.run.callout import read_back_at
from runbook.run.commands import Refused
from runbook.run.events import Status
from runbook.run.place import before, is_current
from runbook.run.refusals import need
from runbook.run.state import Attempt, Reading, RunState

WORKABLE = (Status.OPEN, Status.ACTIVE, Status.DEFERRED, Status.HOLD)
WAYS_ON = (*WORKABLE, Status.FAILED)
_IS = {
    Status.DONE: "is done already. Reopen it to do it again.",
    Status.DONE_DEV: "is done already. Reopen it to do it again.",
    Status.FAILED: "has failed. Retry it, take the alternative, skip it or put it off.",
    Status.SKIPPED: "was skipped. Reopen it to do it after all.",
    Status.VERIFY: "waits for a second person, who confirms it or says what is not so.",
    Status.HOLD: "waits for its decision. Choose Go or No-go.",
    Status.NOT_APPLICABLE: "does not apply on the path that was chosen.",
    Status.WAITING: "is waiting. Take it back in hand first.",
}


def name(step: Step) -> str:
    """How a sentence speaks of a step: its number."""
    return f"Step {step.number}"


def wrong_status(state: RunState, step: Step, allowed: tuple[Status, ...]) -> Refused | None:
    """A refusal when the step's status does not allow the act."""
    status = state.status_of(step.id)
    if status in allowed:
        return None
    what = _IS.get(status, "is open. It has to be worked first.")
    if state.is_armed(step.id):
        what = "is being watched. End the watch instead."
    return Refused(f"{name(step)} {what}", f"is-{status}")


def may_fail(state: RunState, step: Step) -> tuple[Status, ...]:
    """The statuses from which a step may fail or be put off; an armed watch is ended instead."""
    return WORKABLE if state.is_armed(step.id) else (*WORKABLE, Status.WAITING)


def ways_on(state: RunState, step: Step) -> tuple[Status, ...]:
    """The statuses from which a step may be left aside."""
    return (*may_fail(state, step), Status.FAILED)


def last_attempt(state: RunState, step: Step) -> Attempt:
    """The attempt that counts."""
    return state.record(step.id).last


def passed_over(state: RunState, step: Step) -> tuple[str, ...]:
    """The open steps that acting at this one now would pass over."""
    last = last_attempt(state, step)
    if last.passed_over or last.status in (Status.ACTIVE, Status.DEFERRED, Status.HOLD):
        return last.passed_over
    return () if is_current(state, step.id) else before(state, step.id)


def begun(state: RunState, step: Step) -> str:
    """When the step was begun, as text: when it was taken on, else since it is current."""
    since = last_attempt(state, step).started or state.since.get(step.id)
    return since.isoformat(timespec="milliseconds") if since else ""


def unread_warnings(state: RunState, step: Step) -> tuple[str, ...]:
    """The WARNING texts before a step that nobody has acknowledged.

    One that protects several steps is acknowledged once for all of them.
    """
    warnings = (a for a in step.alerts if a.kind is AlertKind.WARNING)
    return tuple(a.text for a in warnings if not _is_read(state, step, a.line))


def _is_read(state: RunState, step: Step, line: int) -> bool:
    """True when the warning of that line was read here, or at a step that shares it."""
    if last_attempt(state, step).warnings_read:
        return True
    others = state.plan.warned.get(line, ())
    return any(state.record(s).last.warnings_read for s in others if s != step.id)


def unread(state: RunState, step: Step) -> Refused | None:
    """A refusal while a warning before the step has not been acknowledged."""
    if unread_warnings(state, step):
        return Refused(
            f"Read the warning before {name(step).lower()} and acknowledge it first.",
            "warning-unread",
            needs="acknowledge",
        )
    return None


def missing_readings(state: RunState, step: Step) -> tuple[str, ...]:
    """Names of the readings that this attempt still lacks; a watch takes its own in time."""
    if step.kind is StepKind.WATCH:
        return ()
    number = last_attempt(state, step).number
    taken = {r.name for r in state.readings_of(step.id, number)}
    return tuple(r.name for r in step.records if r.name not in taken)


def beyond_limits(state: RunState, step: Step) -> tuple[Reading, ...]:
    """The newest readings of this attempt that lie outside what the procedure accepts."""
    number = last_attempt(state, step).number
    newest = {r.name: r for r in state.readings_of(step.id, number)}
    return tuple(r for r in newest.values() if r.outside.beyond_limit)


def accepted_beyond(state: RunState, step: Step) -> str:
    """What was said when readings beyond their limits were accepted; empty for none."""
    beyond = beyond_limits(state, step)
    return "; ".join(f"{r.label} {r.shown} accepted: {r.accepted}" for r in beyond if r.accepted)


def open_sub_steps(state: RunState, step: Step) -> tuple[Step, ...]:
    """Sub-steps that make up the step and are not settled; optional ones do not count."""
    pending = (*WAYS_ON, Status.WAITING, Status.VERIFY)
    children = state.procedure.children.get(step.id, ())
    return tuple(
        c
        for c in children
        if c.option is None
        and not c.optional
        and state.status_of(c.id) in pending
        and not state.is_armed(c.id)
    )


def shortfall(state: RunState, step: Step) -> Refused | None:
    """What speaks against a plain Done: it takes a deviation, in words, to pass it."""
    labels = {r.name: r.label for r in step.records}
    missing = missing_readings(state, step)
    if missing:
        what = ", ".join(labels[m] for m in missing)
        return need("reading", f"{name(step)} still needs a reading: {what}.", "reading-missing")
    beyond = [reading for reading in beyond_limits(state, step) if not reading.accepted]
    if beyond:
        what = ", ".join(f"{r.label} {r.shown} is outside {r.limits}" for r in beyond)
        return need("deviation", f"{what}. Say why it is accepted.", "beyond-limit")
    if step.kind is StepKind.TALK and step.read_back and read_back_at(state, step.id) is None:
        why = f"Nobody has read the message of {name(step).lower()} back. Log who did, or say why"
        return need("read_back", f"{why} it is done without.", "read-back-missing")
    below = open_sub_steps(state, step)
    if below:
        what = ", ".join(c.number for c in below)
        return need("deviation", f"{name(step)} has open sub-steps: {what}.", "sub-steps-open")
    return None


def unenforced(step: Step) -> tuple[str, ...]:
    """What the step asks for that the program shows but does not hold anybody to."""
    return ("read-back",) if step.read_back and step.kind is not StepKind.TALK else ()
