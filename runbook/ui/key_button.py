"""A button that shows its key, wraps its words, and may say in a second line where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Dress:
    """The fonts of a button in one look, and what they measure."""

    font: QFont
    key_font: QFont
    is_minor: bool

    @cached_property
    def words(self) -> QFontMetrics:
        """Of the words."""
        return QFontMetrics(self.font)

    @cached_property
    def small(self) -> QFontMetrics:
        """Of the key and the quieter line."""
        return QFontMetrics(self.key_font)

    @cached_property
    def pad(self) -> int:
        """The room around the words."""
        em = self.small.averageCharWidth()
        return em * 5 // 4 if self.is_minor else em * 2


class KeyButton(QPushButton):
    """Words, the key that does the same, and a quieter line below when there is one.

    With `leading` the key stands before the words, as the number of an option does. What was
    measured is kept until the words or the look change: a layout asks many times.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, leading: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._leading = leading
        self._words, self._key, self._detail, self._kind = "", "", "", ""
        self._dresses: dict[tuple[str, bool], Dress] = {}
        self._heights: dict[tuple[str, int], int] = {}
        self._widths: dict[str, int] = {}
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
        new = (words, key, detail, kind)
        if new == (self._words, self._key, self._detail, self._kind):
            return
        self._words, self._key, self._detail, self._kind = new
        self._heights.clear()
        self._widths.clear()
        set_property(self, "kind", kind)
        self.setAccessibleName(" ".join(part for part in (words, detail) if part))
        self.setAccessibleDescription(key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for the words on one line, up to a comfortable line length."""
        look = current().name
        width = self._widths.get(look)
        if width is None:
            width = self._widths[look] = self._whole_width()
        return QSize(width, self.heightForWidth(width))

    def _whole_width(self) -> int:
        dress = self._dress()
        widest = dress.words.averageCharWidth() * _WIDEST
        words = dress.words.horizontalAdvance(self._words)
        text = max(words, dress.small.horizontalAdvance(self._detail))
        return min(text, widest) + self._key_room(dress) + 2 * dress.pad + 2

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """May wrap down to a few words a line."""
        dress, whole = self._dress(), self.sizeHint()
        narrow = dress.words.averageCharWidth() * 12 + self._key_room(dress)
        return QSize(min(narrow, whole.width()), whole.height())

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the wrapped words need."""
        place = (current().name, width)
        high = self._heights.get(place)
        if high is None:
            high = self._heights[place] = self._height_at(width)
        return high

    def _height_at(self, width: int) -> int:
        dress = self._dress()
        room = max(1, width - 2 * dress.pad - self._key_room(dress))
        high = _text_height(dress.words, self._words, room)
        if self._detail:
            high += _text_height(dress.small, self._detail, room) + 2
        return high + 2 * (dress.pad * 2 // 3)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The style draws the button, this draws the words in it."""
        painter, dress = QPainter(self), self._dress()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        room = self.rect().adjusted(dress.pad, dress.pad * 2 // 3, -dress.pad, 0)
        self._paint_key(painter, room, dress)
        self._paint_words(painter, room, dress)

    def _paint_key(self, painter: QPainter, room: QRect, dress: Dress) -> None:
        painter.setFont(dress.font if self._leading else dress.key_font)
        painter.setPen(colour(self._quiet()))
        side = Qt.AlignmentFlag.AlignLeft if self._leading else Qt.AlignmentFlag.AlignRight
        line = QRect(room.left(), room.top(), room.width(), dress.words.height())
        painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), self._key)

    def _paint_words(self, painter: QPainter, room: QRect, dress: Dress) -> None:
        taken = self._key_room(dress)
        room = room.adjusted(taken, 0, 0, 0) if self._leading else room.adjusted(0, 0, -taken, 0)
        painter.setFont(dress.font)
        painter.setPen(colour(self._loud()))
        painter.drawText(room, _WRAP, self._words)
        if self._detail:
            down = _text_height(dress.words, self._words, room.width()) + 2
            painter.setFont(dress.key_font)
            painter.setPen(colour(self._quiet()))
            painter.drawText(room.adjusted(0, down, 0, 0), _WRAP, self._detail)

    def _loud(self) -> str:
        if not self.isEnabled():
            return "dim"
        return "accent_text" if self._kind == "primary" else "text"

    def _quiet(self) -> str:
        return "accent_text" if self._kind == "primary" and self.isEnabled() else "dim"

    def _dress(self) -> Dress:
        """The fonts in the look of now."""
        look, is_minor = current(), self._kind in ("minor", "run")
        dress = self._dresses.get((look.name, is_minor))
        if dress is None:
            body = look.sizes.strong if self._leading else look.sizes.body
            points = look.sizes.small if is_minor else body
            font = text_font(points, QFont.Weight.DemiBold)
            dress = Dress(font, text_font(look.sizes.small), is_minor)
            self._dresses[look.name, is_minor] = dress
        return dress

    def _key_room(self, dress: Dress) -> int:
        metrics = dress.words if self._leading else dress.small
        return metrics.horizontalAdvance(self._key) + dress.pad if self._key else 0


def _text_height(metrics: QFontMetrics, text: str, width: int) -> int:
    return metrics.boundingRect(QRect(0, 0, width, 9999), _WRAP, text).height()
