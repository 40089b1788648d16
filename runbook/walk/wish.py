"""What a typed line may ask for, and the place it was typed at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from runbook.operators import Signed
from runbook.run.commands import Command, Refused, Settle
from runbook.run.events import Event
from runbook.run.state import RunState
from runbook.run.work import NO_TYPICAL


class Ask(StrEnum):
    """What is answered without recording anything."""

    STEP = "step"
    STATUS = "status"
    LANES = "lanes"
    TIMERS = "timers"
    JOURNAL = "journal"
    BRIEFING = "briefing"
    ROLES = "roles"
    SHEET = "sheet"
    HELP = "help"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision on one open step, kept until the run is completed or aborted."""

    item: Settle


@dataclass(frozen=True, slots=True)
class Told:
    """Lines that answer a question; nothing is recorded."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turned:
    """Another lane's current step is to be in hand; nothing is recorded by it."""

    lane: str


@dataclass(frozen=True, slots=True)
class Between:
    """Something about other runs, which only the session knows: what, and its words."""

    what: str
    words: tuple[str, ...]


Wish = Command | Signed | Ask | Settled | Told | Turned | Between | Refused


@dataclass(frozen=True, slots=True)
class Here:
    """Where a line was typed: the run as it stands, what was settled, its events, the time."""

    state: RunState
    now: datetime
    settled: tuple[Settle, ...] = ()
    event_of: Callable[[int], Event | None] = lambda _seq: None
    typical: Callable[[], Mapping[str, int]] = lambda: NO_TYPICAL


def find_step(state: RunState, word: str) -> str | None:
    """The id of a step named by its number or its id."""
    found = state.procedure.by_number.get(word.rstrip("."))
    return found.id if found else word if word in state.procedure.by_id else None
