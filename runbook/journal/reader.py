"""Reading a journal that somebody else may be writing, or that nobody has begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from runbook.journal.codec import Sealed, decode
from runbook.journal.driver import DatabaseError, claim_process, connect_to_read
from runbook.journal.errors import JournalError
from runbook.journal.schema import check_ours
from runbook.journal.sources import DatabaseSource, LogSource, Source, list_runs
from runbook.journal.store import DATABASE
from runbook.run.entry import Entry
from runbook.run.summary import RunSummary

_T = TypeVar("_T")


class JournalReader:
    """Reads a journal's folder and never writes to it; an empty folder has no runs."""

    def __init__(self, folder: Path) -> None:
        claim_process()
        self._folder = folder

    def runs(self) -> list[RunSummary]:
        """All runs, the latest first."""
        return self._read(list_runs)

    def entries(self, run: str) -> list[Entry]:
        """All entries of a run in order; empty for an unknown run."""
        return [decode(sealed.raw) for sealed in self.sealed(run)]

    def sealed(self, run: str) -> list[Sealed]:
        """All entries of a run in order, as they lie on disk."""
        return self._read(lambda source: list(source.sealed(run)))

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        found = self._read(lambda source: source.text(sha256))
        found = LogSource(self._folder).text(sha256) if found is None else found
        if found is None:
            raise KeyError(sha256)
        return found

    def everything(self) -> Iterator[Sealed]:
        """All entries in order, read as they are asked for."""
        yield from LogSource(self._folder).everything()

    def _read(self, ask: Callable[[Source], _T]) -> _T:
        """Ask the database, or the log when the database cannot answer."""
        path = self._folder / DATABASE
        if path.is_file():
            try:
                with closing(connect_to_read(path)) as connection:
                    check_ours(connection)
                    return ask(DatabaseSource(connection))
            except (DatabaseError, JournalError, ValueError):
                pass  # the log holds the same entries
        return ask(LogSource(self._folder))
