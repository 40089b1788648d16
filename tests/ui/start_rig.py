"""A window on folders of its own: real library, real journal, real threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from runbook.folders import Folders
from runbook.ui.app import make_window
from runbook.ui.main_window import MainWindow

MAINS = """---
runbook: 1
id: mains-loss
title: Mains loss
revision: 7
owner: Operations
approved: {by: Head of operations, on: 2026-03-02}
symptoms: [on battery, no mains]
use_when: ["A UPS reports on battery"]
roles: {lead: Incident lead, fac: Facilities}
bring: [radio]
---
# Mains loss

## 1 Confirm <!-- id: confirm -->

- [ ] Read the panel (Facilities, ~2m) <!-- id: panel -->
  - Expect: display lit
  - If not: ask the lead
- [ ] Call the lead (Incident lead, ~1m) <!-- id: call-lead -->
  - Expect: an answer
  - If not: call the deputy
"""
PLAIN = "# Room hot\n\n1. Open the doors\n2. Read the thermometer\n"


def folders(root: Path) -> Folders:
    """Folders with two procedures, one approved and one plain."""
    books = root / "shipped" / "runbooks"
    books.mkdir(parents=True)
    (books / "mains.md").write_text(MAINS, encoding="utf-8")
    (books / "room.md").write_text(PLAIN, encoding="utf-8")
    return Folders(root / "data", root / "shipped")


class WindowRig:
    """Drives a window by what is on the screen: object names, keys, words."""

    def __init__(self, qtbot: QtBot, app: QApplication, where: Folders) -> None:
        self._bot = qtbot
        self._app = app
        self._where = where
        self.window: MainWindow = self.open()

    def open(self) -> MainWindow:
        """Open a window and wait until procedures and runs are there."""
        self.window = make_window(self._app, self._where)
        self._bot.addWidget(self.window)
        self.window.show()
        self.until(lambda: "procedures" in self.text("found_heading"))
        self.until(lambda: "Opening" not in self.text("status_saved"))
        return self.window

    def close(self) -> None:
        """Close the window and wait for its threads."""
        self.window.close()
        self.window.deleteLater()

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition."""
        self._bot.waitUntil(condition, timeout=8000)

    def text(self, name: str) -> str:
        """The words of a label."""
        found = self.window.findChild(QLabel, name)
        return found.text() if found is not None else ""

    def field(self, name: str) -> QLineEdit:
        """A field to type into."""
        found = self.window.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def widget(self, name: str) -> QWidget:
        """Any named widget."""
        found = self.window.findChild(QWidget, name)
        assert found is not None, name
        return found

    def type(self, name: str, text: str) -> None:
        """Type into a field in place of what it holds."""
        self.field(name).selectAll()
        QTest.keyClicks(self.field(name), text)

    def press(self, name: str, key: Qt.Key) -> None:
        """Press a key in a widget."""
        QTest.keyClick(self.widget(name), key)

    def click(self, name: str) -> None:
        """Press a button."""
        found = self.window.findChild(QPushButton, name)
        assert found is not None, name
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def brief(self, words: str, title: str) -> None:
        """Search for words and wait for the briefing of a procedure."""
        self.type("search_field", words)
        self.until(lambda: self.text("briefing_title") == title)

    def start(self, button: str, word: str, *, reason: str = "") -> None:
        """Start what is briefed and wait for its run."""
        self.click(button)
        if reason:
            self.type("start_reason", reason)
        self.type("start_word", word)
        self.type("start_operator", "HRM")
        self.press("start_operator", Qt.Key.Key_Return)
        self.until(lambda: self.widget("mode_band").isVisible())
