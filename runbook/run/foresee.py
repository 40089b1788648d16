"""What a run would be after one more command: worked out ahead, never recorded.

A screen may get ready for it while nobody waits. It is only ever shown when the journal has
answered with the very events that were foreseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from runbook.run.commands import Command, Refused
from runbook.run.entry import Actor, Entry
from runbook.run.events import Event
from runbook.run.evolve import evolve
from runbook.run.rules import decide
from runbook.run.state import RunState


@dataclass(frozen=True)
class Foreseen:
    """What would follow from a command given in one state, by one person, in one minute."""

    before: RunState
    events: tuple[Event, ...]
    actor: Actor
    at: datetime
    after: RunState

    def came_true(self, before: RunState, entries: Sequence[Entry]) -> bool:
        """True when these entries, made in that state, are just what was foreseen."""
        if before is not self.before or len(entries) != len(self.events):
            return False
        return all(map(self._is_same, entries, self.events))

    def _is_same(self, entry: Entry, event: Event) -> bool:
        at = datetime.fromisoformat(entry.wall)
        by = entry.actor.operator == self.actor.operator
        return by and entry.event == event and _minute(at, self.at)


def _minute(one: datetime, other: datetime) -> bool:
    """True for two moments that a clock without seconds shows alike."""
    return one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def foresee(state: RunState, command: Command, actor: Actor, now: datetime) -> Foreseen | None:
    """What would follow if the command were carried out now; None when it would be refused."""
    events = decide(state, command, actor, now.astimezone(UTC))
    if isinstance(events, Refused):
        return None
    after = state
    for event in events:
        after = evolve(after, _imagined(after, event, actor, now))
    return Foreseen(state, events, actor, now, after)


def _imagined(state: RunState, event: Event, actor: Actor, now: datetime) -> Entry:
    """An entry that no journal holds."""
    return Entry(
        device="",
        seq=state.last_seq + 1,
        lamport=0,
        wall=now.isoformat(timespec="milliseconds"),
        mono=0,
        boot="",
        run=state.run,
        mode=state.mode,
        actor=actor,
        event=event,
    )
