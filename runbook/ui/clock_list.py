"""The clocks of a run as a list: the most urgent, or all of them while the keyboard is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from runbook.ui.clock_line import ClockLine
from runbook.ui.clock_rows import ClockRow
from runbook.ui.step_parts import Pool, column, plain_label, show_text

_FEWEST: Final = 2


class ClockList(QWidget):
    """The clocks themselves: `marked(advice)` while the keyboard is here, `left` when it goes."""

    marked = Signal(str)
    dispute_wanted = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clock_list")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Clocks"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        holder, lines = column(self, 2)
        self._more = plain_label("clocks_more", self, "dim")
        box.addWidget(holder)
        box.addWidget(self._more)
        self._lines = Pool(lines, self._make)
        self._rows: Sequence[ClockRow] = ()
        self._shown: list[ClockLine] = []
        self._mark = 0
        self._room_px = 0
        self._now: datetime | None = None

    def _make(self) -> ClockLine:
        return ClockLine(self)

    @property
    def advice(self) -> str:
        """The name of the clock that is marked; empty while the keyboard is elsewhere."""
        asked = self._asked()
        return asked[self._mark] if self.hasFocus() and self._mark < len(asked) else ""

    def _asked(self) -> list[str]:
        """The clocks that have a formula, each once, in the order they are shown."""
        return list(dict.fromkeys(row.advice for row in self._rows if row.advice))

    def show_rows(self, rows: Sequence[ClockRow], room_px: int, now: datetime) -> None:
        """Show clocks, as many as there is room for."""
        self._rows, self._room_px, self._now = rows, room_px, now
        self._show()

    def _show(self) -> None:
        if self._now is None:
            return
        now, advice = self._now, self.advice
        kept = self._rows if self.hasFocus() else self._fitting(now)
        self._shown = self._lines.take(len(kept))
        marked = next((row for row in kept if advice and row.advice == advice), None)
        for line, row in zip(self._shown, kept, strict=True):
            line.show_row(row, now, marked=row is marked)
        hidden = len(self._rows) - len(kept)
        more = self.tr("{n} more and how they are worked out: K").format(n=hidden)
        how = self.tr("How they are worked out: K") if self._asked() else ""
        keys = self.tr("↑ ↓ choose · Enter disagree · Esc back")
        show_text(self._more, keys if self.hasFocus() else more if hidden else how)

    def _fitting(self, now: datetime) -> list[ClockRow]:
        """The most urgent clocks that fit into the room, in the order they are read."""
        line = self.fontMetrics().lineSpacing() + 6
        room = self._room_px - line
        kept: set[int] = set()
        for place, row in sorted(enumerate(self._rows), key=lambda at: (at[1].order(now), at[0])):
            room -= line * self._lines_of(row, now)
            if room < 0 and len(kept) >= _FEWEST:
                break
            kept.add(place)
        return [row for place, row in enumerate(self._rows) if place in kept]

    def _lines_of(self, row: ClockRow, now: datetime) -> int:
        """How many lines a clock takes: its words may wrap, and something may stand below."""
        metrics = self.fontMetrics()
        figures = metrics.horizontalAdvance(row.value(now)) * 3 // 2
        wraps = metrics.horizontalAdvance(row.label) + figures > self.width()
        return 1 + wraps + bool(row.said(now)) + (row.bar is not None)

    def show_time(self, now: datetime) -> None:
        """Move the clocks."""
        self._now = now
        for line in self._shown:
            line.show_time(now)

    def take_keyboard(self) -> None:
        """Take the keyboard to the most urgent clock."""
        asked, now = self._asked(), self._now
        if asked and now is not None:
            rows = [row for row in self._rows if row.advice]
            worst = min(rows, key=lambda row: row.order(now))
            self._mark = asked.index(worst.advice)
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click marks the clock it falls on."""
        at, asked = event.globalPosition().toPoint(), self._asked()
        hit = (x for x in self._shown if x.rect().contains(x.mapFromGlobal(at)))
        row = next((line.row for line in hit), None)
        if row is not None and row.advice in asked:
            self._mark = asked.index(row.advice)
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._turn()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """All clocks are shown, and one is marked."""
        super().focusInEvent(event)
        self._turn()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The most urgent are left."""
        super().focusOutEvent(event)
        self._show()

    def _turn(self) -> None:
        self._show()
        self.marked.emit(self.advice)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows mark another clock, Enter or D disagrees with it, Esc or K goes back."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                last = max(0, len(self._asked()) - 1)
                by = 1 if event.key() == Qt.Key.Key_Down else -1
                self._mark = min(last, max(0, self._mark + by))
                self._turn()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_D:
                if not event.isAutoRepeat() and self.advice:
                    self.dispute_wanted.emit(self.advice)
            case Qt.Key.Key_Escape | Qt.Key.Key_K:
                if not event.isAutoRepeat():
                    self.given_up.emit()
            case _:
                super().keyPressEvent(event)
