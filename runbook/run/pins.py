"""Pinned notes: those of settled steps and those raised by hand, in all runs of an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from runbook.run.events import Status
from runbook.run.state import Pin, RunState

_SETTLED = (Status.DONE, Status.DONE_DEV)


def raised(state: RunState) -> Iterator[Pin]:
    """Every note that one run has raised, those taken down as well; oldest steps first."""
    for step in state.procedure.with_pins:
        last = state.record(step.id).last
        if last.status in _SETTLED:
            for number, text in enumerate(step.pins):
                key = f"{step.id}/{last.number}/{number}"
                yield Pin(state.run, key, text, last.by, step.id, last.settled)
    yield from state.pins


def standing(states: Iterable[RunState]) -> tuple[Pin, ...]:
    """The notes that hold in all runs of an incident, in the order they were raised."""
    known = tuple(states)
    down = {taken for state in known for taken in state.taken_down}
    pins = (pin for state in known for pin in raised(state))
    held = (pin for pin in pins if (pin.run, pin.key) not in down)
    return tuple(sorted(held, key=lambda pin: (pin.at is None, str(pin.at), pin.key)))
