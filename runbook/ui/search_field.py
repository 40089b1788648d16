"""The field in which one types what one sees; arrow keys move through what was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_PAGE = 5


class SearchField(QLineEdit):
    """`moved` asks for another line of the list while the cursor stays here."""

    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search_field")
        self.setAccessibleName(self.tr("What do you see?"))
        self.setPlaceholderText(self.tr("What do you see? For example: on battery, room hot"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that move through the list are not for the text."""
        move = _move_of(event.key())
        if move:
            self.moved.emit(move)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


def _move_of(key: int) -> int:
    """By how many lines a key moves; 0 for all other keys."""
    moves = {
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -_PAGE,
        Qt.Key.Key_PageDown: _PAGE,
    }
    return moves.get(Qt.Key(key), 0)
