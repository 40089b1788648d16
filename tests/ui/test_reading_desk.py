"""A second window shows what the first one records, and records nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from runbook.folders import find_folders
from runbook.journal.driver import claim_process
from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.run.commands import Confirm, Refused
from runbook.run.entry import Actor
from runbook.run.events import Mode
from runbook.run.runner import Recorded, Runner
from runbook.starting import begin, load
from runbook.ui.desk import ReadingDesk, open_desk

ANN = Actor(operator="ANN")


@pytest.fixture
def first(data_folder: Path, tmp_path: Path) -> Iterator[Runner]:
    """A run that the first program works."""
    claim_process()
    file = tmp_path / "three.md"
    file.write_text("- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n", encoding="utf-8")
    journal = Journal.open(data_folder / "live")
    briefing = load(file, find_folders(data_folder), date(2026, 11, 22))
    runner = begin(journal, briefing, Mode.LIVE, ANN, reason="a test")
    assert isinstance(runner, Runner)
    yield runner
    journal.close()


@pytest.fixture
def second(first: Runner, data_folder: Path) -> ReadingDesk:
    """The desk of the second program."""
    desk = open_desk(find_folders(data_folder), "live")
    assert isinstance(desk, ReadingDesk)
    return desk


def test_second_window_shows_the_run(first: Runner, second: ReadingDesk) -> None:
    """The run stands where the first program left it, with the sentence why it is not worked."""
    place = second.take_up(first.state.run)
    assert place.state.current == "a"
    assert place.problem
    assert place.copies == 0


def test_second_window_follows(first: Runner, second: ReadingDesk) -> None:
    """What the first program records appears in the second, once."""
    place = second.take_up(first.state.run)
    assert second.look_again(place) is None
    assert isinstance(first.do(Confirm(step="a"), ANN), Recorded)
    later = second.look_again(place)
    assert later is not None
    assert later.state == first.state


def test_second_window_records_nothing(
    first: Runner, second: ReadingDesk, data_folder: Path
) -> None:
    """An act in the second window is refused with the reason, and nothing is written."""
    before = len(tuple(JournalReader(data_folder / "live").entries(first.state.run)))
    assert isinstance(second.do(first.state.run, Confirm(step="a"), ANN), Refused)
    after = len(tuple(JournalReader(data_folder / "live").entries(first.state.run)))
    assert before == after
