"""A journal in a folder of its own, with a clock that stands still until it is moved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from runbook.journal.driver import claim_process
from runbook.journal.journal import Journal
from runbook.run.entry import Actor
from runbook.run.events import Event, Mode, NoteAdded, RunPrepared

# A test that imports sqlite3 before the first journal would be refused, and rightly.
claim_process()

ADA = Actor(operator="AL", role="lead")


class StillClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 11, 22, 18, 0, tzinfo=timezone(timedelta(hours=1)))
        self.steady = 1_000_000_000
        self.boot = "boot-1"

    def now(self) -> datetime:
        """The wall clock."""
        return self.wall

    def mono(self) -> int:
        """The steady clock."""
        return self.steady

    def pass_by(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self.wall += timedelta(seconds=seconds)
        self.steady += int(seconds * 1_000_000_000)

    def set_wall(self, seconds: float) -> None:
        """Move the wall clock alone."""
        self.wall += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StillClock:
    """The clock of the journal under test."""
    return StillClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a live journal, not made yet."""
    return tmp_path / "live"


Opener = Callable[[], Journal]


@pytest.fixture
def open_journal(folder: Path, clock: StillClock) -> Iterator[Opener]:
    """Opens the journal, as often as asked; what is left open is closed."""
    opened: list[Journal] = []

    def opener() -> Journal:
        journal = Journal.open(folder, clock=clock, site="Holstebro")
        opened.append(journal)
        return journal

    yield opener
    for journal in opened:
        with suppress(OSError):
            journal.close()


@pytest.fixture
def journal(open_journal: Opener) -> Journal:
    """An open journal with its first entry only."""
    return open_journal()


Recorder = Callable[..., str]


@pytest.fixture
def record() -> Recorder:
    """Prepares a run in a journal and adds notes to it; returns the run's id."""

    def recorder(
        journal: Journal, notes: int = 0, run: str = "", text: bytes = b"# Mains loss\n"
    ) -> str:
        if not run:
            run = journal.new_run()
            sha256 = journal.keep_text(text)
            journal.append(run, Mode.LIVE, ADA, [prepared(sha256)])
        for number in range(notes):
            journal.append(run, Mode.LIVE, ADA, [note(f"reading {number}")])
        return run

    return recorder


def prepared(sha256: str = "") -> Event:
    """The first event of a run."""
    return RunPrepared(
        procedure="RB-01",
        title="Mains loss",
        revision="3",
        sha256=sha256,
        file="mains-loss.md",
        site="Holstebro",
        owner="AL",
    )


def note(text: str) -> Event:
    """A free entry."""
    return NoteAdded(text=text)


@pytest.fixture
def actor() -> Actor:
    """The person at the keyboard."""
    return ADA
