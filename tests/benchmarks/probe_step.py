"""Started by the step and idle benchmarks: works a run in the real window and tells the times.

`step N COUNT` presses Enter through COUNT steps of a procedure of N and prints, as JSON, the
milliseconds from each key press until the entry is durable and the next step painted.
`bare COUNT` does one durable insert and one repaint of a label of the same size instead,
`same COUNT` one durable insert and one repaint of the run's own window.
`idle SECONDS` leaves an open run alone and prints the seconds of processor time it used.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from runbook.folders import find_folders
from runbook.journal.driver import Connection, library
from runbook.run.events import Mode
from runbook.ui import app as window_app
from runbook.ui.key_guard import GUARD_S
from runbook.ui.main_window import MainWindow
from runbook.ui.run_page import RunPage
from tests.benchmarks.made import procedure_text

SIZE = (1366, 768)
PATIENCE_MS = 20_000
INSERT = "INSERT INTO entry (raw) VALUES (?)"
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Painted(QObject):
    """Waits in Qt's own loop until something holds and has been painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._loop = QEventLoop(self)
        self._holds: Callable[[], bool] | None = None
        self._at = 0.0
        window.installEventFilter(self)

    def wait(self, holds: Callable[[], bool]) -> float:
        """Run events until the condition holds and the window has painted; the moment of that."""
        self._holds = holds
        self._loop.exec()
        return self._at

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A window paints what has changed when it is asked to update."""
        if event.type() is not QEvent.Type.UpdateRequest or not self._holds or not self._holds():
            return super().eventFilter(watched, event)
        self._holds = None
        watched.event(event)
        self._at = time.perf_counter()
        self._loop.quit()
        return True


def until(condition: Callable[[], bool]) -> None:
    """Run events until a condition holds; fails after a while."""
    timer = QElapsedTimer()
    timer.start()
    while not condition():
        pause(0.01)
        assert timer.elapsed() < PATIENCE_MS, "nothing happened"


def pause(seconds: float) -> None:
    """Run Qt's own loop, which sleeps while nothing happens, for some time."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def open_run(app: QApplication, data: Path, steps: int) -> MainWindow:
    """The window, working a new run of a procedure of that length."""
    file = data / f"made-{steps}.md"
    file.write_text(procedure_text(steps), encoding="utf-8")
    window = window_app.make_window(app, find_folders(data))
    window.resize(*SIZE)
    window.show()
    control = window._controller
    actor = window._run_screen.act_as("ANN", "fac")
    listings: list[object] = []
    control.listed.connect(lambda *answer: listings.append(answer))
    until(lambda: len(listings) > 1)
    control.start(file, Mode.LIVE, actor, "a benchmark", {"fac": "ANN"})
    until(lambda: control.place is not None and not control.busy)
    return window


def steps(data: Path, length: int, count: int) -> list[float]:
    """Milliseconds from key press to the next step painted, for each of some steps."""
    app = window_app.make_application()
    window = open_run(app, data, length)
    page, painted = window.findChild(RunPage), Painted(window)
    assert page is not None
    times = []
    for _ in range(count):
        pause(GUARD_S + 0.13)  # at another moment of the clock's second each time
        before, target = _place(page), QApplication.focusWidget() or page
        began = time.perf_counter()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            app.sendEvent(target, QKeyEvent(kind, Qt.Key.Key_Return, NO_MODIFIER))
        times.append((painted.wait(partial(_has_moved, page, before)) - began) * 1000)
    window.close()
    return times


def _has_moved(page: RunPage, before: str | None) -> bool:
    return _place(page) != before


def _place(page: RunPage) -> str | None:
    return page.state.current if page.state else None


def bare(data: Path, count: int) -> list[float]:
    """The same for one durable insert and one label."""
    connection = bare_database(data)
    window_app.make_application()
    label = QLabel("Step", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
    label.resize(*SIZE)
    label.show()
    painted, times = Painted(label), []
    for place in range(count):
        pause(0.1)
        began = time.perf_counter()
        connection.execute(INSERT, (b"x" * 700,))
        label.setText(f"Read panel {place} and say what it shows")
        times.append((painted.wait(lambda: True) - began) * 1000)
    connection.close()
    return times


def same(data: Path, count: int) -> list[float]:
    """The same for one durable insert and the run's window, painted again as it is."""
    connection, times = bare_database(data), []
    app = window_app.make_application()
    window = open_run(app, data, 20)
    for _ in range(count):
        pause(0.5)
        began = time.perf_counter()
        connection.execute(INSERT, (b"x" * 700,))
        window.repaint()
        times.append((time.perf_counter() - began) * 1000)
    window.close()
    connection.close()
    return times


def bare_database(data: Path) -> Connection:
    """One table, WAL, synchronous FULL."""
    connection = library.connect(str(data / "bare.db"), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, raw BLOB)")
    return connection


def idle(data: Path, seconds: float) -> list[float]:
    """Processor seconds used while an open run is left alone."""
    app = window_app.make_application()
    window = open_run(app, data, 60)
    pause(2)
    began = time.process_time()
    pause(seconds)
    used = time.process_time() - began
    window.close()
    return [used, seconds]


def main(arguments: list[str]) -> None:
    """Do what was asked and print it as JSON."""
    what, data, *numbers = arguments
    folder = Path(data)
    folder.mkdir(parents=True, exist_ok=True)
    match what:
        case "step":
            found = steps(folder, int(numbers[0]), int(numbers[1]))
        case "bare":
            found = bare(folder, int(numbers[0]))
        case "same":
            found = same(folder, int(numbers[0]))
        case _:
            found = idle(folder, float(numbers[0]))
    print(json.dumps(found))  # noqa: T201 - read by the benchmark


if __name__ == "__main__":
    main(sys.argv[1:])
