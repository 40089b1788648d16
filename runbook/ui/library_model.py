"""The procedures found, as a model; and how a line of them is painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate

from runbook.ui import theme

if TYPE_CHECKING:
    # Not loaded at start: the style's many enumerations take longer than all of this.
    from PySide6.QtWidgets import QStyleOptionViewItem

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A procedure as it was found. `tone` is the token in which `state` is written."""

    path: Path
    id: str
    title: str
    symptom: str
    duration: str
    state: str
    tone: str
    detail: str

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        parts = (self.title, self.id, self.symptom, self.duration, self.state, self.detail)
        return ", ".join(part for part in parts if part)


class LibraryModel(QAbstractListModel):
    """The lines found last, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show other lines."""
        if tuple(rows) == self._rows:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, or the line itself."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return row.spoken if role in spoken else None

    def row(self, number: int) -> Row | None:
        """One line, None outside of the list."""
        return self._rows[number] if 0 <= number < len(self._rows) else None


_LETTERS = (9, 11, 24)  # "RB-11", "144 steps", "Review by 30 Sep 2027", with air


class RowDelegate(QStyledItemDelegate):
    """Paints a line: id; title above symptom; typical time; age above detail."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """Two lines of text with air around them."""
        sizes = theme.current().sizes
        points = sizes.strong + sizes.small
        return QSize(option.rect.width(), int(points * 1.34 * 1.25) + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row = index.data(ROW)
        painter.save()
        paint_ground(painter, option, index)
        _paint_row(painter, option.rect.adjusted(12, 8, -12, -8), row)
        painter.restore()


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """The ground of a line: marked by colour and a bar when it is the chosen one."""
    rect, view = option.rect, option.widget
    if isinstance(view, QListView) and view.selectionModel().isSelected(index):
        painter.fillRect(rect, theme.colour("selected"))
        painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), theme.colour("focus"))
    painter.setPen(theme.colour("line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def paint_text(
    painter: QPainter, rect: QRect, text: str, token: str, points: float, *, strong: bool = False
) -> None:
    """One line of text, shortened where there is no room."""
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    painter.setFont(theme.text_font(points, weight))
    painter.setPen(theme.colour(token))
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def columns(rect: QRect, sizes: Sequence[float]) -> list[QRect]:
    """Cut a line into columns by their shares of its width, with a gap between them."""
    gap, left, cut = 12, rect.left(), []
    for share in sizes:
        width = int(rect.width() * share)
        cut.append(QRect(left, rect.top(), width - gap, rect.height()))
        left += width
    return cut


def halves(rect: QRect) -> tuple[QRect, QRect]:
    """The upper and the lower line of a column; the upper one is a little higher."""
    cut = int(rect.height() * 0.54)
    upper = QRect(rect.left(), rect.top(), rect.width(), cut)
    return upper, QRect(rect.left(), rect.top() + cut, rect.width(), rect.height() - cut)


def _shares(width: int, points: float) -> tuple[float, ...]:
    """The narrow columns take what their longest words need, the title the rest."""
    em = QFontMetricsF(theme.text_font(points)).averageCharWidth()
    name, time, state = (min(letters * em / max(width, 1), 0.25) for letters in _LETTERS)
    return name, 1 - name - time - state, time, state


def _paint_row(painter: QPainter, rect: QRect, row: Row) -> None:
    sizes = theme.current().sizes
    name, title, time, state = columns(rect, _shares(rect.width(), sizes.small))
    paint_text(painter, name, row.id, "dim", sizes.small)
    upper, lower = halves(title)
    paint_text(painter, upper, row.title, "text", sizes.strong, strong=True)
    paint_text(painter, lower, row.symptom, "dim", sizes.small)
    paint_text(painter, time, row.duration, "text", sizes.small)
    upper, lower = halves(state)
    paint_text(painter, upper, row.state, row.tone, sizes.small)
    paint_text(painter, lower, row.detail, "dim", sizes.small)
