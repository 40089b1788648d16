"""The lanes of a parallel section above the step: one line each, the one in hand marked."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from runbook.run.state import RunState
from runbook.ui.elided_label import ElidedLabel
from runbook.ui.key_button import KeyButton
from runbook.ui.lane_words import LaneLine, lane_lines, spoken
from runbook.ui.theme import set_property

_ROWS: Final = 3


class LaneCell(QWidget):
    """One lane: sign, number of its current step, its people, and what it does."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._line: LaneLine | None = None
        self._sign, self._number = QLabel(self), QLabel(self)
        self._who, self._words = ElidedLabel("lane_who", self), ElidedLabel("lane_words", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 1)
        row.setSpacing(7)
        for label, name, stretch in (
            (self._sign, "lane_sign", 0),
            (self._number, "lane_number", 0),
            (self._who, "lane_who", 0),
            (self._words, "lane_words", 1),
        ):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            row.addWidget(label, stretch)

    def show_line(self, line: LaneLine, now: datetime) -> None:
        """Show a lane; the same again costs nothing."""
        if line != self._line:
            self._line = line
            self._sign.setText(line.symbol)
            self._number.setText(line.number)
            self._number.setVisible(bool(line.number))
            self._who.setText(line.who)
            for widget in (self, self._sign, self._words):
                set_property(widget, "lane", "hand" if line.in_hand else line.tone)
        self.show_time(now)

    def show_time(self, now: datetime) -> None:
        """Show how long the lane has been waiting."""
        if self._line is not None:
            self._words.setText(self._line.text(now))
            self.setAccessibleName(spoken(self._line, now))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click turns to the lane, as the key does."""
        super().mouseReleaseEvent(event)
        if self._line is not None and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._line.lane)


class LaneStrip(QWidget):
    """As high as its lanes and no higher; hidden outside of parallel sections.

    `turned(lane)` asks for a lane, `next_wanted` for the one after the lane in hand.
    """

    turned = Signal(str)
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lane_strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Lanes, worked side by side"))
        self._lines: tuple[LaneLine, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(1)
        self._cells: list[LaneCell] = []
        self._next = KeyButton("lane_next", self)
        self._next.show_words(self.tr("Next lane"), "J", kind="run")
        self._next.clicked.connect(self.next_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 6, 16, 6)
        row.addLayout(self._grid, 1)
        row.addWidget(self._next, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The lanes make do with the width of the step; they never push the sides away."""
        return QSize(0, super().minimumSizeHint().height())

    def show_state(self, state: RunState, now: datetime) -> None:
        """Show the lanes that are worked; equal ones are left alone."""
        lines = lane_lines(state)
        if lines == self._lines:
            return
        if len(lines) != len(self._lines):
            self._place(len(lines))
        self._lines = lines
        for cell, line in zip(self._cells, lines, strict=False):
            cell.show_line(line, now)
        self._next.setEnabled(sum(1 for line in lines if line.number) > 1)
        self.setVisible(bool(lines))

    def _place(self, count: int) -> None:
        """Lanes one below the other, in two columns when there are many."""
        while len(self._cells) < count:
            cell = LaneCell(self)
            cell.chosen.connect(self.turned)
            self._cells.append(cell)
        rows = max(_ROWS, (count + 1) // 2)
        for number, cell in enumerate(self._cells):
            cell.setVisible(number < count)
            self._grid.addWidget(cell, number % rows, number // rows)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column * rows < count))

    def show_time(self, now: datetime) -> None:
        """Let the waiting times go on."""
        for cell in self._cells[: len(self._lines)]:
            cell.show_time(now)
