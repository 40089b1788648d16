"""What a person who takes a run over must know, and the questions that show he knows it."""

from __future__ import annotations

from datetime import datetime

from runbook.procedure.site import fill
from runbook.run.leaving import is_passed_over
from runbook.run.people import holder_of, roles_of
from runbook.run.state import RunState
from runbook.run.statuses import Status

QUESTIONS = 3


def questions_of(state: RunState, now: datetime) -> tuple[tuple[str, str], ...]:
    """Three questions drawn from the run as it stands, each with what the run says to it."""
    asked = [("Which step is in hand?", step_in_hand(state))]
    if due := next_due(state, now):
        asked.append(("What is due next, and when?", due))
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


def next_due(state: RunState, now: datetime) -> str:
    """What is due next and when; empty when nothing has a time."""
    if not state.resume_by:
        return ""
    at = datetime.fromisoformat(state.resume_by).astimezone(now.tzinfo)
    return f"The run is to be resumed by {at:%H:%M}."


def top_item(state: RunState) -> str:
    """The open item that matters most: what failed, then what was put off or passed over."""
    items = items_behind(state)
    return item_line(state, items[0]) if items else ""


def items_behind(state: RunState) -> tuple[str, ...]:
    """Steps that failed, were put off or were passed over, in this order."""
    rank = (Status.FAILED, Status.DEFERRED)
    behind = [
        s
        for s in state.open_items()
        if s != state.current and (state.status_of(s) in rank or is_passed_over(state, s))
    ]
    return tuple(
        sorted(
            behind,
            key=lambda s: rank.index(state.status_of(s)) if state.status_of(s) in rank else 2,
        )
    )


def item_line(state: RunState, step_id: str) -> str:
    """An open item with its status and what was said of it."""
    last = state.record(step_id).last
    word = {Status.FAILED: "failed", Status.DEFERRED: "put off"}.get(
        state.status_of(step_id), "passed over"
    )
    to = f" until {_target(state, last.target)}" if last.target else ""
    said = f": {last.text}" if last.text else ""
    return f"{step_line(state, step_id)} ({word}{to}{said})"


def _target(state: RunState, target: str) -> str:
    return state.step(target).number if target in state.procedure.by_id else target


def _what(state: RunState) -> str:
    return f"{state.prepared.title}, {state.mode.value.upper()}."
