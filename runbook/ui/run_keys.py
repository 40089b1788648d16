"""What each key of the run page does. Letters act only while nothing is being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from runbook.ui.run_asides import ASIDES

if TYPE_CHECKING:
    from runbook.ui.run_page import RunPage

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_RUN_ACTS: Final = {
    "P": "pause",
    "B": "abort",
    "E": "end",
    "G": "leave",
    "U": "person",
    "V": "verify",
    **ASIDES,
}
_LINES: Final = 3


class HeldKeys(QObject):
    """Stops what a held key repeats, wherever on the page the keyboard is.

    It listens at the widget that has the keyboard, and nowhere else. In a field only Enter
    is stopped, and a letter that was already down when the field opened.
    """

    def __init__(self, page: RunPage) -> None:
        super().__init__(page)
        self._page = page
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and (now is self._page or self._page.isAncestorOf(now)):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """True for a press that is not a press of its own."""
        if not isinstance(event, QKeyEvent) or not self._acts(event.key()):
            return False
        guard, repeated = self._page.guard, event.isAutoRepeat()
        if event.type() == QEvent.Type.KeyRelease:
            guard.released(event.key(), repeated=repeated)
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if isinstance(watched, QLineEdit | QPlainTextEdit) and event.key() not in _ENTER:
            return guard.is_down(event.key())
        return not guard.pressed(event.key(), repeated=repeated)

    @staticmethod
    def _acts(key: int) -> bool:
        """True for Enter, letters and digits: the keys that may change something."""
        return key in _ENTER or Qt.Key.Key_Space < key <= Qt.Key.Key_AsciiTilde


class RunKeys:
    """Turns keys into what the page can do; True when the key was used."""

    def __init__(self, page: RunPage) -> None:
        self._page = page

    def pressed(self, event: QKeyEvent) -> bool:
        """Handle a key that no field wanted."""
        if isinstance(QApplication.focusWidget(), QLineEdit):
            return self._moves(event)
        if event.key() in _ENTER:
            return self._enter()
        if self._moves(event):
            return True
        if event.isAutoRepeat() or self._page.is_waiting:
            return False
        with_ctrl = event.modifiers() & _CTRL
        return self._with_ctrl(event) if with_ctrl else self._letter(event)

    def _enter(self) -> bool:
        """Enter presses the button that has the keyboard, else confirms the step."""
        if not self._page.guard.seen or self._page.is_waiting:
            return True
        button = QApplication.focusWidget()
        if isinstance(button, QPushButton):
            button.click()
            return True
        return self._act("Enter")

    def _act(self, key: str) -> bool:
        what = self._page.middle.act_for(key)
        if what is not None:
            self._page.asks.act(what)
        return what is not None

    def _moves(self, event: QKeyEvent) -> bool:
        """Keys that only look."""
        alt = bool(event.modifiers() & _ALT)
        page = self._page
        match event.key():
            case Qt.Key.Key_Home:
                page.look_home()
            case Qt.Key.Key_PageDown:
                page.outline.move_look(1)
            case Qt.Key.Key_PageUp:
                page.outline.move_look(-1)
            case Qt.Key.Key_Down:
                page.outline.move_look(1) if alt else page.middle.panel.area.scroll_by(_LINES)
            case Qt.Key.Key_Up:
                page.outline.move_look(-1) if alt else page.middle.panel.area.scroll_by(-_LINES)
            case Qt.Key.Key_Escape:
                page.give_up()
            case Qt.Key.Key_Tab if event.modifiers() & _CTRL:
                page.next_wanted.emit()
            case Qt.Key.Key_F1:
                page.help_wanted.emit()
            case _:
                return False
        return True

    def _with_ctrl(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_C:
                self._page.asks.copy()
            case Qt.Key.Key_H:
                self._page.asks.act_on_run("handover")
            case Qt.Key.Key_Z:
                self._page.asks.choose_entry()
            case Qt.Key.Key_N if event.modifiers() & _SHIFT:
                self._page.asks.ask_take_down()
            case Qt.Key.Key_N:
                self._page.asks.ask_pin()
            case Qt.Key.Key_R:
                self._page.asks.ask_redeem()
            case _:
                return False
        return True

    def _letter(self, event: QKeyEvent) -> bool:
        if self._page.middle.form.is_open:
            return False  # a letter beside the field of a question is a slip, not an act
        key = event.text().upper()
        if key == "/":
            self._page.outline.start_find()
            return True
        if len(key) == 1 and key.isdigit() and self._digit(key):
            return True
        if self._act(key):
            return True
        if key == "W":
            return self._page.side.watch.take_keyboard()
        if key == "K":
            self._page.clocks.open()
            return True
        if event.key() == Qt.Key.Key_Backspace:
            self._page.go_back()
            return True
        if key == "J":
            self._page.lanes.turn(-1 if event.modifiers() & _SHIFT else 1)
            return True
        if key == "Q":
            self._page.asks.ask_gate()
            return True
        if key in _RUN_ACTS:
            self._page.asks.act_on_run(_RUN_ACTS[key])
            return True
        return False

    def _digit(self, key: str) -> bool:
        """A digit decides where there is something to decide, else it begins a reading."""
        button = self._page.middle.option_button(int(key))
        if button is not None:
            if button.isEnabled() and self._page.guard.seen:
                button.click()
            return True
        return self._page.middle.focus_reading(key)
