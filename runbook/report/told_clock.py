"""Clocks as a report tells them: each reading with its line, and what was still in time when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from runbook.procedure.model import Record
from runbook.report.formula import Working
from runbook.report.names import brief
from runbook.report.sentences import sentence
from runbook.report.told import Teller
from runbook.report.words import duration, instant, stop
from runbook.run.entry import Entry
from runbook.run.events import AbortBegan, Event, OptionChosen
from runbook.run.events_check import StepSubmitted
from runbook.run.events_clock import AdviceDisputed
from runbook.run.events_message import IncidentDeclared
from runbook.run.evolve import evolve, replay
from runbook.run.resource import SECONDS, Basis, ResourceClock, clock_of, trending
from runbook.run.safe_start import SafeStart, bound_sections
from runbook.run.state import RunState
from runbook.run.work import NO_TYPICAL

_MINUTE: Final = 60
_DECISIVE: Final = (OptionChosen, StepSubmitted, AbortBegan, IncidentDeclared, AdviceDisputed)


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A reading of a resource, the line fitted through it and those before, and its end."""

    entry: int
    label: str
    value: str
    local: str
    utc: str
    rate: str
    points: int
    ends: str
    band: str
    own: str


@dataclass(frozen=True, slots=True)
class StartTold:
    """What was bound to a resource when something was decided, and whether there was time."""

    entry: int
    local: str
    utc: str
    decided: str
    what: str
    work: str
    gone: str
    latest: str
    verdict: str


def clocks_told(state: RunState, teller: Teller) -> tuple[ClockTold, ...]:
    """Every standing reading that runs to an end, in the order the readings were performed."""
    found = (told for record in trending(state.procedure) for told in _told(state, teller, record))
    return tuple(found)


def _told(state: RunState, teller: Teller, record: Record) -> Iterator[ClockTold]:
    """The readings of one resource, each with the line as it stood when it was the newest."""
    standing = [r for r in state.readings if r.name == record.name and not r.withdrawn]
    standing.sort(key=lambda r: (r.performed or r.at, r.seq))
    for place, reading in enumerate(standing):
        known = replace(state, readings=tuple(standing[: place + 1]), disputes=())
        clock = clock_of(known, record)
        if clock is not None:
            later = min((r.seq for r in standing if r.seq > reading.seq), default=None)
            yield _row(teller, clock, reading.seq, later)


def _row(teller: Teller, clock: ResourceClock, seq: int, later: int | None) -> ClockTold:
    local, newest = teller.wall.local, clock.newest
    band = f"{local(clock.earliest)} to {local(clock.latest) or 'open'}" if clock.earliest else ""
    return ClockTold(
        entry=seq,
        label=clock.label,
        value=newest.shown,
        local=local(newest.at),
        utc=instant(newest.at),
        rate=_rate(clock),
        points=len(clock.points),
        ends=local(clock.ends) or "not known",
        band=band,
        own=" ".join(_own(teller, clock.name, seq, later)),
    )


def _own(teller: Teller, name: str, seq: int, later: int | None) -> Iterator[str]:
    """The figures that were set in its place after this reading and before the next."""
    for entry in teller.entries.values():
        event, is_now = entry.event, seq < entry.seq and (later is None or entry.seq < later)
        if is_now and isinstance(event, AdviceDisputed) and event.advice == name:
            yield f"{entry.actor.operator} held it to be “{event.own}”: {stop(event.reason)}"


def _rate(clock: ResourceClock) -> str:
    """The slope of the line in numbers: per unit of its own for a time, else per minute."""
    if clock.basis is Basis.STILL:
        return "did not move"
    if clock.basis is Basis.UNKNOWN:
        return "not known"
    if clock.is_time:
        by_itself = ", the clock itself" if clock.basis is Basis.CLOCK else ""
        return f"{clock.rate * SECONDS[clock.unit]:.2f} {clock.unit} per {clock.unit}{by_itself}"
    return f"{clock.rate * _MINUTE:.3g} {clock.unit} per min"


def starts_told(entries: Iterable[Entry], state: RunState, teller: Teller) -> tuple[StartTold, ...]:
    """The latest safe starts as they stood at each decision of the run."""
    if not bound_sections(state.procedure):
        return ()
    kept = tuple(entries)
    now = replay(kept[:1], state.procedure, state.site)
    found: list[StartTold] = []
    for entry in kept[1:]:
        now = evolve(now, entry)
        if isinstance(entry.event, _DECISIVE):
            found += _starts(now, entry, teller)
    return tuple(found)


def _starts(state: RunState, entry: Entry, teller: Teller) -> Iterator[StartTold]:
    at = datetime.fromisoformat(entry.wall)
    told = Working(state, at, NO_TYPICAL, teller.wall.local)
    for start in told.seen.starts:
        if start.latest is not None:
            yield StartTold(
                entry=entry.seq,
                local=teller.wall.local(at),
                utc=instant(at),
                decided=brief(_decided(entry.event, teller)),
                what=told.sections(start),
                work=duration(int(start.laid.end_s)),
                gone=teller.wall.local(start.clock.ends) if start.clock else "",
                latest=teller.wall.local(start.latest),
                verdict=_verdict(start, told, at),
            )


def _decided(event: Event, teller: Teller) -> str:
    """What was decided, in the words of the timeline."""
    return sentence(event, teller.state.procedure, teller.state.prepared.values)


def _verdict(start: SafeStart, told: Working, at: datetime) -> str:
    """How much time there was, or what no longer fitted."""
    slack = start.slack_s(at) or 0.0
    if slack >= 0:
        return f"in time, {duration(int(slack))} to spare"
    numbers = ", ".join(told.numbers(start.misfits(at)))
    return f"too late by {duration(int(-slack))}: {numbers}"
