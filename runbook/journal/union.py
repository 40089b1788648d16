"""Which entries make the journal when its two copies differ: the longest chain of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from runbook.journal.codec import NO_HASH, Sealed, parse


@dataclass(frozen=True, slots=True)
class Node:
    """An entry found whole in one copy: its place in the chain and where its bytes lie.

    `place` is segment, offset and length of its line; None when it lies in the database.
    """

    seq: int
    prev: bytes
    hash: bytes
    sig: bytes
    place: tuple[int, int, int] | None = None


def node_of(
    sealed: Sealed,
    device: str,
    place: tuple[int, int, int] | None = None,
    *,
    record: dict[str, Any] | None = None,
) -> Node | None:
    """The node of an entry whose hash is right; None when it is not this device's."""
    try:
        found = parse(sealed.raw) if record is None else record
        if found.get("device") != device:
            return None
        prev = bytes.fromhex(found["prev"])
    except (ValueError, KeyError, TypeError):
        return None
    return Node(found["seq"], prev, sealed.hash, sealed.sig, place)


def longest_chain(nodes: Iterable[Node]) -> list[bytes]:
    """The hashes of the longest unbroken chain from the first entry, in order.

    Where two of one length differ, the one whose nodes were given last wins.
    """
    by_seq: dict[int, dict[bytes, bytes]] = {}
    for node in nodes:
        by_seq.setdefault(node.seq, {})[node.hash] = node.prev
    levels: list[dict[bytes, bytes]] = []
    known: Iterable[bytes] = (NO_HASH,)
    while found := by_seq.get(len(levels) + 1):
        joined = {digest: prev for digest, prev in found.items() if prev in known}
        if not joined:
            break
        levels.append(joined)
        known = joined.keys()
    return _walk_back(levels)


def _walk_back(levels: list[dict[bytes, bytes]]) -> list[bytes]:
    """Follow the chain from its end to its beginning."""
    if not levels:
        return []
    digest = next(reversed(levels[-1]))
    chain = []
    for level in reversed(levels):
        chain.append(digest)
        digest = level[digest]
    return chain[::-1]
