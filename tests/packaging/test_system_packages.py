"""What the installer says about the system libraries of Qt."""

from __future__ import annotations

import pytest

from tools import system_packages


def test_every_library_is_looked_at() -> None:
    """Each pattern finds a file of the installed PySide6, so a new release cannot slip by."""
    patterns = [*system_packages.OFFSCREEN, *system_packages.X11, *system_packages.WAYLAND]
    folder = system_packages.qt_folder()
    assert [pattern for pattern in patterns if not list(folder.glob(pattern))] == []


def test_a_window_needs_the_libraries_of_its_display(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an X display nothing of X11 is asked for, with one everything is."""
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert set(system_packages.X11).isdisjoint(system_packages.wanted(window=True))
    monkeypatch.setenv("DISPLAY", ":0")
    assert set(system_packages.X11) <= set(system_packages.wanted(window=True))


def test_advice_names_what_to_type() -> None:
    """The reader gets the libraries, one command, and the way without a window."""
    told = system_packages.advice(["libxcb-cursor.so.0", "libEGL.so.1"])
    assert "sudo apt-get install libegl1 libxcb-cursor0" in told
    assert "runbook walk" in told


def test_an_unknown_library_is_still_named() -> None:
    """A library no package is known for is not kept quiet."""
    assert "libnew.so.9" in system_packages.advice(["libnew.so.9"])
