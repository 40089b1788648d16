"""Real programs on real files, stopped and starved at chosen and at random moments."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runbook.journal.driver import claim_process
from runbook.journal.journal import Journal

claim_process()

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RUN = "L-20261122-FAVLT0"

Program = subprocess.Popen[str]
Starter = Callable[..., Program]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the journal under fault lies."""
    return tmp_path / "live"


@pytest.fixture
def start(folder: Path) -> Iterator[Starter]:
    """Starts a recorder; every one is ended with the test."""
    started: list[Program] = []

    def starter(mode: str = "safe", count: int = 100_000, *more: object) -> Program:
        command = [sys.executable, str(HERE / "recorder.py"), str(folder), mode, str(count)]
        program = subprocess.Popen(
            [*command, *map(str, more)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(program)
        return program

    yield starter
    for program in started:
        program.kill()
        program.communicate()


Counter = Callable[[list[str]], int]


@pytest.fixture
def lost(folder: Path) -> Counter:
    """Counts the confirmed entries that are gone after a start."""

    def counter(lines: list[str]) -> int:
        words = [line.split() for line in lines if line.endswith("\n")]
        confirmed = {int(word[1]) for word in words if word[0] == "ACK"}
        assert confirmed
        journal = Journal.open(folder)
        found = {entry.seq for entry in journal.entries(RUN)}
        journal.close()
        return len(confirmed - found)

    return counter
