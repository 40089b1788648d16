"""The form before a run: every key that its buttons name works from every field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

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
