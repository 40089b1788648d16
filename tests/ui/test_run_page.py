"""Working a run by keyboard: every act is a key, and nothing moves before it is recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from runbook.run.commands import Acknowledge, Choose, Confirm, Read
from runbook.run.events import Mode, Status
from tests.ui.run_driver import Driver
from tests.ui.run_texts import POWER, TWO, many
from tests.ui.run_window import Key, Window

Open = Callable[..., Window]


@pytest.fixture
def opened(qtbot: QtBot) -> Open:
    """Opens a run on screen."""

    def open_run(text: str = POWER, mode: Mode = Mode.LIVE) -> Window:
        return Window(qtbot, text, mode)

    return open_run


def at_crank(driver: Driver) -> None:
    """Bring the run to the step with the warning."""
    driver.do(Confirm(step="declare"))
    driver.do(Read(step="ups", name="ups_runtime", typed="43"))
    driver.do(Confirm(step="ups"))
    driver.do(Choose(step="genset", option=1))
    driver.show()


def test_enter_confirms_the_step_and_shows_the_next(opened: Open) -> None:
    """Enter settles the step in hand; the next one stands in the middle."""
    window = opened()
    driver = window.driver
    window.press(Key.Key_Return)
    assert driver.runner.state.status_of("declare") is Status.DONE
    assert window.shown("step_number") == "1.2"


@pytest.mark.parametrize("marked", [True, False])
def test_enter_held_for_long_confirms_one_step(opened: Open, marked: bool) -> None:  # noqa: FBT001
    """A key held for seconds is one press, whether or not its repeats are marked."""
    window = opened(many(9))
    window.hold(Key.Key_Return, 5, marked=marked)
    assert window.driver.kinds.count("StepDone") == 1
    window.press(Key.Key_Return)
    assert window.driver.kinds.count("StepDone") == 2


@pytest.mark.parametrize("marked", [True, False])
def test_enter_held_at_a_missing_reading_opens_nothing(opened: Open, marked: bool) -> None:  # noqa: FBT001
    """The cursor goes to the field and stays there."""
    window = opened()
    window.driver.do(Confirm(step="declare"))
    window.driver.show()
    window.hold(Key.Key_Return, 5, marked=marked)
    assert window.focus.objectName() == "reading_ups_runtime"


def test_enter_does_nothing_on_a_step_that_has_just_come(opened: Open) -> None:
    """Within 0.4 s a step cannot have been read."""
    window = opened(TWO)
    driver = window.driver
    window.press(Key.Key_Return)
    window.press_at_once(Key.Key_Return)
    assert driver.kinds.count("StepDone") == 1
    window.press(Key.Key_Return)
    assert driver.kinds.count("StepDone") == 2


def test_done_names_the_expected_result(opened: Open) -> None:
    """The button says what a person confirms by it."""
    window = opened()
    button = window.button("act_done")
    assert button.accessibleName() == "Done: the time is written down"


def test_a_warning_is_acknowledged_before_the_step_is_done(opened: Open) -> None:
    """Done stays closed with its reason until A."""
    window = opened()
    driver = window.driver
    at_crank(driver)
    button = window.button("act_done")
    assert not button.isEnabled()
    assert "read the warning" in button.accessibleName()
    window.press(Key.Key_Return)
    assert "StepDone" not in driver.kinds[-1:]
    window.press(Key.Key_A, Key.Key_Return)
    assert driver.kinds[-2:] == ["WarningAcknowledged", "StepSubmitted"]


def test_warnings_of_section_and_step_stand_above_the_action(opened: Open) -> None:
    """The section's caution comes first, then the step's own warning, then what to do."""
    window = opened()
    driver = window.driver
    at_crank(driver)
    alerts = driver.page.findChildren(QLabel, "alert_text")
    assert [label.text() for label in alerts if label.isVisible()] == [
        "At most three cranks of 10 s.",
        "The engine may start by itself.",
    ]
    action = window.child("step_text")
    place = action.mapTo(driver.page, action.rect().topLeft()).y()
    assert all(a.mapTo(driver.page, a.rect().bottomLeft()).y() < place for a in alerts)


def test_letters_type_while_a_form_is_open(opened: Open) -> None:
    """S opens the form; letters with a meaning are only letters in it; Enter saves."""
    window = opened()
    driver = window.driver
    window.press(Key.Key_S)
    window.write("find staff, nobody here")
    assert driver.kinds[-1] == "StepSkipped"
    assert driver.runner.state.record("declare").last.text == "find staff, nobody here"
    assert window.focus.objectName() == "step_panel"


def test_esc_closes_a_form_and_records_nothing(opened: Open) -> None:
    """What was begun can be left."""
    window = opened()
    driver = window.driver
    before = len(driver.kinds)
    window.press(Key.Key_F)
    window.type("no reaction")
    window.press(Key.Key_Escape)
    assert len(driver.kinds) == before
    forms = driver.page.findChildren(QWidget, "inline_form")
    assert not any(form.isVisible() for form in forms)


def test_a_reason_that_is_empty_is_asked_for(opened: Open) -> None:
    """Enter without words saves nothing and says what is missing."""
    window = opened()
    driver = window.driver
    window.press(Key.Key_X, Key.Key_Return)
    assert "empty" in window.shown("form_missing")
    window.write("no such thing here")
    assert driver.kinds[-1] == "StepJudgedNotApplicable"


def test_a_digit_decides(opened: Open) -> None:
    """Options are numbered, say where they lead, and a digit takes one."""
    window = opened()
    driver = window.driver
    at_crank(driver)
    driver.page.look_at("genset")
    button = window.button("option_1")
    assert button.accessibleName() == "Yes goes to 3 Shut down in order"


def test_a_reading_is_typed_and_recorded_by_enter(opened: Open) -> None:
    """R, the value, Enter; Enter again confirms the step."""
    window = opened()
    driver = window.driver
    driver.do(Confirm(step="declare"))
    driver.show()
    window.press(Key.Key_R)
    window.write("43")
    assert driver.kinds[-1] == "ReadingTaken"
    window.press(Key.Key_Return)
    assert driver.kinds[-1] == "StepDone"


def test_a_digit_begins_a_reading(opened: Open) -> None:
    """Where nothing is to be decided a digit goes into the field."""
    window = opened()
    driver = window.driver
    driver.do(Confirm(step="declare"))
    driver.show()
    window.press(Key.Key_4)
    window.write("3")
    assert driver.runner.state.readings[-1].value == "43"


def test_a_value_beyond_its_limit_is_said_at_once(opened: Open) -> None:
    """The hint comes while typing; Done then asks why it is accepted."""
    window = opened()
    driver = window.driver
    driver.do(Confirm(step="declare"))
    driver.show()
    window.press(Key.Key_R)
    window.type("3")
    assert window.shown("reading_hint").startswith("below the limit")
    window.press(Key.Key_Return, Key.Key_Return)
    assert driver.kinds[-1] == "ReadingTaken"
    window.write("lead accepts it")
    assert driver.kinds[-1] == "StepDoneDeviating"


def test_a_missing_reading_takes_the_cursor_first(opened: Open) -> None:
    """Done goes to the empty field; after Esc, Enter asks for the deviation instead."""
    window = opened()
    driver = window.driver
    driver.do(Confirm(step="declare"))
    driver.show()
    window.press(Key.Key_Return)
    assert window.focus.objectName() == "reading_ups_runtime"
    window.press(Key.Key_Escape, Key.Key_Return)
    window.write("panel is dark")
    assert driver.kinds[-1] == "StepDoneDeviating"


def test_words_that_are_not_a_number_are_refused_and_stay(opened: Open) -> None:
    """The field keeps what was typed and the page says what to type."""
    window = opened()
    driver = window.driver
    driver.do(Confirm(step="declare"))
    driver.show()
    window.press(Key.Key_R)
    window.write("much")
    assert "not a number" in window.shown("problem")
    assert window.child("reading_ups_runtime").property("text") == "much"


def test_showing_a_state_again_keeps_what_is_being_typed(opened: Open) -> None:
    """A state may come at any time, twice, and takes nothing away."""
    window = opened()
    driver = window.driver
    driver.do(Confirm(step="declare"))
    driver.show()
    window.press(Key.Key_R)
    window.type("4")
    driver.show()
    driver.show()
    assert window.focus.property("text") == "4"


def test_a_failed_step_is_tried_again_or_left(opened: Open) -> None:
    """F and what was seen; Y tries again; L goes where the procedure says."""
    window = opened()
    driver = window.driver
    at_crank(driver)
    driver.do(Acknowledge(step="crank"))
    driver.show()
    window.press(Key.Key_F)
    window.write("no pressure")
    window.press(Key.Key_Y)
    assert driver.runner.state.record("crank").last.number == 2
    window.press(Key.Key_F)
    window.write("again none")
    window.press(Key.Key_L)
    assert driver.runner.state.current == "down"


def test_keys_wait_while_an_act_is_being_saved(opened: Open) -> None:
    """A second key before the answer is not queued."""
    window = opened(TWO)
    driver = window.driver
    driver.holds = True
    window.press(Key.Key_Return, Key.Key_Return, Key.Key_S)
    driver.page.show_saving(3)
    assert window.shown("saved_line") == "Not saved yet: 3 s. Keys wait."
    assert len(driver.commands) == 1
    driver.answer()
    driver.holds = False
    window.press(Key.Key_Return)
    assert driver.kinds.count("StepDone") == 2


def test_what_is_not_recorded_does_not_move_the_step(opened: Open) -> None:
    """The step stays, and the page says to write on paper."""
    window = opened()
    driver = window.driver
    driver.journal.broken = "Neither copy could be written. Write it on paper."
    window.press(Key.Key_Return)
    assert window.shown("step_number") == "1.1"
    assert "paper" in window.shown("problem")


def test_commands_are_copied_with_a_mark_in_a_drill(opened: Open) -> None:
    """Ctrl+C takes the first block, values filled in; a drill says so in a comment."""
    window = opened(mode=Mode.DRILL)
    driver = window.driver
    at_crank(driver)
    window.press(Key.Key_C, ctrl=True)
    mark, command = QGuiApplication.clipboard().text().splitlines()
    assert mark.startswith("# ØVELSE")
    assert command == "ipmitool -H genset-ctl.site sdr get OilPress"


def test_a_reading_that_was_not_taken_is_replaced_by_typing(opened: Open) -> None:
    """What stands there is marked; nobody has to delete it first."""
    window = opened()
    window.driver.do(Confirm(step="declare"))
    window.driver.show()
    window.press(Key.Key_R)
    window.write("about 40")
    window.write("43")
    assert [r.value for r in window.driver.runner.state.readings] == ["43"]


def test_a_letter_beside_the_fields_of_a_question_does_nothing(opened: Open) -> None:
    """Whoever tabs onto a suggestion and types begins no other act; Tab goes field to field."""
    window = opened()
    window.press(Key.Key_D)
    assert window.focus.objectName() == "form_target"
    window.press(Key.Key_Tab)
    assert window.focus.objectName() == "form_reason"
    window.press(Key.Key_Tab)
    assert not window.focus.objectName().startswith("form_reason")
    window.press(Key.Key_B, Key.Key_M)
    assert window.shown("form_title").startswith("Defer")
