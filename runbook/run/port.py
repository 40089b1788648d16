"""What a run needs of the journal it is recorded in, and what the journal answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from runbook.run.entry import Actor, Entry
from runbook.run.events import Event, Mode


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the journal did with events: their entries, on how many copies, and what is wrong."""

    entries: tuple[Entry, ...]
    copies: int
    problem: str = ""


class NotRecordedError(OSError):
    """No copy took the events. The message tells the operator to write on paper, and why."""


class JournalPort(Protocol):
    """What a runner needs of the journal. `append` returns when the events are durable."""

    def append(self, run: str, mode: Mode, actor: Actor, events: Sequence[Event]) -> Receipt:
        """Record all events together or none; raises NotRecordedError."""
        ...

    def entries(self, run: str) -> Iterable[Entry]:
        """All entries of a run in their order."""
        ...

    def keep_text(self, data: bytes) -> str:
        """Keep a text for ever and return its SHA-256 in hex."""
        ...

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        ...

    def new_run(self) -> str:
        """A run id never used before."""
        ...

    def now(self) -> datetime:
        """The wall clock, aware."""
        ...
