"""Started by the start benchmark: opens a window, tells when it can be used, and leaves.

`bare` is PySide6 with one label; `app` is Runbook with the folders given. Prints one line of
JSON: the moment the screen was painted and had taken a key, the moment everything that comes
after was there too (procedures read, journal open), and the peak memory at the end.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget


class FirstPaint(QObject):
    """Calls back once, when the event loop is free again after the first paint of a widget."""

    def __init__(self, widget: QWidget, then: object) -> None:
        super().__init__(widget)
        self._then = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look for the paint event."""
        if event.type() is QEvent.Type.Paint and self._then is not None:
            QTimer.singleShot(0, self._then)  # type: ignore[call-overload]
            self._then = None
        return super().eventFilter(watched, event)


def told(usable: float) -> None:
    """Print the figures of this process."""
    peak = _peak_kib() / 1024
    print(json.dumps({"usable": usable, "settled": time.perf_counter(), "peak": peak}))  # noqa: T201


def _peak_kib() -> int:
    """The most memory this process ever held; `ru_maxrss` would count its parent's too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def bare() -> None:
    """A window with one label."""
    app = QApplication(sys.argv[:1])
    label = QLabel("Runbook")
    label.resize(1366, 768)

    def painted() -> None:
        told(time.perf_counter())
        app.quit()

    FirstPaint(label, painted)
    label.show()
    app.exec()


def ours(data: Path, procedures: Path) -> None:
    """The start screen, with one key typed into its search field."""
    from runbook.folders import find_folders  # noqa: PLC0415 - what is measured
    from runbook.ui import app as window_app  # noqa: PLC0415 - what is measured

    app = window_app.make_application()
    window = window_app.make_window(app, find_folders(data, [procedures]))
    window.resize(1366, 768)
    usable: list[float] = []

    def painted() -> None:
        field = window.start_page.search_field
        app.sendEvent(field, _key(QEvent.Type.KeyPress))
        app.sendEvent(field, _key(QEvent.Type.KeyRelease))
        assert field.text() == "o"
        usable.append(time.perf_counter())

    def listed(family: str, _listing: object) -> None:
        assert family == "live"
        told(usable[0])
        QTimer.singleShot(0, window.close)

    FirstPaint(window.start_page, painted)
    window._controller.listed.connect(listed, Qt.ConnectionType.SingleShotConnection)
    window.show()
    app.exec()


def _key(kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(kind, Qt.Key.Key_O, Qt.KeyboardModifier.NoModifier, "o")


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]), Path(sys.argv[3]))
