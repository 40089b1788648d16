"""What a person reads in a run: values filled in, numbers for ids, names for roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from runbook.folders import find_folders
from runbook.run.commands import Defer, Read
from runbook.starting import load
from runbook.ui.briefing_words import briefing_lines
from runbook.ui.mode_band import facts_of
from runbook.ui.side_words import open_items_of
from runbook.ui.step_view import view_of
from tests.ui.run_driver import Driver
from tests.ui.run_window import Key, Window

PLACES = """---
runbook: 1
id: places
title: Places
roles: {lead: Incident lead, exec: Executive on call}
values: {room: room 7, other: Site B}
---
# Places

> [!WARNING]
> The doors of {{room}} close by themselves.

## In {{room}} <!-- id: inside -->
> [!CAUTION]
> Mind the floor of {{room}}.

- [ ] Open {{room}} (lead) <!-- id: open -->
  - Expect: {{room}} is open
- [ ] Move to {{other}} (lead) <!-- id: move -->
  - Within: 3 min of open
- [ ] Every 2 min: look at {{room}} (lead) <!-- id: look -->
  - Record: warmth = Warmth of the room, °C, at most 45
  - Until: {{room}} is closed
- [ ] Decide: is {{room}} closed? (lead) <!-- id: closed -->
  - Yes: go to [the move](#move)
  - No: go on
- [ ] Tell: the lead (lead) <!-- id: tell -->
  - Say: It is {{warmth}} °C.
- [ ] Hold: leave {{other}} (lead) <!-- id: leave -->
  - Go when: warmth <= 30 °C
  - No-go: wait
  - Deputy after 2m: exec
"""


def test_no_label_of_any_step_shows_an_unfilled_value(qtbot: QtBot) -> None:
    """Step, band, outline, clocks, options and the end of the run name the values."""
    window = Window(qtbot, PLACES)
    driver = window.driver
    driver.do(Defer(step="open", target="move", reason="closed now"))
    driver.show()
    for step in driver.procedure.steps:
        driver.page.look_at(step.id)
        assert not [words for words in _words(window) if "{{" in words]
    window.press(Key.Key_Home, Key.Key_E)
    items = window.child("end_items")
    assert isinstance(items, QListWidget)
    assert not [words for words in _words(window) if "{{" in words]
    assert "Open room 7" in items.item(0).text()


def _words(window: Window) -> Iterator[str]:
    yield from (label.text() for label in window.driver.page.findChildren(QLabel))
    model = window.driver.page.outline.model
    yield from (str(model.data(model.index(row))) for row in range(model.rowCount()))
    facts = facts_of(window.driver.runner.state, operator="HRM", role="")
    yield from (facts.section, facts.step)


def test_the_end_counts_open_steps_in_proper_words(qtbot: QtBot) -> None:
    """One step stays, several stay."""
    one = Window(qtbot, "# One\n\n- [ ] Do this\n")
    one.press(Key.Key_E)
    assert one.shown("end_words").startswith("1 step stays open")
    many = Window(qtbot, PLACES)
    many.press(Key.Key_E)
    assert many.shown("end_words").startswith("6 steps stay open")


def test_every_alert_is_shown_once() -> None:
    """A section's alerts reach its steps, and each only once."""
    alerts = view_of(Driver(PLACES).runner.state, "move").alerts
    assert [a.text for a in alerts] == sorted({a.text for a in alerts}, key=_first_letter)
    assert [a.text for a in alerts].count("Mind the floor of room 7.") == 1


def _first_letter(text: str) -> bool:
    return text.startswith("Mind")


def test_a_hold_names_the_role_that_is_asked_next() -> None:
    """The deputy is told by name, not by key."""
    told = [line.text for line in view_of(Driver(PLACES).runner.state, "leave").check.lines]
    assert "No answer after 2 min: Executive on call (nobody holds this role)" in told


def test_a_deadline_names_the_step_it_counts_from() -> None:
    """The number of the step stands for its id."""
    state = Driver(PLACES).runner.state
    lines = view_of(state, "move").lines
    assert "within 3 min of 1.1" in [line.text for line in lines]


def test_open_items_are_told_with_their_values() -> None:
    """What was put off is named as it is on the step."""
    driver = Driver(PLACES)
    driver.do(Defer(step="open", target="move", reason="closed now"))
    (told,) = open_items_of(driver.runner.state)
    assert "1.1 Open room 7" in told


def test_a_comparison_names_the_reading_by_its_words() -> None:
    """The name that the file gives a reading is for the file."""
    told = [line.text for line in view_of(Driver(PLACES).runner.state, "leave").check.lines]
    assert "? Go when Warmth of the room ≤ 30 °C: no reading yet" in told


def test_a_value_that_nobody_has_read_is_told_as_such() -> None:
    """A message names the reading that is missing, then its value."""
    driver = Driver(PLACES)
    assert _said(driver) == "It is (Warmth of the room: not read yet) °C."
    driver.do(Read(step="look", name="warmth", typed="31"))
    assert _said(driver) == "It is 31 °C."


def _said(driver: Driver) -> str:
    lines = view_of(driver.runner.state, "tell").lines
    return next(line.text for line in lines if line.kind == "say")


def test_a_link_in_the_briefing_is_read_as_its_words(tmp_path: Path) -> None:
    """What the front matter links to is named; no bracket or file name is read aloud."""
    file = tmp_path / "x.md"
    file.write_text(
        '---\ndo_not_use_when: ["It burns: take [Fire](fire.md)"]\n---\n# X\n\n- [ ] Look\n',
        encoding="utf-8",
    )
    briefing = load(file, find_folders(tmp_path), date(2026, 11, 22))
    said = [text for _, text, _ in briefing_lines(briefing, date(2026, 11, 22))]
    assert any("take Fire" in text for text in said)
    assert not any("](" in text for text in said)
