"""Lengths of time between entries: by the clock that never jumps, wherever it ran on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from runbook.run import events as ev
from runbook.run.entry import Entry

CLOCK_STEP_NS = 2_000_000_000
_GOES_ON = (ev.RunResumed, ev.AbortBegan, ev.RunCompleted)


@dataclass(frozen=True, slots=True)
class ClockStep:
    """A jump of the wall clock against the clock that never jumps, seen at an entry."""

    seq: int
    seconds: int


def elapsed(entries: tuple[Entry, ...]) -> tuple[float, ...]:
    """Seconds from the first entry to each, by the clock that does not jump where it ran on."""
    at, passed = 0.0, []
    for before, entry in zip((None, *entries[:-1]), entries, strict=True):
        if before is not None:
            at += _step_length(before, entry)
        passed.append(at)
    return tuple(passed)


def _step_length(before: Entry, entry: Entry) -> float:
    """Seconds between two entries: monotonic within one boot, the wall clock across boots."""
    if before.boot == entry.boot and before.device == entry.device:
        return (entry.mono - before.mono) / 1e9
    return _wall_length(before, entry)


def _wall_length(before: Entry, entry: Entry) -> float:
    first, then = datetime.fromisoformat(before.wall), datetime.fromisoformat(entry.wall)
    return (then - first).total_seconds()


def between(
    entries: tuple[Entry, ...],
    passed: tuple[float, ...],
    start: type[ev.Event],
    *ends: type[ev.Event],
) -> int | None:
    """Seconds from the first such entry to the first that ends it."""
    first = next((i for i, e in enumerate(entries) if type(e.event) is start), None)
    last = next((i for i, e in enumerate(entries) if type(e.event) in ends), None)
    return None if first is None or last is None else int(passed[last] - passed[first])


def paused(entries: tuple[Entry, ...], passed: tuple[float, ...]) -> int:
    """Seconds in pauses; one that was never ended lasts to the last entry."""
    total, since = 0.0, None
    for entry, at in zip(entries, passed, strict=True):
        if isinstance(entry.event, ev.RunPaused):
            since = at if since is None else since
        elif since is not None and isinstance(entry.event, _GOES_ON):
            total, since = total + at - since, None
    return int(total if since is None else total + passed[-1] - since)


def clock_steps(entries: tuple[Entry, ...]) -> Iterable[ClockStep]:
    """Where the wall clock and the one that never jumps part by more than two seconds."""
    for before, entry in pairwise(entries):
        if before.boot == entry.boot and before.device == entry.device:
            apart = _wall_length(before, entry) - (entry.mono - before.mono) / 1e9
            if abs(apart) * 1e9 > CLOCK_STEP_NS:
                yield ClockStep(entry.seq, round(apart))
