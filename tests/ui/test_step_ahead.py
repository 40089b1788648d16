"""The picture of the coming step is shown at once, looks like the step, and gives way to it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from runbook.run.commands import Confirm
from runbook.run.events import Status
from runbook.ui.run_middle import RunMiddle
from runbook.ui.step_ahead import StepAhead
from tests.ui.run_texts import POWER, many
from tests.ui.run_window import Key, Window


@pytest.fixture(params=[many(5), POWER], ids=["plain", "power"])
def window(qtbot: QtBot, request: pytest.FixtureRequest) -> Window:
    """A run of several steps, with the next one drawn ahead."""
    window = Window(qtbot, request.param)
    qtbot.waitUntil(lambda: ahead(window).is_drawn)
    return window


def ahead(window: Window) -> StepAhead:
    """The picture over the step."""
    found = window.child("step_ahead")
    assert isinstance(found, StepAhead)
    return found


def looks(window: Window) -> QImage:
    """The middle of the page as it is painted now."""
    return window.child("run_middle").grab().toImage()


def confirm(window: Window) -> None:
    """Confirm the step in hand by the rules and show what was recorded, without a turn of Qt."""
    driver = window.driver
    driver.do(Confirm(step=driver.runner.state.current or ""))
    assert driver.runner.state.current_since is not None
    driver.journal.at = driver.runner.state.current_since
    driver.page.show_state(driver.runner.state, tuple(driver.journal.kept))


def test_the_picture_stands_at_once_and_gives_way(window: Window, qtbot: QtBot) -> None:
    """What was foreseen is shown by its picture; then the step itself stands there, alike."""
    confirm(window)
    assert ahead(window).is_laid_over
    picture = looks(window)
    qtbot.waitUntil(lambda: not ahead(window).is_laid_over)
    assert window.shown("step_number") == "1.2"
    qtbot.waitUntil(lambda: picture == looks(window))


def test_another_size_has_no_picture(window: Window) -> None:
    """A picture drawn for another size of the window is not used."""
    window.driver.page.resize(1100, 700)
    confirm(window)
    assert not ahead(window).is_laid_over
    assert window.shown("step_number") == "1.2"


def test_a_key_acts_on_the_step_and_not_on_the_picture(window: Window) -> None:
    """A key that comes while the picture stands finds the real step, and its guard."""
    confirm(window)
    middle = window.child("run_middle")
    assert isinstance(middle, RunMiddle)
    window.press_at_once(Key.Key_Return)
    state = window.driver.runner.state
    assert not middle.is_picture
    assert state.status_of(state.current or "") is Status.OPEN
    assert window.shown("step_number") == "1.2"
