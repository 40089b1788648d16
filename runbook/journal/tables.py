"""Plain tables in a SQLite file of their own, for whoever analyses a run elsewhere.

Such a file is a product like a report: made fresh, never read back, and never the journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from runbook.journal.driver import claim_process

if TYPE_CHECKING:
    import sqlite_utils.db

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns with their types, its key, what it points at, and its rows.

    `points` maps a column to the table and column it refers to, which must come before it;
    `searched` are the columns of its full-text index.
    """

    name: str
    columns: Mapping[str, type]
    key: str
    rows: Sequence[Mapping[str, Cell]]
    points: Mapping[str, tuple[str, str]]
    searched: tuple[str, ...] = ()


def database_file(tables: Sequence[Table]) -> bytes:
    """The bytes of a SQLite file with these tables; the same tables give the same bytes."""
    claim_process()  # before sqlite_utils: it takes the library of the process
    import sqlite_utils  # noqa: PLC0415 - slow, and nothing else needs it

    with TemporaryDirectory(prefix="runbook-") as folder:
        path = Path(folder) / "tables.db"
        with closing(sqlite_utils.Database(path)) as database:
            for table in tables:
                _fill(database.table(table.name), table)
            database.vacuum()
        return path.read_bytes()


def _fill(made: sqlite_utils.db.Table, table: Table) -> None:
    made.create(
        dict(table.columns),
        pk=table.key,
        foreign_keys=[(column, *there) for column, there in table.points.items()],
        strict=True,
    )
    made.insert_all([dict(row) for row in table.rows])
    if table.searched:
        made.enable_fts(list(table.searched), tokenize="unicode61 remove_diacritics 2")
