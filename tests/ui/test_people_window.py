"""People in the window: who sits here, by keys alone, with a PIN where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from runbook.operators import Operators
from runbook.run.commands_people import FillRole
from runbook.run.entry import Assurance
from runbook.run.events_people import (
    HandoverAccepted,
    OwnerBypassed,
    PersonAtKeyboard,
    ReadBackGiven,
    RoleFilled,
    RoleVacated,
)
from runbook.run.statuses import RunStatus
from runbook.ui.run_acts import form_after
from tests.run.rig import Rig
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
    window.driver.page.know(people.offered())
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


def test_roles_are_filled_stepped_up_and_left(window: Window) -> None:
    """M shows them with the empty ones marked; Enter, S and X change the marked one."""
    window.press(Key.Key_M)
    assert "2 of 2 roles have nobody" in window.shown("roles_words")
    window.press(Key.Key_Return)
    window.write("cy")
    event = window.driver.last
    assert isinstance(event, RoleFilled)
    assert event.person == "CY"
    window.press(Key.Key_X)
    window.write("went home")
    assert isinstance(window.driver.last, RoleVacated)
    window.press(Key.Key_M)
    assert window.driver.page.middle.aside is None


def test_who_takes_the_role_of_a_hold_is_asked_why() -> None:
    """What was typed is kept; only the reason is asked for."""
    rig = Rig("""
        ---
        roles: {exec: Executive}
        ---
        # A hold
        - [ ] Hold: go (exec)
        """)
    command = FillRole(key="exec", person="ANN")
    spec = form_after(rig.refuse(command), command, rig.state)
    assert spec is not None
    assert [ask.name for ask in spec.asks] == ["reason"]
    assert spec.make({"reason": "nobody else is here"}) == FillRole(
        key="exec", person="ANN", reason="nobody else is here"
    )


def hand_over(window: Window) -> None:
    """Prepare a handover to BO and answer every question."""
    window.press(Key.Key_H, ctrl=True)
    window.press(Key.Key_Return)
    window.write("BO")
    for _ in range(3):
        window.press(Key.Key_Return)
        window.write("the panel")
        window.write("r")


def test_a_handover_by_keys(window: Window) -> None:
    """Sheet, questions, acceptance with the other person's PIN; then the step again."""
    hand_over(window)
    event = window.driver.last
    assert isinstance(event, ReadBackGiven)
    assert event.right
    state = window.driver.runner.state
    assert (state.owner, state.shown_status) == ("HRM", RunStatus.HANDOVER)
    window.press(Key.Key_A)
    window.write("BO")
    window.write("kvist")
    entries = window.driver.journal.kept[-2:]
    assert isinstance(entries[0].event, HandoverAccepted)
    assert entries[0].actor.assurance is Assurance.PIN
    assert window.driver.runner.state.owner == "BO"
    assert window.driver.page.middle.aside is None


def test_the_owner_cannot_accept_for_the_other(window: Window) -> None:
    """The refusal stands in the form, and nothing has moved."""
    hand_over(window)
    window.press(Key.Key_A)
    window.write("HRM")
    assert "Only BO" in window.shown("form_missing")
    assert window.driver.runner.state.owner == "HRM"


def test_a_cancelled_handover_leaves_all_as_it_was(window: Window) -> None:
    """X and Enter; the step in hand comes back."""
    hand_over(window)
    window.press(Key.Key_X)
    window.press(Key.Key_Return)
    state = window.driver.runner.state
    assert (state.owner, state.handover) == ("HRM", None)
    assert window.driver.page.middle.aside is None


def test_another_person_pauses_in_the_owners_place(window: Window) -> None:
    """The form asks why, and the reason stands beside the act."""
    window.press(Key.Key_U)
    window.write("CY")
    window.press(Key.Key_P)
    window.type("lunch")
    window.press(Key.Key_Return)
    assert "HRM" in window.shown("form_explain")
    window.write("HRM telephones")
    assert isinstance(window.driver.last, OwnerBypassed)
    assert window.driver.runner.state.status is RunStatus.PAUSED


def test_who_is_not_the_owner_may_take_over(window: Window) -> None:
    """With a reason, by whoever sits there."""
    window.press(Key.Key_U)
    window.write("CY")
    window.press(Key.Key_H, ctrl=True)
    window.press(Key.Key_W)
    window.write("does not answer")
    assert window.driver.runner.state.owner == "CY"
