"""A run page on screen, worked as an operator does: by keys alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from runbook.run.events import Mode
from tests.ui.run_driver import Driver
from tests.ui.run_texts import POWER

Key = Qt.Key


class Window:
    """A run on screen with the keyboard in it."""

    def __init__(
        self, qtbot: QtBot, text: str = POWER, mode: Mode = Mode.LIVE, site: str = ""
    ) -> None:
        self.driver = Driver(text, mode, site=site)
        page = self.driver.page
        qtbot.addWidget(page, before_close_func=self._closing)
        page.resize(1280, 720)
        with qtbot.waitExposed(page, timeout=20_000):
            page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow, timeout=20_000)
        self.driver.show()

    def _closing(self, _page: QWidget) -> None:
        """Being asked for keeps the page alive: none is collected while it still paints."""

    @property
    def focus(self) -> QWidget:
        """The widget that has the keyboard."""
        return QApplication.focusWidget() or self.driver.page

    def press(self, *keys: Qt.Key, ctrl: bool = False, alt: bool = False) -> None:
        """Press keys one after the other, each with the step long enough in sight."""
        modifiers = Qt.KeyboardModifier.NoModifier
        if ctrl:
            modifiers = Qt.KeyboardModifier.ControlModifier
        elif alt:
            modifiers = Qt.KeyboardModifier.AltModifier
        for key in keys:
            self.driver.seen()
            QTest.keyPress(self.focus, key, modifiers)
            QTest.keyRelease(self.focus, key, modifiers)

    def press_at_once(self, key: Qt.Key) -> None:
        """Press a key before anybody can have read the step."""
        self.driver.seconds += 0.2
        QTest.keyPress(self.focus, key)
        QTest.keyRelease(self.focus, key)

    def hold(self, key: Qt.Key, seconds: float, *, marked: bool) -> None:
        """Hold a key; a busy machine does not mark its repeats."""
        begun = self.driver.seconds
        self._send(QEvent.Type.KeyPress, key, repeats=False)
        while self.driver.seconds < begun + seconds:
            self.driver.seconds += 0.04
            self._send(QEvent.Type.KeyRelease, key, repeats=marked)
            self._send(QEvent.Type.KeyPress, key, repeats=marked)
        self._send(QEvent.Type.KeyRelease, key, repeats=False)

    def _send(self, kind: QEvent.Type, key: Qt.Key, *, repeats: bool) -> None:
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.focus, QKeyEvent(kind, key, none, "\r", repeats))

    def type(self, words: str) -> None:
        """Type words where the cursor stands."""
        QTest.keyClicks(self.focus, words)

    def write(self, words: str) -> None:
        """Type words where the cursor stands, and Enter."""
        self.type(words)
        self.press(Key.Key_Return)

    def shown(self, name: str) -> str:
        """The words of a visible label of that name, empty when there is none."""
        labels = self.driver.page.findChildren(QLabel, name)
        return next((label.text() for label in labels if label.isVisible()), "")

    def button(self, name: str) -> QPushButton:
        """A button by its name."""
        button = self.driver.page.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        return button

    def child(self, name: str) -> QWidget:
        """A widget by its name."""
        child = self.driver.page.findChild(QWidget, name)
        assert isinstance(child, QWidget)
        return child
