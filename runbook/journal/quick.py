"""Whether the two copies can be taken as equal without reading them whole."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from runbook.journal import log
from runbook.journal.codec import hash_of
from runbook.journal.driver import DatabaseError
from runbook.journal.mark import Mark
from runbook.journal.store import Store, row_of
from runbook.journal.union import node_of


def is_short(path: Path) -> bool:
    """True when a database at rest has fewer pages than its header says."""
    try:
        wal = path.with_name(f"{path.name}-wal")
        if wal.exists() and wal.stat().st_size > 0:
            return False
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    if not header.startswith(b"SQLite format 3\0"):
        return False
    page = int.from_bytes(header[16:18], "big")
    return size < (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")


def is_quickly_equal(folder: Path, device: str, store: Store, mark: Mark | None) -> bool:
    """True when both copies end alike and everything since the mark is whole in both."""
    try:
        head, last = store.head(device), log.last_line(folder)
        if head is None and last is None:
            return store.is_empty()
        if head is None or last is None or last.sealed != head[1] or mark is None:
            return False
        return _agrees(folder, device, store, mark, head[0])
    except (DatabaseError, ValueError, TypeError):
        return False


def _agrees(folder: Path, device: str, store: Store, mark: Mark, head: int) -> bool:
    """True when the files are as the mark knew them, and what came later pairs up."""
    marked = store.entry(device, mark.seq)
    last = log.segment_of(head)
    if marked is None or marked.hash.hex() != mark.hash or hash_of(marked.raw) != marked.hash:
        return False
    if log.segments(folder) != list(range(1, last + 1)):
        return False
    if not _sizes_hold(folder, mark):
        return False
    return _later_ones_pair_up(folder, device, store, mark, last)


def _sizes_hold(folder: Path, mark: Mark) -> bool:
    """True when the segments before the mark are as long as they were."""
    return all(
        log.segment_path(folder, number).stat().st_size == mark.sizes.get(str(number))
        for number in range(1, log.segment_of(mark.seq))
    )


def _later_ones_pair_up(folder: Path, device: str, store: Store, mark: Mark, last: int) -> bool:
    """True when all entries after the mark are whole, chained, and the same in both copies."""
    at = log.segment_of(mark.seq)
    lines = (
        line.sealed
        for number in range(at, last + 1)
        for line in log.read_segment(
            folder, number, mark.sizes.get(str(at), 0) if number == at else 0
        )
    )
    prev = bytes.fromhex(mark.hash)
    for row, sealed in zip_longest(store.rows(device, after=mark.seq), lines):
        if row is None or sealed is None or row != row_of(sealed):
            return False
        node = node_of(sealed, device)
        if node is None or node.prev != prev:
            return False
        prev = node.hash
    return True
