"""What happens at every start: the two copies are compared and brought together.

When both end with the same entry and agree with the mark of the last start, only what came
after the mark is read. Otherwise both are read whole, the longest chain of their union is
the journal, each copy is completed, and what was wrong is kept as `*.bad-N`. Each step
leaves the entries in at least one copy, so that a recovery cut short is simply done again.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from runbook.journal import log, texts
from runbook.journal.codec import Sealed, hash_of, parse
from runbook.journal.driver import DatabaseError
from runbook.journal.errors import ForeignDatabaseError, UnsuitableFolderError
from runbook.journal.keys import DeviceKey, check_signature
from runbook.journal.mark import Mark, read_mark, stamps_of, write_mark
from runbook.journal.quick import is_quickly_equal, is_short
from runbook.journal.repair import (
    Fetcher,
    Repairs,
    complete_log,
    complete_store,
    set_database_aside,
)
from runbook.journal.store import DATABASE, Row, Store, row_of
from runbook.journal.union import Node, longest_chain, node_of

_CORRUPT, _NOT_A_DATABASE = 11, 26
Version = tuple[int, ...] | None


@dataclass(slots=True)
class _Found:
    """What reading one copy gave: its whole entries in order, and whether all was well."""

    nodes: list[Node] = field(default_factory=list)
    reason: str = ""


def is_damage(error: DatabaseError) -> bool:
    """True when the file itself is broken, false when the disk or its rights are."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (_CORRUPT, _NOT_A_DATABASE)


def bring_together(folder: Path, key: DeviceKey, version: Version = None) -> tuple[Store, Repairs]:
    """Open the database with both copies whole and equal, and say what had to be done."""
    repairs = Repairs()
    store: Store | None = None
    try:
        mark = read_mark(folder)
        _leave_no_orphans(folder, mark, repairs)
        untouched = mark is None or not mark.stamps or mark.stamps == stamps_of(folder)
        store = _open(folder, repairs, version)
        if store is None or not untouched or not is_quickly_equal(folder, key.device, store, mark):
            store = _in_full(folder, key, store, repairs, version)
        repairs.texts += texts.bring_together(folder, store)
        _finish(folder, store.head(key.device), mark, repairs)
    except (DatabaseError, OSError) as error:
        if store is not None:
            store.connection.close()
        raise UnsuitableFolderError(_unusable(folder, error)) from error
    return store, repairs


def _finish(
    folder: Path, head: tuple[int, Sealed] | None, mark: Mark | None, repairs: Repairs
) -> None:
    """Say what is lost for good, and note how far both copies are whole."""
    if mark is not None:
        repairs.lost = max(0, mark.seq - (head[0] if head else 0))
    if head is not None:
        write_mark(folder, head[0], head[1].hash, sealed=mark.sealed if mark else 0)


def _unusable(folder: Path, error: Exception) -> str:
    """The sentence for a disk that does not let the journal be opened."""
    why = getattr(error, "strerror", None) or str(error)
    return (
        f"The journal in {folder} cannot be opened for recording: {why}. Its entries are safe and"
        " can be read. Free the disk or mend its rights, or choose another folder with --data."
    )


def _leave_no_orphans(folder: Path, mark: Mark | None, repairs: Repairs) -> None:
    """Put a write-ahead file aside that cannot be this database's, before SQLite uses it.

    A database that is gone, or was closed in good order and is untouched, has none.
    """
    wal = folder / f"{DATABASE}-wal"
    if not wal.exists() or not wal.stat().st_size:
        return
    stamp = stamps_of(folder).get(DATABASE, (0, 0))
    if not stamp[0]:
        repairs.reasons.append("the database was gone")
        set_database_aside(folder, repairs)
    elif mark and mark.stamps.get(DATABASE) == stamp:
        repairs.reasons.append("a write-ahead file of another database lay beside this one")
        set_database_aside(folder, repairs, ("-wal", "-shm"))


def _open(folder: Path, repairs: Repairs, version: Version) -> Store | None:
    """The database, or None when it is broken or another program's."""
    try:
        if is_short(folder / DATABASE):
            repairs.reasons.append("the database was cut short")
            return None
        return Store(folder, version)
    except ForeignDatabaseError as error:
        repairs.reasons.append(str(error))
        return None
    except DatabaseError as error:
        if not is_damage(error):
            raise
        repairs.reasons.append(f"the database was broken ({error})")
        return None


