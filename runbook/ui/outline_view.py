"""Shows the outline. Arrows and clicks only look: `looked(step)`; nothing is ever changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from runbook.run.events import Status
from runbook.ui.lane_words import BESIDE, IN_HAND
from runbook.ui.outline_model import OutlineModel, OutlineRow
from runbook.ui.status_words import mark_of
from runbook.ui.theme import colour, current, text_font

Index = QModelIndex | QPersistentModelIndex
_LINES: Final = 2
_WRAP: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class OutlineDelegate(QStyledItemDelegate):
    """Paints one line: symbol, number and words, time; the step in hand in bold with a bar."""

    def __init__(self, model: OutlineModel, view: OutlineView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self.set_fonts()

    def set_fonts(self) -> None:
        """Take the sizes of the look in force."""
        self._marks = {status: mark_of(status) for status in Status}
        sizes = current().sizes
        self._plain = text_font(sizes.body)
        self._bold = text_font(sizes.body, QFont.Weight.DemiBold)
        self._small = text_font(sizes.small)
        self._head = text_font(sizes.small, QFont.Weight.DemiBold)
        self._metrics = QFontMetrics(self._plain)
        self._bold_metrics = QFontMetrics(self._bold)
        self._small_metrics = QFontMetrics(self._small)
        self._em = self._metrics.averageCharWidth()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """One line, or two when the words need them."""
        row = self._model.row(index.row())
        width = self._view.viewport().width()
        line = self._metrics.lineSpacing()
        if row.is_heading:
            return QSize(width, line + self._em * 2)
        metrics = self._bold_metrics if row.current else self._metrics
        room = self._room(row, width)
        fits = metrics.horizontalAdvance(self._words(row)) <= room
        return QSize(width, (line if fits else line * _LINES) + self._em)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the line."""
        row = self._model.row(index.row())
        rect: QRect = option.rect
        painter.save()
        if row.is_heading:
            self._paint_heading(painter, rect, row)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_step(painter, rect, row, chosen=chosen)
        if row.lane:
            self._paint_lane(painter, rect)
        painter.restore()

    def _paint_lane(self, painter: QPainter, rect: QRect) -> None:
        """A line at the left holds the steps of lanes together, with a gap at each heading."""
        left = rect.left() + self._em
        painter.fillRect(QRect(left, rect.top() + 2, 2, rect.height() - 2), colour("line"))

    def _paint_heading(self, painter: QPainter, rect: QRect, row: OutlineRow) -> None:
        settled, applying = self._model.counts(row.section)
        counted = self.tr("{n} of {m}").format(n=settled, m=applying) if applying else ""
        painter.setFont(self._head)
        painter.setPen(colour("dim"))
        inner = rect.adjusted(self._em * 2, self._em // 2, -self._em * 2, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | middle), counted)
        metrics = QFontMetrics(self._head)
        room = inner.width() - metrics.horizontalAdvance(counted) - self._em
        words = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | middle), words)

    def _paint_step(self, painter: QPainter, rect: QRect, row: OutlineRow, *, chosen: bool) -> None:
        if row.current or chosen:
            painter.fillRect(rect, colour("selected" if row.current else "hover"))
        if row.current:
            painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), colour("focus"))
        if chosen and self._view.hasFocus():
            painter.setPen(colour("focus"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        top = rect.top() + self._em // 2
        self._paint_symbol(painter, rect, row, top)
        self._paint_time(painter, rect, row, top)
        self._paint_words(painter, rect, row, top)

    def _paint_symbol(self, painter: QPainter, rect: QRect, row: OutlineRow, top: int) -> None:
        signs = self._marks[row.status]
        symbol, tone = (signs.symbol, signs.colour)
        if (row.current or row.beside) and row.status.value != "failed":
            symbol, tone = IN_HAND if row.current else BESIDE, "text"
        painter.setFont(self._bold)
        painter.setPen(colour(tone))
        box = QRect(rect.left() + self._em * 2, top, self._em * 3, self._metrics.lineSpacing())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), symbol)

    def _paint_time(self, painter: QPainter, rect: QRect, row: OutlineRow, top: int) -> None:
        painter.setFont(self._small)
        painter.setPen(colour("dim"))
        box = QRect(rect.left(), top, rect.width() - self._em * 2, self._metrics.lineSpacing())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), row.time)

    def _paint_words(self, painter: QPainter, rect: QRect, row: OutlineRow, top: int) -> None:
        font = QFont(self._bold if row.current else self._plain)
        font.setStrikeOut(row.flagged)
        painter.setFont(font)
        painter.setPen(self._ink(row))
        left = rect.left() + self._indent(row)
        room = QRect(left, top, self._room(row, rect.width()), rect.bottom() - top)
        metrics = QFontMetrics(font)
        words = self._words(row)
        lines = max(1, round(room.height() / metrics.lineSpacing()))
        painter.drawText(room, _WRAP, self._cut(words, metrics, room.width(), lines))

    def _cut(self, words: str, metrics: QFontMetrics, width: int, lines: int) -> str:
        """As much of the words as wraps into so many lines."""
        if metrics.horizontalAdvance(words) <= width:
            return words
        room, shorter = QRect(0, 0, width, 9999), words
        high, most = (lines + 0.5) * metrics.lineSpacing(), lines * width
        while most > width and metrics.boundingRect(room, _WRAP, shorter).height() > high:
            shorter = metrics.elidedText(words, Qt.TextElideMode.ElideRight, most)
            most -= self._em * 2
        return shorter

    def _ink(self, row: OutlineRow) -> QColor:
        quiet = row.status.value in ("done", "na", "not_reached", "skipped")
        return colour("dim" if quiet and not row.current else "text")

    def _indent(self, row: OutlineRow) -> int:
        return self._em * (5 + min(row.depth, 3))

    def _room(self, row: OutlineRow, width: int) -> int:
        time = self._small_metrics.horizontalAdvance(row.time) + self._em if row.time else 0
        return max(self._em * 6, width - self._indent(row) - time - self._em * 2)

    @staticmethod
    def _words(row: OutlineRow) -> str:
        return f"{row.number} {row.text}"


