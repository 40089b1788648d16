"""From an act to what it needs: a command that can go at once, or a question first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from runbook.procedure.model import StepKind
from runbook.run.commands import (
    Acknowledge,
    Close,
    Command,
    Confirm,
    Read,
    Refused,
    Resume,
    Retry,
    Start,
    Take,
    TakeAlternative,
)
from runbook.run.commands_check import AskDecision
from runbook.run.commands_time import Arm, BeginWait, TakeMissedWay
from runbook.run.state import RunState
from runbook.ui.acts_calls import call_command, call_form
from runbook.ui.forms import (
    accept_form,
    defer_form,
    deviation_form,
    fail_form,
    not_applicable_form,
    note_form,
    reopen_form,
    skip_form,
    take_form,
)
from runbook.ui.forms_calls import form_after_call
from runbook.ui.forms_check import disagree_form, sign_form, untyped_form, unverified_form
from runbook.ui.forms_message import close_despite_form, read_back_form
from runbook.ui.forms_people import instead_form, role_reason_form
from runbook.ui.forms_time import answer_form, await_form, repeat_form, time_form
from runbook.ui.inline_form import FormSpec
from runbook.ui.step_acts import What

NOBODY: Final[Mapping[str, str]] = MappingProxyType({})


def command_for(what: What, state: RunState, step: str) -> Command | None:
    """The command of an act that needs no words; None for the others."""
    match what:
        case What.DONE:
            return going_on(state, step)
        case What.ACKNOWLEDGE:
            return Acknowledge(step=step)
        case What.RETRY:
            return Retry(step=step)
        case What.ALTERNATIVE:
            return TakeAlternative(step=step)
        case What.TAKE if state.current == step:
            return Take(step=step)
        case What.START:
            return Start()
        case What.RESUME:
            return Resume()
        case What.ASK:
            return AskDecision(step=step)
        case What.MISSED:
            return TakeMissedWay(step=step, back=state.current or "")
        case _:
            return call_command(what, state, step)


def going_on(state: RunState, step: str) -> Command:
    """What Enter means at a step: begin its wait, arm its watch, else confirm it."""
    kind = state.step(step).kind
    if kind is StepKind.WATCH:
        return Arm(step=step)
    if kind is StepKind.WAIT and state.wait_of(step) is None:
        return BeginWait(step=step)
    return Confirm(step=step)


def form_for(
    what: What, state: RunState, step: str, people: Mapping[str, str] = NOBODY
) -> FormSpec | None:
    """The question that an act asks first; None when it asks none."""
    match what:
        case What.AWAIT:
            return await_form(state, step)
        case What.CAME:
            return answer_form(state, step)
        case What.REPEAT:
            return repeat_form(state, step)
        case What.SIGN:
            return sign_form(state, step, people)
        case What.DISAGREE:
            return disagree_form(state, step, people)
        case What.UNVERIFIED:
            return unverified_form(state, step)
        case What.UNTYPED:
            return untyped_form(state, step)
        case What.FAIL:
            return fail_form(state, step)
        case What.SKIP:
            return skip_form(state, step)
        case What.DEFER:
            return defer_form(state, step)
        case What.NOTE:
            return note_form(state, step)
        case What.TAKE:
            return take_form(state, step)
        case What.NOT_APPLICABLE:
            return not_applicable_form(state, step)
        case What.REOPEN:
            return reopen_form(state, step)
        case _:
            return call_form(what, state, step)


def form_after(refused: Refused, command: Command, state: RunState) -> FormSpec | None:
    """The question that would turn a refusal into an accepted command, if there is one."""
    first = (
        instead_form(refused, command)
        or role_reason_form(refused, command)
        or time_form(refused, command, state)
    )
    if first is not None:
        return first
    match command:
        case Confirm(step=step) if refused.needs in ("deviation", "reading"):
            return deviation_form(state, step, refused.why)
        case Confirm(step=step) if refused.needs == "read_back":
            return read_back_form(state, step, refused.why)
        case Close() if refused.needs == "override":
            return close_despite_form(command, refused.why)
        case Read(step=step, name=name, typed=typed) if refused.needs == "accept":
            return accept_form(step, name, typed, refused.why)
        case _:
            return form_after_call(refused, command)
