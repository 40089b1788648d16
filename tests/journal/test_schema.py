"""The database defends what it holds, and old and new schemas are told apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.driver import CONSTRAINT, Connection, connect
from runbook.journal.errors import NewerJournalError, UnsafeError
from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.journal.schema import MOVES, TRIGGERS, VERSION, check_triggers, migrate, version_of
from runbook.journal.store import DATABASE
from runbook.run.summary import LIFECYCLE

if TYPE_CHECKING:
    from tests.journal.conftest import Opener, Recorder

CHANGES = [
    "UPDATE entry SET run = 'x'",
    "UPDATE entry SET raw = x'00' WHERE seq = 1",
    "DELETE FROM entry",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE seq = 1",
    "REPLACE INTO entry SELECT * FROM entry",
    "INSERT INTO entry SELECT * FROM entry WHERE 1 ON CONFLICT DO UPDATE SET run = 'x'",
    "UPDATE OR REPLACE entry SET seq = 1",
    "UPDATE text SET bytes = x'00'",
    "DELETE FROM text",
    "INSERT OR REPLACE INTO text SELECT * FROM text",
]


@pytest.fixture
def database(journal: Journal, record: Recorder, folder: Path) -> Path:
    """The database of a closed journal with a run and a text."""
    record(journal, notes=2)
    journal.close()
    return folder / DATABASE


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_nothing_kept_is_changed_or_removed(database: Path, statement: str, recursive: str) -> None:
    """Every way to change, remove or replace a row is refused, whatever the connection's mood."""
    connection = connect(database)
    connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = list(connection.execute("SELECT * FROM entry"))
    with pytest.raises(CONSTRAINT, match="never"):
        connection.execute(statement)
    assert list(connection.execute("SELECT * FROM entry")) == before
    connection.close()


def _after(database: Path, *statements: str) -> Connection:
    """The database after something was done to it."""
    connection = connect(database)
    for statement in statements:
        connection.execute(statement)
    return connection


@pytest.mark.parametrize("name", sorted(TRIGGERS))
def test_a_missing_trigger_stops_the_start(database: Path, open_journal: Opener, name: str) -> None:
    """A database without one of its triggers is not recorded in, and the sentence names it."""
    _after(database, f"DROP TRIGGER {name}").close()
    with pytest.raises(UnsafeError, match=name):
        open_journal()


def test_a_trigger_that_does_nothing_is_noticed(database: Path) -> None:
    """A trigger of the right name with other words is as bad as none."""
    connection = _after(
        database,
        "DROP TRIGGER entry_no_delete",
        "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN SELECT 1; END",
    )
    with pytest.raises(UnsafeError, match="entry_no_delete"):
        check_triggers(connection)
    connection.close()


def test_a_stranger_among_the_triggers_is_noticed(database: Path) -> None:
    """A trigger or view that we did not make is not run."""
    connection = _after(database, "CREATE VIEW run AS SELECT 1")
    with pytest.raises(UnsafeError, match="run"):
        check_triggers(connection)
    connection.close()


def test_a_newer_journal_is_read_and_never_written(
    database: Path, folder: Path, open_journal: Opener
) -> None:
    """A journal of a newer program is refused with a sentence, is untouched, and can be read."""
    _after(database, f"PRAGMA user_version = {VERSION + 1}").close()
    before = database.read_bytes()
    with pytest.raises(NewerJournalError, match="newer Runbook"):
        open_journal()
    assert database.read_bytes() == before
    (summary,) = JournalReader(folder).runs()
    assert len(JournalReader(folder).entries(summary.run)) == 3


def test_a_refused_start_lets_go_of_the_lock(database: Path, open_journal: Opener) -> None:
    """After a refusal another program may open the folder."""
    _after(database, f"PRAGMA user_version = {VERSION + 1}").close()
    for _ in range(2):
        with pytest.raises(NewerJournalError):
            open_journal()


def test_a_migration_cut_short_leaves_nothing(tmp_path: Path) -> None:
    """A migration that fails half way is as if it had not begun."""
    connection = connect(tmp_path / DATABASE)
    connection.execute("CREATE TABLE anchor (x)")
    connection.execute("PRAGMA application_id = 1146243633")
    with pytest.raises(Exception, match="already exists"):
        migrate(connection)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema")]
    assert names == ["anchor"]
    assert version_of(connection) == 0
    connection.close()


def test_tables_are_strict(database: Path) -> None:
    """Every table refuses values of a wrong type."""
    connection = connect(database)
    tables = list(connection.execute("PRAGMA table_list"))
    strict = {row[1]: row[5] for row in tables if not row[1].startswith("sqlite_")}
    assert strict == {"entry": 1, "text": 1, "anchor": 1, "device": 1}
    connection.close()


QUERIES = [
    "SELECT raw, hash, sig FROM entry WHERE run = 'x' ORDER BY seq",
    f"SELECT run, kind, at_utc, raw FROM entry WHERE {MOVES} ORDER BY run, seq",  # noqa: S608
    "SELECT hash FROM entry WHERE device = 'x' ORDER BY seq DESC LIMIT 1",
    "SELECT run, count(*) FROM entry WHERE run > '' GROUP BY run",
    "SELECT at_utc FROM entry WHERE run = 'x' ORDER BY seq DESC LIMIT 1",
]


def test_the_index_of_moves_names_every_event_that_moves_a_run() -> None:
    """A new event of that sort calls for a migration of the index."""
    assert set(re.findall(r"'(\w+)'", MOVES)) == {
        str(cls.__struct_config__.tag) for cls in LIFECYCLE
    }


@pytest.mark.parametrize("query", QUERIES)
def test_no_list_reads_the_whole_table(database: Path, query: str) -> None:
    """Runs and heads are found by an index, however many entries there are."""
    connection = connect(database)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert all("USING" in step and "INDEX" in step for step in plan if "entry" in step)
    assert any("INDEX" in step for step in plan)
    connection.close()
