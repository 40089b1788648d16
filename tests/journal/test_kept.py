"""Journals of every version ever released are opened, for ever."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest

from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.journal.verify import verify
from runbook.run.events import AnyEvent, RunStatus, Unknown

if TYPE_CHECKING:
    from tests.journal.conftest import Recorder, StillClock

KEPT = sorted(p for p in (Path(__file__).parent / "kept").iterdir() if p.is_dir())


@pytest.fixture(params=KEPT, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a journal as a released program left it."""
    return Path(shutil.copytree(request.param, tmp_path / "live"))


def test_an_old_journal_is_listed_and_read(old: Path) -> None:
    """Its run is there with every entry known by name."""
    reader = JournalReader(old)
    (summary,) = reader.runs()
    assert (summary.run, summary.state) == ("L-20261122-KEPT00", RunStatus.CLOSED)
    events = [entry.event for entry in reader.entries(summary.run)]
    assert len(events) == summary.entries
    assert not [event for event in events if isinstance(event, Unknown)]
    assert reader.text(summary.sha256).startswith(b"# ")


def test_an_old_journal_is_whole(old: Path) -> None:
    """Its chain, signatures and texts still check."""
    assert verify(old).whole


def test_an_old_journal_goes_on(old: Path, clock: StillClock, record: Recorder) -> None:
    """It is opened, its entries are as they were, and new ones follow."""
    before = JournalReader(old).entries("L-20261122-KEPT00")
    journal = Journal.open(old, clock=clock)
    record(journal, notes=2)
    assert list(journal.entries("L-20261122-KEPT00")) == before
    journal.close()
    assert verify(old).whole


def test_every_event_of_today_is_among_the_kept(tmp_path: Path) -> None:
    """A new kind of event calls for a kept journal that holds it."""
    seen = {
        type(entry.event)
        for path in KEPT
        for entry in JournalReader(Path(shutil.copytree(path, tmp_path / path.name))).entries(
            "L-20261122-KEPT00"
        )
    }
    assert seen >= set(get_args(AnyEvent))
