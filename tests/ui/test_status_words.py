"""The signs of a status: word, symbol and colour."""

from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

from runbook.folders import shipped_folder
from runbook.run.events import Mode, RunStatus, Status
from runbook.ui.status_words import mark_of, mode_word_of, run_word_of
from runbook.ui.tokens import DARK


def test_every_status_differs_without_its_colour() -> None:
    """No two statuses share a word, and none shares a symbol."""
    marks = [mark_of(status) for status in Status]
    assert len({mark.word for mark in marks}) == len(Status)
    assert len({mark.symbol for mark in marks}) == len(Status)


def test_every_colour_is_a_token() -> None:
    """The colour of a status is taken from the look."""
    for status in Status:
        assert getattr(DARK.tokens, mark_of(status).colour).startswith("#")


def test_every_run_status_and_mode_has_a_word() -> None:
    """Runs and modes are told in words that differ."""
    assert len({run_word_of(status) for status in RunStatus}) == len(RunStatus)
    assert len({mode_word_of(mode) for mode in Mode}) == len(Mode)


def test_a_drill_says_so_three_times() -> None:
    """The words of a drill cannot be mistaken for the real thing."""
    assert mode_word_of(Mode.DRILL).startswith("ØVELSE ØVELSE ØVELSE")


@pytest.mark.usefixtures("qapp")
def test_the_bundled_font_has_every_symbol() -> None:
    """No symbol depends on a font of the system."""
    font = QRawFont(str(_text_font()), 12)
    for status in Status:
        for sign in mark_of(status).symbol:
            assert font.supportsCharacter(ord(sign)), sign


def _text_font() -> Path:
    return next((shipped_folder() / "resources" / "fonts").glob("Inter*Regular*"))
