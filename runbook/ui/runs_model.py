"""The runs of this laptop, as a model; and how a line of them is painted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate

from runbook.ui import theme, times
from runbook.ui.library_model import ROW, Index, columns, paint_ground, paint_text
from runbook.ui.pattern import paint_tag
from runbook.ui.run_line import RunLine
from runbook.ui.status_words import run_word_of, short_mode_word_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem


class RunsModel(QAbstractListModel):
    """Runs in the order in which they are offered."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[RunLine, ...] = ()

    def show(self, lines: Sequence[RunLine]) -> None:
        """Show other runs."""
        if tuple(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """How many runs there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a line, or the line itself."""
        line = self.line(index.row())
        if line is None:
            return None
        if role == ROW:
            return line
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return spoken_line(line) if role in spoken else None

    def line(self, number: int) -> RunLine | None:
        """One run, None outside of the list."""
        return self._lines[number] if 0 <= number < len(self._lines) else None


def spoken_line(line: RunLine) -> str:
    """The whole line for a screen reader."""
    parts = (short_mode_word_of(line.mode), line.title, run_word_of(line.status), when_of(line))
    return ", ".join(parts)


def when_of(line: RunLine) -> str:
    """When a run was begun, and how long it took where it has ended."""
    begun = times.short_clock(line.since, datetime.now(UTC))
    if line.is_open:
        return begun
    return f"{begun}, {times.duration((line.last - line.since).total_seconds())}"


class RunDelegate(QStyledItemDelegate):
    """Paints a line: the mode's tag; title; when; what became of it."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:  # noqa: N802
        """One line of text with air around it."""
        return QSize(option.rect.width(), int(theme.current().sizes.body * 1.34 * 1.2) + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        painter.save()
        paint_ground(painter, option, index)
        _paint_line(painter, option.rect.adjusted(12, 4, -12, -4), index.data(ROW))
        painter.restore()


def _paint_line(painter: QPainter, rect: QRect, line: RunLine) -> None:
    sizes = theme.current().sizes
    tag, title, when, status = columns(rect, (0.13, 0.41, 0.23, 0.23))
    painter.setFont(theme.text_font(sizes.small))
    height = painter.fontMetrics().height() + 6
    middle = QRect(tag.left(), tag.center().y() - height // 2, tag.width(), height)
    paint_tag(painter, middle, line.mode, short_mode_word_of(line.mode))
    paint_text(painter, title, line.title, "text", sizes.body)
    paint_text(painter, when, when_of(line), "dim", sizes.small)
    tone = "text" if line.is_open else "dim"
    paint_text(painter, status, run_word_of(line.status), tone, sizes.small)
