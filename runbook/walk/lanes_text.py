"""The lanes of a parallel section as lines of text: who is where, and who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from runbook.report.sentences import fill
from runbook.report.words import duration
from runbook.run.lanes import LaneView, lanes_at_work, waited_for
from runbook.run.place import lane_of
from runbook.run.state import RunState
from runbook.walk.text import one_line


def lane_lines(state: RunState, now: datetime) -> Iterator[str]:
    """Each lane with its number, its people and its current step, or what it waits for."""
    views = lanes_at_work(state)
    if views:
        yield "Lanes, side by side (lane N turns to one):"
    for number, view in enumerate(views, 1):
        here = "->" if view.in_hand else " >" if view.current else "  "
        title = fill(view.lane.title, state.prepared.values)
        people = _people(state, view)
        named = one_line(f"{number} {title} ({people})" if people else f"{number} {title}")
        yield f"{here} {named}"
        yield f"      {one_line(_stands(state, view, now))}"


def _people(state: RunState, view: LaneView) -> str:
    roles = ", ".join(state.procedure.role_name(role) for role in view.lane.roles)
    return ": ".join(part for part in (roles, view.holder) if part)


def _stands(state: RunState, view: LaneView, now: datetime) -> str:
    """The current step and since when, or that the lane waits or has nothing to do."""
    if view.current:
        step = state.step(view.current)
        since = f", {_length(view.since, now)}" if view.since else ""
        return f"{step.number} {fill(step.text, state.prepared.values)}{since}"
    if view.is_waiting:
        return waiting_words(state, view, now)
    return "at the join" if view.steps else "does not apply"


def waiting_words(state: RunState, view: LaneView, now: datetime) -> str:
    """`Waiting for: Facilities at 5.6 (4 min)`."""
    others = "; ".join(
        f"{who_works(state, lane.id)} at {state.step(step).number}"
        for lane, step in waited_for(state, view)
    )
    since = f" ({_length(view.ended, now)})" if view.ended else ""
    return f"Waiting for: {others or 'the other lanes'}{since}"


def who_works(state: RunState, lane: str) -> str:
    """The roles of a lane, else its title."""
    found = state.plan.lanes[lane]
    roles = ", ".join(state.procedure.role_name(role) for role in found.roles)
    return roles or fill(found.title, state.prepared.values)


def _length(since: datetime | None, now: datetime) -> str:
    return duration(max(0, int((now - since).total_seconds()))) if since else ""


def others_line(state: RunState) -> Iterator[str]:
    """Where the other lanes stand, in one line below the step in hand."""
    others = [
        f"{state.step(step).number} {who_works(state, lane)}".rstrip()
        for lane, step in state.currents
        if step != state.current and lane
    ]
    if others and lane_of(state, state.current or ""):
        listed = one_line("; ".join(others))
        yield f"  Other lanes: {listed}. Type lanes."
