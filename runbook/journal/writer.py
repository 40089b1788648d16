"""Puts entries on disk twice and says on how many copies they are; the heart of the journal."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

from runbook.journal.codec import Sealed
from runbook.journal.driver import DatabaseError
from runbook.journal.log import Log
from runbook.journal.store import Row, Store
from runbook.journal.texts import sha256_of, write_text_file

_FULL = 13


def is_full(error: Exception) -> bool:
    """True when the disk had no room."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code == _FULL or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)


class Writer:
    """Both copies, each trusted until its first error and then not until opened anew."""

    def __init__(self, folder: Path, store: Store, log: Log) -> None:
        self._folder = folder
        self._store = store
        self._log = log
        self.log_problem = ""
        self.store_problem = ""
        self.disk_full = False
        store.watch()

    @property
    def problem(self) -> str:
        """What is wrong with the copies, as a sentence; empty when both are good."""
        parts = [p for p in (self.log_problem, self.store_problem) if p]
        return "; ".join(parts)

    def write(self, device: str, prev: bytes | None, first: int, rows: Sequence[Row]) -> int:
        """Write rows to each trusted copy; the number of copies they are durable on."""
        sealed = [Sealed(*row[5:]) for row in rows]
        try_log, try_store = not self.log_problem, not self.store_problem
        if try_log:
            try:
                self._log.append(first, sealed)
            except OSError as error:
                self._distrust_log(error)
        if try_store:
            try:
                self._store.append(device, prev, rows)
            except DatabaseError as error:
                self._distrust_store(error)
        self._guard()
        return (not self.log_problem) + (not self.store_problem)

    def _guard(self) -> None:
        """Compare the open files with those at their paths; a changed one does not count."""
        if not self.log_problem:
            try:
                self._log.check()
            except OSError as error:
                self._distrust_log(error)
        if not self.store_problem:
            try:
                self._store.check()
            except OSError as error:
                self._distrust_store(error)

    def keep_text(self, data: bytes) -> int:
        """Keep a text on each copy that takes it; the number of copies it is durable on."""
        name, copies = sha256_of(data), 0
        if not self.log_problem:
            try:
                write_text_file(self._folder, name, data)
                copies += 1
            except OSError as error:
                self._distrust_log(error)
        if not self.store_problem:
            try:
                self._store.keep_text(name, data)
                self._store.check()
                copies += 1
            except (DatabaseError, OSError) as error:
                self._distrust_store(error)
        return copies

    def _distrust_log(self, error: Exception) -> None:
        """From now on the text copy does not count."""
        self.disk_full = self.disk_full or is_full(error)
        self.log_problem = f"the journal's text copy cannot be written ({_why(error)})"

    def _distrust_store(self, error: Exception) -> None:
        """From now on the database does not count."""
        self.disk_full = self.disk_full or is_full(error)
        self.store_problem = f"the journal's database cannot be written ({_why(error)})"

    def close(self) -> None:
        """Let go of both copies."""
        self._log.close()
        self._store.close()


def _why(error: Exception) -> str:
    """The cause in the system's words, without its numbers."""
    return getattr(error, "strerror", None) or str(error)
