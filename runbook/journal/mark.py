"""Up to where the two copies were last found equal and whole, so that a start is quick.

It is a hint: it is believed only as far as the files agree with it, and written often.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from runbook.journal.log import segment_path, segments
from runbook.journal.store import DATABASE

MARK_FILE = "journal.mark"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The last checked entry, and the size of every segment when it was the last one.

    `stamps` are size and time of every file as a journal left them when it was closed in good
    order; they are empty while it is open, and after a crash. `sealed` is the last entry that
    was there when it was last closed so.
    """

    seq: int
    hash: str
    sizes: dict[str, int]
    stamps: dict[str, tuple[int, int]] = {}
    sealed: int = 0


def sizes_of(folder: Path) -> dict[str, int]:
    """The size of every segment by its number."""
    return {str(n): segment_path(folder, n).stat().st_size for n in segments(folder)}


def stamps_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of the database and of every segment."""
    paths = [folder / DATABASE, *(segment_path(folder, n) for n in segments(folder))]
    found = [(path.name, path.stat()) for path in paths if path.exists()]
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found}


def write_mark(folder: Path, seq: int, digest: bytes, *, sealed: int, closed: bool = False) -> None:
    """Note that both copies are whole up to this entry; failing to is no harm."""
    with suppress(OSError):
        stamps = stamps_of(folder) if closed else {}
        mark = Mark(
            seq=seq, hash=digest.hex(), sizes=sizes_of(folder), stamps=stamps, sealed=sealed
        )
        new = folder / f"{MARK_FILE}.new"
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(handle, msgspec.json.encode(mark))
        finally:
            os.close(handle)
        new.replace(folder / MARK_FILE)


def read_mark(folder: Path) -> Mark | None:
    """The mark, or None when there is none that can be read."""
    try:
        return msgspec.json.decode((folder / MARK_FILE).read_bytes(), type=Mark)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def drop_mark(folder: Path) -> None:
    """Have the next start read both copies whole."""
    with suppress(OSError):
        (folder / MARK_FILE).unlink()