class OutlineView(QTreeView):
    """The outline as a list whose rows may be two lines high."""

    looked = Signal(str)

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setAccessibleName(self.tr("Outline of the procedure"))
        self._outline = model
        self._lines = OutlineDelegate(model, self)
        self.setModel(model)
        self.setItemDelegate(self._lines)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._quiet = False

    def currentChanged(self, now: Index, before: Index) -> None:  # noqa: N802
        """Tell which step is looked at."""
        super().currentChanged(now, before)
        row = self._outline.row(now.row()) if now.isValid() else OutlineRow()
        if row.step and not self._quiet:
            self.looked.emit(row.step)

    def show_step(self, step: str) -> None:
        """Move the mark to a step without telling that somebody looked there."""
        place = self._outline.place_of(step)
        index = self._outline.index(place) if place is not None else QModelIndex()
        self._quiet = True
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down look at the next step; every other key is the page's."""
        if event.key() == Qt.Key.Key_Down:
            self.move_look(1)
        elif event.key() == Qt.Key.Key_Up:
            self.move_look(-1)
        else:
            event.ignore()

    def move_look(self, by: int) -> None:
        """Look at the next or the previous step that is shown."""
        place = self.currentIndex().row() + by
        while 0 <= place < self._outline.rowCount():
            hidden = self.isRowHidden(place, QModelIndex())
            if not hidden and not self._outline.row(place).is_heading:
                self.setCurrentIndex(self._outline.index(place))
                return
            place += by

    def filter_by(self, words: str) -> None:
        """Show only the lines that hold the words."""
        found = self._outline.matches(words)
        for place in range(self._outline.rowCount()):
            self.setRowHidden(place, QModelIndex(), found is not None and place not in found)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other widths wrap the words elsewhere; the marked step stays in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another look has other type sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lines.set_fonts()
            self.scheduleDelayedItemsLayout()
