"""Whether a display answers, asked before Qt is started on it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from runbook.cli import display
from tools import display as make_run


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a desktop session whose display is alive."""
    # The name of a socket has room for about a hundred signs only, so it is a relative one.
    folder = os.path.relpath(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{folder}/wayland-9")
        listening.listen()
        yield {"XDG_RUNTIME_DIR": folder, "WAYLAND_DISPLAY": "wayland-9"}


def test_no_display_is_told() -> None:
    """A bare terminal learns that there is none."""
    assert "There is no display" in display.trouble({})


def test_a_display_that_answers_is_no_trouble(desktop: dict[str, str]) -> None:
    """In a desktop session nothing is said."""
    assert display.trouble(desktop) == ""


def test_a_dead_display_is_told_by_its_name() -> None:
    """A display left over from another session is named, and Qt is not started on it."""
    told = display.trouble({"DISPLAY": ":4711"})
    assert "does not answer (DISPLAY=:4711)" in told


def test_another_qt_platform_needs_no_display() -> None:
    """Who asks Qt for another platform knows why."""
    assert display.trouble({"QT_QPA_PLATFORM": "offscreen"}) == ""


def test_a_display_that_is_no_display_is_dead() -> None:
    """A variable with anything else in it never stops the answer."""
    assert "does not answer" in display.trouble({"DISPLAY": "somewhere"})


def test_advice_tells_the_way_without_a_window() -> None:
    """The terminal walk is offered where no window can open."""
    assert ".venv/bin/runbook walk FILE" in make_run.ADVICE
