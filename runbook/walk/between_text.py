"""What a step owes to other runs, and the point of no return, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.procedure.model import Step, StepKind
from runbook.report.words import RUN_STATUS
from runbook.run.events import Status
from runbook.run.no_return import crossed, is_marked, is_next
from runbook.run.rules_shared import received_at
from runbook.run.state import RunState
from runbook.walk.text import one_line


def between_lines(state: RunState, step: Step) -> Iterator[str]:
    """Warnings first, then what was put off to here, then the call that is waited for."""
    if is_marked(state, step.id):
        yield "!! POINT OF NO RETURN: what follows cannot be undone."
    elif is_next(state, step.id):
        yield "!! The next step is the point of no return."
    elif past := crossed(state):
        yield f"!! Past the point of no return since {state.step(past[0]).number}."
    for item in received_at(state, step.id):
        told = f"PUT OFF TO HERE by {item.title}, run {item.run}: {item.number} {item.text}"
        yield one_line(f"{told} [redeem {item.run} {item.number} WHAT YOU SAW]")
    called = state.record(step.id).last.called
    if called is not None:
        ended = RUN_STATUS[called.ended].lower() if called.ended else "open"
        yield one_line(f"Called: {called.title}, run {called.run}, {ended}.")


def between_hint(state: RunState, step: Step) -> str:
    """What may be typed at a step that leads to another run; empty at all others."""
    last = state.record(step.id).last
    if last.called is not None and last.status is Status.WAITING:
        if last.called.ended is not None:
            return "[return | note TEXT | help]"
        return f"[goto {last.called.run} | goon WHY | return WHY | note TEXT | help]"
    if step.kind is StepKind.CALL:
        return "[call | paper WHY | fail WHAT | skip WHY | defer TARGET WHY | note TEXT | help]"
    if step.kind is StepKind.LEAVE:
        return "[leave | paper WHY | fail WHAT | skip WHY | defer TARGET WHY | note TEXT | help]"
    return ""
