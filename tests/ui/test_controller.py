"""Between window and journal: one command at a time, told only after the journal answered."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from runbook.folders import Folders
from runbook.journal.errors import JournalError
from runbook.run.commands import Confirm, Refused
from runbook.run.entry import Actor
from runbook.run.events import Mode
from runbook.ui.controller import Controller
from runbook.ui.desk import Listing, Place, ReadingDesk, WorkingDesk, open_desk
from tests.fakes import MemoryJournal
from tests.ui.start_rig import folders

HRM = Actor(operator="HRM", role="fac")


class Slow(MemoryJournal):
    """A journal in memory whose disk answers when `gate` is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.problem = ""

    def append(self, *arguments: object) -> object:  # type: ignore[override]
        """Wait for the disk, then record."""
        self.gate.wait(10)
        return super().append(*arguments)  # type: ignore[arg-type]

    def close(self) -> None:
        """Nothing is held."""


class Rig:
    """A controller over a desk whose journal is in memory."""

    def __init__(self, qtbot: QtBot, where: Folders) -> None:
        self.bot, self.where = qtbot, where
        self.journal = Slow()
        desk = WorkingDesk(where, self.journal, was_clean=True)  # type: ignore[arg-type]
        self.control = Controller(lambda _family: desk)

    def start(self) -> Place:
        """Begin a run and wait for it."""
        with self.bot.waitSignal(self.control.opened) as told:
            file = self.where.procedures[0] / "mains.md"
            self.control.start(file, Mode.LIVE, HRM, "", {"fac": "HRM"})
        assert told.args is not None
        place = told.args[0]
        assert isinstance(place, Place)
        return place


@pytest.fixture
def rig(qtbot: QtBot, tmp_path: Path) -> Iterator[Rig]:
    """A controller with a procedure at hand."""
    made = Rig(qtbot, folders(tmp_path))
    yield made
    made.journal.gate.set()
    made.control.close()


def test_a_run_begins_at_its_first_step(rig: Rig) -> None:
    """What is told holds the state and all entries."""
    place = rig.start()
    assert place.state.current == "panel"
    assert len(place.entries) == 2
    assert rig.control.place == place


def test_a_change_is_told_with_everything_recorded(rig: Rig, qtbot: QtBot) -> None:
    """After a command the new state comes with the entries so far."""
    before = rig.start()
    with qtbot.waitSignal(rig.control.changed) as told:
        assert rig.control.submit(Confirm(step="panel"), HRM)
    assert told.args is not None
    assert told.args[0].state.current == "call-lead"
    assert len(told.args[0].entries) > len(before.entries)


def test_a_second_command_is_not_kept_for_later(rig: Rig, qtbot: QtBot) -> None:
    """While one is being written another is turned away, and the wait is told."""
    rig.start()
    rig.journal.gate.clear()
    with qtbot.waitSignal(rig.control.saving) as told:
        assert rig.control.submit(Confirm(step="panel"), HRM)
        assert not rig.control.submit(Confirm(step="call-lead"), HRM)
    assert told.args is not None
    assert told.args[0] > 0.3
    with qtbot.waitSignal(rig.control.changed):
        rig.journal.gate.set()
    assert not rig.control.busy


def test_what_was_not_recorded_is_told_and_nothing_moves(rig: Rig, qtbot: QtBot) -> None:
    """A journal that takes nothing leaves the run where it was."""
    before = rig.start()
    rig.journal.broken = "NOT RECORDED: write it on paper"
    with qtbot.waitSignal(rig.control.not_recorded):
        rig.control.submit(Confirm(step="panel"), HRM)
    assert rig.control.place == before
    assert not rig.control.busy


def test_a_refusal_is_told_with_its_reason(rig: Rig, qtbot: QtBot) -> None:
    """A step that is not there is refused."""
    rig.start()
    with qtbot.waitSignal(rig.control.refused) as told:
        rig.control.submit(Confirm(step="no-such-step"), HRM)
    assert told.args is not None
    assert isinstance(told.args[0], Refused)


def test_a_file_that_is_gone_is_told(rig: Rig, qtbot: QtBot) -> None:
    """A procedure that cannot be read stops the start with a sentence."""
    with qtbot.waitSignal(rig.control.stopped) as told:
        rig.control.start(Path("/nowhere.md"), Mode.LIVE, HRM, "", {})
    assert told.args is not None
    assert "cannot be read" in told.args[0]


def test_a_held_journal_only_lists(tmp_path: Path) -> None:
    """The desk of a journal that another program holds tells so, and knows no other runs."""
    where = folders(tmp_path)
    first = open_desk(where, "live")
    second = open_desk(where, "live")
    assert isinstance(second, ReadingDesk)
    assert isinstance(second.listing(), Listing)
    assert "Another Runbook" in second.listing().problem
    with pytest.raises(JournalError, match="There is no run L-1"):
        second.take_up("L-1")
    first.close()


def test_a_run_is_taken_up_after_a_restart_with_its_gap(tmp_path: Path) -> None:
    """The gap between two programs is recorded once, and the step is the same."""
    where = folders(tmp_path)
    first = open_desk(where, "live")
    begun = first.start(where.procedures[0] / "mains.md", Mode.LIVE, HRM, "", {})
    assert isinstance(begun, Place)
    first.close()
    again = open_desk(where, "live")
    run = begun.state.run
    assert again.listing_with_steps().lines[0].step == "1.1 Read the panel"
    place = again.take_up(run)
    assert place.state.current == begun.state.current
    assert len(place.entries) == len(begun.entries) + 1
    assert again.take_up(run).entries == place.entries
    report = again.report(run, "md")
    assert "# Mains loss" in report.read_text(encoding="utf-8")
    again.close()
