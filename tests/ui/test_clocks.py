"""The clocks on the side of a run: what they say, how they tick, and how they are questioned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from runbook.run.commands import Confirm, Read
from runbook.run.events_clock import AdviceDisputed
from runbook.run.outlook import outlook
from runbook.ui.clock_line import ClockLine, Figures
from runbook.ui.clock_rows import ClockRow, rows_of
from runbook.ui.threshold_lines import thresholds_told
from tests.ui.run_driver import Driver
from tests.ui.run_window import Key, Window

TEXT = """---
rto: [{service: EPJ, target: 40 min, from: declared, until: up}]
---
# Power

## Read
- [ ] Read the runtime (~1m) <!-- id: read -->
  - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
- [ ] Every 2 min: read it again <!-- id: watch -->
  - When: ups <= 14 min: go to [Stop](#stop)

## Stop the hosts (before ups runs out) <!-- id: stop -->
- [ ] Stop them (~10m) <!-- id: off -->

## Start
- [ ] Bring it up (~9m, point of no return) <!-- id: up -->

## Undo (way back)
- [ ] Undo it (~7m) <!-- id: undo -->
"""


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    """A run whose runtime was read as 27 minutes."""
    made = Window(qtbot, TEXT)
    made.driver.do(Read(step="read", name="ups", typed="27"))
    made.driver.show()
    made.press(Key.Key_Home)  # what stands around the step is shown at once
    return made


def line(window: Window, words: str) -> ClockLine:
    """The clock that begins with these words."""
    lines = window.driver.page.findChildren(ClockLine)
    return next(
        x for x in lines if x.isVisible() and x.row is not None and x.row.label.startswith(words)
    )


def shown(window: Window, words: str) -> tuple[str, str]:
    """Figure and tone of a clock."""
    figures = line(window, words).findChild(Figures)
    assert isinstance(figures, Figures)
    return figures.text, figures.tone


def tick(window: Window, **time: float) -> None:
    """Let time pass, as the page's own timer does."""
    window.driver.journal.wait(**time)
    window.driver.page.side.show_time(window.driver.page.now())


def rows(driver: Driver) -> dict[str, ClockRow]:
    """All clocks by their words."""
    state, now = driver.runner.state, driver.journal.now()
    return {row.label: row for row in rows_of(state, outlook(state, now))}


def test_the_clocks_of_a_run(window: Window) -> None:
    """Run, resource, latest safe start, threshold, objective with its margin, way back, end."""
    found = rows(window.driver)
    assert list(found) == [
        "Since the start",
        "UPS runtime runs out in",
        "Stop the hosts: begin by",
        "UPS runtime ≤ 14 min in",
        "EPJ back by (RTO 40 min)",
        "At this pace",
        "Turning back now: done",
        "No way back after",
        "End of the run",
    ]
    now = window.driver.journal.now()
    assert found["UPS runtime runs out in"].value(now) == "0:26:59"
    assert found["UPS runtime ≤ 14 min in"].value(now) == "0:12:59"
    assert found["Stop the hosts: begin by"].tone(now) == "good"
    assert found["At this pace"].tone(now) == "good"
    assert found["At this pace"].bar is not None


def test_they_tick_second_for_second(window: Window) -> None:
    """The figure moves with every second, and the words stay."""
    assert shown(window, "UPS runtime runs out")[0] == "0:26:59"
    tick(window, seconds=1)
    assert shown(window, "UPS runtime runs out")[0] == "0:26:58"
    assert shown(window, "Since the start")[0] == "0:00:03"


def test_green_amber_and_red_come_with_a_word_and_a_sign(window: Window) -> None:
    """There is time; soon there is not; then it names what no longer fits."""
    start = "Stop the hosts: begin by"
    assert shown(window, start)[1] == "good"
    tick(window, minutes=8)
    assert shown(window, start)[1] == "warn"
    assert rows(window.driver)[start].said(window.driver.journal.now()) == "▲ 8 min left"
    tick(window, minutes=12)
    assert shown(window, start)[1] == "bad"
    said = rows(window.driver)[start].said(window.driver.journal.now())
    assert said == "✖ no longer fits, by 3 min: 2.1"
    tick(window, minutes=10)
    assert shown(window, "UPS runtime runs out") == ("0:00:00", "bad")


def test_an_old_reading_says_so(window: Window) -> None:
    """The clock asks to be read again."""
    tick(window, minutes=6)
    said = rows(window.driver)["UPS runtime runs out in"].said(window.driver.journal.now())
    assert said == "▲ an old reading: read it again"


def test_late_objectives_tell_by_how_much(window: Window) -> None:
    """When the pace no longer serves, the margin turns into a delay."""
    tick(window, minutes=25)
    assert shown(window, "At this pace")[1] == "bad"
    said = rows(window.driver)["At this pace"].said(window.driver.journal.now())
    assert said.startswith("✖ late by ")


def test_k_shows_how_a_clock_is_worked_out(window: Window) -> None:
    """The formula stands below the step with its inputs; arrows turn to the next, Esc goes back."""
    window.press(Key.Key_K)
    assert window.child("clock_list").hasFocus()
    assert window.child("formula_box").isVisible()
    assert "UPS runtime runs out at" in window.shown("formula_title")
    assert "27 min ÷ 1.00" in window.shown("formula_lines")
    window.press(Key.Key_Down)
    assert window.shown("formula_title").startswith("Begin by ")
    window.press(Key.Key_Escape)
    assert not window.child("formula_box").isVisible()
    assert window.child("step_panel").hasFocus()


def test_disagreement_takes_the_place_of_what_is_shown(window: Window) -> None:
    """K, Enter, the own figure, the reason: two keystrokes to begin, and both are recorded."""
    window.press(Key.Key_K, Key.Key_Return)
    window.write("12 min")
    window.write("string 2 is weak")
    event = window.driver.last
    assert isinstance(event, AdviceDisputed)
    assert (event.advice, event.own, event.reason) == ("ups", "12 min", "string 2 is weak")
    window.press(Key.Key_Home)
    assert shown(window, "UPS runtime runs out")[0].startswith("0:11:5")
    assert not window.child("formula_box").isVisible()


def test_a_figure_that_is_no_time_is_asked_for_again(window: Window) -> None:
    """The form stays open and says what to type."""
    window.press(Key.Key_K, Key.Key_Return)
    window.write("soon")
    window.write("a feeling")
    assert "is no time" in window.shown("form_missing")


def test_the_keyboard_is_not_caught_in_the_clocks(window: Window) -> None:
    """K again goes back, and the step can be worked on."""
    window.press(Key.Key_K, Key.Key_K)
    window.press(Key.Key_Return)
    assert window.driver.kinds[-1] == "StepDone"


def test_steps_show_when_they_are_expected(window: Window) -> None:
    """Where the target stood stands the time at which the step is expected to be done."""
    model = window.driver.page.outline.model
    place = model.place_of("off")
    assert place is not None
    ends = window.driver.journal.now().astimezone() + timedelta(minutes=11)
    assert model.row(place).time == f"≈{ends:%H:%M}"
    window.driver.do(Confirm(step="read"))
    window.driver.show()
    window.press(Key.Key_Home)
    done = model.place_of("read")
    assert done is not None
    assert not model.row(done).time.startswith("≈")


def test_little_room_keeps_the_most_urgent(window: Window) -> None:
    """In a low window the journal keeps its room; K shows every clock."""
    page = window.driver.page
    page.resize(1366, 420)
    window.driver.show()
    window.press(Key.Key_Home)
    labels = [x for x in page.findChildren(ClockLine) if x.isVisible()]
    assert len(labels) < len(rows(window.driver))
    assert "more and how they are worked out: K" in window.shown("clocks_more")
    tick(window, minutes=20)
    assert shown(window, "Stop the hosts")[1] == "bad"
    window.press(Key.Key_K)
    labels = [x for x in page.findChildren(ClockLine) if x.isVisible()]
    assert len(labels) == len(rows(window.driver))


def test_a_second_lays_nothing_out_anew(window: Window) -> None:
    """Figures are painted in place: their room does not change from second to second."""
    figures = line(window, "UPS runtime runs out").findChild(Figures)
    assert isinstance(figures, Figures)
    before = figures.sizeHint()
    tick(window, seconds=1)
    assert figures.sizeHint() == before


def test_an_ended_run_has_only_its_length(qtbot: QtBot) -> None:
    """What is over runs down no more."""
    window = Window(qtbot, "# One\n\n- [ ] Do it (~1m) <!-- id: a -->\n")
    window.press(Key.Key_Return, Key.Key_E)
    labels = window.driver.page.findChildren(QLabel, "clock_label")
    assert any(label.text() == "Since the start" for label in labels)
    QTest.keyClick(window.focus, Qt.Key.Key_K)


def test_typical_times_change_what_is_expected(window: Window) -> None:
    """What the steps took in earlier runs is reckoned with as soon as it is known."""
    start = "Stop the hosts: begin by"
    before = shown(window, start)[0]
    window.driver.page.side.clocks.show_typical({"off": 240})
    assert shown(window, start)[0] > before
    window.press(Key.Key_K, Key.Key_Up, Key.Key_Up)
    assert "Work left: 2.1 4 min = 4 min." in window.shown("formula_lines")


def test_a_watch_says_when_its_threshold_comes(window: Window) -> None:
    """On the step itself stands the time of day, which moves only with a reading."""
    state = window.driver.runner.state
    (told,) = thresholds_told(state, state.step("watch"))
    at = window.driver.journal.at.astimezone() + timedelta(minutes=13)
    assert told == ("UPS runtime 14 min", f"about {at:%H:%M}, by the readings so far")
    assert not list(thresholds_told(state, state.step("read")))


def test_a_click_marks_a_clock(window: Window) -> None:
    """The mouse does what the keys do."""
    where = line(window, "EPJ back by")
    QTest.mouseClick(where, Qt.MouseButton.LeftButton)
    assert window.shown("formula_title").startswith("EPJ back at ")