def _in_full(
    folder: Path, key: DeviceKey, store: Store | None, repairs: Repairs, version: Version
) -> Store:
    """Read both copies whole, and complete the log first, then the database."""
    in_log = _read_log(folder, key.device, repairs)
    in_store = _read_store(store, key.device)
    _drop_false_signatures(key, in_log, in_store)
    chain = longest_chain((*in_log.nodes, *in_store.nodes))
    seen = {node.hash for node in (*in_log.nodes, *in_store.nodes)}
    repairs.beyond = len(seen.difference(chain))
    rescued = _rescue(store, in_log, chain)
    with closing(Fetcher(folder, in_log.nodes, rescued)) as fetch:
        changed = complete_log(folder, in_log.nodes, chain, fetch, repairs)
    store, there = _sound(folder, store, in_store, chain, repairs=repairs, version=version)
    if there < len(chain):
        nodes = _read_log(folder, key.device, Repairs()).nodes if changed else in_log.nodes
        with closing(Fetcher(folder, nodes, {})) as fetch:
            complete_store(key.device, store, there, chain, fetch, repairs=repairs)
    repairs.reasons += [found.reason for found in (in_log, in_store) if found.reason]
    return store


def _sound(
    folder: Path,
    store: Store | None,
    found: _Found,
    chain: list[bytes],
    *,
    repairs: Repairs,
    version: Version,
) -> tuple[Store, int]:
    """A database that holds the beginning of the chain and nothing else, and how much of it."""
    hashes = [node.hash for node in found.nodes]
    if store is not None and not hashes and not store.is_empty():
        found.reason = "the database was another device's"
    if store is not None and not found.reason and hashes == chain[: len(hashes)]:
        return store, len(hashes)
    if store is not None:
        found.reason = found.reason or "the database held other entries"
        store.connection.close()
    set_database_aside(folder, repairs)
    return Store(folder, version), 0


def _drop_false_signatures(key: DeviceKey, in_log: _Found, in_store: _Found) -> None:
    """Where the copies differ in a signature only, keep the entry whose signature is right."""
    signed = {node.hash: node.sig for node in in_log.nodes}
    doubtful = {n.hash for n in in_store.nodes if signed.get(n.hash, n.sig) != n.sig}
    for found, name in ((in_log, "log"), (in_store, "database")):
        kept = [
            n
            for n in found.nodes
            if n.hash not in doubtful or check_signature(key.public, n.hash, n.sig)
        ]
        if len(kept) < len(found.nodes):
            found.nodes, found.reason = kept, f"signatures in the {name} were broken"


def _read_log(folder: Path, device: str, repairs: Repairs) -> _Found:
    """All whole entries of the log."""
    found = _Found()
    for line in log.read_lines(folder):
        place = (line.segment, line.offset, line.length)
        node = node_of(line.sealed, device, place) if line.sealed else None
        if node is not None:
            found.nodes.append(node)
        elif line.ended:
            found.reason = "lines of the log were broken"
        else:
            repairs.cut_bytes += line.length
            found.reason = found.reason or "the last line of the log was torn"
    return found


def _read_store(store: Store | None, device: str) -> _Found:
    """All whole rows of the database."""
    found = _Found()
    if store is None:
        return found
    try:
        for row in store.rows(device):
            node = _node_of_row(row, device)
            if node is None:
                found.reason = "rows of the database were broken"
            else:
                found.nodes.append(node)
        (check,) = store.connection.execute("PRAGMA quick_check(1)").fetchone()
        if check != "ok":
            found.reason = f"the database was broken ({check})"
    except DatabaseError as error:
        found.reason = f"the database was broken ({error})"
    return found


def _node_of_row(row: Row, device: str) -> Node | None:
    """The node of a row; None unless its bytes and all derived columns are right."""
    try:
        sealed = Sealed(*row[5:])
        if hash_of(sealed.raw) != sealed.hash:
            return None
        record = parse(sealed.raw)
        if row_of(sealed, record) != row:
            return None
    except (ValueError, TypeError):
        return None
    return node_of(sealed, device, record=record)


def _rescue(store: Store | None, in_log: _Found, chain: list[bytes]) -> dict[bytes, Sealed]:
    """What the log lacks of the chain, from the database, before anything is moved."""
    there = {node.hash for node in in_log.nodes}
    rescued: dict[bytes, Sealed] = {}
    for seq, digest in enumerate(chain, start=1):
        if digest not in there:
            assert store is not None
            query = "SELECT raw, hash, sig FROM entry WHERE seq = ? AND hash = ?"
            rescued[digest] = Sealed(*store.connection.execute(query, (seq, digest)).fetchone())
    return rescued
