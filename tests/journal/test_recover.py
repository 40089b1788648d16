"""Whatever becomes of one copy of the journal, the other brings every entry back."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.events import Recovered
from runbook.journal.journal import Journal
from runbook.journal.verify import verify
from runbook.run.entry import Entry

if TYPE_CHECKING:
    from tests.journal.conftest import Opener, Recorder

LOG = "journal-000001.log"
DB = "journal.db"


def overwrite(path: Path, offset: int, data: bytes) -> None:
    """Put bytes into the middle of a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def noise(size: int) -> bytes:
    """Bytes without meaning, the same every time."""
    return hashlib.shake_256(b"noise").digest(size)


def zero_header(folder: Path) -> None:
    """The database's first page begins with zeros."""
    overwrite(folder / DB, 0, bytes(100))


def garbage_pages(folder: Path) -> None:
    """Pages in the middle of the database hold noise."""
    size = (folder / DB).stat().st_size
    overwrite(folder / DB, size // 2, noise(8192))


def all_garbage(folder: Path) -> None:
    """The database is nothing but noise."""
    (folder / DB).write_bytes(noise(30_000))


def delete_database(folder: Path) -> None:
    """The database is gone."""
    (folder / DB).unlink()


def empty_database(folder: Path) -> None:
    """The database has no bytes."""
    (folder / DB).write_bytes(b"")


def truncate_database(folder: Path) -> None:
    """The database ends in the middle of a page."""
    size = (folder / DB).stat().st_size
    with (folder / DB).open("r+b") as file:
        file.truncate(size // 2 + 100)


def replace_database(folder: Path) -> None:
    """The database is that of another journal."""
    shutil.copyfile(_other_journal(folder) / DB, folder / DB)


def foreign_database(folder: Path) -> None:
    """The database is that of another program."""
    import sqlite3 as library  # noqa: PLC0415 - the journal's own driver, by its usual name

    (folder / DB).unlink()
    connection = library.connect(folder / DB)
    connection.execute("CREATE TABLE entry (x)")
    connection.commit()
    connection.close()


def foreign_wal(folder: Path) -> None:
    """A write-ahead file of another database lies beside ours."""
    other = Journal.open(folder.parent / "wal", family="live")
    shutil.copyfile(other.folder / f"{DB}-wal", folder / f"{DB}-wal")
    other.close()
    (folder / f"{DB}-shm").unlink(missing_ok=True)


def _other_journal(folder: Path) -> Path:
    """A journal of another device."""
    other = folder.parent / "other"
    Journal.open(other, family="live").close()
    return other


def delete_log(folder: Path) -> None:
    """The text copy is gone."""
    (folder / LOG).unlink()


def empty_log(folder: Path) -> None:
    """The text copy has no bytes."""
    (folder / LOG).write_bytes(b"")


def truncate_log(folder: Path) -> None:
    """The text copy ends in the middle of a line in its middle."""
    size = (folder / LOG).stat().st_size
    with (folder / LOG).open("r+b") as file:
        file.truncate(size // 2)


def garbage_in_log(folder: Path) -> None:
    """A line in the middle of the text copy holds noise."""
    size = (folder / LOG).stat().st_size
    overwrite(folder / LOG, size // 2, b"\x00\xff\n\t noise")


def bit_in_log(folder: Path) -> None:
    """One bit of an early line has flipped."""
    data = bytearray((folder / LOG).read_bytes())
    data[300] ^= 1
    (folder / LOG).write_bytes(data)


def replace_log(folder: Path) -> None:
    """The text copy is that of another journal."""
    shutil.copyfile(_other_journal(folder) / LOG, folder / LOG)


def swap_lines(folder: Path) -> None:
    """Two lines of the text copy changed places."""
    lines = (folder / LOG).read_bytes().splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    (folder / LOG).write_bytes(b"".join(lines))


FAULTS: list[Callable[[Path], None]] = [
    zero_header,
    garbage_pages,
    all_garbage,
    delete_database,
    empty_database,
    truncate_database,
    replace_database,
    foreign_database,
    foreign_wal,
    delete_log,
    empty_log,
    truncate_log,
    garbage_in_log,
    replace_log,
    swap_lines,
]


@pytest.fixture
def kept(journal: Journal, record: Recorder) -> list[Entry]:
    """A journal with one run, closed; the run's entries."""
    run = record(journal, notes=60)
    entries = list(journal.entries(run))
    journal.close()
    return entries


def reports(journal: Journal) -> list[Recovered]:
    """What the journal says was repaired."""
    events = [entry.event for entry in journal.entries("")]
    return [event for event in events if isinstance(event, Recovered)]


@pytest.mark.parametrize("spoil", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("marked", [True, False], ids=["marked", "unmarked"])
def test_one_spoilt_copy_loses_nothing(
    kept: list[Entry],
    folder: Path,
    open_journal: Opener,
    spoil: Callable[[Path], None],
    *,
    marked: bool,
) -> None:
    """Every entry and text is back, both copies are whole again, and the journal says so."""
    if not marked:
        (folder / "journal.mark").unlink()
    spoil(folder)
    journal = open_journal()
    assert list(journal.entries(kept[0].run)) == kept
    assert journal.text(kept[0].event.sha256) == b"# Mains loss\n"  # type: ignore[attr-defined]
    noted = reports(journal)
    journal.close()
    assert verify(folder).whole
    if spoil not in (garbage_pages, foreign_wal) or noted:
        assert noted[0].reasons or noted[0].to_database or noted[0].to_log


def test_the_rig_can_lose(kept: list[Entry], folder: Path, open_journal: Opener) -> None:
    """The same damage to both copies does lose entries: the trials above can fail."""
    truncate_log(folder)
    truncate_database(folder)
    (folder / "journal.mark").unlink()
    assert list(open_journal().entries(kept[0].run)) != kept


def test_a_second_start_finds_nothing_to_repair(
    kept: list[Entry], folder: Path, open_journal: Opener
) -> None:
    """Recovery ends: the next start is quiet."""
    all_garbage(folder)
    journal = open_journal()
    head = journal.head
    journal.close()
    assert open_journal().head == head
    assert len(kept) == 61


def test_bad_parts_are_kept_as_evidence(
    kept: list[Entry], folder: Path, open_journal: Opener
) -> None:
    """What was wrong stays beside the journal under a name that the entry gives."""
    all_garbage(folder)
    spoilt = (folder / DB).read_bytes()
    journal = open_journal()
    (report,) = reports(journal)
    assert report.set_aside == ("journal.db.bad-1",)
    assert (folder / "journal.db.bad-1").read_bytes() == spoilt
    assert report.to_database == len(kept) + 1


def test_a_torn_last_line_is_cut(kept: list[Entry], folder: Path, open_journal: Opener) -> None:
    """Half a line at the end of the text copy is cut off before the next one is written."""
    with (folder / LOG).open("ab") as file:
        file.write(b'{"attempt":0,"assur')
    journal = open_journal()
    assert list(journal.entries(kept[0].run)) == kept
    (report,) = reports(journal)
    assert report.cut_bytes == 19
    journal.close()
    assert verify(folder).whole


def test_an_entry_in_the_log_alone_is_kept(
    journal: Journal, record: Recorder, folder: Path, open_journal: Opener
) -> None:
    """An entry that reached only the text copy before the power went is an entry."""
    run = record(journal, notes=3)
    journal.close()
    earlier = (folder / DB).read_bytes()
    journal = open_journal()
    record(journal, notes=1, run=run)
    entries = list(journal.entries(run))
    journal.close()
    (folder / DB).write_bytes(earlier)
    assert list(open_journal().entries(run)) == entries


def test_a_lost_text_file_comes_back(kept: list[Entry], folder: Path, open_journal: Opener) -> None:
    """A text that lies in the database only is written as a file again."""
    shutil.rmtree(folder / "texts")
    open_journal().close()
    assert len(list((folder / "texts").iterdir())) == 1
    assert verify(folder).whole
    assert kept


def test_a_broken_signature_is_taken_from_the_other_copy(
    kept: list[Entry], folder: Path, open_journal: Opener
) -> None:
    """Where copies differ in a signature only, the right one is kept in both."""
    lines = (folder / LOG).read_bytes().splitlines(keepends=True)
    lines[5] = lines[5][:-4] + (b"00\n" if lines[5][-3:-1] != b"00" else b"11\n")
    (folder / LOG).write_bytes(b"".join(lines))
    (folder / "journal.mark").unlink()
    journal = open_journal()
    assert list(journal.entries(kept[0].run)) == kept
    journal.close()
    assert verify(folder).whole


def test_segments_follow_one_another(
    journal: Journal,
    record: Recorder,
    folder: Path,
    open_journal: Opener,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full segment is followed by the next, and a missing one is brought back."""
    monkeypatch.setattr("runbook.journal.log.SEGMENT", 10)
    run = record(journal, notes=35)
    entries = list(journal.entries(run))
    journal.close()
    assert len(list(folder.glob("journal-*.log"))) == 4
    (folder / "journal-000002.log").unlink()
    journal = open_journal()
    assert list(journal.entries(run)) == entries
    assert reports(journal)[0].to_log == 10
    journal.close()
    assert verify(folder).whole
