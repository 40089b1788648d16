"""The whole history of the database's schema, and the words its tables are called by.

Tables are made here and nowhere else, by hand-written SQL, so that a misspelt name is an
error and no helper can drop the triggers that keep entries as they were written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.journal.errors import ForeignDatabaseError, NewerJournalError, UnsafeError

if TYPE_CHECKING:
    from runbook.journal.driver import Connection

ENTRY = "entry"
TEXT = "text"
ANCHOR = "anchor"
DEVICE = "device"

APPLICATION_ID = 0x44524A31  # "DRJ1", so that a foreign database is known as one

_MOVES_1 = (
    "kind IN ('run_prepared', 'run_started', 'run_paused', 'run_resumed', 'abort_began',"
    " 'run_aborted', 'run_completed', 'run_closed', 'run_cancelled')"
)
_MOVES_2 = _MOVES_1.replace("'run_completed',", "'run_completed', 'run_transferred',")
MOVES = _MOVES_2.replace(
    "'run_cancelled'", "'run_cancelled', 'handover_accepted', 'owner_taken_over'"
)
"""The condition of the index of entries that move a run; a query must repeat it word for word."""

_VERSION_1 = (
    """CREATE TABLE entry (
        device TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq > 0),
        run TEXT NOT NULL,
        kind TEXT NOT NULL,
        at_utc TEXT NOT NULL,
        raw BLOB NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        sig BLOB NOT NULL CHECK (length(sig) = 64),
        PRIMARY KEY (device, seq)
    ) STRICT""",
    """CREATE TABLE text (
        sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
        bytes BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE anchor (
        device TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash BLOB NOT NULL,
        how TEXT NOT NULL,
        who TEXT NOT NULL,
        at_utc TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE device (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        site TEXT NOT NULL,
        public_key BLOB NOT NULL,
        first_seen TEXT NOT NULL
    ) STRICT""",
    # A run is read in order, and runs are counted, from this index alone.
    "CREATE INDEX entry_run ON entry (run, seq, at_utc)",
    # Runs are listed from the few kinds that begin, move and end them; no other act pays.
    f"CREATE INDEX entry_moves ON entry (run, seq) WHERE {_MOVES_1}",
    """CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END""",
    """CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END""",
    # OR REPLACE skips delete triggers on a connection without recursive_triggers.
    """CREATE TRIGGER entry_no_replace BEFORE INSERT ON entry
        WHEN EXISTS (SELECT 1 FROM entry WHERE device = NEW.device AND seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'entries are never replaced'); END""",
    """CREATE TRIGGER text_no_update BEFORE UPDATE ON text
        BEGIN SELECT RAISE(ABORT, 'texts are never changed'); END""",
    """CREATE TRIGGER text_no_delete BEFORE DELETE ON text
        BEGIN SELECT RAISE(ABORT, 'texts are never removed'); END""",
    """CREATE TRIGGER text_no_replace BEFORE INSERT ON text
        WHEN EXISTS (SELECT 1 FROM text WHERE sha256 = NEW.sha256)
        BEGIN SELECT RAISE(ABORT, 'texts are never replaced'); END""",
)

_VERSION_2 = (
    "DROP INDEX entry_moves",
    # A run may also end by being left for another.
    f"CREATE INDEX entry_moves ON entry (run, seq) WHERE {_MOVES_2}",
)

_VERSION_3 = (
    "DROP INDEX entry_moves",
    # A run may get another owner, and a list names the one it has.
    f"CREATE INDEX entry_moves ON entry (run, seq) WHERE {MOVES}",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2, _VERSION_3)
"""Statements that lead from each version to the next; never edited, only added to."""

VERSION = len(MIGRATIONS)


TRIGGERS = {
    statement.split()[2]: " ".join(statement.split())
    for statements in MIGRATIONS
    for statement in statements
    if statement.startswith("CREATE TRIGGER")
}
"""The triggers that keep entries and texts as they were written, by name."""


def version_of(connection: Connection) -> int:
    """The schema version written in the file; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_ours(connection: Connection) -> None:
    """Raise when the file belongs to another program, or to a newer one of this kind."""
    objects = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    found = version_of(connection)
    if mark != APPLICATION_ID and (objects or found):
        raise ForeignDatabaseError("journal.db is a database of another program")
    if found > VERSION:
        message = (
            f"This journal was written by a newer Runbook (journal version {found}, this program"
            f" knows {VERSION}). It is unharmed and can be read here, but not continued."
            " Start the newer program, or another data folder with --data."
        )
        raise NewerJournalError(message)


def migrate(connection: Connection) -> None:
    """Bring the schema up to date, all or nothing, and check that its triggers stand."""
    check_ours(connection)
    if version_of(connection) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statements in MIGRATIONS[version_of(connection) :]:
                for statement in statements:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
            connection.execute(f"PRAGMA user_version = {VERSION:d}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    check_triggers(connection)


def check_triggers(connection: Connection) -> None:
    """Raise UnsafeError unless exactly our triggers stand, word for word, and no view."""
    found = {
        name: " ".join(sql.split())
        for name, sql in connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view')"
        )
    }
    if found != TRIGGERS:
        names = sorted(name for name, _ in found.items() ^ TRIGGERS.items())
        message = (
            "The journal's database has lost or changed what protects its entries"
            f" ({', '.join(dict.fromkeys(names))}). Nothing was changed. Move journal.db away and"
            " start again: it is rebuilt from the journal's text files."
        )
        raise UnsafeError(message)
