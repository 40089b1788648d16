"""The second copy of the journal: the SQLite database, for reading what the first holds."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from runbook.journal.codec import Sealed, kind_of, parse, utc_of
from runbook.journal.driver import Connection, DatabaseError, connect
from runbook.journal.schema import migrate
from runbook.run.entry import Entry

DATABASE = "journal.db"
BESIDE = ("", "-wal", "-shm", "-journal")
_INSERT = (
    "INSERT INTO entry (device, seq, run, kind, at_utc, raw, hash, sig)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_AFTER = (
    "INSERT INTO entry (device, seq, run, kind, at_utc, raw, hash, sig)"
    " SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE ("
    "SELECT hash FROM entry WHERE device = ? ORDER BY seq DESC LIMIT 1) IS ?"
)
_HEAD = "SELECT seq, raw, hash, sig FROM entry WHERE device = ? ORDER BY seq DESC LIMIT 1"
_HEAD_HASH = "SELECT hash FROM entry WHERE device = ? ORDER BY seq DESC LIMIT 1"
_FOREIGN_HEAD = "another program has written to the database"

Row = tuple[str, int, str, str, str, bytes, bytes, bytes]


def row_of(sealed: Sealed, record: dict[str, Any] | None = None) -> Row:
    """An entry as a row: its bytes, and the columns derived from them (parsed or not)."""
    record = parse(sealed.raw) if record is None else record
    try:
        at_utc = utc_of(record["wall"])
        names = (record["device"], record["seq"], record["run"], record["kind"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an entry: {error}") from error
    return (*names, at_utc, sealed.raw, sealed.hash, sealed.sig)


def row_for(entry: Entry, at_utc: str, sealed: Sealed) -> Row:
    """The same for an entry that is known already."""
    names = (entry.device, entry.seq, entry.run, kind_of(entry.event))
    return (*names, at_utc, sealed.raw, sealed.hash, sealed.sig)


def _identity(path: str) -> tuple[int, int] | None:
    """What tells one file from another of the same name."""
    try:
        found = os.stat(path)  # noqa: PTH116 - in every act, and twice as fast
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


class Store:
    """One connection that writes; used by one thread at a time."""

    def __init__(self, folder: Path, version: tuple[int, ...] | None = None) -> None:
        self._path = folder / DATABASE
        self._files = (str(self._path), f"{self._path}-wal")
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        self.connection: Connection = connect(self._path, version)
        try:
            migrate(self.connection)
        except BaseException:
            self.connection.close()
            raise
        self._known: list[tuple[int, int] | None] = []

    def head(self, device: str) -> tuple[int, Sealed] | None:
        """The last entry of a device."""
        row = self.connection.execute(_HEAD, (device,)).fetchone()
        return None if row is None else (row[0], Sealed(*row[1:]))

    def is_empty(self) -> bool:
        """True when there is no entry of any device."""
        return self.connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is None

    def rows(self, device: str, after: int = 0) -> Iterator[Row]:
        """All rows of a device in order, as they stand."""
        query = (
            "SELECT device, seq, run, kind, at_utc, raw, hash, sig FROM entry"
            " WHERE device = ? AND seq > ? ORDER BY seq"
        )
        yield from self.connection.execute(query, (device, after))

    def entry(self, device: str, seq: int) -> Sealed | None:
        """One entry of a device."""
        query = "SELECT raw, hash, sig FROM entry WHERE device = ? AND seq = ?"
        row = self.connection.execute(query, (device, seq)).fetchone()
        return None if row is None else Sealed(*row)

    def append(self, device: str, prev: bytes | None, rows: Sequence[Row]) -> None:
        """Insert rows in one transaction, after the head `prev`; on disk when it returns."""
        if len(rows) == 1:
            self._append_one(device, prev, rows[0])
            return
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        try:
            self._check_head(device, prev)
            self.connection.executemany(_INSERT, rows)
            run("COMMIT")
        except BaseException:
            with suppress(DatabaseError):
                run("ROLLBACK")
            raise

    def _append_one(self, device: str, prev: bytes | None, row: Row) -> None:
        """The same for one row, as most acts are: a statement is a transaction of its own."""
        done = self.connection.execute(_INSERT_AFTER, (*row, device, prev))
        if done.rowcount != 1:
            raise DatabaseError(_FOREIGN_HEAD)

    def _check_head(self, device: str, prev: bytes | None) -> None:
        """Raise DatabaseError unless the last entry is the one that was written last."""
        found = self.connection.execute(_HEAD_HASH, (device,)).fetchone()
        if (None if found is None else found[0]) != prev:
            raise DatabaseError(_FOREIGN_HEAD)

    def keep_device(self, device: str, site: str, public: bytes, at_utc: str) -> None:
        """Remember a device by its key."""
        query = (
            "INSERT INTO device (id, name, site, public_key, first_seen)"
            " SELECT ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM device WHERE id = ?)"
        )
        self.connection.execute(query, (device, "", site, public, at_utc, device))

    def keep_text(self, sha256: str, data: bytes) -> None:
        """Keep a text once."""
        query = (
            "INSERT INTO text (sha256, bytes)"
            " SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM text WHERE sha256 = ?)"
        )
        self.connection.execute(query, (sha256, data, sha256))

    def watch(self) -> None:
        """Note which files are open, to be compared after every append."""
        # An empty write transaction makes SQLite open its write-ahead file.
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("COMMIT")
        self._known = [_identity(path) for path in self._files]

    def check(self) -> None:
        """Raise OSError unless the open files are still the ones at their paths.

        SQLite goes on confirming commits after its files were deleted or replaced.
        """
        for number, path in enumerate(self._files):
            found = _identity(path)
            if self._known[number] is None:
                self._known[number] = found
            elif found != self._known[number]:
                gone = "deleted" if found is None else "replaced"
                raise FileNotFoundError(f"{Path(path).name} was {gone} while it was in use")

    def close(self) -> None:
        """Fold the write-ahead file into the database and let go."""
        with suppress(DatabaseError):
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.connection.close()
