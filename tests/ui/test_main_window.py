"""The window as a whole: from what is seen to a run, and back to it after the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.operators import Operators
from runbook.run.entry import Assurance
from tests.ui.start_rig import WindowRig, folders


@pytest.fixture
def rig(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[WindowRig]:
    """A window with procedures and an empty journal."""
    made = WindowRig(qtbot, dressed, folders(tmp_path))
    yield made
    made.close()


def test_the_cursor_stands_in_the_search_field(rig: WindowRig) -> None:
    """One can type what one sees at once."""
    assert rig.window.focusWidget() is rig.field("search_field")


def test_from_a_symptom_to_the_first_step(rig: WindowRig) -> None:
    """Typing what is seen, starting, typing the word: the first step stands in the band."""
    rig.brief("on batt", "Mains loss")
    rig.start("start_live", "LIVE")
    assert rig.text("band_mode") == "LIVE INCIDENT"
    assert "1.1 Read the panel" in rig.text("band_step")
    assert "Confirm" in rig.text("band_section")
    assert rig.text("band_revision").endswith("7")
    assert rig.window.windowTitle().startswith("LIVE INCIDENT")


def test_the_wrong_word_starts_nothing(rig: WindowRig) -> None:
    """A run begins only with the word of its mode."""
    rig.brief("on batt", "Mains loss")
    rig.click("start_live")
    rig.type("start_word", "LIFE")
    rig.press("start_word", Qt.Key.Key_Return)
    assert "LIVE" in rig.text("start_problem")
    assert not rig.widget("mode_band").isVisible()


def test_what_speaks_against_a_start_asks_for_a_reason(rig: WindowRig) -> None:
    """An unapproved file starts with a reason only, and the reason is asked for first."""
    rig.brief("room", "Room hot")
    rig.click("start_drill")
    assert rig.text("start_obstacles")
    rig.type("start_word", "DRILL")
    rig.press("start_word", Qt.Key.Key_Return)
    assert rig.text("start_problem")
    rig.press("start_word", Qt.Key.Key_Escape)
    rig.start("start_drill", "DRILL", reason="nothing better is at hand")
    assert rig.text("band_mode").startswith("ØVELSE ØVELSE ØVELSE")


def test_an_open_run_is_offered_first_after_a_restart(rig: WindowRig) -> None:
    """Closed and opened again, Enter in the empty search field goes on at the same step."""
    rig.brief("on batt", "Mains loss")
    rig.start("start_live", "LIVE")
    rig.close()
    rig.open()
    rig.until(lambda: "1.1 Read the panel" in rig.text("open_run_words"))
    rig.press("search_field", Qt.Key.Key_Return)
    rig.until(lambda: rig.widget("mode_band").isVisible())
    assert "1.1 Read the panel" in rig.text("band_step")


def test_a_drill_is_kept_apart_from_live_runs(rig: WindowRig, tmp_path: Path) -> None:
    """A drill opens the drill journal and leaves the live one without a run."""
    rig.brief("on batt", "Mains loss")
    rig.start("start_drill", "DRILL")
    rig.close()
    live, drill = (Journal.open(tmp_path / "data" / name) for name in ("live", "drill"))
    assert [len(live.runs()), len(drill.runs())] == [0, 1]
    for journal in (live, drill):
        journal.close()


def test_nothing_found_leaves_nothing_to_start(rig: WindowRig) -> None:
    """The briefing of an earlier find goes away, so that it is not started by mistake."""
    rig.brief("on batt", "Mains loss")
    rig.type("search_field", "zzzz")
    assert "zzzz" in rig.text("search_hint")
    assert not rig.widget("start_live").isVisible()


def test_help_opens_in_the_window_and_goes_away(rig: WindowRig) -> None:
    """F1 shows the offline pages, Escape goes back to the search field."""
    rig.click("status_help")
    assert rig.widget("help_page").isVisible()
    rig.press("help_search", Qt.Key.Key_Escape)
    assert not rig.widget("help_page").isVisible()
    assert rig.window.focusWidget() is rig.field("search_field")


def test_a_held_journal_is_told_and_its_runs_are_listed(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    """While another program records, the window says so and refuses to start."""
    where = folders(tmp_path)
    other = Journal.open(where.data / "live")
    rig = WindowRig(qtbot, dressed, where)
    assert "Another Runbook" in rig.text("status_saved")
    rig.brief("on batt", "Mains loss")
    rig.click("start_live")
    rig.type("start_word", "LIVE")
    rig.type("start_operator", "HRM")
    rig.press("start_operator", Qt.Key.Key_Return)
    rig.until(lambda: "Another Runbook" in rig.text("start_problem"))
    rig.close()
    other.close()


def test_a_procedure_edited_meanwhile_is_told_in_the_band(rig: WindowRig, tmp_path: Path) -> None:
    """The run keeps its text; that the file is another by now stands beside the revision."""
    rig.brief("on batt", "Mains loss")
    rig.start("start_live", "LIVE")
    rig.until(lambda: rig.text("band_revision") == "Revision 7")
    file = next(tmp_path.rglob("mains.md"))
    file.write_text(file.read_text(encoding="utf-8") + "- [ ] One more\n", encoding="utf-8")
    rig.until(lambda: "the file has changed since" in rig.text("band_revision"))
    assert rig.text("step_text") == "Read the panel"


def test_the_sheet_for_a_handover_is_saved(rig: WindowRig, tmp_path: Path) -> None:
    """Ctrl+H shows it, S writes it beside the reports."""
    rig.brief("on batt", "Mains loss")
    rig.start("start_live", "LIVE")
    rig.click("run_handover")
    assert "Read the panel" in rig.text("handover_sheet")
    rig.click("handover_sheet")
    rig.until(lambda: "-handover-" in rig.text("status_saved"))
    (sheet,) = (tmp_path / "data" / "reports").glob("*-handover-*.html")
    assert "Read the panel" in sheet.read_text(encoding="utf-8")


def test_who_goes_on_with_a_run_proves_it(rig: WindowRig, tmp_path: Path) -> None:
    """Whoever has a PIN is asked for it; the entry says that it was given."""
    rig.brief("on batt", "Mains loss")
    rig.start("start_live", "LIVE")
    rig.close()
    people = Operators(tmp_path / "data")
    people.add("HRM")
    people.set_pin("HRM", "kvist")
    rig.open()
    rig.until(lambda: "1.1" in rig.text("open_run_words"))
    rig.press("search_field", Qt.Key.Key_Return)
    rig.until(lambda: rig.window.findChild(QLineEdit, "form_pin") is not None)
    rig.type("form_pin", "kvist")
    rig.press("form_pin", Qt.Key.Key_Return)
    rig.until(lambda: "of the journal" in rig.text("saved_line"))
    rig.close()
    reader = JournalReader(tmp_path / "data" / "live")
    last = reader.entries(reader.runs()[0].run)[-1]
    assert (last.actor.operator, last.actor.assurance) == ("HRM", Assurance.PIN)
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert not [path for path in files if b"kvist" in path.read_bytes()]
