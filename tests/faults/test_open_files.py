"""A file that vanishes while it is written no longer counts as a copy, and that is said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runbook.journal.journal import Journal
from runbook.journal.verify import verify
from runbook.run.entry import Actor
from runbook.run.events import Mode, NoteAdded
from runbook.run.port import NotRecordedError, Receipt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="open files stay where they are")

RUN = "L-20261122-FAVLT0"
DB, WAL, LOG = "journal.db", "journal.db-wal", "journal-000001.log"


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    """An open journal with a few notes."""
    journal = Journal.open(folder)
    for _ in range(3):
        note(journal)
    yield journal
    journal.close()


def note(journal: Journal) -> Receipt:
    """Record one note."""
    return journal.append(RUN, Mode.LIVE, Actor(operator="AL"), [NoteAdded(text="x")])


def delete(path: Path) -> None:
    """The file is removed."""
    path.unlink()


def rename(path: Path) -> None:
    """The file gets another name, as a virus scanner does."""
    path.rename(path.with_suffix(".moved"))


def replace(path: Path) -> None:
    """Another file takes the name, as a synchronising program does."""
    copy = path.with_suffix(".copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("change", [delete, rename, replace], ids=lambda c: c.__name__)
@pytest.mark.parametrize("name", [DB, WAL, LOG])
def test_the_copy_no_longer_counts(
    journal: Journal, folder: Path, name: str, change: Callable[[Path], None]
) -> None:
    """The act that meets the change is on one copy, says why, and is not lost afterwards."""
    assert note(journal).copies == 2
    change(folder / name)
    receipt = note(journal)
    assert receipt.copies == 1
    assert "Recorded, one copy" in receipt.problem
    assert note(journal).copies == 1
    before = list(journal.entries(RUN))
    assert len(before) == 6
    journal.close()
    again = Journal.open(folder)
    assert list(again.entries(RUN)) == before
    assert note(again).copies == 2
    again.close()
    assert verify(folder).whole


def test_a_database_without_guard_would_go_on(journal: Journal, folder: Path) -> None:
    """SQLite itself confirms into a deleted file: the rig above would lose without the guard."""
    (folder / DB).unlink()
    connection = journal._store.connection
    connection.execute("INSERT INTO anchor VALUES ('d', 1, x'00', 'h', 'w', 'a')")
    assert connection.execute("SELECT count(*) FROM anchor").fetchone() == (1,)
    assert not (folder / DB).exists()


def test_with_both_copies_gone_nothing_is_recorded(journal: Journal, folder: Path) -> None:
    """Neither this act nor the next one is taken, and the sentence asks for paper."""
    for path in (folder / DB, folder / LOG):
        path.unlink()
    for _ in range(2):
        with pytest.raises(NotRecordedError, match="NOT RECORDED: write it on paper"):
            note(journal)


def test_a_journal_that_lost_everything_begins_as_a_new_device(
    journal: Journal, folder: Path
) -> None:
    """Numbers already given are not given again under the same name."""
    device = journal.device
    journal.close()
    for name in (DB, LOG):
        (folder / name).unlink()
    again = Journal.open(folder)
    assert again.device != device
    assert note(again).copies == 2
    again.close()
