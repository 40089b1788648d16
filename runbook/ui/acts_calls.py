"""What may be done at a step that calls or leaves for another procedure, and the gates."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import StepKind
from runbook.run.commands import Command
from runbook.run.commands_calls import Call, Leave, Return
from runbook.run.events import Status
from runbook.run.rules_calls import WELL_ENDED
from runbook.run.state import Called, RunState
from runbook.ui.forms_calls import by_paper_form, gate_form, go_on_form, leave_form, return_form
from runbook.ui.inline_form import FormSpec
from runbook.ui.status_words import run_word_of
from runbook.ui.step_acts import WORKED, Act, What
from runbook.ui.step_view import StepView

translate = QCoreApplication.translate
_LEADING = (StepKind.CALL, StepKind.LEAVE)


def with_calls(state: RunState, view: StepView, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """The acts at a step, with those that lead to another run in place of Done."""
    if state.status not in WORKED:
        return acts
    called = state.record(view.step).last.called
    if called is not None and view.status is Status.WAITING:
        return (*_waiting(called, view), *(a for a in acts if a.what is What.NOTE))
    if view.current and state.step(view.step).kind in _LEADING:
        acts = tuple(_leading(state, view, acts))
    return (*acts, _gate()) if view.current and _begins_section(state, view.step) else acts


def _leading(state: RunState, view: StepView, acts: tuple[Act, ...]) -> Iterator[Act]:
    """The acts at a step that leads to another procedure, before that was begun."""
    step = state.step(view.step)
    title = step.link.text if step.link else ""
    for act in acts:
        if act.what is not What.DONE:
            yield act
            continue
        may = act.enabled
        if step.kind is StepKind.CALL:
            words = translate("Acts", "Call: {title}").format(title=title)
            yield Act(What.CALL, words, "Enter", enabled=may, primary=may, detail=act.detail)
        else:
            words = translate("Acts", "Leave for: {title}…").format(title=title)
            yield Act(What.LEAVE, words, "Enter", enabled=may, primary=may, detail=act.detail)
        yield Act(What.BY_PAPER, translate("Acts", "By paper…"), "Y", enabled=may)


def _waiting(called: Called, view: StepView) -> Iterator[Act]:
    """The acts at a step that has called a run."""
    if called.ended is None:
        words = translate("Acts", "Go to {title}").format(title=called.title)
        yield Act(What.GO_CALLED, words, "Enter", primary=view.current)
        if not called.went_on:
            yield Act(What.GO_ON, translate("Acts", "Go on here meanwhile…"), "L")
        yield Act(What.RETURN, translate("Acts", "Done without it…"), "Y", minor=True)
        return
    words = translate("Acts", "Done: back from {title} ({how})")
    words = words.format(title=called.title, how=run_word_of(called.ended))
    yield Act(What.RETURN, words, "Enter", primary=view.current)
    look = translate("Acts", "Look at {title}").format(title=called.title)
    yield Act(What.GO_CALLED, look, "L", minor=True)


def _gate() -> Act:
    return Act(What.GATE, translate("Acts", "Still the right procedure?"), "Q", minor=True)


def _begins_section(state: RunState, step_id: str) -> bool:
    """True at the first step of the route in a section that is not the first."""
    place = state.route.position.get(step_id, 0)
    if not place:
        return False
    before = state.step(state.route.order[place - 1])
    return before.section != state.step(step_id).section


def call_command(what: What, state: RunState, step: str) -> Command | None:
    """The command of an act between runs that needs no words; None for the others."""
    called = state.record(step).last.called
    match what:
        case What.CALL:
            return Call(step=step)
        case What.RETURN if called and called.ended in WELL_ENDED and state.current == step:
            return Return(step=step)
        case _:
            return None


def call_form(what: What, state: RunState, step: str) -> FormSpec | None:
    """The question that an act between runs asks first; None when it asks none."""
    match what:
        case What.LEAVE:
            return leave_form(state, Leave(step=step))
        case What.BY_PAPER:
            return by_paper_form(state, step)
        case What.GO_ON:
            return go_on_form(step)
        case What.RETURN:
            return return_form(state, step)
        case What.GATE:
            return gate_form(state)
        case _:
            return None
