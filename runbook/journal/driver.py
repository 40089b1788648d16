"""The one SQLite library of the process, and the settings without which it may lose entries.

Two SQLite libraries in one process lose acknowledged rows: the second one closing a file
drops the locks of the first. So there is one, and whoever imports `sqlite3` gets the same.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.journal.errors import UnsafeError

if TYPE_CHECKING:
    import sqlite3 as library
    from sqlite3 import Connection
else:
    try:
        from pysqlite3 import dbapi2 as library
    except ImportError:  # Macs with Intel processors: the version gate judges what is there
        import sqlite3 as library
    Connection = library.Connection

__all__ = [
    "CONSTRAINT",
    "Connection",
    "DatabaseError",
    "claim_process",
    "connect",
    "connect_to_read",
    "journal_mode",
    "library",
    "library_version",
    "settle",
]

DatabaseError = library.Error
CONSTRAINT = library.IntegrityError

_OTHER_LIBRARIES = ("apsw", "PySide6.QtSql")
_OLDEST = (3, 37, 0)  # STRICT tables
_FIXED = ((3, 51, 3),)
_BACKPORTS = ((3, 50, 7), (3, 44, 6))


def library_version() -> tuple[int, ...]:
    """The version of the SQLite library in use."""
    return tuple(library.sqlite_version_info)


def claim_process() -> None:
    """Make this the only SQLite of the process; UnsafeError when another is loaded already."""
    others = [name for name in _OTHER_LIBRARIES if name in sys.modules]
    if library.__name__.startswith("pysqlite3"):
        if "_sqlite3" in sys.modules:
            others.append("sqlite3")
        else:
            # sqlite-utils and its helpers import sqlite3 by name: they get ours.
            sys.modules["sqlite3"] = sys.modules["pysqlite3"]
            sys.modules["sqlite3.dbapi2"] = library
    if others:
        message = (
            f"A second SQLite library is loaded in this program ({', '.join(others)}), and two"
            " of them lose entries. Nothing was opened. This is a fault of the program: start"
            " it again without extensions, and report it."
        )
        raise UnsafeError(message)


def journal_mode(version: tuple[int, ...]) -> str:
    """`wal` where it is safe, else `truncate`; UnsafeError when SQLite is too old for either.

    Versions before the fixes lose acknowledged rows when two processes use a WAL.
    """
    if version < _OLDEST:
        found = ".".join(map(str, version))
        message = f"SQLite {found} is too old to keep a journal: Runbook needs 3.37 or newer."
        raise UnsafeError(message)
    fixed = version >= _FIXED[0]
    ported = any(fix <= version < (fix[0], fix[1] + 1) for fix in _BACKPORTS)
    return "wal" if fixed or ported else "truncate"


def settings(mode: str) -> dict[str, tuple[str, str | int]]:
    """Every pragma with what is asked for and what must be read back."""
    return {
        "journal_mode": (mode, mode),
        "synchronous": ("EXTRA", 3),
        "busy_timeout": ("5000", 5000),
        "trusted_schema": ("OFF", 0),
        "recursive_triggers": ("ON", 1),
        "fullfsync": ("ON", 1),
        "checkpoint_fullfsync": ("ON", 1),
        "wal_autocheckpoint": ("128", 128),
    }


def settle(connection: Connection, wanted: dict[str, tuple[str, str | int]]) -> None:
    """Set each pragma and read it back; UnsafeError when SQLite does not do as asked."""
    for name, (value, expected) in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != expected:
            found = "nothing" if row is None else row[0]
            message = (
                f"SQLite does not keep its setting {name} (asked {value}, found {found})."
                " Recording would not be safe, so nothing is recorded here. Choose another data"
                " folder on a local disk with --data."
            )
            raise UnsafeError(message)


def connect(path: Path, version: tuple[int, ...] | None = None) -> Connection:
    """Open the database for writing with every setting checked.

    One thread at a time may use the connection, not necessarily the one that opened it.
    """
    mode = journal_mode(version or library_version())
    connection = library.connect(path, isolation_level=None, check_same_thread=False)
    try:
        settle(connection, settings(mode))
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path) -> Connection:
    """Open an existing database so that it cannot be written through this connection."""
    from urllib.parse import quote  # noqa: PLC0415 - slow, and not needed to record

    address = f"file:{quote(str(path))}?mode=ro"
    connection = library.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection
