"""People as lines of text: the roles of a run, and the sheet for whoever takes it over."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.run.handover import Part, role_name
from runbook.run.people import holder_of, roles_of
from runbook.run.state import RunState
from runbook.run.succession import next_in_line, succession
from runbook.walk.text import one_line, wrapped


def roles_lines(state: RunState) -> Iterator[str]:
    """Owner, person at the keyboard, and every role with its holder or who could fill it."""
    yield one_line(f"Owner: {state.owner}. At the keyboard: {state.at_keyboard}.")
    for key in roles_of(state):
        told = one_line(f"{role_name(state, key)}: {_holder(state, key)}")
        yield f"  {key:6} {told}"


def _holder(state: RunState, key: str) -> str:
    holder, after = holder_of(state, key), next_in_line(state, key)
    if holder:
        return f"{holder} (next: {after})" if after else holder
    line = ", ".join(succession(state.site, key))
    return f"NOBODY. In this order: {line}" if line else "NOBODY"


def sheet_lines(sheet: tuple[Part, ...]) -> Iterator[str]:
    """The sheet for a handover, part by part."""
    yield "-- Handover --"
    for part in sheet:
        yield f"{part.title}:"
        for line in part.lines:
            yield from wrapped(line, "    ", "  - ")


def questions_lines(state: RunState) -> Iterator[str]:
    """What the incoming person is asked, with what the run says, and how to go on."""
    handover = state.handover
    if handover is None:
        return
    for question, answer in handover.open_questions:
        yield from wrapped(f"{question} (the run says: {answer})", "     ", "  ?  ")
    if handover.open_questions:
        yield f"Type what {handover.to} says: right ANSWER, or wrong ANSWER."
    else:
        yield f"{handover.to} takes over with: accept {handover.to}"
