"""A run as a SQLite file of plain tables, readable by whatever reads SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from runbook.journal.driver import library
from runbook.report.as_tables import to_sqlite
from runbook.report.build import Format, write
from runbook.run.events import Mode

if TYPE_CHECKING:
    from pathlib import Path

    from tests.report.conftest import Desk, MakeDesk, WriteDesk


class Tables:
    """Asks questions of the file."""

    def __init__(self, data: bytes, path: Path) -> None:
        path.write_bytes(data)
        self.connection = library.connect(path)

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """All rows of the answer."""
        return list(self.connection.execute(question).fetchall())


@pytest.fixture
def tables(golden: Desk, tmp_path: Path) -> Iterator[Tables]:
    """The tables of the run with one of everything."""
    made = Tables(to_sqlite(golden.material()), tmp_path / "run.db")
    with closing(made.connection):
        yield made


def test_every_entry_is_a_row_with_its_hash(tables: Tables, golden: Desk) -> None:
    """Nothing is left out, and each row can be found in the journal again."""
    found = tables.ask("SELECT seq, sha256 FROM entry ORDER BY seq")
    sealed = golden.material().sealed
    assert [sha for _, sha in found] == [s.hash.hex() for s in sealed]
    assert [seq for seq, _ in found] == [entry.seq for entry in golden.kept]


def test_readings_are_numbers_as_they_are_to_be_read_now(tables: Tables) -> None:
    """A corrected value counts, and says that it was corrected."""
    (row,) = tables.ask("SELECT name, number, unit, typed, corrected, withdrawn FROM reading")
    assert row == ("ups", 24.0, "min", "24", 1, 0)


def test_steps_carry_status_and_attempts(tables: Tables) -> None:
    """The table can be grouped by status as the report counts them."""
    found = dict(tables.ask("SELECT id, status || ' ' || attempts FROM step"))
    assert found["start"] == "Done with deviation 2"
    assert found["stop"] == "Not applicable 1"
    assert found["tell"] == "Skipped 1"


def test_tables_join_and_no_reference_dangles(tables: Tables) -> None:
    """Foreign keys are declared and hold."""
    assert tables.ask("PRAGMA foreign_key_check") == []
    assert len(tables.ask("PRAGMA foreign_key_list(entry)")) == 3
    said = tables.ask("SELECT step.number FROM entry JOIN step ON step.id = entry.step")
    assert ("1.1",) in said


def test_sentences_are_found_by_their_words(tables: Tables) -> None:
    """Case and accents do not matter."""
    question = (
        "SELECT kind FROM entry_fts JOIN entry ON entry.seq = entry_fts.rowid"
        " WHERE entry_fts MATCH 'IGNITION'"
    )
    assert ("step_failed",) in tables.ask(question)


def test_the_mode_stands_in_the_file(desk_of: MakeDesk, tmp_path: Path) -> None:
    """A drill is marked in the run and in every entry."""
    made = Tables(to_sqlite(desk_of(Mode.DRILL).material()), tmp_path / "run.db")
    with closing(made.connection):
        assert made.ask("SELECT DISTINCT mode FROM entry") == [("drill",)]
        assert "EXERCISE" in made.ask("SELECT mark FROM run")[0][0]


def test_a_run_without_readings_has_the_same_tables(written: WriteDesk, tmp_path: Path) -> None:
    """A question that suits one run can be asked of another."""
    made = Tables(to_sqlite(written("# T\n\n- [ ] a\n").material()), tmp_path / "run.db")
    with closing(made.connection):
        assert (
            made.ask("SELECT reading.number FROM reading JOIN step ON step.id = reading.step") == []
        )


def test_the_same_run_gives_the_same_bytes(golden: Desk) -> None:
    """Two exports of one run do not differ, and a report is not changed by one."""
    before = write(golden.material(), Format.JSON)
    assert to_sqlite(golden.material()) == to_sqlite(golden.material())
    assert write(golden.material(), Format.JSON) == before
