"""The latest safe start: what must be finished before a resource is gone, and when to begin it.

    latest safe start = when the resource is gone - work left

The work is that of the open steps in all sections `(before NAME runs out)` along the route, as
`work` lays it: parallel lanes by their longest. It is green while there is time, amber when
less is left than the longest of these steps takes, or less than a fifth of the work, and red
when it has passed: then it names what no longer fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from runbook.procedure import durations
from runbook.procedure.model import Comparator, Comparison, Procedure, Step, StepKind
from runbook.run.disputes import standing, start_key
from runbook.run.filling import fill
from runbook.run.resource import SECONDS, ResourceClock, trending
from runbook.run.state import ENDED, SETTLED, Dispute, RunState
from runbook.run.work import NO_TYPICAL, Laid, Typical, Work, later

_SHARE: Final = 0.2
_NUMBER: Final = re.compile(r"\s*([-+−]?\d+(?:[.,]\d+)?)\s*(.*)")
_DOWN: Final = (Comparator.LE, Comparator.LT)
_UP: Final = (Comparator.GE, Comparator.GT)


class Level(StrEnum):
    """How much time there is before a latest safe start."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class SafeStart:
    """What is bound to one resource, and when it has to begin.

    `clock` is None before the resource was read, `latest` while nobody can tell when it is
    gone. `sections` are those that still hold open work, in walking order.
    """

    name: str
    label: str
    sections: tuple[str, ...]
    laid: Laid
    clock: ResourceClock | None
    latest: datetime | None
    own: Dispute | None = None

    @property
    def is_begun(self) -> bool:
        """True while one of these steps is in hand."""
        return any(slot.in_hand for slot in self.laid.slots.values())

    def slack_s(self, now: datetime) -> float | None:
        """Seconds until it is too late, below zero after."""
        return None if self.latest is None else (self.latest - now).total_seconds()

    def level(self, now: datetime) -> Level | None:
        """How much time there is; None while nobody can tell."""
        slack = self.slack_s(now)
        if slack is None:
            return None
        if slack < 0:
            return Level.RED
        near = slack <= max(self.laid.longest_s, _SHARE * self.laid.end_s)
        return Level.AMBER if near else Level.GREEN

    def misfits(self, now: datetime) -> tuple[str, ...]:
        """The steps that would end after the resource is gone if they were begun now."""
        if self.latest is None:
            return ()
        room = self.laid.end_s + (self.latest - now).total_seconds()
        return tuple(s for s, slot in self.laid.slots.items() if slot.end_s > room)


def safe_starts(
    state: RunState,
    clocks: Mapping[str, ResourceClock],
    now: datetime,
    typical: Typical = NO_TYPICAL,
) -> tuple[SafeStart, ...]:
    """The latest safe start for each resource that open work is bound to; `clocks` by name."""
    if state.status in ENDED:
        return ()
    work = Work(state, now, typical)
    found = (
        _safe_start(state, name, inside, work, clocks.get(name))
        for name, inside in bound_sections(state.procedure).items()
    )
    return tuple(one for one in found if one.laid.slots)


def _safe_start(
    state: RunState, name: str, inside: frozenset[str], work: Work, clock: ResourceClock | None
) -> SafeStart:
    laid = work.left(inside)
    steps = state.procedure.by_id
    own = standing(state, start_key(name))
    latest = None
    if clock is not None and clock.ends is not None:
        latest = later(clock.ends, -laid.end_s)
    return SafeStart(
        name=name,
        label=clock.label if clock else _label(state.procedure, name),
        sections=tuple(
            dict.fromkeys(_bound(state.procedure, steps[s].section) for s in laid.slots)
        ),
        laid=laid,
        clock=clock,
        latest=own.until if own else latest,
        own=own,
    )


def bound_sections(procedure: Procedure) -> Mapping[str, frozenset[str]]:
    """The sections that must be finished before a resource is gone, with those below them."""
    bound: dict[str, str] = {}
    for section in procedure.sections:  # parents stand before their children
        name = section.bound_to or bound.get(section.parent or "")
        if name:
            bound[section.id] = name
    names = dict.fromkeys(bound.values())
    return {name: frozenset(s for s, to in bound.items() if to == name) for name in names}


def _bound(procedure: Procedure, section: str) -> str:
    """The section that says what it is bound to, for one of those below it."""
    found = procedure.section_by_id[section]
    while found.bound_to is None and found.parent is not None:
        found = procedure.section_by_id[found.parent]
    return found.id


def _label(procedure: Procedure, name: str) -> str:
    return next((r.label for r in trending(procedure) if r.name == name), name)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value at which a watch asks for an act, and when the resource will have reached it."""

    step: str
    clock: ResourceClock
    comparator: Comparator
    value: float
    at: datetime | None


def thresholds(state: RunState, clocks: Mapping[str, ResourceClock]) -> tuple[Threshold, ...]:
    """The thresholds of all watches on the route that are not over, on resources that were read."""
    watches = (s for s in state.procedure.steps if s.kind is StepKind.WATCH and s.whens)
    return tuple(t for s in watches if _in_force(state, s) for t in _of(state, s, clocks))


def _in_force(state: RunState, step: Step) -> bool:
    """True for a watch that applies and was not skipped or ended."""
    return state.status not in ENDED and state.status_of(step.id) not in SETTLED


def _of(state: RunState, step: Step, clocks: Mapping[str, ResourceClock]) -> Iterator[Threshold]:
    for when in step.whens:
        for group in when.condition.any_of if when.condition else ():
            clock = clocks.get(group[0].name) if len(group) == 1 else None
            value = _value(group[0], clock, state.prepared.values) if clock else None
            if clock is not None and value is not None:
                at = clock.when(value)
                yield Threshold(step.id, clock, group[0].comparator, value, at)


def _value(said: Comparison, clock: ResourceClock, values: Mapping[str, str]) -> float | None:
    """The threshold in the unit of the reading; None when the reading never runs into it."""
    if said.comparator not in (_UP if clock.rises else _DOWN):
        return None
    text = fill(said.value, values)
    found = _NUMBER.match(text)
    if found is None:
        return None
    number = float(found[1].replace(",", ".").replace("−", "-"))
    seconds = durations.seconds(text) if found[2] and clock.unit in SECONDS else None
    return number if seconds is None else seconds / SECONDS[clock.unit]
