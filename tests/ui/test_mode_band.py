"""The band and the frame: mode by word, colour and pattern, and the place in the run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from runbook.run.events import Mode
from runbook.ui import theme
from runbook.ui.mode_band import BandFacts, ModeBand, ModeFrame
from runbook.ui.tokens import THEMES, Theme

NOW = datetime(2026, 11, 22, 2, 41, 17, tzinfo=UTC)
FIELDS = ("mode", "title", "clock", "wall", "role", "run", "site", "revision", "section", "step")


def facts(mode: Mode = Mode.LIVE) -> BandFacts:
    """A run with long but ordinary words."""
    return BandFacts(
        mode=mode,
        run="R-7K2F",
        title="Mains loss at a datacentre",
        status="running",
        site="Example site",
        revision="7",
        section="2 Start the generator by hand",
        step="2.2 Crank the generator from its own panel and read the oil pressure",
        role="Facilities (HRM)",
        started=NOW - timedelta(minutes=33, seconds=2),
    )


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window of the smallest size served, with a band on top."""
    made = QWidget()
    qtbot.addWidget(made)
    rows = QVBoxLayout(made)
    rows.setContentsMargins(6, 6, 6, 6)
    rows.addWidget(ModeBand(made))
    rows.addStretch(1)
    made.resize(1366, 768)
    made.show()
    return made


def band_of(window: QWidget) -> ModeBand:
    """The band of a window."""
    band = window.findChild(ModeBand)
    assert band is not None
    return band


def text_of(window: QWidget, name: str) -> str:
    """The words of one field."""
    label = window.findChild(QLabel, f"band_{name}")
    assert label is not None
    return label.text()


@pytest.mark.parametrize("look", THEMES, ids=lambda look: look.name)
def test_every_field_is_in_sight_in_a_small_window(
    qapp: QApplication, window: QWidget, look: Theme
) -> None:
    """Mode, run, site, procedure, revision, section, step, role and clocks all have room."""
    theme.apply(qapp, look)
    band_of(window).show_facts(facts(Mode.DRILL), NOW)
    qapp.processEvents()
    assert window.width() == 1366
    for name in FIELDS:
        label = window.findChild(QLabel, f"band_{name}")
        assert label is not None
        assert label.visibleRegion().boundingRect() == label.rect(), name
        assert label.width() > 20, name
        assert label.text(), name


def test_the_run_clock_counts_from_the_start(window: QWidget) -> None:
    """The clock shows the time since the run was started."""
    band_of(window).show_facts(facts(), NOW)
    assert "0:33:02" in text_of(window, "clock")
    band_of(window).tick(NOW + timedelta(seconds=1))
    assert "0:33:03" in text_of(window, "clock")


def test_the_band_is_gone_outside_of_a_run(window: QWidget) -> None:
    """Choosing a procedure is no run and has no mode."""
    band = band_of(window)
    band.show_facts(facts(), NOW)
    band.show_facts(None, NOW)
    assert not band.isVisible()
    assert band.facts is None


@pytest.mark.parametrize("mode", list(Mode))
def test_the_word_of_the_mode_is_shown(window: QWidget, mode: Mode) -> None:
    """Each mode has its own word in the band."""
    band_of(window).show_facts(facts(mode), NOW)
    wanted = {Mode.LIVE: "LIVE", Mode.TEST: "TEST", Mode.DRILL: "ØVELSE ØVELSE ØVELSE"}[mode]
    assert wanted in text_of(window, "mode")


def test_frames_differ_without_colour(qtbot: QtBot) -> None:
    """Turned to grey, the three frames are still three different patterns."""
    frame = ModeFrame()
    qtbot.addWidget(frame)
    frame.resize(300, 200)
    seen = set()
    for mode in Mode:
        frame.show_mode(mode)
        grey = frame.grab().toImage().copy(0, 0, 300, 6)
        darkness = [grey.pixelColor(x, 3).lightness() for x in range(300)]
        seen.add(tuple(level > sum(darkness) / 300 for level in darkness))
    assert len(seen) == len(Mode)


def test_the_band_says_when_a_run_is_paused_or_being_aborted(window: QWidget) -> None:
    """The state of the run stands beside its clock; nobody takes a paused run for a running one."""
    band = band_of(window)
    band.show_facts(replace(facts(), status="paused"), NOW)
    assert text_of(window, "clock").startswith("Paused 0:33:02")


def test_who_has_no_role_is_named_without_one(window: QWidget) -> None:
    """Initials are no role."""
    band = band_of(window)
    band.show_facts(replace(facts(), role="", operator="HRM"), NOW)
    assert text_of(window, "role") == "HRM, no role"


def test_after_the_last_step_the_band_says_what_became_of_the_run(window: QWidget) -> None:
    """No step is named where there is none."""
    band = band_of(window)
    band.show_facts(replace(facts(), step="", status="aborted", ended=NOW), NOW)
    assert text_of(window, "step") == "Run aborted"


def test_a_run_with_no_step_left_says_so(window: QWidget) -> None:
    """Between the last step and the end of the run the band says that none is left."""
    band_of(window).show_facts(replace(facts(), step=""), NOW)
    assert text_of(window, "step") == "No step left"
