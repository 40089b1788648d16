"""What a step waits for in lines of text: its decider and criteria, a second person, a target."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.procedure.model import Step, StepKind
from runbook.report.sentences_check import VERDICT
from runbook.run.criteria import criteria_of
from runbook.run.events import Status
from runbook.run.holds import who_decides
from runbook.run.identity import is_proved
from runbook.run.state import RunState
from runbook.walk.text import one_line


def check_lines(state: RunState, step: Step) -> Iterator[str]:
    """One line for each thing that the step is held to."""
    last, status = state.record(step.id).last, state.status_of(step.id)
    if step.kind is StepKind.HOLD:
        yield from _hold(state, step)
    if last.objection and status is not Status.VERIFY:
        yield one_line(f"Not confirmed by the second person: {last.objection}")
    if status is Status.VERIFY:
        yield one_line(f"Done by {last.by}. Waits for a second person, {_how(step)}.")
        yield one_line(f"Decided: {last.label}") if last.label else "Somebody else confirms it."
    elif step.two_person is not None:
        yield f"Two persons, {_how(step)}: after you, somebody else confirms it."
    if step.type_text:
        yield "The target is typed." if is_proved(state, step) else "Type it before done."


def _how(step: Step) -> str:
    alone = step.two_person is not None and step.two_person.value == "separately"
    return "looking separately; others go on" if alone else "looking together"


def _hold(state: RunState, step: Step) -> Iterator[str]:
    last = state.record(step.id).last
    if last.asked and state.status_of(step.id) is Status.HOLD:
        yield f"HOLD. Asked at {last.asked.astimezone():%H:%M:%S}."
    yield one_line(who_decides(state, step))
    for found in criteria_of(state, step):
        seen = f" ({found.seen})" if found.seen else ""
        yield one_line(f"go when {found.text}: {VERDICT[found.verdict]}{seen}")


def pending_lines(state: RunState) -> Iterator[str]:
    """The steps that wait for a second person while the run goes on."""
    waiting = [state.step(s).number for s in state.to_verify() if s != state.current]
    if waiting:
        yield f"To be verified by a second person: {', '.join(waiting)} (verify STEP NAME)"
