"""The rules about time: waits begun and confirmed, watches armed, checked, triggered, ended.

A time never settles a step: it only becomes due, and a person says what follows.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from runbook.procedure.model import Step, StepKind
from runbook.run.commands import Read, Refused
from runbook.run.commands_time import (
    Answer,
    Arm,
    Await,
    BeginWait,
    Check,
    EndWatch,
    Repeat,
    TakeMissedWay,
    TimeCommand,
    Trigger,
    Typed,
)
from runbook.run.events import Event, Status, StepTaken
from runbook.run.events_check import StepSubmitted
from runbook.run.events_time import (
    MissedWayTaken,
    OutsideWaitBegun,
    OutsideWaitEnded,
    RepetitionLogged,
    WaitBegun,
    WatchArmed,
    WatchChecked,
    WatchEnded,
    WatchTriggered,
)
from runbook.run.held import behind_wait
from runbook.run.holds import behind_hold
from runbook.run.place import before, current_steps, reached
from runbook.run.refusals import need, time_ahead
from runbook.run.routing import jumped
from runbook.run.rules_record import read
from runbook.run.state import RunState
from runbook.run.step_facts import (
    WORKABLE,
    last_attempt,
    name,
    passed_over,
    unread,
    wrong_status,
)
from runbook.run.timed import Jump
from runbook.run.timers import timers

Decided = tuple[Event, ...] | Refused

WHILE_PAUSED = Check | Answer | EndWatch
"""What a pause does not hold: timers and watches go on, and so does looking after them."""


def time_rule(state: RunState, command: TimeCommand, now: datetime) -> Decided:
    """What follows from a command about time."""
    match command:
        case BeginWait():
            return begin_wait(state, command, now)
        case Await():
            return wait_for(state, command, now)
        case Answer():
            return answer(state, command)
        case Arm():
            return arm(state, command, now)
        case Check():
            return check(state, command, now)
        case Trigger():
            return trigger(state, command)
        case EndWatch():
            return end_watch(state, command)
        case Repeat():
            return repeat(state, command, now)
        case TakeMissedWay():
            return take_missed_way(state, command, now)


def _after(now: datetime, seconds: int) -> str:
    return (now + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def _not_to_be_worked(state: RunState, step: Step) -> Refused | None:
    """What speaks against working a step now, whatever its kind."""
    return (
        wrong_status(state, step, WORKABLE)
        or unread(state, step)
        or behind_hold(state, step)
        or behind_wait(state, step)
    )


def begin_wait(state: RunState, command: BeginWait, now: datetime) -> Decided:
    """Begin a wait: it is due when its time has passed."""
    step = state.step(command.step)
    if step.kind is not StepKind.WAIT:
        return Refused(f"{name(step)} is not a wait.", "not-a-wait")
    refused = _not_to_be_worked(state, step)
    if refused:
        return refused
    seconds = step.wait_s or command.minutes * 60
    if seconds <= 0:
        why = f"{name(step)} does not say how long in a way that can be counted. Say the minutes."
        return need("minutes", why, "no-length")
    return (
        WaitBegun(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.WAITING,
            due=_after(now, seconds),
            seconds=seconds,
            passed_over=passed_over(state, step),
        ),
    )


def wait_for(state: RunState, command: Await, now: datetime) -> Decided:
    """Put a step to waiting for somebody or something outside, with an estimated end."""
    step = state.step(command.step)
    waits = state.wait_of(step.id)
    refused = _not_to_be_worked(state, step) if not (waits and waits.is_outside) else None
    if refused:
        return refused
    if step.kind is StepKind.WATCH:
        return Refused(f"{name(step)} is a watch. Arm it instead.", "is-a-watch")
    what = command.what.strip()
    if not what:
        return need("what", "Say who or what is waited for.", "no-what")
    until = time_ahead(command.until, now)
    if until is None:
        return need("until", "Say until when, as a time that is still ahead.", "bad-time")
    return (
        OutsideWaitBegun(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.WAITING,
            what=what,
            due=until.isoformat(timespec="seconds"),
            passed_over=passed_over(state, step),
        ),
    )


def answer(state: RunState, command: Answer) -> Decided:
    """Take a waiting step back in hand; what came, or that nothing came, is said."""
    step = state.step(command.step)
    wait = state.wait_of(step.id)
    if wait is None or not wait.is_outside:
        return Refused(f"{name(step)} waits for nobody outside.", "not-waiting")
    words = command.answer.strip()
    if not words:
        return need("answer", f"Say what came of waiting for {wait.what}.", "no-answer")
    return (
        OutsideWaitEnded(
            step=step.id,
            attempt=wait.attempt,
            was=Status.WAITING,
            now=Status.ACTIVE,
            answer=words,
        ),
    )


def arm(state: RunState, command: Arm, now: datetime) -> Decided:
    """Put a watch in force; the route goes on."""
    step = state.step(command.step)
    if step.kind is not StepKind.WATCH:
        return Refused(f"{name(step)} is not a watch.", "not-a-watch")
    if state.is_armed(step.id):
        return Refused(f"{name(step)} is armed already.", "is-armed")
    refused = wrong_status(state, step, WORKABLE) or unread(state, step) or behind_hold(state, step)
    if refused:
        return refused
    every = step.every_s or command.minutes * 60
    if every <= 0:
        why = f"{name(step)} does not say how often in a way that can be counted. Say the minutes."
        return need("minutes", why, "no-length")
    return (
        WatchArmed(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.WAITING,
            due=_after(now, every),
            every=every,
            passed_over=passed_over(state, step),
        ),
    )


def _not_armed(state: RunState, step: Step) -> Refused | None:
    if state.is_armed(step.id):
        return None
    if step.kind is not StepKind.WATCH:
        return Refused(f"{name(step)} is not a watch.", "not-a-watch")
    return Refused(f"{name(step)} is not being watched. Arm it first.", "not-armed", needs="arm")


def check(state: RunState, command: Check, now: datetime) -> Decided:
    """Record that somebody looked, with what was read; the next look is due from now on."""
    step = state.step(command.step)
    refused = _not_armed(state, step)
    if refused:
        return refused
    taken = _readings(state, step, command.readings, command.accept, now)
    if isinstance(taken, Refused):
        return taken
    return (*taken, _checked(state, step, command.remark, now))


def _readings(
    state: RunState, step: Step, typed: Typed, accept: str, now: datetime
) -> tuple[Event, ...] | Refused:
    """The readings typed with a check or a repetition; empty fields are left out."""
    found: list[Event] = []
    for reading, value in typed:
        if not value.strip():
            continue
        wanted = Read(step=step.id, name=reading, typed=value, accept=accept)
        taken = read(state, wanted, now)
        if isinstance(taken, Refused):
            return taken
        found += taken
    return tuple(found)


def _checked(state: RunState, step: Step, remark: str, now: datetime) -> WatchChecked:
    """The look itself; the next one is due an interval from now, whatever the clock did."""
    watch = state.watch_of(step.id)
    assert watch is not None
    due = now + timedelta(seconds=watch.every_s)
    return WatchChecked(
        step=step.id,
        attempt=watch.attempt,
        due=due.isoformat(timespec="seconds"),
        remark=remark.strip(),
    )


def read_at(state: RunState, command: Read, now: datetime) -> Decided:
    """Record a reading; at an armed watch it is a look as well."""
    taken = read(state, command, now)
    if isinstance(taken, Refused) or not state.is_armed(command.step):
        return taken
    return (*taken, _checked(state, state.step(command.step), "", now))


def trigger(state: RunState, command: Trigger) -> Decided:
    """Say that a condition of a watch is true, and go where it leads."""
    step = state.step(command.step)
    refused = _not_armed(state, step)
    if refused:
        return refused
    if not 0 <= command.when < len(step.whens):
        many = len(step.whens)
        why = f"{name(step)} has conditions 1 to {many}." if many else "It has no condition."
        return Refused(why, "no-such-condition", needs="when")
    when = step.whens[command.when]
    told = WatchTriggered(
        step=step.id,
        attempt=last_attempt(state, step).number,
        when=command.when,
        text=when.text,
        then=when.then,
        go=_leads_to(state, when.go),
        back=command.back or state.current or "",
    )
    return (told, *_taken_there(state, step.id, told.go, told.back))


def _leads_to(state: RunState, go: str | None) -> str:
    """Where a link leads inside this procedure; empty for any other."""
    return go if go and go.startswith("#") and state.plan.target(go) is not None else ""


def _taken_there(state: RunState, step: str, go: str, back: str) -> tuple[Event, ...]:
    """The first step there taken in hand, where the order alone would bring another one."""
    target = state.plan.target(go) if go else None
    if target is None:
        return ()
    after = replace(jumped(state, Jump(back, go, step, "")), reached=())
    currents = (current for _, current in current_steps(after, reached(after, after, "")))
    if target in currents or after.status_of(target) is not Status.OPEN:
        return ()
    return (
        StepTaken(
            step=target,
            attempt=after.record(target).last.number,
            was=Status.OPEN,
            now=Status.ACTIVE,
            passed_over=before(after, target),
        ),
    )


def end_watch(state: RunState, command: EndWatch) -> Decided:
    """End a watch, with what was seen or why it is stopped."""
    step = state.step(command.step)
    refused = _not_armed(state, step)
    if refused:
        return refused
    seen = command.observation.strip()
    if not seen:
        return need("observation", f"Say what ended it. Until: {step.until or 'not said'}.", "none")
    number = last_attempt(state, step).number
    if step.two_person is not None:
        return (
            StepSubmitted(
                step=step.id,
                attempt=number,
                was=Status.WAITING,
                now=Status.VERIFY,
                how=step.two_person.value,
                confirmed=seen,
            ),
        )
    return (
        WatchEnded(
            step=step.id,
            attempt=number,
            was=Status.WAITING,
            now=Status.DONE,
            observation=seen,
        ),
    )


def repeat(state: RunState, command: Repeat, now: datetime) -> Decided:
    """Record that a repeated step was done once more; it stays in hand."""
    step = state.step(command.step)
    if not (step.repeat or step.stop_when):
        return Refused(f"{name(step)} is done once. Confirm it.", "not-repeated")
    refused = _not_to_be_worked(state, step)
    if refused:
        return refused
    taken = _readings(state, step, command.readings, command.accept, now)
    if isinstance(taken, Refused):
        return taken
    number = last_attempt(state, step).number
    known = [r for r in state.repetitions if (r.step, r.attempt) == (step.id, number)]
    again = RepetitionLogged(
        step=step.id, attempt=number, number=len(known) + 1, remark=command.remark.strip()
    )
    return (*taken, again)


def take_missed_way(state: RunState, command: TakeMissedWay, now: datetime) -> Decided:
    """Go where `If missed` leads, once the time has passed."""
    step = state.step(command.step)
    go = _leads_to(state, step.missed_go)
    if not go:
        return Refused(f"{name(step)} names no other way in this procedure.", "no-way")
    if not any(t.step == step.id and t.is_over(now) for t in timers(state, now)):
        return Refused(f"{name(step)} is not overdue.", "not-overdue")
    back = command.back or state.current or ""
    number = last_attempt(state, step).number
    left = MissedWayTaken(step=step.id, attempt=number, go=go, back=back)
    return (left, *_taken_there(state, step.id, go, back))
