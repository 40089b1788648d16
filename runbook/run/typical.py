"""What the steps of a procedure took in earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from runbook.run.events import Status
from runbook.run.state import RunState

_DONE = (Status.DONE, Status.DONE_DEV)
_LEAST: Final = 0.25


def typical_lengths(states: Iterable[RunState], before: RunState) -> Mapping[str, int]:
    """What each step took in earlier runs of the same procedure: the median, in seconds.

    Only runs of the same kind count, so that practice never makes reality look quick: live
    and planned work together, drills by themselves. Of a step only attempts that went well.
    What took less than a quarter of the shorter target was confirmed after the fact, and does
    not count: nobody is to be told that there is time because somebody pressed keys quickly.
    """
    found: dict[str, list[int]] = {}
    for state in states:
        if _is_like(state, before):
            for step, taken in _taken(state):
                found.setdefault(step, []).append(taken)
    known = before.procedure.by_id
    return {step: sorted(all_)[len(all_) // 2] for step, all_ in found.items() if step in known}


def _is_like(state: RunState, before: RunState) -> bool:
    """True for another run of the same procedure, in the same family of modes."""
    same = state.prepared.procedure == before.prepared.procedure and state.run != before.run
    return same and state.mode.family == before.mode.family


def _taken(state: RunState) -> Iterator[tuple[str, int]]:
    """Each step done in a run, and the seconds its last attempt took."""
    for step, record in state.records.items():
        last = record.last
        end = last.performed or last.settled
        if last.status in _DONE and last.started and end and end >= last.started:
            taken = int((end - last.started).total_seconds())
            if taken >= _LEAST * (state.step(step).target_s or (0, 0))[0]:
                yield step, taken
