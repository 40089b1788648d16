"""Which rule answers a command that concerns another run as well."""

from __future__ import annotations

from runbook.run.commands import Refused
from runbook.run.commands_calls import (
    Call,
    CallsCommand,
    EndCall,
    GoOn,
    Leave,
    PinNote,
    Receive,
    Redeem,
    RedeemStep,
    Return,
    Unpin,
)
from runbook.run.entry import Actor
from runbook.run.events import Event, RunStatus
from runbook.run.rules_calls import call, come_back, end_call, go_on, leave
from runbook.run.rules_shared import pin, receive, redeem, redeem_step, unpin
from runbook.run.state import RunState

Decided = tuple[Event, ...] | Refused
_WORKED = (RunStatus.RUNNING, RunStatus.ABORTING)


def between_runs(state: RunState, command: CallsCommand, actor: Actor) -> Decided:
    """What follows from a command between runs."""
    match command:
        case Call() | GoOn() | Return():
            return _at_step(state, command)
        case Leave():
            return leave(state, command, actor)
        case EndCall():
            return end_call(state, command)
        case PinNote():
            return pin(command)
        case Unpin():
            return unpin(state, command)
        case Receive():
            return receive(state, command)
        case Redeem():
            return redeem(state, command)
        case RedeemStep():
            return redeem_step(state, command)


def _at_step(state: RunState, command: Call | GoOn | Return) -> Decided:
    """Commands at a calling step, which need the run to be worked and the step to exist."""
    if state.status not in _WORKED:
        return Refused("Only a run that is being worked can call another.", "not-running")
    if command.step not in state.procedure.by_id:
        return Refused(f"There is no step “{command.step}” in this procedure.", "no-such-step")
    match command:
        case Call():
            return call(state, command)
        case GoOn():
            return go_on(state, command)
        case Return():
            return come_back(state, command)
