"""On a small screen, and in large type, what matters stays in sight."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from runbook.run.disputes import END
from runbook.ui import theme
from runbook.ui.clock_rows import ClockRow, Rank
from runbook.ui.screens import Screens
from runbook.ui.tokens import by_name
from tests.ui.run_window import Key, Window

WATCHED = """\
---
runbook: 1
id: small
title: Small screen
roles: {lead: Lead}
---

# Small screen

## Watch <!-- id: watch -->

- [ ] Every 5 min: read the panel of the UPS aloud to the bridge (Lead) <!-- id: panel -->
  - Record: a = Load of the UPS, kW, 0 to 2000, from the panel
  - Record: b = Runtime of the UPS, min, 0 to 240, from the panel
  - Until: the mains are back
  - Why: a battery may end early and at once
- [ ] Say so on the bridge (Lead) <!-- id: say -->
"""


@pytest.fixture
def _large(qapp: QApplication) -> Iterator[None]:
    """The largest type, and the look of before afterwards."""
    before, large = theme.current(), by_name("dark-large")
    assert large is not None
    theme.apply(qapp, large)
    yield
    theme.apply(qapp, before)


@pytest.fixture
def _copenhagen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is not that of UTC."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


def _settle() -> None:
    for _ in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _shown_at(qtbot: QtBot, height: int) -> Window:
    window = Window(qtbot, WATCHED)
    window.driver.page.resize(1354, height)
    window.driver.show()
    _settle()
    return window


@pytest.mark.usefixtures("_large")
def test_in_large_type_the_lesser_acts_give_way_to_the_step(qtbot: QtBot) -> None:
    """Where the room is short keys stand in a line, the readings stay, and keys work."""
    window = _shown_at(qtbot, 430)

    assert "N Note" in window.shown("step_keys")
    assert not window.button("act_note").isVisible()
    window.press(Key.Key_N)
    assert window.driver.page.middle.form.is_open


def test_with_room_every_act_has_its_button(qtbot: QtBot) -> None:
    """On a roomy screen nothing is left out."""
    window = _shown_at(qtbot, 800)

    assert window.shown("step_keys") == ""
    assert window.button("act_note").isVisible()
    assert window.shown("step_next")


@pytest.mark.usefixtures("_large")
def test_the_step_has_half_of_a_narrow_window(qtbot: QtBot) -> None:
    """The sides do not press the step together in large type."""
    window = _shown_at(qtbot, 620)

    assert window.driver.page.middle.width() > 1354 * 0.48


def test_a_page_out_of_sight_does_not_make_the_window_higher(qtbot: QtBot) -> None:
    """The strip that says what is saved stays on a small screen, whatever was open before."""
    screens = Screens()
    qtbot.addWidget(screens)
    high = QLabel("a form")
    high.setMinimumHeight(2000)
    screens.addWidget(QLabel("a step"))
    screens.addWidget(high)

    assert screens.minimumSizeHint().height() < 400


@pytest.mark.usefixtures("_copenhagen")
def test_the_journal_beside_the_step_tells_due_times_by_the_clock_on_the_wall(
    qtbot: QtBot,
) -> None:
    """Nobody has to reckon with UTC while he works."""
    window = _shown_at(qtbot, 800)
    window.press(Key.Key_Return)
    journal = window.driver.page.side.model
    qtbot.waitUntil(lambda: "watched from now on" in journal.row(0).text)

    assert "Due: " in journal.row(0).text
    assert "UTC" not in journal.row(0).text


@pytest.mark.parametrize(("days", "told"), [(0, ""), (1, "Thu "), (6, "Tue "), (7, "2 Dec")])
def test_an_end_on_another_day_is_told_with_its_day(days: int, told: str) -> None:
    """08:46 of tomorrow is not 08:46 of today, and the day takes little room."""
    now = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    row = ClockRow("End of the run", Rank.END, END, at=now + timedelta(days=days))

    assert row.value(now).startswith(told)
    assert len(row.value(now)) <= len("Thu 12:00")


def test_what_a_step_does_not_have_takes_no_room(qtbot: QtBot) -> None:
    """Empty parts leave no gaps: the lines of a step stand close to its text."""
    window = _shown_at(qtbot, 800)
    body = window.driver.page.middle.panel.body
    parts = [part for part in body.children() if isinstance(part, QWidget) and part.isVisible()]

    assert len(parts) > 1
    assert all(part.height() > 0 for part in parts)
