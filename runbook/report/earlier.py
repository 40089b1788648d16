"""What the steps of a procedure took in earlier runs that the same journal holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, Protocol, runtime_checkable

from runbook.procedure.model import Procedure
from runbook.run.entry import Entry
from runbook.run.events import RunPrepared
from runbook.run.evolve import replay
from runbook.run.state import RunState
from runbook.run.summary import RunSummary
from runbook.run.typical import typical_lengths

_MOST: Final = 10
Parse = Callable[[bytes, str, Mapping[str, str]], Procedure]


@runtime_checkable
class Shelf(Protocol):
    """A journal, or a reader of one, that holds more than one run."""

    def runs(self) -> Sequence[RunSummary]:
        """All runs."""
        ...

    def entries(self, run: str) -> Iterable[Entry]:
        """All entries of a run in their order."""
        ...

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        ...


def earlier_lengths(source: object, state: RunState, parse: Parse) -> Mapping[str, int]:
    """Seconds each step took in the latest runs begun before this one; none from one run alone."""
    if not isinstance(source, Shelf) or not callable(source.runs):
        return {}
    return typical_lengths(_states(source, _like(source, state), parse), state)


def _like(shelf: Shelf, state: RunState) -> list[RunSummary]:
    """The latest runs of the same procedure and kind that began before this one."""
    begun = state.started or state.prepared_at
    found = [
        summary
        for summary in shelf.runs()
        if summary.procedure == state.prepared.procedure
        and summary.mode.family == state.mode.family
        and summary.run != state.run
        and summary.started_utc
        and (begun is None or datetime.fromisoformat(summary.started_utc) < begun)
    ]
    return sorted(found, key=lambda summary: summary.started_utc, reverse=True)[:_MOST]


def _states(shelf: Shelf, found: Iterable[RunSummary], parse: Parse) -> Iterator[RunState]:
    """These runs as they stand; a text is read once, however many runs carry it."""
    known: dict[str, Procedure] = {}
    for summary in found:
        entries = tuple(shelf.entries(summary.run))
        first = entries[0].event if entries else None
        if not isinstance(first, RunPrepared):
            continue
        if first.sha256 not in known:
            known[first.sha256] = parse(shelf.text(first.sha256), first.file, first.values)
        yield replay(entries, known[first.sha256])
