"""The journal of one family of runs: what it returns as recorded is on disk.

Its methods are called by one thread at a time, not necessarily the one that opened it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from runbook.journal.ballast import Ballast
from runbook.journal.beginning import first_event, key_of
from runbook.journal.chain import Chain
from runbook.journal.clock import Clock, SystemClock
from runbook.journal.codec import Sealed, decode, utc_of
from runbook.journal.driver import DatabaseError, claim_process, journal_mode, library_version
from runbook.journal.errors import (
    DamagedJournalError,
    JournalError,
    UnsuitableFolderError,
    not_recorded,
    one_copy,
)
from runbook.journal.events import DiskFull, JournalOpened
from runbook.journal.folder import FolderLock, make_folder
from runbook.journal.keys import DeviceKey
from runbook.journal.log import Log
from runbook.journal.mark import drop_mark, read_mark, write_mark
from runbook.journal.recover import bring_together
from runbook.journal.sources import DatabaseSource, LogSource, Source, list_runs
from runbook.journal.store import Row
from runbook.journal.texts import sha256_of
from runbook.journal.verify import Verdict, verify
from runbook.journal.writer import Writer
from runbook.run.entry import PROGRAM, Actor, Entry
from runbook.run.events import Event, Mode
from runbook.run.port import NotRecordedError, Receipt
from runbook.run.summary import RunSummary

_MARK_EVERY = 500
_T = TypeVar("_T")


class Journal:
    """Records entries on two copies and reads them back; made by `Journal.open`."""

    @classmethod
    def open(
        cls, folder: Path, *, clock: Clock | None = None, site: str = "", family: str = ""
    ) -> Journal:
        """Open or begin the journal in a folder, with both copies brought together first.

        The family (live or drill) is by default the folder's name. Raises JournalError.
        """
        claim_process()
        journal_mode(library_version())
        make_folder(folder)
        lock = FolderLock(folder)
        mode = Mode.DRILL if (family or folder.name) == "drill" else Mode.LIVE
        clock = clock or SystemClock()
        try:
            key = key_of(folder)
            journal = cls(folder, lock, key, clock, mode)
            journal._begin(site)
        except BaseException:
            lock.release()
            raise
        return journal

    def __init__(
        self, folder: Path, lock: FolderLock, key: DeviceKey, clock: Clock, mode: Mode
    ) -> None:
        self._folder = folder
        self._lock = lock
        self._key = key
        self._clock = clock
        self._chain = Chain(key, clock, mode)
        self._ballast = Ballast(folder)
        self._since_mark = 0
        self._closed = False
        self._suspect = False
        mark = read_mark(folder)
        self._sealed = mark.sealed if mark else 0
        self._open_copies()

    @property
    def device(self) -> str:
        """The id of the device this journal belongs to."""
        return self._key.device

    @property
    def folder(self) -> Path:
        """Where the journal lies."""
        return self._folder

    @property
    def problem(self) -> str:
        """What is wrong with the copies, as a sentence; empty when both are good."""
        return self._writer.problem

    @property
    def head(self) -> tuple[int, bytes]:
        """The number and hash of the last entry."""
        return self._chain.seq, self._chain.hash

    @property
    def sealed_up_to(self) -> int:
        """The last entry that was there when the journal was last closed in good order.

        A run with entries beyond it, when the journal is opened, was left by a crash.
        """
        return self._sealed

    def now(self) -> datetime:
        """The wall clock, aware."""
        return self._clock.now()

    def append(self, run: str, mode: Mode, actor: Actor, events: Sequence[Event]) -> Receipt:
        """Record all events together or none; raises NotRecordedError."""
        if mode.family != self._chain.mode.family:
            raise ValueError(f"a {mode} run is never kept in a {self._chain.mode.family} journal")
        if not events:
            raise ValueError("nothing to record")
        if self._writer.log_problem and self._writer.store_problem:
            self._reopen()
        entries, rows = self._chain.prepare(run, mode, actor, events)
        copies = self._record(entries, rows)
        if self._writer.disk_full and self._ballast.size:
            freed = self._make_room()
            if not self._is_kept(rows[-1]):
                entries, rows = self._chain.prepare(run, mode, actor, events)
                copies = self._record(entries, rows)
            self._note(freed)
        if not copies:
            raise NotRecordedError(not_recorded(self._writer.problem))
        return Receipt(tuple(entries[-len(events) :]), copies, one_copy(self._writer.problem))

    def _record(self, entries: Sequence[Entry], rows: Sequence[Row]) -> int:
        """Put prepared entries on disk and make the last one the head; how many copies."""
        copies = self._writer.write(self.device, self._chain.prev, entries[0].seq, rows)
        if copies:
            self._chain.move_to(entries[-1], rows[-1][6])
            self._note_progress(len(rows), copies)
        return copies

    def _note_progress(self, count: int, copies: int) -> None:
        """Move the mark now and then, so that the next start has little to read."""
        self._since_mark += count
        if self._since_mark >= _MARK_EVERY and copies > 1 and not self._suspect:
            self._since_mark = 0
            write_mark(self._folder, *self.head, sealed=self._sealed)

    def _note(self, event: Event) -> int:
        """Record what concerns the journal as a whole; on how many copies."""
        return self._record(*self._chain.prepare("", self._chain.mode, PROGRAM, (event,)))

    def _make_room(self) -> DiskFull:
        """Give back the reserved space and open both copies anew; what to say of it."""
        problem = self._writer.problem
        freed = self._ballast.free()
        self._reopen()
        return DiskFull(freed_bytes=freed, problem=problem)

    def _reopen(self) -> None:
        """Let go of both copies, check them as at a start, and trust them again."""
        known = self.head
        self._writer.close()
        try:
            self._open_copies()
            self._check_not_behind(*known)
        except (JournalError, OSError) as error:
            self._writer.log_problem = self._writer.store_problem = str(error)
            raise NotRecordedError(not_recorded(str(error))) from error

    def _check_not_behind(self, seq: int, digest: bytes) -> None:
        """Raise unless what was recorded before is still there: the files may be gone."""
        kept = self._store.entry(self.device, seq)
        if kept is None or kept.hash != digest:
            self._writer.close()
            raise DamagedJournalError(
                f"the journal's files in {self._folder} are gone or were changed while in use"
            )

    def _open_copies(self) -> None:
        """Bring both copies together, open them, and record what had to be repaired."""
        try:
            self._store, repairs = bring_together(self._folder, self._key)
        except UnsuitableFolderError:
            if not self._ballast.free():
                raise
            self._store, repairs = bring_together(self._folder, self._key)
        head = self._store.head(self.device)
        if head is not None:
            self._chain.move_to(decode(head[1].raw), head[1].hash)
        self._writer = Writer(self._folder, self._store, Log(self._folder, self._chain.seq + 1))
        if head is not None and (event := repairs.event()):
            self._note(event)

    def _begin(self, site: str) -> None:
        """Write the first entry of a new journal, or check that this is the right one."""
        if not self._chain.seq:
            self._begin_anew(site)
        genesis = self._store.entry(self.device, 1)
        if genesis is None:
            return  # the database fell out at once: the log holds the first entry
        entry = decode(genesis.raw)
        event = entry.event
        assert isinstance(event, JournalOpened)
        if event.family != self._chain.mode.family:
            self._writer.close()
            message = (
                f"The folder {self._folder} holds the journal of {event.family} runs, and"
                f" {self._chain.mode.family} runs are never mixed with them. Nothing was changed."
                " Choose another data folder with --data."
            )
            raise UnsuitableFolderError(message)
        public = bytes.fromhex(event.public_key)
        self._store.keep_device(self.device, event.site, public, utc_of(entry.wall))

    def _begin_anew(self, site: str) -> None:
        """Write the first entry: who this device is, and what the journal is made with."""
        if not self._note(first_event(self._key, site, self._chain.mode.family)):
            self._writer.close()
            message = (
                f"No journal can be begun in {self._folder}: {self._writer.problem}. Choose"
                " another data folder with --data."
            )
            raise UnsuitableFolderError(message)

    def _is_kept(self, row: Row) -> bool:
        """True when a row is in the database that was just opened."""
        kept = self._store.entry(row[0], row[1])
        return kept is not None and kept.hash == row[6]

    def entries(self, run: str) -> Iterator[Entry]:
        """All entries of a run in their order; none for an unknown run."""
        found = self._read(lambda source: list(source.sealed(run)))
        return iter([decode(sealed.raw) for sealed in found])

    def sealed(self, run: str) -> list[Sealed]:
        """All entries of a run in order, as they lie on disk."""
        return self._read(lambda source: list(source.sealed(run)))

    def runs(self) -> list[RunSummary]:
        """All runs, the latest first."""
        return self._read(list_runs)

    def keep_text(self, data: bytes) -> str:
        """Keep a text for ever and return its SHA-256 in hex; raises NotRecordedError."""
        if not self._writer.keep_text(data):
            raise NotRecordedError(not_recorded(self._writer.problem))
        return sha256_of(data)

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        found = self._read(lambda source: source.text(sha256))
        found = LogSource(self._folder).text(sha256) if found is None else found
        if found is None:
            raise KeyError(sha256)
        return found

    def new_run(self) -> str:
        """A run id never used before, such as L-20261122-K7Q4MZ; drills begin with D."""
        return self._chain.new_run(lambda run: bool(self.sealed(run)))

    def warm_up(self) -> None:
        """Do what the first act would wait for: load the signing library, reserve space."""
        self._key.check()
        self._ballast.fill()

    def verify(self) -> Verdict:
        """Check the whole journal; when it finds damage the next start mends it.

        Reads through a connection of its own, so it may run in another thread.
        """
        verdict = verify(self._folder)
        if not verdict.whole:
            self._suspect = True
            drop_mark(self._folder)
        return verdict

    def close(self) -> None:
        """Leave in good order; closing twice is no harm."""
        if self._closed:
            return
        self._closed = True
        good = not (self._writer.problem or self._suspect)
        self._writer.close()
        if good:
            write_mark(self._folder, *self.head, sealed=self.head[0], closed=True)
        self._lock.release()

    def _read(self, ask: Callable[[Source], _T]) -> _T:
        """Ask the database, or the log when the database is not to be trusted."""
        if not self._writer.store_problem:
            try:
                return ask(DatabaseSource(self._store.connection))
            except (DatabaseError, ValueError):
                pass  # the log holds the same entries
        return ask(LogSource(self._folder))
