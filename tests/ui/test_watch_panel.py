"""Waits, watches and deadlines in the window: by keys alone, counting down, never in the way."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from runbook.run.commands import Confirm
from runbook.run.commands_time import Arm, EndWatch
from runbook.run.events import Status
from runbook.ui import theme
from runbook.ui.alert_strip import AlertStrip
from runbook.ui.tokens import DARK_LARGE
from tests.ui.run_driver import Driver
from tests.ui.run_window import Key, Window

TEXT = """# Times

## 1 Lost
- [ ] Look <!-- id: look -->
- [ ] Every 2 min: read the inlet <!-- id: inlet -->
  - Record: temp = inlet, °C, 10 to 60
  - When: temp >= 30: go to [Shed](#shed)
  - When: a machine is silent: tell the lead
  - Until: the inlet is below 24
  - If missed: read it now
- [ ] Wait 15 min: the mains must stay <!-- id: stable -->
- [ ] Call the vendor <!-- id: vendor -->
  - Within: 10 min of look
  - If missed: go to [Shed](#shed)
- [ ] Open every board <!-- id: boards -->
  - Record: board = board, text
  - Repeat: once for each board
  - Stop when: the last one is open

## Shed (only on request) <!-- id: shed -->
- [ ] Switch off <!-- id: off -->
"""


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    """A run whose watch is armed, at the wait."""
    made = Window(qtbot, TEXT)
    made.press(Key.Key_Return, Key.Key_Return, Key.Key_Home)
    return made


def figures(window: Window) -> dict[str, str]:
    """What every timer shows, by the step it is about."""
    now = window.driver.journal.now()
    return {row.timer.step: row.figures(now) for row in window.driver.page.side.watch.rows}


def tick(window: Window, **time: float) -> None:
    """Let time pass, as the page's own timer does."""
    window.driver.journal.wait(**time)
    window.driver.page.tick()


def alert(window: Window) -> str:
    """The words of the strip."""
    return window.shown("alert_strip")


def test_enter_arms_a_watch_and_goes_on(window: Window) -> None:
    """One press; the next step is in hand, and the side counts down."""
    assert window.driver.kinds[-1] == "WatchArmed"
    assert window.shown("step_number") == "1.3"
    assert figures(window)["inlet"].startswith("1:5")


def test_enter_begins_a_wait_and_confirms_it_when_it_is_over(window: Window) -> None:
    """Too early it asks why; when it is over Enter is enough."""
    window.press(Key.Key_Return)
    assert "Waiting until" in window.shown("step_waits")
    window.press(Key.Key_Return)
    assert window.focus.objectName() == "form_deviation"
    window.press(Key.Key_Escape)
    tick(window, minutes=15)
    window.press(Key.Key_Return)
    assert window.driver.runner.state.status_of("stable") is Status.DONE


def test_w_goes_to_the_timers_and_enter_asks_for_the_reading(window: Window) -> None:
    """W, Enter, the value, Enter: the look is recorded, and the step has the keys again."""
    window.press(Key.Key_W)
    assert window.focus.objectName() == "timers"
    window.press(Key.Key_Return)
    assert window.focus.objectName() == "form_reading_temp"
    window.write("24.5")
    assert window.driver.kinds[-2:] == ["ReadingTaken", "WatchChecked"]
    assert window.shown("step_number") == "1.3"
    window.press(Key.Key_Home)
    (row,) = [r for r in window.driver.page.side.watch.rows if r.timer.step == "inlet"]
    assert "24.5 °C" in row.detail


def test_a_condition_that_is_met_is_offered_and_confirmed_by_t(window: Window) -> None:
    """The strip tells it; T and Enter go there, and the step comes back after it."""
    window.press(Key.Key_W, Key.Key_Return)
    window.write("31")
    window.press(Key.Key_Home)
    assert "TRIGGERED?" in alert(window)
    window.press(Key.Key_W, Key.Key_T)
    assert window.focus.objectName() == "form_when"
    window.press(Key.Key_Return)
    assert window.driver.runner.state.current == "off"
    window.press(Key.Key_Home)
    assert alert(window) == "" or "TRIGGERED" not in alert(window)
    window.press(Key.Key_Return)
    assert window.driver.runner.state.current == "stable"


def test_a_watch_is_ended_by_e_with_what_was_seen(window: Window) -> None:
    """The list is empty of it, and the step is done."""
    window.press(Key.Key_W, Key.Key_E)
    window.write("22 degrees")
    window.press(Key.Key_Home)
    assert window.driver.runner.state.status_of("inlet") is Status.DONE
    assert "inlet" not in figures(window)


def test_what_is_overdue_is_told_in_words_and_colour(window: Window) -> None:
    """The row and the strip say by how much and what to do; the step does not move."""
    action = window.child("step_text")
    before = action.mapTo(window.driver.page, action.rect().topLeft())
    tick(window, minutes=4)
    assert "OVERDUE" in figures(window)["inlet"]
    assert "If missed: read it now" in alert(window)
    assert window.child("alert_strip").property("tone") == "bad"
    assert action.mapTo(window.driver.page, action.rect().topLeft()) == before


def test_ten_alerts_are_one_line_with_their_number(qtbot: QtBot) -> None:
    """The strip stays as high as it was, and the list scrolls."""
    steps = "".join(f"- [ ] Every 2 min: look at {n} <!-- id: w{n} -->\n" for n in range(10))
    window = Window(qtbot, f"# Many\n\n## All\n{steps}- [ ] Go on <!-- id: go -->\n")
    for number in range(10):
        window.driver.do(Arm(step=f"w{number}"))
    window.driver.show()
    window.press(Key.Key_Home)
    high = window.child("alert_strip").height()
    tick(window, minutes=5)
    assert alert(window).startswith("10 alerts")
    assert window.child("alert_strip").height() == high
    assert window.child("timers").height() < window.driver.page.height() // 3


def test_a_step_waits_for_somebody_and_is_taken_back(window: Window) -> None:
    """H asks for whom and until when; then Enter asks what came."""
    window.driver.do(Confirm(step="stable", deviation="it is"))
    window.driver.show()
    window.press(Key.Key_H)
    window.type("the vendor")
    window.press(Key.Key_Return)
    window.write("20 min")
    assert "Waiting for the vendor" in window.shown("step_waits")
    window.press(Key.Key_Return)
    window.write("they come")
    assert window.driver.kinds[-1] == "OutsideWaitEnded"


def test_a_missed_time_is_left_by_l(window: Window) -> None:
    """Before it is over L says so; after it, L goes there."""
    window.driver.do(Confirm(step="stable", deviation="it is"))
    window.driver.show()
    window.press(Key.Key_L)
    assert "not overdue" in window.shown("problem")
    tick(window, minutes=12)
    window.press(Key.Key_L)
    assert window.driver.runner.state.current == "off"


def test_repetitions_are_logged_by_plus(window: Window) -> None:
    """Each with its value; the step counts them."""
    for step in ("stable", "vendor"):
        window.driver.do(Confirm(step=step, deviation="it is"))
    window.driver.show()
    for board in ("A1", "A2"):
        window.press(Key.Key_Plus)
        window.write(board)
    assert window.driver.kinds.count("RepetitionLogged") == 2
    assert "Done 2 times" in window.shown("step_waits")


def test_nothing_is_laid_out_anew_while_time_passes(window: Window) -> None:
    """From one second to the next the list keeps its size."""
    high = window.child("timers").height()
    tick(window, seconds=1)
    tick(window, seconds=1)
    assert window.child("timers").height() == high
    assert not [x for x in window.driver.page.findChildren(QLabel, "problem") if x.text()]


def test_what_is_due_in_another_run_is_told_with_its_title(window: Window) -> None:
    """The strip names the run, wherever the person is working."""
    other = Driver(TEXT)
    other.do(Confirm(step="look"))
    other.do(Arm(step="inlet"))
    window.driver.do(EndWatch(step="inlet", observation="cool"))
    window.driver.show()
    tick(window, minutes=4)
    words, tone = window.driver.page.show_elsewhere([other.runner.state])
    assert "Times: 1.2 Every 2 min" in words
    assert tone == "bad"


def test_what_becomes_due_is_told_once(window: Window, qtbot: QtBot) -> None:
    """A second later it is no news."""
    strip = window.child("alert_strip")
    assert isinstance(strip, AlertStrip)
    with qtbot.waitSignal(strip.became_due):
        tick(window, minutes=4)
    with qtbot.assertNotEmitted(strip.became_due):
        tick(window, seconds=1)


def test_a_watch_that_is_armed_is_an_item_at_the_end(window: Window) -> None:
    """The page of the end says how it ends; W and E do it from there."""
    for step in ("stable", "vendor", "boards"):
        window.driver.do(Confirm(step=step, deviation="it is"))
    window.driver.show()
    assert "W and E end it" in window.shown("end_words")
    window.press(Key.Key_Home, Key.Key_W, Key.Key_E)
    window.write("cool")
    assert window.driver.runner.state.open_items() == ()


def test_large_type_has_its_room(window: Window, dressed: QApplication) -> None:
    """The strip and the list grow with the look."""
    strip, timers = window.child("alert_strip").height(), window.child("timers").height()
    theme.apply(dressed, DARK_LARGE)
    assert window.child("alert_strip").height() > strip
    assert window.child("timers").height() > timers
