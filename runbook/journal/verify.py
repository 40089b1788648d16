"""Checks a whole journal against itself, entry by entry, and names the first bad one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from runbook.journal import log, texts
from runbook.journal.codec import NO_HASH, Sealed, decode, hash_of, parse
from runbook.journal.driver import Connection, DatabaseError, claim_process, connect_to_read
from runbook.journal.errors import JournalError
from runbook.journal.events import JournalOpened
from runbook.journal.keys import check_signature, device_of, load_key
from runbook.journal.schema import check_ours, check_triggers
from runbook.journal.store import DATABASE, Row, row_of
from runbook.run.events import RunPrepared

_ROWS = (
    "SELECT device, seq, run, kind, at_utc, raw, hash, sig FROM entry WHERE device = ? ORDER BY seq"
)
_FIRST = "SELECT device FROM entry ORDER BY rowid LIMIT 1"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: entries in order up to the first bad one, and what is wrong."""

    entries: int
    head: str
    bad_seq: int = 0
    why: str = ""

    @property
    def whole(self) -> bool:
        """True when nothing is wrong."""
        return not self.why


class _BadEntryError(Exception):
    """What is wrong with one entry."""


def verify(folder: Path, *, signatures: bool = True) -> Verdict:
    """Check chain, hashes, signatures, derived columns, both copies and all texts.

    Reads as a stream, and may run while the journal is being written.
    """
    claim_process()
    try:
        with closing(connect_to_read(folder / DATABASE)) as connection:
            check_ours(connection)
            check_triggers(connection)
            connection.execute("BEGIN")
            return _Check(folder, connection, signatures=signatures).run()
    except (DatabaseError, JournalError) as error:
        return Verdict(0, "", why=f"The database cannot be read: {error}")


class _Check:
    """One pass over both copies."""

    def __init__(self, folder: Path, connection: Connection, *, signatures: bool) -> None:
        self._folder = folder
        self._connection = connection
        self._signatures = signatures
        self._device = ""
        self._public = b""
        self._prev = NO_HASH
        self._seq = 0
        self._texts: dict[str, int] = {}

    def run(self) -> Verdict:
        """The verdict on everything."""
        try:
            for row, line in zip_longest(self._rows(), self._lines()):
                if row is None:
                    break  # a writer went on after this check began
                self._entry(row, line)
                self._seq += 1
            self._check_texts()
        except _BadEntryError as bad:
            return Verdict(self._seq, self._prev.hex(), self._seq + 1, str(bad))
        return Verdict(self._seq, self._prev.hex())

    def _rows(self) -> Iterator[Row]:
        """All rows as this check's snapshot holds them."""
        key = load_key(self._folder)
        first = self._connection.execute(_FIRST).fetchone()
        device = key.device if key else first and first[0]
        yield from self._connection.execute(_ROWS, (device,))

    def _lines(self) -> Iterator[Sealed | None]:
        """All lines of the log."""
        return (line.sealed for line in log.read_lines(self._folder))

    def _entry(self, row: Row, line: Sealed | None) -> None:
        """Check one entry in both copies and its place in the chain."""
        sealed = Sealed(*row[5:])
        try:
            if hash_of(sealed.raw) != sealed.hash:
                raise _BadEntryError("its bytes are not those that were hashed")
            derived, entry = row_of(sealed), decode(sealed.raw)
        except (ValueError, TypeError) as error:
            raise _BadEntryError("its bytes cannot be read") from error
        if derived != row:
            raise _BadEntryError("a column of the database is not what the entry says")
        if entry.seq != self._seq + 1 or _prev_of(sealed) != self._prev.hex():
            raise _BadEntryError("it does not follow the entry before it")
        if line != sealed:
            raise _BadEntryError("its line in the text copy is missing or different")
        self._check_owner(entry.device, entry.event, sealed)
        if isinstance(entry.event, RunPrepared):
            wanted = (entry.event.sha256, entry.event.site_sha256)
            self._texts.update((name, entry.seq) for name in wanted if name)
        self._prev = sealed.hash

    def _check_owner(self, device: str, event: object, sealed: Sealed) -> None:
        """Check that the device of the first entry made this one too."""
        if isinstance(event, JournalOpened) and not self._device:
            self._device, self._public = device, bytes.fromhex(event.public_key)
            if device_of(self._public) != device:
                raise _BadEntryError("the device's key is not the one it is named after")
        if device != self._device:
            raise _BadEntryError("it is of another device")
        if self._signatures and not check_signature(self._public, sealed.hash, sealed.sig):
            raise _BadEntryError("its signature is not the device's")

    def _check_texts(self) -> None:
        """Check that every text a run needs is whole in both copies."""
        for name, seq in self._texts.items():
            missing = [
                copy
                for copy, data in (
                    ("database", texts.read_text_row(self._connection, name)),
                    ("text files", texts.read_text_file(self._folder, name)),
                )
                if data is None
            ]
            if missing:
                self._seq = seq - 1
                raise _BadEntryError(f"its text is missing or changed ({', '.join(missing)})")


def _prev_of(sealed: Sealed) -> object:
    """What an entry says the hash before it is."""
    return parse(sealed.raw).get("prev")
