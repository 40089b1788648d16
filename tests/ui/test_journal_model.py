"""The tail of the journal on screen: newest first, corrected entries beside their new words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from runbook.run.commands import Confirm, Correct, Note
from runbook.run.events import Field, Mode
from runbook.ui.journal_model import TAIL, JournalModel, marked_for
from tests.ui.run_driver import Driver
from tests.ui.run_texts import POWER


def test_the_newest_entry_is_on_top(qtbot: QtBot) -> None:
    """Entries come in at the top, each once."""
    driver = Driver(POWER)
    qtbot.addWidget(driver.page)
    model = JournalModel()
    model.show_entries(driver.runner.state, driver.journal.kept)
    driver.do(Confirm(step="declare"))
    with qtbot.waitSignal(model.rowsInserted):
        model.show_entries(driver.runner.state, driver.journal.kept)
    assert [model.row(place).seq for place in range(3)] == [3, 2, 1]
    assert "1.1" in model.row(0).text


def test_a_corrected_entry_keeps_its_words(qtbot: QtBot) -> None:
    """The old words stay, the new ones and the reason stand beside them."""
    driver = Driver(POWER)
    qtbot.addWidget(driver.page)
    driver.do(Note(text="room 24"))
    driver.do(Correct(target=3, field=Field.TEXT, new="room 42", reason="typed wrong"))
    model = JournalModel()
    model.show_entries(driver.runner.state, driver.journal.kept)
    place = model.place_of(3)
    assert place is not None
    spoken = str(model.index(place).data(Qt.ItemDataRole.AccessibleTextRole))
    assert "room 24" in spoken
    assert "Corrected: room 42 (typed wrong)" in spoken


def test_the_tail_is_bounded(qtbot: QtBot) -> None:
    """A long run keeps the newest entries on screen, and no more."""
    driver = Driver(POWER)
    qtbot.addWidget(driver.page)
    for number in range(TAIL + 20):
        driver.do(Note(text=f"note {number}"))
    model = JournalModel()
    model.show_entries(driver.runner.state, driver.journal.kept)
    driver.do(Note(text="the last"))
    model.show_entries(driver.runner.state, driver.journal.kept)
    assert model.rowCount() == TAIL
    assert "the last" in model.row(0).text


def test_only_a_drill_marks_what_is_copied() -> None:
    """The mark is a comment of the language, so the command stays what it is."""
    assert marked_for(Mode.LIVE, "sql", "select 1") == "select 1"
    assert marked_for(Mode.DRILL, "sql", "select 1").startswith("-- ØVELSE")
    assert marked_for(Mode.DRILL, "", "ls").endswith("\nls")
