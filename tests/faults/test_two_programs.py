"""Two programs never record in one journal, and a dead one holds nobody up."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.driver import connect_to_read
from runbook.journal.errors import JournalBusyError
from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.journal.sources import DatabaseSource
from runbook.journal.verify import verify

if TYPE_CHECKING:
    from tests.faults.conftest import Program, Starter

RUN = "L-20261122-FAVLT0"


def wait_for(program: Program, word: str) -> list[str]:
    """The lines of a program up to the first that begins with a word."""
    assert program.stdout is not None
    lines = []
    for line in program.stdout:
        lines.append(line)
        if line.startswith(word):
            return lines
    raise AssertionError(program.communicate()[1])


def test_a_second_program_is_refused(start: Starter, folder: Path) -> None:
    """While one program holds the journal another one is told so and may read."""
    wait_for(start("safe", 5), "END")
    with pytest.raises(JournalBusyError, match="Another Runbook"):
        Journal.open(folder)
    assert len(JournalReader(folder).entries(RUN)) == 5
    assert verify(folder).whole


def test_the_holder_is_not_disturbed_by_readers(start: Starter, folder: Path) -> None:
    """Readers that come and go cost the writing program nothing."""
    program = start("safe", 300)
    wait_for(program, "OPEN")
    for _ in range(20):
        JournalReader(folder).entries(RUN)
    lines = wait_for(program, "END")
    assert all(line.split()[2] == "2" for line in lines if line.startswith("ACK"))
    assert len(JournalReader(folder).entries(RUN)) == 300


def test_a_killed_program_holds_nobody_up(start: Starter, folder: Path) -> None:
    """The lock ends with the program that held it, and its last rows are seen at once."""
    program = start("safe", 5)
    wait_for(program, "END")
    program.kill()
    program.wait()
    with closing(connect_to_read(folder / "journal.db")) as connection:
        assert len(list(DatabaseSource(connection).sealed(RUN))) == 5
    journal = Journal.open(folder)
    assert len(list(journal.entries(RUN))) == 5
    journal.close()
