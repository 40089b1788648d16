"""Stands for the ports of the core: a journal in memory, with a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from runbook.run.entry import Actor, Entry
from runbook.run.events import Event, Mode
from runbook.run.port import NotRecordedError, Receipt
from runbook.run.summary import LIFECYCLE, OWNERS, RunSummary, summarise

START = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


def _summary(entries: list[Entry]) -> RunSummary:
    """One run as a journal lists it."""
    moves = [entry for entry in entries if isinstance(entry.event, LIFECYCLE)]
    moved = [entry for entry in moves if not isinstance(entry.event, OWNERS)][-1]
    handed = [entries[0], *(entry for entry in moves if isinstance(entry.event, OWNERS))][-1]
    count, last = len(entries), entries[-1].wall
    return summarise(entries[0], moved, handed, entries=count, started_utc=last, last_utc=last)


@dataclass
class MemoryJournal:
    """Keeps entries and texts as a journal does, for as long as the test lasts.

    `at` is the wall clock, moved by `wait`; each entry takes `step` of time by itself.
    `broken` makes the next appends fail with its words; `copies` is what a receipt tells.
    """

    at: datetime = START
    step: timedelta = timedelta(seconds=1)
    copies: int = 2
    broken: str = ""
    kept: list[Entry] = field(default_factory=list)
    texts: dict[str, bytes] = field(default_factory=dict)
    made: int = 0

    def append(self, run: str, mode: Mode, actor: Actor, events: Sequence[Event]) -> Receipt:
        """Record all events together, or none when the journal is broken."""
        if self.broken:
            raise NotRecordedError(self.broken)
        made = tuple(self._entry(run, mode, actor, event) for event in events)
        self.at += self.step
        return Receipt(made, self.copies)

    def entries(self, run: str) -> Iterable[Entry]:
        """All entries of a run in their order."""
        return tuple(entry for entry in self.kept if entry.run == run)

    def keep_text(self, data: bytes) -> str:
        """Keep a text and return its SHA-256 in hex."""
        name = sha256(data).hexdigest()
        self.texts[name] = data
        return name

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        return self.texts[sha256]

    def new_run(self) -> str:
        """A run id never used before."""
        self.made += 1
        return f"run-{self.made}"

    def runs(self) -> list[RunSummary]:
        """All runs, the latest first."""
        by_run: dict[str, list[Entry]] = {}
        for entry in self.kept:
            by_run.setdefault(entry.run, []).append(entry)
        found = [_summary(entries) for entries in by_run.values()]
        return sorted(found, key=lambda one: one.last_utc, reverse=True)

    def now(self) -> datetime:
        """The wall clock, aware."""
        return self.at

    def wait(self, **time: float) -> None:
        """Let time pass: `wait(minutes=5)`."""
        self.at += timedelta(**time)

    def _entry(self, run: str, mode: Mode, actor: Actor, event: Event) -> Entry:
        seq = len(self.kept) + 1
        entry = Entry(
            device="memory",
            seq=seq,
            lamport=seq,
            wall=self.at.isoformat(timespec="milliseconds"),
            mono=int((self.at - START).total_seconds() * 1_000_000_000),
            boot="boot-1",
            run=run,
            mode=mode,
            actor=actor,
            event=event,
        )
        self.kept.append(entry)
        return entry
