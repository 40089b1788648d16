"""A button that shows its key, wraps its words, and may say in a second line where it leads."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from runbook.ui.theme import colour, current, set_property, text_font

_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
_WIDEST: Final = 46


class KeyButton(QPushButton):
    """Words, the key that does the same, and a quieter line below when there is one.

    With `leading` the key stands before the words, as the number of an option does.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, leading: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._leading = leading
        self._words, self._key, self._detail = "", "", ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAutoDefault(False)

    @property
    def key(self) -> str:
        """The key as shown."""
        return self._key

    def show_words(self, words: str, key: str, detail: str = "", kind: str = "") -> None:
        """Show words; calling it again with the same ones costs nothing."""
        set_property(self, "kind", kind)
        if (words, key, detail) == (self._words, self._key, self._detail):
            return
        self._words, self._key, self._detail = words, key, detail
        self.setAccessibleName(" ".join(part for part in (words, detail) if part))
        self.setAccessibleDescription(key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for the words on one line, up to a comfortable line length."""
        words, key = QFontMetrics(self._font()), QFontMetrics(self._key_font())
        widest = words.averageCharWidth() * _WIDEST
        text = max(words.horizontalAdvance(self._words), key.horizontalAdvance(self._detail))
        width = min(text, widest) + self._key_room() + 2 * self._pad() + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """May wrap down to a few words a line."""
        narrow = QFontMetrics(self._font()).averageCharWidth() * 12
        whole = self.sizeHint()
        return QSize(min(narrow + self._key_room(), whole.width()), whole.height())

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the wrapped words need."""
        room = max(1, width - 2 * self._pad() - self._key_room())
        high = self._text_height(self._font(), self._words, room)
        if self._detail:
            high += self._text_height(self._key_font(), self._detail, room) + 2
        return high + 2 * (self._pad() * 2 // 3)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The style draws the button, this draws the words in it."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        room = self.rect().adjusted(self._pad(), self._pad() * 2 // 3, -self._pad(), 0)
        self._paint_key(painter, room)
        self._paint_words(painter, room)

    def _paint_key(self, painter: QPainter, room: QRect) -> None:
        font = self._font() if self._leading else self._key_font()
        painter.setFont(font)
        painter.setPen(colour(self._quiet()))
        side = Qt.AlignmentFlag.AlignLeft if self._leading else Qt.AlignmentFlag.AlignRight
        line = QRect(room.left(), room.top(), room.width(), QFontMetrics(self._font()).height())
        painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), self._key)

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        if self._leading:
            room = room.adjusted(self._key_room(), 0, 0, 0)
        else:
            room = room.adjusted(0, 0, -self._key_room(), 0)
        painter.setFont(self._font())
        painter.setPen(colour(self._loud()))
        painter.drawText(room, _WRAP, self._words)
        if self._detail:
            down = self._text_height(self._font(), self._words, room.width()) + 2
            painter.setFont(self._key_font())
            painter.setPen(colour(self._quiet()))
            painter.drawText(room.adjusted(0, down, 0, 0), _WRAP, self._detail)

    def _loud(self) -> str:
        if not self.isEnabled():
            return "dim"
        return "accent_text" if self.property("kind") == "primary" else "text"

    def _quiet(self) -> str:
        primary = self.property("kind") == "primary" and self.isEnabled()
        return "accent_text" if primary else "dim"

    def _font(self) -> QFont:
        sizes = current().sizes
        if self._is_minor:
            return text_font(sizes.small, QFont.Weight.DemiBold)
        return text_font(sizes.strong if self._leading else sizes.body, QFont.Weight.DemiBold)

    @property
    def _is_minor(self) -> bool:
        return self.property("kind") in ("minor", "run")

    def _key_font(self) -> QFont:
        return text_font(current().sizes.small)

    def _pad(self) -> int:
        em = QFontMetrics(self._key_font()).averageCharWidth()
        return em * 5 // 4 if self._is_minor else em * 2

    def _key_room(self) -> int:
        font = self._font() if self._leading else self._key_font()
        return QFontMetrics(font).horizontalAdvance(self._key) + self._pad() if self._key else 0

    @staticmethod
    def _text_height(font: QFont, text: str, width: int) -> int:
        return QFontMetrics(font).boundingRect(QRect(0, 0, width, 9999), _WRAP, text).height()
