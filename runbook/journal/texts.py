"""Texts kept for ever under their hash, each in the database and as a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from runbook.journal.driver import Connection, DatabaseError
from runbook.journal.folder import sync_folder, write_durably
from runbook.journal.store import Store

FOLDER = "texts"
_NAME_LENGTH = 64


def sha256_of(data: bytes) -> str:
    """The name a text is kept under."""
    return hashlib.sha256(data).hexdigest()


def write_text_file(folder: Path, sha256: str, data: bytes) -> None:
    """Put the file of a text in place; on disk when it returns."""
    texts = folder / FOLDER
    if not texts.is_dir():
        texts.mkdir(mode=0o700)
        sync_folder(folder)
    path = texts / sha256
    if not path.exists():
        write_durably(path, data)


def read_text_file(folder: Path, sha256: str) -> bytes | None:
    """The bytes of a text from its file; None when it is missing or not whole."""
    try:
        data = (folder / FOLDER / sha256).read_bytes()
    except OSError:
        return None
    return data if sha256_of(data) == sha256 else None


def read_text_row(connection: Connection, sha256: str) -> bytes | None:
    """The bytes of a text from the database; None when it is missing or not whole."""
    try:
        row = connection.execute("SELECT bytes FROM text WHERE sha256 = ?", (sha256,)).fetchone()
    except DatabaseError:
        return None
    if row is None or not isinstance(row[0], bytes):
        return None
    return row[0] if sha256_of(row[0]) == sha256 else None


def files(folder: Path) -> set[str]:
    """The names of the texts that lie as files."""
    try:
        return {p.name for p in (folder / FOLDER).iterdir() if len(p.name) == _NAME_LENGTH}
    except OSError:
        return set()


def _rows(connection: Connection) -> Iterator[str]:
    """The names of the texts that lie in the database."""
    for (sha256,) in connection.execute("SELECT sha256 FROM text"):
        yield sha256


def bring_together(folder: Path, store: Store) -> int:
    """Complete either copy of the texts from the other; the number of texts repaired."""
    in_files, in_rows = files(folder), set(_rows(store.connection))
    repaired = 0
    for sha256 in in_rows - in_files:
        data = read_text_row(store.connection, sha256)
        if data is not None:
            write_text_file(folder, sha256, data)
            repaired += 1
    for sha256 in in_files - in_rows:
        data = read_text_file(folder, sha256)
        if data is not None:
            store.keep_text(sha256, data)
            repaired += 1
    return repaired
