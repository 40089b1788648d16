"""A check names the first entry that is not as it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.codec import Sealed, hash_of
from runbook.journal.driver import Connection, connect
from runbook.journal.journal import Journal
from runbook.journal.keys import load_key
from runbook.journal.log import line_of
from runbook.journal.schema import TRIGGERS
from runbook.journal.store import DATABASE, row_of
from runbook.journal.verify import verify

if TYPE_CHECKING:
    from tests.journal.conftest import Opener, Recorder


@pytest.fixture
def whole(journal: Journal, record: Recorder, folder: Path) -> Path:
    """The folder of a closed journal with six entries."""
    record(journal, notes=4)
    journal.close()
    return folder


def forge(folder: Path, change: Callable[[list[Sealed]], list[Sealed]]) -> None:
    """Rewrite both copies with other entries, as somebody with the files could."""
    connection = connect(folder / DATABASE)
    rows = connection.execute("SELECT raw, hash, sig FROM entry ORDER BY seq").fetchall()
    entries = change([Sealed(*row) for row in rows])
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DELETE FROM entry")
    for entry in entries:
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row_of(entry))
    _protect_again(connection)
    connection.close()
    (folder / "journal-000001.log").write_bytes(b"".join(line_of(e) for e in entries))


def _protect_again(connection: Connection) -> None:
    """Put the triggers back."""
    for statement in TRIGGERS.values():
        connection.execute(statement)


def test_a_whole_journal_is_whole(whole: Path) -> None:
    """All entries are counted and the head is named."""
    verdict = verify(whole)
    assert verdict.whole
    assert verdict.entries == 6
    assert len(verdict.head) == 64


def test_a_journal_is_checked_while_it_is_written(
    journal: Journal, record: Recorder, folder: Path
) -> None:
    """A check beside the writer finds nothing wrong."""
    record(journal, notes=3)
    assert verify(folder).whole


def edited(entries: list[Sealed]) -> list[Sealed]:
    """The fourth entry says something else; its hash is made anew."""
    raw = entries[3].raw.replace(b"reading 1", b"reading 9")
    return [*entries[:3], Sealed(raw, hash_of(raw), entries[3].sig), *entries[4:]]


def removed(entries: list[Sealed]) -> list[Sealed]:
    """The fourth entry is not there."""
    return entries[:3] + entries[4:]


def resigned(entries: list[Sealed]) -> list[Sealed]:
    """The fourth entry has the signature of another."""
    return [*entries[:3], Sealed(entries[3].raw, entries[3].hash, entries[0].sig), *entries[4:]]


@pytest.mark.parametrize("change", [edited, removed, resigned], ids=lambda c: c.__name__)
def test_the_first_bad_entry_is_named(
    whole: Path, change: Callable[[list[Sealed]], list[Sealed]]
) -> None:
    """Edited, removed or signed by nobody: the check stops at entry 4."""
    forge(whole, change)
    verdict = verify(whole)
    assert (verdict.entries, verdict.bad_seq) == (3, 4)


def test_an_entry_rewritten_without_the_key_is_found_by_its_signature(whole: Path) -> None:
    """A last entry with a right hash still needs the device's signature."""

    def rewritten(entries: list[Sealed]) -> list[Sealed]:
        raw = entries[-1].raw.replace(b"reading 3", b"reading 7")
        return [*entries[:-1], Sealed(raw, hash_of(raw), entries[-1].sig)]

    forge(whole, rewritten)
    assert verify(whole, signatures=False).whole
    assert verify(whole).why == "its signature is not the device's"


def test_whoever_holds_the_key_can_rewrite_the_tail(whole: Path) -> None:
    """What a check alone cannot show: this is why heads are witnessed elsewhere."""
    key = load_key(whole)
    assert key is not None

    def rewritten(entries: list[Sealed]) -> list[Sealed]:
        raw = entries[-1].raw.replace(b"reading 3", b"reading 7")
        return [*entries[:-1], Sealed(raw, hash_of(raw), key.sign(hash_of(raw)))]

    forge(whole, rewritten)
    assert verify(whole).whole


def _tamper(folder: Path, statement: str, trigger: str) -> None:
    """Change one value behind the triggers' back."""
    connection = connect(folder / DATABASE)
    connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.execute(TRIGGERS[trigger])
    connection.close()


LIES = [f"UPDATE entry SET {name} = 'x' WHERE seq = 5" for name in ("run", "kind", "at_utc")]  # noqa: S608 - three constants


@pytest.mark.parametrize("statement", LIES)
def test_a_derived_column_that_lies_is_found(whole: Path, statement: str) -> None:
    """Columns beside the bytes must be what the bytes say."""
    _tamper(whole, statement, "entry_no_update")
    verdict = verify(whole)
    assert (verdict.bad_seq, verdict.why) == (
        5,
        "a column of the database is not what the entry says",
    )


def test_a_changed_text_is_found(whole: Path) -> None:
    """A text that no longer has its hash makes the run's first entry bad."""
    _tamper(whole, "UPDATE text SET bytes = x'23'", "text_no_update")
    verdict = verify(whole)
    assert verdict.bad_seq == 2
    assert "text is missing or changed (database)" in verdict.why


def test_a_line_changed_in_the_text_copy_is_found(whole: Path) -> None:
    """The copies must agree line by line."""
    path = whole / "journal-000001.log"
    path.write_bytes(path.read_bytes().replace(b"reading 2", b"reading 8"))
    assert verify(whole).bad_seq == 5


def test_no_database_is_told(whole: Path) -> None:
    """A check that cannot be made says so."""
    (whole / DATABASE).unlink()
    assert "cannot be read" in verify(whole).why


def test_damage_found_by_a_check_is_mended_at_the_next_start(
    journal: Journal, record: Recorder, folder: Path, open_journal: Opener
) -> None:
    """A bit that flips deep in the text copy is found by the check, and gone after a start."""
    run = record(journal, notes=3)
    before = list(journal.entries(run))
    path = folder / "journal-000001.log"
    path.write_bytes(path.read_bytes().replace(b"reading 1", b"reading 8"))
    assert journal.verify().bad_seq == 4
    journal.close()
    again = open_journal()
    assert list(again.entries(run)) == before
    assert again.verify().whole
