"""Lanes in the window: shown above the step, marked in the outline, turned to by a key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from runbook.run.commands import Confirm
from runbook.run.lanes import in_lane
from runbook.ui.lane_strip import LaneCell
from runbook.ui.lane_words import lane_lines
from runbook.ui.mode_band import facts_of
from runbook.ui.outline_model import OutlineModel
from tests.ui.run_window import Window

Key = Qt.Key
LANES = """---
roles: {plat: Platform, fac: Facilities, dba: Database}
---
# Mains loss
## Buy time (parallel) <!-- id: buy -->
### Switch off (Platform) <!-- id: shed -->
- [ ] Shut down tier 4 <!-- id: four -->
### Generator (Facilities) <!-- id: generator -->
- [ ] Look at the engine <!-- id: engine -->
- [ ] Crank it <!-- id: crank -->
### Other site (Database) <!-- id: site -->
- [ ] Look at the copy <!-- id: copy -->
## Decide <!-- id: decide -->
- [ ] Shut down <!-- id: down -->
"""


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    """A run at the beginning of its lanes."""
    return Window(qtbot, LANES)


def cells(window: Window) -> list[str]:
    """Each lane of the strip as it is read aloud."""
    found = window.driver.page.findChildren(LaneCell, "lane")
    return [cell.accessibleName() for cell in found if cell.isVisible()]


def test_every_lane_stands_above_the_step(window: Window) -> None:
    """With its people and its current step; the one in hand is marked."""
    assert cells(window) == [
        "In hand, 1.1, Platform, Switch off: Shut down tier 4",
        "1.2, Facilities, Generator: Look at the engine",
        "1.4, Database, Other site: Look at the copy",
    ]
    assert window.shown("step_number") == "1.1"


def test_j_turns_to_the_next_lane_and_records_nothing(window: Window) -> None:
    """The step of the next lane is in hand, Shift+J goes back, and round after the last."""
    kept = len(window.driver.journal.kept)
    shown = []
    for _ in range(3):
        window.press(Key.Key_J)
        shown.append(window.shown("step_number"))
    window.driver.seen()
    QTest.keyClick(window.focus, Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert shown == ["1.2", "1.4", "1.1"]
    assert window.shown("step_number") == "1.4"
    assert len(window.driver.journal.kept) == kept
    assert not window.shown("looking_bar")


def test_enter_confirms_the_step_of_the_lane_turned_to(window: Window) -> None:
    """In order, and the hands stay in that lane."""
    window.press(Key.Key_J, Key.Key_Return)
    state = window.driver.runner.state
    assert state.record("engine").last.passed_over == ()
    assert window.driver.kinds[-1] == "StepDone"
    assert window.shown("step_number") == "1.3"


def test_a_lane_at_the_join_says_for_whom_it_waits(window: Window, qtbot: QtBot) -> None:
    """The roles that are waited for, their steps, and for how long: the time goes on."""
    window.press(Key.Key_Return)
    waits = "Platform, Waiting for: Facilities at 1.2, Database at 1.4"
    qtbot.waitUntil(lambda: cells(window)[0] == f"{waits} (less than 1 min)")
    window.driver.journal.wait(minutes=4)
    window.driver.page.lanes.strip.show_time(window.driver.journal.at)
    assert cells(window)[0].endswith("(4 min)")
    assert window.shown("step_number") == "1.2"


def test_behind_the_join_the_strip_is_gone(window: Window, qtbot: QtBot) -> None:
    """It takes no room outside of parallel sections."""
    strip = window.child("lane_strip")
    assert strip.isVisible()
    for step in ("four", "engine", "crank", "copy"):
        window.driver.do(Confirm(step=step))
    window.driver.show()
    qtbot.waitUntil(strip.isHidden)
    assert window.shown("step_number") == "2.1"


def test_a_click_on_a_lane_turns_to_it(window: Window) -> None:
    """As the key does."""
    words = window.driver.page.findChildren(QLabel, "lane_words")[2]
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert window.shown("step_number") == "1.4"


def test_without_lanes_j_says_so(qtbot: QtBot) -> None:
    """The key does nothing else."""
    window = Window(qtbot)
    window.press(Key.Key_J)
    assert window.shown("problem") == "No other lane has an open step."


def test_the_outline_marks_all_current_steps(window: Window) -> None:
    """The step in hand and those of the other lanes; all lines of lanes are held together."""
    outline = OutlineModel()
    state = window.driver.runner.state
    for turned in (state, in_lane(state, "generator")):
        outline.show_state(turned)
        rows = [outline.row(n) for n in range(outline.rowCount())]
        assert {row.step for row in rows if row.current} == {turned.current}
        assert {row.step for row in rows if row.beside} == set(state.since) - {turned.current}
    assert {row.section for row in rows if row.lane} == {"shed", "generator", "site"}
    spoken = outline.data(outline.index(2), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("Current step of another lane, 1.1")


def test_the_band_follows_the_lane_in_hand(window: Window) -> None:
    """The page tells that another step is in hand, and the band names that one."""
    told = QSignalSpy(window.driver.page.turned)
    window.press(Key.Key_J)
    assert told.count() == 1
    state = window.driver.page.state
    assert state is not None
    facts = facts_of(state, operator="HRM", role="lead")
    assert facts.step == "1.2 Look at the engine"


def test_a_note_leaves_the_lane_in_hand(window: Window) -> None:
    """What is written down turns nobody away from his lane."""
    window.press(Key.Key_J, Key.Key_N)
    window.write("Radio on channel 4")
    assert window.driver.kinds[-1] == "NoteAdded"
    assert window.shown("step_number") == "1.2"


def test_six_lanes_stand_in_three_lines(qtbot: QtBot) -> None:
    """Many lanes take no more height than three."""
    text = "# P\n## Side (parallel)\n" + "".join(
        f"### Lane {n}\n- [ ] Step {n} <!-- id: s{n} -->\n" for n in range(6)
    )
    window = Window(qtbot, text)
    assert len(cells(window)) == 6
    assert len({cell.y() for cell in window.driver.page.findChildren(LaneCell)}) == 3
    three = Window(qtbot, LANES).child("lane_strip")
    assert window.child("lane_strip").height() <= three.height() + 2


def test_a_lane_without_work_says_so(qtbot: QtBot) -> None:
    """A lane that a decision emptied does not apply and waits for nobody."""
    text = "# P\n- [ ] Decide: two? <!-- id: two -->\n  - Yes\n  - No: go to [Three](#three)\n"
    window = Window(
        qtbot,
        text + "## Side (parallel) <!-- id: side -->\n### A\n- [ ] Decide: out? <!-- id: out -->\n"
        "  - Yes: go to [Three](#three)\n  - No\n- [ ] More <!-- id: more -->\n"
        "### B\n- [ ] b <!-- id: b -->\n## Three <!-- id: three -->\n- [ ] c <!-- id: c -->\n",
    )
    window.press(Key.Key_1, Key.Key_1)
    (first, second) = lane_lines(window.driver.runner.state)
    assert first.words == "Waiting for: B at 1.3"
    assert second.number == "1.3"


def test_any_order_is_told(qtbot: QtBot) -> None:
    """A heading and a step say that they need no order; those that need it say nothing."""
    text = "# P\n## Look (any order)\n- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n"
    window = Window(qtbot, text + "## Then\n- [ ] c <!-- id: c -->\n")
    outline = OutlineModel()
    outline.show_state(window.driver.runner.state)
    assert outline.row(0).text == "Look · any order"
    assert window.shown("step_order") == "In any order"
    for step in "ab":
        window.driver.do(Confirm(step=step))
    window.driver.show()
    assert window.shown("step_order") == ""


def test_the_card_names_the_other_lanes(window: Window) -> None:
    """Whoever comes back to a run reads where every lane stands."""
    gap = window.driver.runner.note_gap(clean=True)
    assert gap is not None
    window.driver.show()
    card = window.shown("where_card")
    assert "You are at 1.1 Shut down tier 4." in card
    assert "In other lanes: 1.2 Look at the engine; 1.4 Look at the copy." in card
