"""SQLite is used only as it keeps what it confirmed, or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from runbook.journal.driver import (
    claim_process,
    connect,
    connect_to_read,
    journal_mode,
    library_version,
    settings,
    settle,
)
from runbook.journal.errors import UnsafeError
from runbook.journal.schema import migrate

SAFE = [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 50, 9), (3, 44, 6), (4, 0, 0)]
UNSAFE = [(3, 51, 2), (3, 51, 0), (3, 50, 6), (3, 49, 9), (3, 45, 0), (3, 44, 5), (3, 40, 1)]


@pytest.mark.parametrize("version", SAFE)
def test_mended_libraries_use_a_write_ahead_file(version: tuple[int, ...]) -> None:
    """From the fixes on, WAL is used."""
    assert journal_mode(version) == "wal"


@pytest.mark.parametrize("version", UNSAFE)
def test_unmended_libraries_do_not(version: tuple[int, ...]) -> None:
    """Before the fixes, WAL loses rows: the rollback journal is used instead."""
    assert journal_mode(version) == "truncate"


def test_an_ancient_library_is_refused() -> None:
    """Without strict tables there is no journal."""
    with pytest.raises(UnsafeError, match="too old"):
        journal_mode((3, 36, 0))


def test_an_unmended_library_keeps_its_promise_the_slow_way(tmp_path: Path) -> None:
    """The gate is what `connect` goes by, and what is set is read back."""
    connection = connect(tmp_path / "journal.db", version=(3, 40, 1))
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
    connection.close()


def test_the_library_here_is_a_safe_one() -> None:
    """The pinned driver is beyond the fix."""
    assert journal_mode(library_version()) == "wal"


@pytest.mark.parametrize("name", ["synchronous", "busy_timeout", "wal_autocheckpoint"])
def test_a_setting_that_does_not_hold_is_refused(tmp_path: Path, name: str) -> None:
    """What is read back is not what was asked for: SQLite takes a misspelt word in silence."""
    connection = connect(tmp_path / "journal.db")
    _, expected = settings("wal")[name]
    with pytest.raises(UnsafeError, match=name):
        settle(connection, {name: ("EXTRAA", expected)})
    connection.close()


def test_a_database_that_cannot_have_a_write_ahead_file_is_refused() -> None:
    """A database in memory answers `memory` to every wish."""
    with pytest.raises(UnsafeError, match="journal_mode"):
        connect(Path(":memory:"))


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    """A connection to read refuses every change."""
    writer = connect(tmp_path / "journal.db")
    migrate(writer)
    reader = connect_to_read(tmp_path / "journal.db")
    with pytest.raises(Exception, match="readonly"):
        reader.execute("INSERT INTO text VALUES ('x', x'00')")
    reader.close()
    writer.close()


def _fresh_process(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


REFUSED = "\nfrom runbook.journal.driver import claim_process\nclaim_process()\n"


@pytest.mark.parametrize("other", ["import sqlite3", "import sys; sys.modules['apsw'] = sys"])
def test_a_second_library_in_the_process_is_refused(other: str) -> None:
    """With another SQLite loaded first, nothing is opened and the reason is told."""
    done = _fresh_process(other + REFUSED)
    assert done.returncode != 0
    assert "second SQLite library" in done.stderr


def test_whoever_asks_for_sqlite3_gets_ours() -> None:
    """After the claim, helpers that import sqlite3 share our library."""
    code = REFUSED + "import sqlite3, sqlite_utils, sys\nprint('_sqlite3' in sys.modules)\n"
    assert _fresh_process(code).stdout.strip() == "False"


def test_claiming_twice_is_claiming_once() -> None:
    """A second journal in the process finds its own library."""
    claim_process()
    claim_process()
