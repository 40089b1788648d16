"""Several runs in one window: called and come back from, listed, and switched between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from runbook.ui.run_page import RunPage
from tests.ui.start_rig import WindowRig, folders

Key = Qt.Key
CALLER = """\
# Caller

## One
- [ ] Look <!-- id: look -->
  - Pin: the panel is live
- [ ] Call: [Called](called.md) <!-- id: call -->

## Two
- [ ] Cut (point of no return) <!-- id: cut -->
- [ ] Decide: what now? <!-- id: now -->
  - Fire: leave for [Fire](fire.md)
  - Nothing
  - Cannot tell: treat as Nothing
"""
CALLED = "# Called\n- [ ] Do this\n- [ ] Call: [Deep](deep.md)\n"


class Several(WindowRig):
    """A window with procedures that lead to each other, worked by keys."""

    @property
    def screen(self) -> QWidget:
        """What is shown below the band."""
        stack = self.widget("screens")
        assert isinstance(stack, QStackedWidget)
        shown = stack.currentWidget()
        assert shown is not None
        return shown

    @property
    def page(self) -> RunPage:
        """The run on screen."""
        assert isinstance(self.screen, RunPage)
        return self.screen

    def key(self, key: Qt.Key, mark: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key once what is on screen could be seen."""
        if isinstance(self.screen, RunPage):
            page, guard = self.page, self.page.guard
            self.until(lambda: guard.seen and not page.is_waiting and not guard.is_held(key))
        QTest.keyPress(self.focus, key, mark)
        QTest.keyRelease(self.focus, key, mark)

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def type_here(self, text: str) -> None:
        """Type where the cursor stands."""
        assert isinstance(self.focus, QLineEdit)
        QTest.keyClicks(self.focus, text)

    def words(self, text: str) -> None:
        """Type where the cursor stands, and Enter."""
        self.type_here(text)
        self.key(Key.Key_Return)

    def until_at(self, title: str, step: str) -> None:
        """Wait until a run stands at a step."""
        self.until(lambda: self.text("band_title") == title and step in self.text("band_step"))

    def shown(self, name: str) -> str:
        """The words of a label of what is on screen."""
        found = self.screen.findChildren(QLabel, name)
        return next((label.text() for label in found if label.isVisible()), "")

    def begin(self, title: str) -> None:
        """Start a drill of a plain procedure."""
        self.brief(title, title)
        self.start("start_drill", "DRILL", reason="a test")
        self.until(lambda: self.text("band_title") == title)


@pytest.fixture
def rig(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Several]:
    """A window with a caller, what it calls, and some more."""
    where = folders(tmp_path)
    books = where.shipped / "runbooks"
    (books / "caller.md").write_text(CALLER)
    (books / "called.md").write_text(CALLED)
    (books / "deep.md").write_text("# Deep\n- [ ] Go down\n")
    (books / "inhibiting.md").write_text(
        "---\nid: inh\ninhibits: [core]\n---\n# Inhibiting\n- [ ] Do\n"
    )
    (books / "core.md").write_text("---\nid: core\n---\n# Core\n- [ ] Stop\n")
    (books / "fire.md").write_text("# Fire\n- [ ] Get out\n")
    made = Several(qtbot, dressed, where)
    made.window.activateWindow()
    made.until(made.window.isActiveWindow)
    yield made
    made.close()


def into_the_called(rig: Several) -> None:
    """Start the caller and call from it."""
    rig.begin("Caller")
    rig.key(Key.Key_Return)
    rig.until_at("Caller", "1.2")
    rig.key(Key.Key_Return)
    rig.until(lambda: "plain file" in rig.shown("form_explain"))
    rig.words("a test")
    rig.until_at("Called", "1 Do this")


def test_a_call_goes_there_and_comes_back_three_deep(rig: Several) -> None:
    """Enter calls, Enter confirms on the way back, and the line of callers is always there."""
    into_the_called(rig)
    rig.key(Key.Key_Return)
    rig.until_at("Called", "2 Call")
    rig.key(Key.Key_Return)
    rig.until(lambda: "plain file" in rig.shown("form_explain"))
    rig.words("a test")
    rig.until_at("Deep", "1 Go down")
    assert rig.shown("run_stack") == "Caller › Called › Deep"
    assert "the panel is live" in rig.shown("pins_line")
    for title, step in (("Called", "2 Call"), ("Caller", "1.2")):
        rig.key(Key.Key_Return)
        rig.until(lambda: "No step left" in rig.text("band_step"))
        rig.key(Key.Key_Return)
        rig.until(lambda: "Run complete" in rig.text("band_step"))
        rig.key(Key.Key_Backspace)
        rig.until_at(title, step)
    rig.key(Key.Key_Return)
    rig.until_at("Caller", "2.1")


def test_the_point_of_no_return_stays_in_sight(rig: Several) -> None:
    """Before it a line warns, after it the strip says so and giving up names what is gone."""
    into_the_called(rig)
    rig.key(Key.Key_Backspace)
    rig.until_at("Caller", "1.2")
    rig.key(Key.Key_L)
    rig.words("nothing depends on it")
    rig.until_at("Caller", "2.1")
    rig.key(Key.Key_Return)
    rig.until_at("Caller", "2.2")
    rig.until(lambda: "since 2.1" in rig.shown("no_return_line"))
    rig.key(Key.Key_B)
    assert "Cannot be undone: 2.1 Cut" in rig.shown("form_explain")


