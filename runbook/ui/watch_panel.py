"""What to keep watching: every timer of the run, counting down, with the keys to act on it.

Rows are painted: from second to second only figures change, and nothing is laid out anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from runbook.run.state import RunState
from runbook.ui.clocks_panel import plain_heading
from runbook.ui.theme import colour, current, text_font
from runbook.ui.timer_rows import TimerRow, timer_rows

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = Qt.ItemDataRole.UserRole
_PAD: Final = 4
_MOST_LINES: Final = 9
_TONES: Final = {"clock": "text", "warn": "warn", "bad": "bad"}


class TimerModel(QAbstractListModel):
    """The timers as rows, at the moment that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[TimerRow, ...] = ()
        self.now: datetime | None = None

    @property
    def rows(self) -> tuple[TimerRow, ...]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: tuple[TimerRow, ...], now: datetime) -> bool:
        """Show rows at a moment; True when rows came, went or changed their words."""
        shape = [self._shape(row) for row in self._rows] if self.now else []
        changed = rows != self._rows
        if len(rows) == len(self._rows):
            self._rows, self.now = rows, now
        else:
            self.beginResetModel()
            self._rows, self.now = rows, now
            self.endResetModel()
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        return changed or shape != [self._shape(row) for row in rows]

    def _shape(self, row: TimerRow) -> int:
        """How many lines a row takes now."""
        assert self.now is not None
        return 3 if row.below(self.now) else 2

    def lines_of(self, index: _Index) -> int:
        """How many lines a row takes."""
        return self._shape(self._rows[index.row()])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """So many timers."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row, or its words for whoever listens to it."""
        if not index.isValid() or index.row() >= len(self._rows) or self.now is None:
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.title}: {row.figures(self.now)}. {row.detail}. {row.below(self.now)}"
        return None


class _Painter(QStyledItemDelegate):
    """Paints a row: title and figures, what was read, and what is to be done."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """As high as its lines."""
        model = index.model()
        assert isinstance(model, TimerModel)
        line = QFontMetrics(text_font(current().sizes.small)).height()
        return QSize(option.rect.width(), model.lines_of(index) * line + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        model, row = index.model(), index.data(_ROW)
        if not isinstance(model, TimerModel) or not isinstance(row, TimerRow) or not model.now:
            return
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colour("selected"))
        self._draw(painter, option.rect.adjusted(2, _PAD, -2, -_PAD), row, model.now)
        painter.restore()

    def _draw(self, painter: QPainter, room: QRect, row: TimerRow, now: datetime) -> None:
        small, bold = text_font(current().sizes.small), None
        bold = text_font(current().sizes.small, QFont.Weight.Bold)
        high, tone = QFontMetrics(small).height(), colour(_TONES[row.tone(now)])
        figures = row.figures(now)
        wide = QFontMetrics(bold).horizontalAdvance(figures) + 6
        line = QRect(room.left(), room.top(), room.width(), high)
        painter.setPen(tone)
        painter.setFont(bold)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), figures)
        painter.setPen(colour("text"))
        _elided(painter, line.adjusted(0, 0, -wide, 0), row.title)
        painter.setFont(small)
        painter.setPen(colour("dim"))
        _elided(painter, line.translated(0, high), row.detail)
        painter.setPen(tone)
        _elided(painter, line.translated(0, 2 * high), row.below(now))


def _elided(painter: QPainter, line: QRect, words: str) -> None:
    """Words on one line, cut where the room ends."""
    short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), short)


class TimerList(QListView):
    """The list itself; its keys act on the timer that is marked."""

    asked = Signal(str, str)
    given_up = Signal()

    def __init__(self, model: TimerModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timers")
        self.setModel(model)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timers and what to keep watching"))
        self.doubleClicked.connect(self._ask_check)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move, Enter looks, T triggers, E ends, Esc goes back; the rest is the page's."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                super().keyPressEvent(event)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._ask("check", event)
            case Qt.Key.Key_T:
                self._ask("trigger", event)
            case Qt.Key.Key_E:
                self._ask("end", event)
            case Qt.Key.Key_Escape | Qt.Key.Key_W:
                self.given_up.emit()
            case _:
                event.ignore()

    def _ask(self, what: str, event: QKeyEvent) -> None:
        row = self.currentIndex().data(_ROW)
        if isinstance(row, TimerRow) and not event.isAutoRepeat():
            self.asked.emit(row.timer.step, what)

    def _ask_check(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if isinstance(row, TimerRow):
            self.asked.emit(row.timer.step, "check")


class WatchPanel(QWidget):
    """The group on the side."""

    asked = Signal(str, str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("watch_panel")
        self._state: RunState | None = None
        self.model = TimerModel(self)
        self.view = TimerList(self.model, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(plain_heading(self.tr("Keep watching  W"), self))
        box.addWidget(self.view)
        self.view.asked.connect(self.asked)
        self.view.given_up.connect(self.given_up)
        self.hide()

    @property
    def rows(self) -> Sequence[TimerRow]:
        """The timers as shown."""
        return self.model.rows

    def show_state(self, state: RunState, now: datetime) -> None:
        """Show the timers of a run."""
        self._state = state
        self.show_time(now)

    def show_time(self, now: datetime) -> None:
        """Count down."""
        if self._state is None:
            return
        if self.model.show_rows(timer_rows(self._state, now), now):
            self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a few; the others scroll."""
        marked = max(self.view.currentIndex().row(), 0)
        self.view.doItemsLayout()
        count = len(self.model.rows)
        lines = sum(self.model.lines_of(self.model.index(i)) for i in range(count))
        high = QFontMetrics(text_font(current().sizes.small)).height()
        self.view.setFixedHeight(min(lines, _MOST_LINES) * high + 2 * _PAD * min(count, 4) + 2)
        self.setVisible(count > 0)
        if count:
            self.view.setCurrentIndex(self.model.index(min(marked, count - 1)))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another look may have larger type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model.rows:
            self._fit()

    def take_keyboard(self) -> bool:
        """Put the keyboard on the most urgent timer; False when there is none."""
        if not self.model.rows:
            return False
        self.view.setCurrentIndex(self.model.index(0))
        self.view.setFocus()
        return True
