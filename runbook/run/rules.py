"""The rules: a command becomes events, or is refused with a sentence that says what to do.

Pure and total: every command gets an answer in every state. Nothing is settled without a
person, no command settles more than one step, and whatever blocks can be passed by a person
with a reason, which then stands in the record.
"""

from __future__ import annotations

from datetime import datetime

from runbook.run.commands import (
    Abort,
    Acknowledge,
    Cancel,
    Choose,
    Close,
    Command,
    Complete,
    Confirm,
    Correct,
    Defer,
    Fail,
    FinishAbort,
    JudgeNotApplicable,
    Note,
    Pause,
    Read,
    Refused,
    Reopen,
    Resume,
    Retry,
    Skip,
    Start,
    Take,
    TakeAlternative,
)
from runbook.run.commands_calls import CallsCommand
from runbook.run.commands_check import (
    AcceptUnverified,
    AskDecision,
    CheckCommand,
    Disagree,
    SignOff,
    TypeTarget,
)
from runbook.run.commands_clock import Dispute
from runbook.run.commands_message import MessageCommand
from runbook.run.commands_people import PeopleCommand
from runbook.run.commands_time import TimeCommand
from runbook.run.entry import Actor
from runbook.run.events import Event, RunStatus
from runbook.run.rules_aside import defer, judge_not_applicable, reopen, skip
from runbook.run.rules_between import between_runs
from runbook.run.rules_check import check
from runbook.run.rules_choose import choose
from runbook.run.rules_clock import dispute
from runbook.run.rules_message import decide_message
from runbook.run.rules_people import owners_act, people
from runbook.run.rules_record import correct, note
from runbook.run.rules_run import (
    abort,
    cancel,
    close,
    complete,
    finish_abort,
    pause,
    resume,
    start,
)
from runbook.run.rules_step import acknowledge, confirm, fail, retry, take, take_alternative
from runbook.run.rules_time import WHILE_PAUSED, read_at, time_rule
from runbook.run.state import RunState

Decided = tuple[Event, ...] | Refused

STEP_COMMANDS = (
    Take
    | Confirm
    | Fail
    | Retry
    | TakeAlternative
    | Skip
    | Defer
    | Reopen
    | JudgeNotApplicable
    | Acknowledge
    | Choose
    | Read
    | CheckCommand
    | TimeCommand
)
_NOT_NOW = {
    RunStatus.PREPARED: "The run has not started. Acknowledge the briefing first.",
    RunStatus.PAUSED: "The run is paused. Resume it first.",
}


def decide(state: RunState, command: Command, actor: Actor, now: datetime) -> Decided:
    """What follows from a command; `now` is aware, in UTC."""
    if not actor.is_person:
        return Refused("Say who you are first: every act needs a person's name.", "no-person")
    if isinstance(command, STEP_COMMANDS):
        return _at_step(state, command, actor, now)
    if isinstance(command, PeopleCommand):
        return people(state, command, actor, now)
    if isinstance(command, MessageCommand):
        return decide_message(state, command, actor, now)
    if isinstance(command, CallsCommand):
        return between_runs(state, command, actor)
    return owners_act(state, command, actor, _in_run(state, command, actor, now))


def _at_step(state: RunState, command: Command, actor: Actor, now: datetime) -> Decided:
    """Commands about one step, which need the run to be worked and the step to exist."""
    goes_on = state.status is RunStatus.PAUSED and isinstance(command, WHILE_PAUSED)
    if state.status not in (RunStatus.RUNNING, RunStatus.ABORTING) and not goes_on:
        ended = "The run has ended. Only notes and corrections can be added."
        return Refused(_NOT_NOW.get(state.status, ended), "not-running")
    step = getattr(command, "step", "")
    if step not in state.procedure.by_id:
        return Refused(f"There is no step “{step}” in this procedure.", "no-such-step")
    if isinstance(command, TimeCommand):
        return time_rule(state, command, now)
    return _step_rule(state, command, actor, now)


def _step_rule(state: RunState, command: Command, actor: Actor, now: datetime) -> Decided:
    match command:
        case Take():
            return take(state, command, actor)
        case Confirm():
            return confirm(state, command, now)
        case Fail():
            return fail(state, command)
        case Retry():
            return retry(state, command)
        case TakeAlternative():
            return take_alternative(state, command)
        case Skip():
            return skip(state, command, actor, now)
        case Defer():
            return defer(state, command, actor, now)
        case Reopen():
            return reopen(state, command)
        case JudgeNotApplicable():
            return judge_not_applicable(state, command, actor, now)
        case Acknowledge():
            return acknowledge(state, command)
        case Choose():
            return choose(state, command, actor, now)
        case Read():
            return read_at(state, command, now)
        case TypeTarget() | SignOff() | Disagree() | AcceptUnverified() | AskDecision():
            return check(state, command, actor)
        case _:
            raise AssertionError(command)


def _in_run(state: RunState, command: Command, actor: Actor, now: datetime) -> Decided:
    """Commands about the run as a whole, and what may be written at any time."""
    match command:
        case Start():
            return start(state, command)
        case Cancel():
            return cancel(state, command)
        case Pause():
            return pause(state, command, now)
        case Resume():
            return resume(state)
        case Abort():
            return abort(state, command)
        case FinishAbort():
            return finish_abort(state, command)
        case Complete():
            return complete(state, command)
        case Close():
            return close(state, command, actor)
        case Note():
            return note(state, command, now)
        case Correct():
            return correct(state, command, now)
        case Dispute():
            return dispute(state, command, now)
        case _:
            raise AssertionError(command)
