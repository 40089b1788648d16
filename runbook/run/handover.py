"""What a person who takes a run over must know, and the questions that show he knows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from runbook.procedure.site import fill
from runbook.run.dues import dues
from runbook.run.leaving import is_passed_over
from runbook.run.people import holder_of, roles_of
from runbook.run.pins import standing
from runbook.run.place import open_from_here
from runbook.run.state import RunState
from runbook.run.statuses import Status
from runbook.run.succession import succession

QUESTIONS = 3
_NEXT = 3
_LAST = 5
_CLOCK = "%H:%M"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet: a heading and its lines."""

    title: str
    lines: tuple[str, ...]


def sheet_of(state: RunState, now: datetime) -> tuple[Part, ...]:
    """The sheet for a handover, drawn from the run as it stands at this moment."""
    parts = (
        Part("This run", tuple(_this_run(state, now))),
        Part("In hand", tuple(_in_hand(state))),
        Part("Due next", tuple(_due_lines(state, now))),
        Part("Open behind us", tuple(item_line(state, s) for s in items_behind(state))),
        Part("Pinned", tuple(pin.text for pin in standing((state,)))),
        Part("Roles", tuple(_roles(state))),
        Part("Last decisions", tuple(_decisions(state))),
        Part("Last notes", tuple(_notes(state, now))),
    )
    return tuple(Part(p.title, p.lines or ("none",)) for p in parts)


def questions_of(state: RunState, now: datetime) -> tuple[tuple[str, str], ...]:
    """Three questions drawn from the run as it stands, each with what the run says to it."""
    asked = [("Which step is in hand?", step_in_hand(state))]
    if due := next(iter(dues(state, now)), None):
        asked.append(("What is due next, and when?", due.line(now)))
    if item := top_item(state):
        asked.append(("What is the first thing that is still open behind us?", item))
    empty = ", ".join(role_name(state, k) for k in roles_of(state) if not holder_of(state, k))
    asked.append(("Which roles does nobody hold?", empty or "Every role has a holder."))
    asked.append(("Which procedure is this, and in which mode?", _what(state)))
    return tuple(asked[:QUESTIONS])


def step_in_hand(state: RunState) -> str:
    """The number and words of the current step."""
    if state.current is None:
        return "No step is in hand."
    return step_line(state, state.current)


def step_line(state: RunState, step_id: str) -> str:
    """A step's number and its words, filled in."""
    step = state.step(step_id)
    return f"{step.number} {fill(step.text, state.prepared.values)}"


def role_name(state: RunState, key: str) -> str:
    """The name of a role, as a person knows it."""
    return fill(state.procedure.role_name(key), state.prepared.values)


def top_item(state: RunState) -> str:
    """The open item that matters most: what failed, then what was put off or passed over."""
    items = items_behind(state)
    return item_line(state, items[0]) if items else ""


def items_behind(state: RunState) -> tuple[str, ...]:
    """Steps that failed, were put off or were passed over, in this order."""
    told = [s for s in state.open_items() if s != state.current and _is_behind(state, s)]
    return tuple(sorted(told, key=lambda s: _RANK.get(state.status_of(s), len(_RANK))))


_RANK = {Status.FAILED: 0, Status.DEFERRED: 1}


def _is_behind(state: RunState, step: str) -> bool:
    return state.status_of(step) in _RANK or is_passed_over(state, step)


def item_line(state: RunState, step_id: str) -> str:
    """An open item with its status and what was said of it."""
    last = state.record(step_id).last
    words = {Status.FAILED: "failed", Status.DEFERRED: "put off"}
    word = words.get(state.status_of(step_id), "passed over")
    to = f" until {_target(state, last.target)}" if last.target else ""
    said = f": {last.text}" if last.text else ""
    return f"{step_line(state, step_id)} ({word}{to}{said})"


def _target(state: RunState, target: str) -> str:
    return state.step(target).number if target in state.procedure.by_id else target


def _what(state: RunState) -> str:
    return f"{state.prepared.title}, {state.mode.value.upper()}."


def _this_run(state: RunState, now: datetime) -> Iterator[str]:
    yield f"{_what(state)} Run {state.run}"
    yield f"Owner {state.owner}, at the keyboard {state.at_keyboard or state.owner}"
    if state.started is not None:
        begun = state.started.astimezone(now.tzinfo)
        yield f"Begun at {begun:{_CLOCK}}, this sheet is of {now:{_CLOCK}}"
    if state.paused_for:
        yield f"PAUSED: {state.paused_for}"
    if state.abort_reason:
        yield f"The goal was given up: {state.abort_reason}"


def _in_hand(state: RunState) -> Iterator[str]:
    yield step_in_hand(state)
    held = (Status.ACTIVE, Status.WAITING, Status.VERIFY, Status.HOLD)
    beside = [step for _, step in state.currents if step != state.current]
    for step in beside:
        yield f"beside it, in another lane: {step_line(state, step)}"
    known = (state.current, *beside)
    for step in state.route.order:
        if step not in known and state.status_of(step) in held:
            yield f"{step_line(state, step)} ({state.status_of(step).value})"
    following = [step for step in open_from_here(state) if step not in known]
    for step in following[:_NEXT]:
        yield f"then {step_line(state, step)}"


def _due_lines(state: RunState, now: datetime) -> Iterator[str]:
    """What is due, each with what to do if it is missed."""
    for due in dues(state, now):
        missed = f" (if missed: {due.missed})" if due.missed else ""
        yield f"{due.line(now)}{missed}"


def _roles(state: RunState) -> Iterator[str]:
    for key in roles_of(state):
        line = ", ".join(succession(state.site, key))
        nobody = f"NOBODY, in this order: {line}" if line else "NOBODY"
        yield f"{role_name(state, key)}: {holder_of(state, key) or nobody}"


def _decisions(state: RunState) -> Iterator[str]:
    """The newest decisions first, with what was chosen."""
    made = [(s, state.record(s).last) for s in state.plan.flat if state.record(s).last.label]
    made.sort(key=lambda pair: pair[1].seq, reverse=True)
    for step, last in made[:_LAST]:
        basis = f" ({last.basis})" if last.basis else ""
        yield f"{step_line(state, step)} {last.label}{basis}, by {last.by}"


def _notes(state: RunState, now: datetime) -> Iterator[str]:
    """The newest notes first."""
    kept = [note for note in state.notes if not note.withdrawn]
    for note in reversed(kept[-_LAST:]):
        yield f"{note.at.astimezone(now.tzinfo):{_CLOCK}} {note.by}: {note.text}"
