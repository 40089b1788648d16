"""How a copy is completed from the other, and what was wrong in it kept as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from runbook.journal import log
from runbook.journal.codec import Sealed
from runbook.journal.events import Recovered
from runbook.journal.folder import sync_folder, write_durably
from runbook.journal.mark import stamps_of
from runbook.journal.store import BESIDE, DATABASE, Store, row_of
from runbook.journal.union import Node

_BATCH = 1000
Fetch = Callable[[bytes], Sealed]


@dataclass(slots=True)
class Repairs:
    """What was done, in numbers, for the entry that says so."""

    to_database: int = 0
    to_log: int = 0
    texts: int = 0
    cut_bytes: int = 0
    beyond: int = 0
    lost: int = 0
    set_aside: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def event(self) -> Recovered | None:
        """The event to record; None when nothing was wrong."""
        done = (self.to_database, self.to_log, self.texts, self.lost)
        if not (self.reasons or self.set_aside or any(done)):
            return None
        return Recovered(
            to_database=self.to_database,
            to_log=self.to_log,
            texts=self.texts,
            cut_bytes=self.cut_bytes,
            beyond=self.beyond,
            lost=self.lost,
            set_aside=tuple(self.set_aside),
            reasons=tuple(dict.fromkeys(self.reasons)),
        )


def complete_log(
    folder: Path, nodes: Sequence[Node], chain: Sequence[bytes], fetch: Fetch, repairs: Repairs
) -> bool:
    """Make the log hold exactly the chain, segment after segment; True when it was changed."""
    before = stamps_of(folder)
    there: dict[int, list[Node]] = {}
    for node in nodes:
        assert node.place is not None
        there.setdefault(node.place[0], []).append(node)
    wanted = range(1, log.segment_of(len(chain)) + 1) if chain else range(0)
    for number in wanted:
        first = (number - 1) * log.SEGMENT
        hashes = chain[first : first + log.SEGMENT]
        _complete_segment(folder, number, there.get(number, []), hashes, fetch, repairs=repairs)
    for number in log.segments(folder):
        if number not in wanted and log.segment_path(folder, number).stat().st_size:
            _keep_evidence(folder, number, repairs)
            log.segment_path(folder, number).unlink()
    changed = stamps_of(folder) != before
    if changed:
        sync_folder(folder)
    return changed


def _complete_segment(
    folder: Path,
    number: int,
    nodes: Sequence[Node],
    hashes: Sequence[bytes],
    fetch: Fetch,
    *,
    repairs: Repairs,
) -> None:
    """Write a segment anew, in one step, unless it already holds exactly these entries."""
    path = log.segment_path(folder, number)
    size = path.stat().st_size if path.exists() else 0
    whole = sum(node.place[2] for node in nodes if node.place)
    if whole == size and [node.hash for node in nodes] == list(hashes):
        return
    lines = [log.line_of(fetch(digest)) for digest in hashes]
    if size and not (whole == size and [n.hash for n in nodes] == list(hashes[: len(nodes)])):
        _keep_evidence(folder, number, repairs)
        repairs.reasons.append("the text copy held other lines")
    write_durably(path, b"".join(lines))
    repairs.to_log += len(set(hashes).difference(node.hash for node in nodes))


def _keep_evidence(folder: Path, number: int, repairs: Repairs) -> None:
    """Copy a segment as it was found, before it is mended."""
    import shutil  # noqa: PLC0415 - slow, and seldom needed

    path = log.segment_path(folder, number)
    name = _free_name(folder, path.name)
    shutil.copyfile(path, folder / name)
    (folder / name).chmod(0o600)
    repairs.set_aside.append(name)


def complete_store(
    device: str,
    store: Store,
    there: int,
    chain: Sequence[bytes],
    fetch: Fetch,
    *,
    repairs: Repairs,
) -> None:
    """Add to a sound database what it lacks at the end of the chain."""
    left = chain[there:]
    prev = chain[there - 1] if there else None
    for batch in _batches(left):
        store.append(device, prev, [row_of(fetch(digest)) for digest in batch])
        prev = batch[-1]
    repairs.to_database += len(left)


def _batches(hashes: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The hashes in parts that are inserted together."""
    for start in range(0, len(hashes), _BATCH):
        yield hashes[start : start + _BATCH]


class Fetcher:
    """Finds the bytes of an entry: those taken from the database, else its line in the log."""

    def __init__(self, folder: Path, nodes: Iterable[Node], rescued: dict[bytes, Sealed]) -> None:
        self._folder = folder
        self._places = {node.hash: node.place for node in nodes}
        self._rescued = rescued
        self._file: BinaryIO | None = None
        self._number = 0

    def __call__(self, digest: bytes) -> Sealed:
        """The entry of this hash."""
        if digest in self._rescued:
            return self._rescued[digest]
        place = self._places[digest]
        assert place is not None
        number, offset, length = place
        if number != self._number:
            self.close()
            self._file, self._number = log.segment_path(self._folder, number).open("rb"), number
        assert self._file is not None
        self._file.seek(offset)
        sealed = log.read_line(self._file.read(length)[:-1])
        assert sealed is not None
        return sealed

    def close(self) -> None:
        """Let go of the segment read last."""
        if self._file is not None:
            self._file.close()
        self._file, self._number = None, 0


def set_database_aside(folder: Path, repairs: Repairs, parts: Sequence[str] = BESIDE) -> None:
    """Keep the database and the files beside it together under another name."""
    name = _free_name(folder, DATABASE)
    for beside in parts:
        with suppress(FileNotFoundError):
            (folder / f"{DATABASE}{beside}").rename(folder / f"{name}{beside}")
    sync_folder(folder)
    repairs.set_aside.append(name)


def _free_name(folder: Path, name: str) -> str:
    """The next name for a part that is kept as evidence."""
    number = 1
    while any((folder / f"{name}.bad-{number}{beside}").exists() for beside in BESIDE):
        number += 1
    return f"{name}.bad-{number}"


def move_aside(folder: Path, name: str) -> None:
    """Keep a file under another name."""
    with suppress(FileNotFoundError):
        (folder / name).rename(folder / _free_name(folder, name))
    sync_folder(folder)
