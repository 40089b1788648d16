"""Hold points, second persons and typed targets on screen, by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from runbook.run.commands import Confirm, Read
from runbook.run.commands_check import AskDecision
from runbook.run.entry import Assurance
from runbook.run.events import Status
from tests.ui.run_window import Key, Window

Open = Callable[[str], Window]

TOGETHER = """# Move

- [ ] Open the breaker (two-person) <!-- id: open -->
  - Expect: the handle is down
- [ ] Next <!-- id: next -->
"""
APART = """# Move

- [ ] Set the valve (two-person separately) <!-- id: valve -->
- [ ] Next <!-- id: next -->
- [ ] Last <!-- id: last -->
"""
TARGET = """---
values: {volume: vol-07}
---
# Erase

- [ ] Erase the volume <!-- id: erase -->
  - Type: {{volume}}
- [ ] Next <!-- id: next -->
"""
HOLD = """---
roles: {exec: Executive on call, lead: Incident lead}
---
# Move

- [ ] Read the panel <!-- id: panel -->
  - Record: runtime = UPS runtime, min, 0 to 240, from the panel
- [ ] Hold: move it (Executive on call) <!-- id: hold -->
  - Go when: runtime >= 14
  - No-go: go to [Last](#last)
  - Deputy after 3m: lead
- [ ] Move <!-- id: move -->
- [ ] Last <!-- id: last -->
"""


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    """Opens a run on screen."""
    return lambda text: Window(qtbot, text)


def lines(window: Window) -> list[str]:
    """What the step is held to, as it is read."""
    found = window.driver.page.findChildren(QLabel, "check_line")
    return [label.text() for label in found if label.isVisible()]


def status(window: Window, step: str) -> Status:
    """What a step is."""
    return window.driver.runner.state.status_of(step)


def test_done_asks_for_the_second_person_at_once(opened: Open) -> None:
    """Enter, initials, Enter: two have confirmed it, and the next step stands there."""
    window = opened(TOGETHER)
    window.press(Key.Key_Return)
    assert status(window, "open") is Status.VERIFY
    assert window.focus.objectName() == "form_person"
    window.write("BO")
    assert window.driver.kinds[-2:] == ["StepSubmitted", "StepSignedOff"]
    assert window.driver.journal.kept[-1].actor.operator == "BO"
    assert window.shown("step_number") == "2"
    assert "confirmed by BO" in window.shown("step_before")


def test_the_same_person_is_refused_and_what_was_typed_stays(opened: Open) -> None:
    """The form says why, and nothing is recorded."""
    window = opened(TOGETHER)
    window.press(Key.Key_Return)
    window.write("hrm")
    assert window.driver.kinds[-1] == "StepSubmitted"
    assert "cannot confirm it too" in window.shown("form_missing")


def test_esc_leaves_the_step_to_be_verified(opened: Open) -> None:
    """V asks again; F sends it back with what was seen; ! goes on without."""
    window = opened(TOGETHER)
    window.press(Key.Key_Return, Key.Key_Escape)
    assert "says it is done" in lines(window)[0]
    window.press(Key.Key_Return)
    assert window.driver.kinds[-1] == "StepSubmitted"
    window.press(Key.Key_F)
    window.write("BO")
    window.write("half way")
    assert window.driver.kinds[-1] == "StepDisagreed"
    assert lines(window) == ["Not confirmed: half way"]
    window.press(Key.Key_Return, Key.Key_Escape, Key.Key_Exclam)
    window.write("nobody else is here")
    assert window.driver.kinds[-1] == "StepAcceptedUnverified"
    assert "UNVERIFIED" in window.shown("step_before")


def test_a_read_back_on_the_phone_is_recorded_as_such(opened: Open) -> None:
    """What was read back makes it a confirmation by phone, typed by who sits here."""
    window = opened(TOGETHER)
    window.press(Key.Key_Return)
    window.type("BO")
    window.press(Key.Key_Tab)
    for _ in range(9):
        if window.focus.objectName() == "form_saw":
            break
        window.press(Key.Key_Tab)
    window.write("handle down")
    assert window.driver.journal.kept[-1].actor.assurance is Assurance.PHONE
    assert window.driver.runner.state.record("open").last.typed_by == "HRM"


def test_separately_the_others_go_on_and_v_opens_it(opened: Open) -> None:
    """The waiting step is listed at the side; V shows it and asks who looked."""
    window = opened(APART)
    window.press(Key.Key_Return)
    assert window.shown("step_number") == "2"
    window.press(Key.Key_Home)
    assert "Set the valve" in window.shown("open_items_line")
    window.press(Key.Key_V)
    assert window.shown("step_number") == "1"
    window.write("BO")
    assert status(window, "valve") is Status.DONE


def test_done_is_closed_until_the_target_is_typed(opened: Open) -> None:
    """Enter goes to the field; the answer is not in it; the wrong name opens nothing."""
    window = opened(TARGET)
    assert not window.button("act_done").isEnabled()
    window.press(Key.Key_Return)
    field = window.focus
    assert isinstance(field, QLineEdit)
    assert (field.objectName(), field.text(), field.placeholderText()) == ("target_typed", "", "")
    window.write("vol-08")
    assert "is not the target" in window.shown("problem")
    assert not window.button("act_done").isEnabled()
    window.write("vol-07")
    assert window.driver.kinds[-1] == "TargetTyped"
    window.press(Key.Key_Return)
    assert status(window, "erase") is Status.DONE


def test_nothing_is_pasted_into_the_target(opened: Open) -> None:
    """The field stays empty and says why."""
    window = opened(TARGET)
    window.press(Key.Key_Return)
    QGuiApplication.clipboard().setText("vol-07")
    window.press(Key.Key_V, ctrl=True)
    field = window.focus
    assert isinstance(field, QLineEdit)
    assert field.text() == ""
    assert "Pasting proves nothing" in window.shown("target_hint")


def test_the_exclamation_mark_goes_on_without_typing_for_a_reason(opened: Open) -> None:
    """It is a deviation."""
    window = opened(TARGET)
    window.press(Key.Key_Exclam)
    window.write("no name on it")
    assert status(window, "erase") is Status.DONE_DEV
    assert window.driver.kinds[-1] == "StepDoneDeviating"


def at_hold(window: Window, runtime: str = "27") -> None:
    """Bring the run to its hold point."""
    window.driver.do(Read(step="panel", name="runtime", typed=runtime))
    window.driver.do(Confirm(step="panel"))
    window.driver.show()


def test_the_hold_shows_who_decides_and_each_criterion(opened: Open) -> None:
    """Beside each stands what was read; Enter asks for the decision."""
    window = opened(HOLD)
    at_hold(window)
    assert "✓ Go when UPS runtime ≥ 14: met (UPS runtime 27 min)" in lines(window)
    assert "Decides: Executive on call (nobody holds this role)" in lines(window)
    window.press(Key.Key_Return)
    assert status(window, "hold") is Status.HOLD
    assert any(line.startswith("◆ HOLD. Asked") for line in lines(window))


def test_go_asks_who_decided_when_it_is_not_who_sits_here(opened: Open) -> None:
    """1, initials, and why they decide in the place of another."""
    window = opened(HOLD)
    at_hold(window)
    window.driver.do(AskDecision(step="hold"))
    window.driver.show()
    window.press(Key.Key_1)
    assert window.focus.objectName() == "form_person"
    window.type("EVA")
    while window.focus.objectName() != "form_override":
        window.press(Key.Key_Tab)
    window.write("the role is empty")
    assert status(window, "hold") is Status.DONE
    assert window.driver.journal.kept[-1].actor.operator == "EVA"


def test_an_open_criterion_asks_why(opened: Open) -> None:
    """After who decided comes why it is a go all the same."""
    window = opened(HOLD)
    at_hold(window, "12")
    window.press(Key.Key_1)
    window.type("EVA")
    while window.focus.objectName() != "form_override":
        window.press(Key.Key_Tab)
    window.write("the role is empty")
    assert window.focus.objectName() == "form_accept"
    window.write("the generator runs")
    guards = [o.guard.value for o in window.driver.runner.state.record("hold").last.overrides]
    assert guards == ["decider", "criteria"]


def test_a_step_behind_the_hold_asks_why_before_it_is_taken(opened: Open) -> None:
    """T at a step behind it asks for reason and authority."""
    window = opened(HOLD)
    at_hold(window)
    window.driver.page.look_at("move")
    assert "Behind the hold point 2, which has no go." in lines(window)
    window.press(Key.Key_T, Key.Key_Return)
    assert window.focus.objectName() == "form_reason"
    window.write("water comes in")
    assert window.driver.kinds[-1] == "StepTaken"
    assert window.shown("step_number") == "3"
