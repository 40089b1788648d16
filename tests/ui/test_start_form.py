"""The form before a run: every key that its buttons name works from every field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from runbook.procedure.site import RoleHolder, Site
from runbook.run.statuses import Mode
from runbook.ui.start_form import StartForm, StartWish


@pytest.fixture
def form(qtbot: QtBot) -> StartForm:
    """The form for a LIVE run, word and initials typed."""
    made = StartForm()
    qtbot.addWidget(made)
    made.ask(Mode.LIVE, (), {"lead": "Incident lead"}, operator="HRM", role="lead")
    word = made.findChild(QLineEdit, "start_word")
    assert word is not None
    QTest.keyClicks(word, "LIVE")
    return made


def roles_of(form: StartForm) -> QComboBox:
    """The list of roles."""
    found = form.findChild(QComboBox, "start_role")
    assert found is not None
    return found


def test_enter_begins_from_the_list_of_roles(form: StartForm, qtbot: QtBot) -> None:
    """The last field on the way is answered by the same key as the others."""
    with qtbot.waitSignal(form.wished) as told:
        QTest.keyClick(roles_of(form), Qt.Key.Key_Return)
    assert told.args == [StartWish(Mode.LIVE, "HRM", "lead", "")]


def test_escape_leaves_from_the_list_of_roles(form: StartForm, qtbot: QtBot) -> None:
    """Nothing is started by it."""
    with qtbot.waitSignal(form.left), qtbot.assertNotEmitted(form.wished):
        QTest.keyClick(roles_of(form), Qt.Key.Key_Escape)


SITE = Site(roles={"fac": RoleHolder("fac", "Facilities", succession=("PSO", "MBK"))})
ROLES = {"lead": "Incident lead", "fac": "Facilities"}


@pytest.fixture
def crew(form: StartForm) -> StartForm:
    """The form for a procedure with two roles at a site that knows who follows."""
    form.needs_pin = "BO".__eq__
    form.ask(Mode.LIVE, (), ROLES, operator="HRM", role="lead", site=SITE)
    field_of(form, "start_word").setText("LIVE")
    return form


def field_of(form: StartForm, name: str) -> QLineEdit:
    """A field by its name."""
    found = form.findChild(QLineEdit, name)
    assert found is not None
    return found


def test_empty_roles_are_named_with_who_is_next(crew: StartForm) -> None:
    """Nothing has to be filled; the line says what stays empty."""
    said = crew.findChild(QLabel, "start_empty")
    assert said is not None
    assert said.text().endswith("Facilities (PSO)")


def test_roles_are_filled_in_rows(crew: StartForm, qtbot: QtBot) -> None:
    """Ctrl+R opens a row for each role; Enter begins from any of them."""
    word = field_of(crew, "start_word")
    QTest.keyClick(word, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    row = crew.findChild(QComboBox, "start_role_fac")
    assert row is not None
    line = row.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "MBK")
    with qtbot.waitSignal(crew.wished) as told:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert told.args == [StartWish(Mode.LIVE, "HRM", "lead", "", "", {"fac": "MBK"})]


def test_a_pin_is_asked_of_who_has_one(crew: StartForm, qtbot: QtBot) -> None:
    """The field comes and goes with the initials, and shows no letter."""
    pin = field_of(crew, "start_pin")
    assert not pin.isVisibleTo(crew)
    field_of(crew, "start_operator").setText("BO")
    assert pin.isVisibleTo(crew)
    assert pin.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(pin, "kvist")
    with qtbot.waitSignal(crew.wished) as told:
        QTest.keyClick(pin, Qt.Key.Key_Return)
    assert told.args is not None
    assert told.args[0].pin == "kvist"
    assert "kvist" not in repr(told.args[0])
