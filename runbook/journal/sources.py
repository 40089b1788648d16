"""Where entries are read from: the database, or the log where the database cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from runbook.journal import log
from runbook.journal.codec import KINDS, Sealed, decode, hash_of, parse, utc_of
from runbook.journal.driver import Connection
from runbook.journal.schema import MOVES
from runbook.journal.store import row_of
from runbook.journal.texts import read_text_file, read_text_row
from runbook.run.entry import Entry
from runbook.run.summary import LIFECYCLE, OWNERS, RunSummary, summarise

Move = tuple[str, str, str, bytes]
"""Run, kind, time in UTC and bytes of an entry that moves a run as a whole."""

_LIFECYCLE_KINDS = tuple(kind for kind, cls in KINDS.items() if cls in LIFECYCLE)
_OWNER_KINDS = tuple(kind for kind, cls in KINDS.items() if cls in OWNERS)
_PREPARED, _STARTED = _LIFECYCLE_KINDS[:2]
_ENTRIES = "SELECT raw, hash, sig FROM entry WHERE run = ? ORDER BY seq"
_ALL = "SELECT raw, hash, sig FROM entry ORDER BY device, seq"
_COUNTS = (
    "SELECT run, number, (SELECT at_utc FROM entry WHERE run = r.run ORDER BY seq DESC LIMIT 1)"
    " FROM (SELECT run, count(*) AS number FROM entry WHERE run > '' GROUP BY run) AS r"
)
_MOVES = f"SELECT run, kind, at_utc, raw FROM entry WHERE {MOVES} ORDER BY run, seq"  # noqa: S608


class Source(Protocol):
    """Anything entries and texts can be read from."""

    def sealed(self, run: str) -> Iterator[Sealed]:
        """The entries of a run in order, as they lie on disk."""
        ...

    def everything(self) -> Iterator[Sealed]:
        """All entries in order."""
        ...

    def lifecycle(self) -> Iterator[Move]:
        """All entries that begin, move or end runs, in order within a run."""
        ...

    def counts(self) -> dict[str, tuple[int, str]]:
        """How many entries each run has, and the time of its last one."""
        ...

    def text(self, sha256: str) -> bytes | None:
        """A kept text, None when it is missing or not whole."""
        ...


class DatabaseSource:
    """Reads through a connection to the database."""

    def __init__(self, connection: Connection) -> None:
        self._run = connection.execute
        self._connection = connection

    def sealed(self, run: str) -> Iterator[Sealed]:
        """The entries of a run in order, as they lie on disk."""
        for row in self._run(_ENTRIES, (run,)).fetchall():
            sealed = Sealed(*row)
            if hash_of(sealed.raw) != sealed.hash:
                raise ValueError("a row of the database was broken")
            yield sealed

    def everything(self) -> Iterator[Sealed]:
        """All entries in order."""
        for row in self._run(_ALL):
            yield Sealed(*row)

    def lifecycle(self) -> Iterator[Move]:
        """All entries that begin, move or end runs, in order within a run."""
        yield from self._run(_MOVES).fetchall()

    def counts(self) -> dict[str, tuple[int, str]]:
        """How many entries each run has, and the time of its last one."""
        return {run: (count, at_utc) for run, count, at_utc in self._run(_COUNTS).fetchall()}

    def text(self, sha256: str) -> bytes | None:
        """A kept text, None when it is missing or not whole."""
        return read_text_row(self._connection, sha256)


class LogSource:
    """Reads the lines of the log; slower, and needs no database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def sealed(self, run: str) -> Iterator[Sealed]:
        """The entries of a run in order, as they lie on disk."""
        for sealed in self.everything():
            if parse(sealed.raw).get("run") == run:
                yield sealed

    def everything(self) -> Iterator[Sealed]:
        """All whole entries in order."""
        for line in log.read_lines(self._folder):
            if line.sealed is not None:
                yield line.sealed

    def lifecycle(self) -> Iterator[Move]:
        """All entries that begin, move or end runs, in order within a run."""
        for sealed in self.everything():
            _, _, run, kind, at_utc, *_ = row_of(sealed)
            if kind in _LIFECYCLE_KINDS:
                yield run, kind, at_utc, sealed.raw

    def counts(self) -> dict[str, tuple[int, str]]:
        """How many entries each run has, and the time of its last one."""
        counts: dict[str, tuple[int, str]] = {}
        for sealed in self.everything():
            record = parse(sealed.raw)
            if record["run"]:
                count, _ = counts.get(record["run"], (0, ""))
                counts[record["run"]] = (count + 1, utc_of(record["wall"]))
        return counts

    def text(self, sha256: str) -> bytes | None:
        """A kept text, None when it is missing or not whole."""
        return read_text_file(self._folder, sha256)


def list_runs(source: Source) -> list[RunSummary]:
    """All runs, the latest first."""
    by_run: dict[str, list[Move]] = {}
    for move in source.lifecycle():
        by_run.setdefault(move[0], []).append(move)
    counts = source.counts()
    found = [
        _summary(moves, *counts[run])
        for run, moves in by_run.items()
        if run in counts and moves[0][1] == _PREPARED
    ]
    return sorted(found, key=lambda s: (s.last_utc, s.run), reverse=True)


def _summary(moves: list[Move], count: int, last_utc: str) -> RunSummary:
    """One run; only the first and the last of each kind of its moves need be read whole."""
    started = next((at_utc for _, kind, at_utc, _ in moves if kind == _STARTED), "")
    first = decode(moves[0][3])
    last = _last(first, [m for m in moves[1:] if m[1] not in _OWNER_KINDS])
    handed = _last(first, [m for m in moves[1:] if m[1] in _OWNER_KINDS])
    return summarise(first, last, handed, entries=count, started_utc=started, last_utc=last_utc)


def _last(first: Entry, moves: list[Move]) -> Entry:
    """The last of some moves, the first entry when there are none."""
    return decode(moves[-1][3]) if moves else first
