"""Looking around a run, coming back to it, mending what was written, and ending it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QTextBrowser, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from runbook.run.commands import Choose, Confirm, Fail, Note, Read, Skip, Take, TakeAlternative
from runbook.run.events import EntryCorrected, NoteAbout, NoteAdded, RunStatus, Status
from tests.ui.run_texts import TWO, many
from tests.ui.run_window import Key, Window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    """The power procedure, started."""
    return Window(qtbot)


def test_looking_records_nothing_and_home_returns(window: Window) -> None:
    """However far one looks, no entry is written; Home is the step in hand."""
    before = len(window.driver.kinds)
    window.press(*[Key.Key_PageDown] * 4)
    assert window.shown("step_number") == "3.1"
    assert "1.1" in window.shown("looking_bar")
    window.press(Key.Key_PageUp)
    window.press(Key.Key_Down, alt=True)
    window.press(Key.Key_Home)
    assert window.shown("step_number") == "1.1"
    assert window.shown("looking_bar") == ""
    assert len(window.driver.kinds) == before


def test_enter_while_looking_settles_nothing(window: Window) -> None:
    """Only the step in hand can be confirmed."""
    window.press(Key.Key_PageDown, Key.Key_PageDown, Key.Key_Return, Key.Key_1)
    assert window.driver.kinds[-1] == "RunStarted"


def test_find_narrows_the_outline_and_enter_looks_there(window: Window) -> None:
    """A slash, some words, Enter: the step found is in the middle."""
    window.press(Key.Key_Slash)
    window.write("hospital")
    assert window.shown("step_number") == "3.2"
    outline = window.driver.page.findChild(QTreeView, "outline")
    assert outline is not None
    model = outline.model()
    assert outline.isRowHidden(1, model.index(-1, -1).parent())
    window.press(Key.Key_Home)
    assert not outline.isRowHidden(1, model.index(-1, -1).parent())


def test_a_later_step_is_taken_after_a_word_on_what_it_passes(window: Window) -> None:
    """T tells which steps stay open, Enter takes it all the same."""
    window.press(Key.Key_PageDown, Key.Key_T)
    assert "1.1" in window.shown("form_explain")
    window.press(Key.Key_Return)
    assert window.driver.runner.state.current == "ups"


def test_a_settled_step_is_reopened_with_a_reason(window: Window) -> None:
    """O while looking at it; it becomes the step in hand."""
    window.press(Key.Key_Return, Key.Key_PageUp, Key.Key_O)
    window.write("the time was wrong")
    assert window.driver.runner.state.current == "declare"
    assert window.shown("step_number") == "1.1"


def test_a_decision_is_changed_with_a_reason(window: Window) -> None:
    """Its options stay; another one asks why."""
    driver = window.driver
    for command in (
        Confirm(step="declare"),
        Read(step="ups", name="ups_runtime", typed="43"),
        Confirm(step="ups"),
        Choose(step="genset", option=1),
    ):
        driver.do(command)
    driver.show()
    window.press(Key.Key_PageUp, Key.Key_1)
    window.write("it does run")
    assert driver.kinds[-1] == "OptionChanged"
    assert driver.runner.state.status_of("crank") is Status.NOT_APPLICABLE


def test_a_note_takes_two_keys_and_its_kind_from_the_first_word(window: Window) -> None:
    """N and the words; `Call:` in front makes it a call."""
    window.press(Key.Key_N)
    window.write("Call: grid company says 25 minutes")
    note = window.driver.last
    assert isinstance(note, NoteAdded)
    assert (note.about, note.text) == (NoteAbout.CALL, "grid company says 25 minutes")


def test_an_entry_is_corrected_and_stays_readable(window: Window) -> None:
    """Ctrl+Z, Enter, the new words: the old ones are struck beside them."""
    window.driver.do(Note(text="room 24 degrees"))
    window.driver.show()
    window.press(Key.Key_Z, ctrl=True)
    window.press(Key.Key_Return)
    window.write("room 42 degrees")
    window.write("typed wrong")
    corrected = window.driver.last
    assert isinstance(corrected, EntryCorrected)
    assert (corrected.old, corrected.new) == ("room 24 degrees", "room 42 degrees")


def test_the_card_after_a_gap_says_where_the_run_stood(window: Window) -> None:
    """Last confirmed, current step; Esc closes it and the step is seen all the while."""
    window.press(Key.Key_Return)
    window.driver.journal.wait(minutes=12)
    window.driver.runner.note_gap(clean=False)
    window.driver.show()
    card = window.shown("where_card")
    assert "Confirmed last: 1.1" in card
    assert "You are at 1.2" in card
    assert window.shown("step_text") == "Read the UPS runtime"
    window.press(Key.Key_Escape)
    assert window.shown("where_card") == ""


def test_a_paused_run_only_resumes(window: Window) -> None:
    """P with a reason; nothing can be confirmed; P goes on."""
    window.press(Key.Key_P)
    window.write("waiting for the lead")
    window.press(Key.Key_Return)
    assert window.driver.kinds[-1] == "RunPaused"
    window.press(Key.Key_P)
    assert window.driver.kinds[-1] == "RunResumed"


def test_a_run_ends_with_a_decision_on_every_open_step(qtbot: QtBot) -> None:
    """Deferred steps are listed; each needs an owner and a reason; then complete, then close."""
    window = Window(qtbot, TWO)
    window.press(Key.Key_D)
    window.write("after the run")
    window.write("no time now")
    window.press(Key.Key_Return)
    assert window.shown("end_title") == "No step is left"
    window.press(Key.Key_Return)
    window.write("by KLA on Monday")
    window.press(Key.Key_Return)
    state = window.driver.runner.state
    assert state.status is RunStatus.COMPLETE_OPEN
    assert [item.owner for item in state.items] == ["HRM"]
    window.press(Key.Key_Return)
    window.write("KLA")
    assert window.driver.runner.state.status is RunStatus.CLOSED


def test_a_form_names_the_keys_that_save_and_leave_it(window: Window) -> None:
    """The buttons of every question have room for their words."""
    for key in (Key.Key_S, Key.Key_N, Key.Key_F):
        window.press(key)
        for name in ("form_save", "form_cancel"):
            button = window.driver.page.middle.form.findChild(QPushButton, name)
            assert button is not None
            assert button.width() >= button.sizeHint().width() > 60
        window.press(Key.Key_Escape)


def test_one_decision_serves_all_open_steps(qtbot: QtBot) -> None:
    """After the first owner and reason, A gives the same to all others; then the run may end."""
    window = Window(qtbot, many(30))
    window.press(Key.Key_E, Key.Key_Return)
    window.write("not needed for the goal")
    window.press(Key.Key_A, Key.Key_Return)
    state = window.driver.runner.state
    assert state.status is RunStatus.COMPLETE_OPEN
    assert len(state.items) == 30
    assert {item.reason for item in state.items} == {"not needed for the goal"}


def test_the_step_in_hand_is_in_sight_in_the_outline(qtbot: QtBot) -> None:
    """Also right after the run opens, and when the window becomes smaller."""
    window = Window(qtbot, many(200))
    window.driver.do(Take(step="s120"))
    window.driver.show()
    outline = window.driver.page.findChild(QTreeView, "outline")
    assert outline is not None
    qtbot.waitUntil(lambda: outline.viewport().rect().intersects(_marked(outline)))
    window.driver.page.resize(1000, 420)
    qtbot.waitUntil(lambda: outline.viewport().rect().contains(_marked(outline)))


def _marked(outline: QTreeView) -> QRect:
    return outline.visualRect(outline.currentIndex())


def test_a_run_is_aborted_into_a_safe_state(qtbot: QtBot) -> None:
    """B, the word and a reason; without a way back the end asks for the safe state."""
    window = Window(qtbot, TWO)
    window.press(Key.Key_B)
    window.write("abort")
    window.write("mains are back")
    assert window.driver.runner.state.status is RunStatus.ABORTING
    while window.driver.runner.state.status is RunStatus.ABORTING:
        before = window.focus
        window.press(Key.Key_Return)
        assert window.focus is not before or window.driver.runner.state.ended
        window.write("everything is on")
    assert window.driver.runner.state.status is RunStatus.ABORTED


def test_letters_typed_by_mistake_abort_nothing(qtbot: QtBot) -> None:
    """Words meant for a reading open the question at most; Enter does not answer it."""
    window = Window(qtbot, TWO)
    for key in (Key.Key_A, Key.Key_B, Key.Key_C, Key.Key_Return, Key.Key_Return):
        window.press(key)
    assert window.driver.runner.state.status is RunStatus.RUNNING
    assert "ABORT" in window.shown("form_missing")


def test_who_comes_back_from_another_window_is_told_where_the_run_stands(qtbot: QtBot) -> None:
    """After two minutes without the keyboard, not after a glance elsewhere."""
    window = Window(qtbot, TWO)
    window.press(Key.Key_Return)
    _turn_away(window, qtbot, timedelta(minutes=1))
    assert window.shown("where_card") == ""
    _turn_away(window, qtbot, timedelta(minutes=3))
    assert "another window for 3 min" in window.shown("where_card")
    assert "Confirmed last: 1 Do this" in window.shown("where_card")
    assert "You are at 2 Do that." in window.shown("where_card")


def _turn_away(window: Window, qtbot: QtBot, gone: timedelta) -> None:
    """Work in another window for so long."""
    page, other = window.driver.page, QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    window.driver.journal.at += gone
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    other.close()


def test_a_link_shows_its_address_and_opens_nothing(window: Window) -> None:
    """Addresses outside the procedure are told, never followed."""
    window.driver.page.look_at("crank")
    details = window.driver.page.findChild(QTextBrowser, "step_details")
    assert details is not None
    details.anchorClicked.emit("https://example.org/card")
    assert "https://example.org/card" in window.shown("problem")


def test_text_loads_no_files(window: Window) -> None:
    """Whatever an address names, a placeholder comes back."""
    window.driver.page.look_at("crank")
    details = window.driver.page.findChild(QTextBrowser, "step_details")
    assert details is not None
    assert details.loadResource(2, "/etc/passwd") is not None
    assert details.loadResource(1, "/etc/passwd") == b""


def test_alternatives_and_skips_are_told_in_the_outline(window: Window, qtbot: QtBot) -> None:
    """Every line of the outline has its status as a word."""
    driver = window.driver
    driver.do(Skip(step="declare", reason="done by others"))
    driver.do(Fail(step="ups", observation="dark"))
    driver.do(TakeAlternative(step="ups"))
    driver.show()
    outline = driver.page.findChild(QTreeView, "outline")
    assert outline is not None
    model = outline.model()
    role = Qt.ItemDataRole.AccessibleTextRole

    def told(*words: str) -> bool:
        spoken = [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]
        return any(all(word in line for word in words) for line in spoken)

    qtbot.waitUntil(lambda: told("1.1 Declare", "skipped"))
    assert told("1.2 Read", "failed")
    assert told("2.1 Crank", "not applicable")
    assert told("Current step", "3.1 Stop")


def test_a_run_with_one_step_and_with_many_has_its_acts_in_sight(qtbot: QtBot) -> None:
    """The acts lie within the window however long the outline is."""
    for text in (TWO, many(500)):
        window = Window(qtbot, text)
        button = window.button("act_done")
        corner = button.mapTo(window.driver.page, button.rect().bottomRight())
        assert window.driver.page.rect().contains(corner)


def test_the_clipboard_is_left_alone_where_there_is_nothing_to_copy(window: Window) -> None:
    """Ctrl+C at a step without commands changes nothing."""
    QGuiApplication.clipboard().setText("mine")
    window.press(Key.Key_C, ctrl=True)
    assert QGuiApplication.clipboard().text() == "mine"
