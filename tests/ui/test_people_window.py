"""People in the window: who sits here, by keys alone, with a PIN where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from runbook.operators import Operators
from runbook.run.entry import Assurance
from runbook.run.events_people import PersonAtKeyboard
from tests.ui.run_window import Key, Window


@pytest.fixture
def people(tmp_path: Path) -> Operators:
    """BO with a PIN, CY without."""
    found = Operators(tmp_path)
    found.add("BO", "Bo Holm")
    found.add("CY")
    found.set_pin("BO", "kvist")
    return found


@pytest.fixture
def window(qtbot: QtBot, people: Operators) -> Window:
    """A run on screen, owned by HRM."""
    window = Window(qtbot)
    window.driver.people = people
    return window


def test_another_person_sits_down(window: Window) -> None:
    """U, initials, Enter; the next act is under that name."""
    window.press(Key.Key_U)
    window.write("cy")
    event = window.driver.last
    assert isinstance(event, PersonAtKeyboard)
    assert (event.person, event.was) == ("CY", "HRM")
    window.press(Key.Key_N)
    window.write("here I am")
    assert window.driver.journal.kept[-1].actor.operator == "CY"


def test_a_pin_is_asked_where_there_is_one(window: Window) -> None:
    """Typed without being shown; a wrong one leaves everybody where he was."""
    window.press(Key.Key_U)
    window.write("BO")
    assert "PIN" in window.shown("form_explain")
    window.write("wrong")
    assert "not the PIN" in window.shown("form_explain")
    assert window.driver.runner.state.at_keyboard == "HRM"
    window.write("kvist")
    assert window.driver.journal.kept[-1].actor.assurance is Assurance.PIN
    assert window.driver.runner.state.at_keyboard == "BO"


def test_after_wrong_tries_one_goes_on_as_stated(window: Window) -> None:
    """Nobody is locked out, and the record says so."""
    window.press(Key.Key_U)
    window.write("BO")
    for _ in range(3):
        window.driver.journal.wait(seconds=40)
        window.write("wrong")
    window.press(Key.Key_Return)
    event = window.driver.last
    assert isinstance(event, PersonAtKeyboard)
    assert "only stated" in event.despite
