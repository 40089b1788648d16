"""Shows the journal's tail; choosing an entry there asks to correct it: `correct_wanted`."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from runbook.ui.journal_model import JournalModel, JournalRow
from runbook.ui.theme import colour, current, text_font

Index = QModelIndex | QPersistentModelIndex
_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
_TALL: Final = 100_000


class JournalDelegate(QStyledItemDelegate):
    """Paints an entry: the time, then who and what; corrected words struck, the new below."""

    def __init__(self, model: JournalModel, view: QTreeView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.set_fonts()

    def set_fonts(self) -> None:
        """Take the sizes of the look in force."""
        self._known: dict[tuple[int, str, int], int] = {}
        self._font = text_font(current().sizes.small)
        self._metrics = QFontMetrics(self._font)
        self._pad = self._metrics.averageCharWidth()
        self._time = self._metrics.horizontalAdvance("00:00:00") + self._pad

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As high as the wrapped words."""
        row, width = self._model.row(index.row()), self._view.viewport().width()
        known = (row.seq, row.now, width)
        high = self._known.get(known)
        if high is None:
            high = self._height(self._words(row), width) + self._pad + 1
            high += self._height(self._new_words(row), width) if row.now else 0
            self._known[known] = high
        return QSize(width, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the entry."""
        row = self._model.row(index.row())
        rect: QRect = option.rect
        painter.save()
        painter.setPen(colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.fillRect(rect.adjusted(0, 1, 0, 0), colour("selected"))
        painter.setFont(self._font)
        painter.setPen(colour("dim"))
        inner = rect.adjusted(0, self._pad // 2 + 1, 0, 0)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft), row.time)
        self._paint_words(painter, inner.adjusted(self._time, 0, 0, 0), row)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, row: JournalRow) -> None:
        font = QFont(self._font)
        font.setStrikeOut(bool(row.now))
        painter.setFont(font)
        painter.setPen(colour("dim" if row.now else "text"))
        painter.drawText(room, _WRAP, self._words(row))
        if row.now:
            down = self._height(self._words(row), self._view.viewport().width())
            painter.setFont(self._font)
            painter.setPen(colour("text"))
            painter.drawText(room.adjusted(0, down, 0, 0), _WRAP, self._new_words(row))

    def _height(self, words: str, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._time), _TALL)
        return self._metrics.boundingRect(room, _WRAP, words).height()

    def _new_words(self, row: JournalRow) -> str:
        return self.tr("Corrected: {now}").format(now=row.now)

    @staticmethod
    def _words(row: JournalRow) -> str:
        return f"{row.who}: {row.text}" if row.who else row.text


class JournalView(QTreeView):
    """The journal's tail, newest on top; arrows choose an entry, Enter or C corrects it."""

    correct_wanted = Signal(int)
    given_up = Signal()

    def __init__(self, model: JournalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal")
        self.setAccessibleName(self.tr("Journal, newest first"))
        self._tail = model
        self._lines = JournalDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self._lines)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def choose(self, seq: int) -> None:
        """Put the mark on an entry and take the keyboard."""
        place = self._tail.place_of(seq)
        self.setCurrentIndex(self._tail.index(place or 0))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down choose, Enter or C corrects, Esc goes back; the rest is the page's."""
        place = self.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                by = -1 if event.key() == Qt.Key.Key_Up else 1
                self._move(place + by)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_C if place >= 0:
                if not event.isAutoRepeat():
                    self.correct_wanted.emit(self._tail.row(place).seq)
            case Qt.Key.Key_Escape:
                self.given_up.emit()
            case _:
                event.ignore()

    def _move(self, place: int) -> None:
        last = self._tail.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._tail.index(min(max(place, 0), last)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other widths wrap the words elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another look has other type sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lines.set_fonts()
            self.scheduleDelayedItemsLayout()
