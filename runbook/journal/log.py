"""The first copy of the journal: lines of text in segments of 10,000, only ever added to.

A line is the entry's bytes, its hash and its signature in hex, with tabs between. Entry
`seq` of the device lies in segment `(seq - 1) // 10000 + 1`, so a missing file is seen.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from runbook.journal.codec import Sealed, hash_of
from runbook.journal.folder import full_sync, open_to_append, sync_folder

SEGMENT = 10_000
_PATTERN = "journal-[0-9]*[0-9].log"
_TAIL = 4 * 1024 * 1024
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line as found: where it lies and what it holds; `sealed` is None for a bad one."""

    segment: int
    offset: int
    length: int
    sealed: Sealed | None
    ended: bool = True


def segment_of(seq: int) -> int:
    """The number of the segment an entry lies in."""
    return (seq - 1) // SEGMENT + 1


def segment_path(folder: Path, number: int) -> Path:
    """The file of a segment."""
    return folder / f"journal-{number:06d}.log"


def segments(folder: Path) -> list[int]:
    """The numbers of the segments that are there, in order."""
    return sorted(int(path.stem.partition("-")[2]) for path in folder.glob(_PATTERN))


def line_of(sealed: Sealed) -> bytes:
    """An entry as one line."""
    return b"\t".join((sealed.raw, sealed.hash.hex().encode(), sealed.sig.hex().encode() + b"\n"))


def read_line(data: bytes) -> Sealed | None:
    """The entry in a line without its end; None when its bytes are not those hashed."""
    parts = data.split(b"\t")
    if len(parts) != _PARTS:
        return None
    try:
        sealed = Sealed(
            parts[0], bytes.fromhex(parts[1].decode()), bytes.fromhex(parts[2].decode())
        )
    except ValueError:
        return None
    return sealed if hash_of(sealed.raw) == sealed.hash else None


def read_segment(folder: Path, number: int, offset: int = 0) -> Iterator[Line]:
    """All lines of a segment from an offset on, bad ones among them."""
    with segment_path(folder, number).open("rb") as file:
        file.seek(offset)
        for data in file:
            ended = data.endswith(b"\n")
            sealed = read_line(data[:-1]) if ended else None
            yield Line(number, offset, len(data), sealed, ended)
            offset += len(data)


def read_lines(folder: Path) -> Iterator[Line]:
    """All lines of all segments."""
    for number in segments(folder):
        yield from read_segment(folder, number)


def last_line(folder: Path) -> Line | None:
    """The last line of the last segment, found from its end; None when there is no line."""
    numbers = segments(folder)
    if not numbers:
        return None
    with segment_path(folder, numbers[-1]).open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - _TAIL)
        file.seek(start)
        data = file.read()
    begin = data.rfind(b"\n", 0, max(len(data) - 1, 0)) + 1
    line = data[begin:]
    if not line or (begin == 0 and start > 0):
        return None
    ended = line.endswith(b"\n")
    sealed = read_line(line[:-1]) if ended else None
    return Line(numbers[-1], start + begin, len(line), sealed, ended)


def _write_whole(handle: int, data: bytes) -> None:
    """Write all or raise: a part is written when the disk fills up."""
    if os.write(handle, data) != len(data):
        raise OSError(errno.ENOSPC, "only a part could be written: the disk is full")


class Log:
    """Writes lines; after the first error it must be made anew, from a checked folder."""

    def __init__(self, folder: Path, next_seq: int) -> None:
        self._folder = folder
        self._number = segment_of(next_seq)
        self._handle = self._open()

    def _open(self) -> int:
        """Open the segment, made durable by name when it is new."""
        path = segment_path(self._folder, self._number)
        self._path = str(path)
        new = not path.exists()
        handle = open_to_append(self._path)
        opened = os.fstat(handle)
        self._identity = (opened.st_dev, opened.st_ino)
        self._size = opened.st_size
        if new:
            sync_folder(self._folder)
        return handle

    def append(self, first: int, entries: Sequence[Sealed]) -> None:
        """Add lines for entries numbered from `first`; on disk when it returns."""
        left = list(entries)
        while left:
            if segment_of(first) != self._number:
                self._turn_to(segment_of(first))
            room = SEGMENT - (first - 1) % SEGMENT
            now, left = left[:room], left[room:]
            self._write(b"".join(line_of(sealed) for sealed in now))
            first += len(now)

    def _turn_to(self, number: int) -> None:
        """Begin the next segment."""
        os.close(self._handle)
        self._handle = -1
        self._number = number
        self._handle = self._open()

    def _write(self, data: bytes) -> None:
        """Write and sync; what was written of a failed attempt is cut off again."""
        try:
            _write_whole(self._handle, data)
            full_sync(self._handle)
        except OSError:
            self._cut()
            raise
        self._size += len(data)

    def _cut(self) -> None:
        """Cut the file back to its last whole line; if that fails too, recovery will."""
        try:
            os.truncate(self._path, self._size)
        except OSError:
            return

    def check(self) -> None:
        """Raise OSError unless the file at its path is the one that is being written."""
        found = os.stat(self._path)  # noqa: PTH116 - in every act, and twice as fast
        if (found.st_dev, found.st_ino) != self._identity:
            raise FileNotFoundError("the file was replaced while it was in use")
        if found.st_size != self._size:
            raise OSError("the file was changed by another program")

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
