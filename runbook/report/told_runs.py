"""How a run stood among the others of its incident: its callers, its calls, its pins, its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from runbook.report.figures import Fact
from runbook.report.told import Teller
from runbook.report.words import RUN_STATUS, labelled
from runbook.run.events_calls import CallEnded, CallsEvent
from runbook.run.pins import raised
from runbook.run.state import RunState

BETWEEN = frozenset(str(cls.__struct_config__.tag) for cls in get_args(CallsEvent))
"""The kinds of entries that concern another run as well."""


@dataclass(frozen=True, slots=True)
class CalledTold:
    """A call of another run: from which step, when, how it ended, when it was confirmed."""

    number: str
    title: str
    run: str
    begun: str
    ended: str
    returned: str
    remarks: str


def among(state: RunState, stack: tuple[str, ...]) -> Iterator[Fact]:
    """Incident, callers and the run left for, as facts of the front page."""
    prepared = state.prepared
    if prepared.incident and prepared.incident != state.run:
        yield Fact("Incident", f"began with run {prepared.incident}")
    if len(stack) > 1:
        yield Fact("Called by", " › ".join(stack[:-1]))
    if prepared.begun_as == "left":
        yield Fact("Begun from", f"run {prepared.called_by_run}, which was left for this one")
    if state.left_for:
        yield Fact("Left for", f"{state.left_title} ({state.left_for})")


def called_told(state: RunState, teller: Teller) -> Iterator[CalledTold]:
    """Every run that a step called, in the order of the steps."""
    ends = {
        (e.event.step, e.event.attempt): e.wall
        for e in teller.entries.values()
        if isinstance(e.event, CallEnded)
    }
    for step in state.procedure.steps:
        for attempt in state.record(step.id).attempts:
            called = attempt.called
            if called is None:
                continue
            how = RUN_STATUS[called.ended].lower() if called.ended else "not ended"
            at = ends.get((step.id, attempt.number), "")
            yield CalledTold(
                number=step.number,
                title=called.title,
                run=called.run,
                begun=teller.wall.both(called.at),
                ended=f"{how}{f', {at[11:19]}' if at else ''}",
                returned=teller.wall.both(attempt.settled) or "not confirmed",
                remarks=labelled("Not waited for", called.went_on),
            )


def pins_told(state: RunState) -> Iterator[Fact]:
    """Every note this run raised, and which of them were taken down in it."""
    down = set(state.taken_down)
    for pin in raised(state):
        gone = ", taken down" if (pin.run, pin.key) in down else ""
        yield Fact(f"{pin.by}{gone}", pin.text)


def items_told(state: RunState) -> Iterator[Fact]:
    """Every step of another run that was to be done here, and what came of it."""
    for item in state.received:
        done = f" Done: {item.redeemed}" if item.redeemed else " Not done."
        yield Fact(f"{item.title} ({item.run}), step {item.number}", f"{item.text}.{done}")