def test_an_option_leaves_for_another_procedure(rig: Several) -> None:
    """What waits is named, and the new run holds it."""
    into_the_called(rig)
    rig.key(Key.Key_Backspace)
    rig.until_at("Caller", "1.2")
    rig.key(Key.Key_L)
    rig.words("meanwhile")
    rig.until_at("Caller", "2.1")
    rig.key(Key.Key_Return)
    rig.until_at("Caller", "2.2")
    rig.key(Key.Key_1)
    assert "handed to the new run: 1.2" in rig.shown("form_explain")
    rig.key(Key.Key_Return)
    rig.until(lambda: "plain file" in rig.shown("form_explain"))
    rig.words("smoke")
    rig.until_at("Fire", "Get out")
    assert "Call: Called (from Caller" in "".join(
        label.text() for label in rig.screen.findChildren(QLabel) if label.isVisible()
    )
    rig.key(Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    rig.words("they came")
    rig.until(lambda: len([r for r in rig.page.state.received if r.redeemed]) == 1)  # type: ignore[union-attr]


def test_a_note_is_pinned_and_taken_down_by_keys(rig: Several) -> None:
    """Ctrl+N asks for it, Ctrl+Shift+N for why it goes."""
    rig.begin("Fire")
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    rig.key(Key.Key_N, ctrl)
    rig.words("keys with BO")
    rig.until(lambda: "keys with BO" in rig.shown("pins_line"))
    rig.key(Key.Key_N, ctrl | shift)
    rig.words("they are back")
    rig.until(lambda: not rig.page.pins)


def test_the_wrong_procedure_is_left_from_any_step(rig: Several) -> None:
    """Q asks whether it is still the right one; Esc goes on, a name leaves."""
    rig.begin("Caller")
    rig.key(Key.Key_Q)
    assert rig.shown("form_title") == "Is this still the right procedure?"
    rig.key(Key.Key_Escape)
    rig.key(Key.Key_Q)
    rig.type_here("fire")
    rig.key(Key.Key_Return)
    rig.words("there is smoke")
    rig.until(lambda: "plain file" in rig.shown("form_explain"))
    rig.words("a test")
    rig.until_at("Fire", "Get out")


def test_a_hundred_switches_keep_every_place(rig: Several) -> None:
    """Five open runs: each keeps the step looked at and what is half typed."""
    titles = ["Caller", "Called", "Deep", "Fire", "Room hot"]
    for title in titles:
        rig.begin(title)
        if title != titles[-1]:
            rig.key(Key.Key_G)
            rig.key(Key.Key_G)
            rig.until(lambda: rig.screen.objectName() == "start_page")
    rig.key(Key.Key_G)
    rig.until(lambda: rows(rig) == len(titles))
    places: dict[str, tuple[str, str]] = {}
    for number in range(len(titles)):
        go(rig, number)
        if number % 2:
            rig.key(Key.Key_PageDown)
        rig.key(Key.Key_N)
        rig.type_here(f"half {number}")
        places[rig.text("band_title")] = place(rig)
        rig.page.left.emit()
    assert sorted(places) == sorted(titles)
    chance = random.Random(20261122)  # noqa: S311 - the same order every time
    for _ in range(100):
        go(rig, chance.randrange(len(titles)))
        assert place(rig) == places[rig.text("band_title")]
        rig.page.left.emit()


def rows(rig: Several) -> int:
    """How many runs the overview lists."""
    found = rig.widget("overview_list")
    assert isinstance(found, QListWidget)
    return found.count()


def go(rig: Several, number: int) -> None:
    """Go to a run by its number in the overview."""
    rig.until(lambda: rig.screen.objectName() == "overview_page" and rows(rig) == 5)
    QTest.keyClick(rig.screen, Key(Key.Key_1 + number))
    rig.until(lambda: isinstance(rig.screen, RunPage))


def place(rig: Several) -> tuple[str, str]:
    """The step shown, and what stands in the form."""
    field = rig.screen.findChild(QLineEdit, "form_text")
    return rig.page.step or "", field.text() if field is not None else ""


def test_a_run_that_inhibits_another_is_named_before_it_starts(rig: Several) -> None:
    """The form asks for a reason when the start shows what speaks against it."""
    rig.begin("Inhibiting")
    rig.key(Key.Key_G)
    rig.key(Key.Key_G)
    rig.until(lambda: rig.screen.objectName() == "start_page")
    rig.brief("Core", "Core")
    rig.click("start_drill")
    for field, words in (("reason", "a test"), ("word", "DRILL"), ("operator", "HRM")):
        rig.type(f"start_{field}", words)
    rig.press("start_operator", Key.Key_Return)
    rig.until(lambda: "“Inhibiting”, open as run" in rig.text("start_obstacles"))
    rig.type("start_reason", "there is no other way")
    rig.press("start_operator", Key.Key_Return)
    rig.until(lambda: rig.text("band_title") == "Core")
