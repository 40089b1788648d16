"""A disk that takes no more: nothing confirmed is lost, and what is refused is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.events import DiskFull
from runbook.journal.journal import Journal
from runbook.journal.verify import verify
from runbook.run.entry import Actor
from runbook.run.events import Mode, NoteAdded
from runbook.run.port import NotRecordedError, Receipt

if TYPE_CHECKING:
    from tests.faults.conftest import Counter, Starter

RUN = "L-20261122-FAVLT0"
posix = pytest.mark.skipif(sys.platform == "win32", reason="no limits for files there")


def said_when_files_may_not_grow(start: Starter, mode: str, limit: int) -> list[str]:
    """Record until writes fail; what was said."""
    output, errors = start(mode, 200, limit).communicate("")
    lines = output.splitlines(keepends=True)
    assert lines[-1:] == ["END\n"], errors
    return lines


@posix
@pytest.mark.parametrize("limit", [30_000, 60_001, 90_000, 110_000])
def test_failing_writes_lose_nothing_confirmed(
    start: Starter, folder: Path, lost: Counter, limit: int
) -> None:
    """When writes fail in either copy, or both, what was confirmed is there afterwards."""
    lines = said_when_files_may_not_grow(start, "safe", limit)
    assert any(line.endswith(" 1\n") or line == "REFUSED\n" for line in lines)
    assert lost(lines) == 0
    assert verify(folder).whole


@posix
def test_the_rig_notices_a_loss(start: Starter, lost: Counter) -> None:
    """A program that confirms before it writes does lose entries here."""
    assert lost(said_when_files_may_not_grow(start, "early", 60_001)) > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 100 MB of its own, for which one must be root on Linux."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("NOT TRIED: a full disk; mounting one needs root on Linux")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", str(place)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"NOT TRIED: a full disk; {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path, name: str) -> Path:
    """Write until the disk has no room."""
    path = place / name
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return path


def note(journal: Journal) -> Receipt:
    """Record one note of some size."""
    text = "x" * 2000
    return journal.append(RUN, Mode.LIVE, Actor(operator="AL"), [NoteAdded(text=text)])


def test_a_full_disk_is_recorded_through_the_reserve(small_disk: Path) -> None:
    """The reserve is given back, the act and the fullness are recorded on two copies."""
    journal = Journal.open(small_disk / "live")
    journal.warm_up()
    fill(small_disk, "filler")
    receipts = [note(journal) for _ in range(40)]
    assert all(receipt.copies for receipt in receipts)
    assert receipts[-1].copies == 2
    (full,) = [e.event for e in journal.entries("") if isinstance(e.event, DiskFull)]
    assert full.freed_bytes == 16 * 1024 * 1024
    seqs = {entry.seq for entry in journal.entries(RUN)}
    assert len(seqs) == 40
    assert {receipt.entries[0].seq for receipt in receipts} == seqs
    journal.close()
    assert verify(small_disk / "live").whole


def test_a_disk_full_to_the_end_refuses_until_there_is_room(small_disk: Path) -> None:
    """Without reserve acts are refused; with room again they are taken, and none was lost."""
    journal = Journal.open(small_disk / "live")
    filler = fill(small_disk, "filler")
    taken: list[int] = []
    with pytest.raises(NotRecordedError, match="write it on paper"):
        taken.extend(note(journal).entries[0].seq for _ in range(400))
    with pytest.raises(NotRecordedError):
        note(journal)
    filler.unlink()
    taken.append(note(journal).entries[0].seq)
    assert set(taken) <= {entry.seq for entry in journal.entries(RUN)}
    journal.close()
    assert verify(small_disk / "live").whole
