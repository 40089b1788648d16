"""The way from folders to a window: application, look, language, hooks, journals."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import runbook
from runbook.resources import resource_folder
from runbook.ui import theme
from runbook.ui.controller import Controller
from runbook.ui.faults import Faults
from runbook.ui.language import install_language
from runbook.ui.librarian import Librarian
from runbook.ui.main_window import MainWindow
from runbook.ui.settings import SettingsFile

if TYPE_CHECKING:
    from socket import socket

    from runbook.folders import Folders
    from runbook.run.events import Mode
    from runbook.ui.desk import Desk

_SIZE = (1366, 860)
_ROOMY = 1.2
_STYLE = ("-style", "fusion")


def main(
    folders: Folders,
    *,
    procedures: Sequence[Path] = (),
    open_file: Path | None = None,
    mode: Mode | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit code."""
    here = replace(folders, given=tuple(dict.fromkeys((*folders.given, *procedures))))
    app = make_application()
    faults = Faults(app)
    faults.install()
    window = make_window(app, here)
    faults.told.connect(window.fault_bar.show_fault)
    ending = Ending(window)
    ending.asked.connect(window.close)
    window.painted.connect(ending.install)
    if open_file is not None:
        window.open_file(open_file, mode)
    show(window)
    code = app.exec()
    ending.remove()
    faults.remove()
    return code


def make_application() -> QApplication:
    """The application, named, with its fonts; the one that runs already where there is one."""
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication([sys.argv[0], *_STYLE])
    made.setApplicationName("runbook")
    made.setApplicationDisplayName("Runbook")
    made.setApplicationVersion(runbook.__version__)
    made.setDesktopFileName("runbook")
    theme.load_fonts()
    return made


def make_window(app: QApplication, folders: Folders) -> MainWindow:
    """The window with everything behind it, in the look and language that were chosen."""
    now = datetime.now(UTC)
    settings = SettingsFile(folders.data)
    install_language(app, settings.now.language, app)
    folders = replace(folders, lang=settings.now.language or folders.lang)
    theme.apply(app, settings.now.look(now))
    controller = Controller(partial(_open_desk, folders), app)
    librarian = Librarian(folders, now.astimezone().date(), app)
    window = MainWindow(folders, controller, librarian, settings)
    window.setWindowIcon(QIcon(str(resource_folder() / "icons" / "runbook.svg")))
    return window


def show(window: MainWindow) -> None:
    """Show the window in its own size, or as large as a small screen allows."""
    room = window.screen().availableGeometry()
    window.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))
    if room.width() < _SIZE[0] * _ROOMY:
        window.showMaximized()
    else:
        window.show()


def _open_desk(folders: Folders, family: str) -> Desk:
    # In the journal's thread, after the window is there: parser and journal are loaded here.
    from runbook.ui.desk import open_desk  # noqa: PLC0415

    return open_desk(folders, family)


class Ending(QObject):
    """`asked` is emitted when the system wants the program to end: log-out, shutdown, Ctrl+C.

    Python's own handlers only run between its instructions, and none run while Qt waits; a
    byte written to a socket wakes Qt up.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sockets: tuple[socket, socket] | None = None
        self._wakeup = -1
        self._before: dict[int, Any] = {}

    @Slot()
    def install(self) -> None:
        """Listen to the system from now on."""
        from socket import socketpair  # noqa: PLC0415 - not on the way to a window

        ours, theirs = self._sockets = socketpair()
        for end in (ours, theirs):
            end.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(theirs.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, _go_on)
        self._notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        if self._sockets is not None:
            self._sockets[0].recv(64)
            self.asked.emit()

    def remove(self) -> None:
        """Leave signals as they were found."""
        if self._sockets is None:
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        for end in self._sockets:
            end.close()
        self._sockets = None


def _go_on(_number: int, _frame: object) -> None:
    """The byte in the socket says everything."""
