"""What every test stands on: no display, no network, no data folder but its own, no leftovers."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Set before Qt is loaded; `QT_QPA_PLATFORM=xcb make test` still shows the windows.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The quick profile tries the same examples every time, so that a red test is always a new fault.
settings.register_profile("quick", max_examples=60, deadline=None, derandomize=True)
settings.register_profile(
    "long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("quick")

NETWORK_EVENTS = {"socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"}
JOIN_SECONDS = 3.0


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop a test that reaches for the network; sockets of the file system are no network."""
    if event not in NETWORK_EVENTS:
        return
    family = getattr(arguments[0], "family", None)
    if family is None or family.name != "AF_UNIX":
        raise RuntimeError(f"A test reached for the network: {event} {arguments[1:]}")


# An audit hook also sees what C code does, and cannot be taken off again by a test.
sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test alone: no test ever sees the journals of who runs it."""
    folder = tmp_path / "data"
    monkeypatch.setenv("RUNBOOK_DATA", str(folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    return folder


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fails the test that leaves a thread, a shown window or a ticking timer behind."""
    before = set(threading.enumerate())
    yield
    assert _threads_since(before) == []
    assert _shown_windows() == []
    assert _ticking_timers() == []


def _threads_since(before: set[threading.Thread]) -> list[str]:
    """The names of the threads that began in the test and do not end."""
    begun = [thread for thread in threading.enumerate() if thread not in before]
    for thread in begun:
        thread.join(JOIN_SECONDS)
    return [thread.name for thread in begun if thread.is_alive()]


def _shown_windows() -> list[str]:
    """The windows still on the screen, when the test has an application."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    shown = [window for window in widgets.QApplication.topLevelWidgets() if window.isVisible()]
    return [window.objectName() or type(window).__name__ for window in shown]


def _ticking_timers() -> list[str]:
    """The active timers that belong to the application or to one of its windows."""
    widgets, core = sys.modules.get("PySide6.QtWidgets"), sys.modules.get("PySide6.QtCore")
    if widgets is None or core is None or widgets.QApplication.instance() is None:
        return []
    holders = [widgets.QApplication.instance(), *widgets.QApplication.topLevelWidgets()]
    timers = [timer for holder in holders for timer in holder.findChildren(core.QTimer)]
    return [timer.objectName() or repr(timer) for timer in timers if timer.isActive()]
