"""The right side of the run page: clocks, what to keep watching, open steps.

K puts the keyboard into the clocks. While it is there all of them are shown, and the one
marked shows in the middle how it was worked out. Without it, and where there is little room,
only the most urgent are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from runbook.run.outlook import Outlook, outlook
from runbook.run.state import Pin, RunState
from runbook.run.work import NO_TYPICAL, Typical
from runbook.ui.clock_list import ClockList
from runbook.ui.clock_rows import rows_of
from runbook.ui.forms_calls import pin_words
from runbook.ui.side_words import open_items_of
from runbook.ui.step_parts import Pool, Scroll, column, plain_label

_LONG: Final = 12
_LEAST_LINES: Final = 8
_LOW_LINES: Final = 5
_TALL: Final = 36
_EVERY_S: Final = 15


class Group(QWidget):
    """A heading with lines below; hidden while there are none."""

    def __init__(self, name: str, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(plain_heading(heading, self))
        holder, lines = column(self, 5)
        box.addWidget(holder)
        self._lines = Pool(lines, self._make)
        self._shown: tuple[str, ...] | None = None

    def _make(self) -> QLabel:
        return plain_label(f"{self.objectName()}_line", self)

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show so many lines."""
        if lines == self._shown:
            return
        self._shown = lines
        for label, words in zip(self._lines.take(len(lines)), lines, strict=True):
            label.setText(words)
        self.setVisible(bool(lines))


def plain_heading(words: str, parent: QWidget) -> QLabel:
    """A small heading of the side."""
    heading = plain_label("side_heading", parent, "heading")
    heading.setText(words.upper())
    heading.setAccessibleName(words)
    return heading


def _height(widget: QWidget, width: int) -> int:
    """The least room that a neighbour takes."""
    if widget.minimumHeight() > 0:
        return widget.minimumHeight()
    high = widget.heightForWidth(width) if widget.hasHeightForWidth() else -1
    return max(high, widget.sizeHint().height())


class ClocksPanel(QWidget):
    """Shows what the state says about time and what is still open.

    `seen(Outlook)` is emitted when the times were worked out anew: with a state, and then
    every quarter of a minute.
    """

    seen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clocks_panel")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        inner = QWidget(self)
        self._scroll = Scroll("clocks_scroll", self)
        self._scroll.hold(inner)
        box.addWidget(self._scroll)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 4, 0)
        lines.setSpacing(12)
        lines.addWidget(plain_heading(self.tr("Clocks"), inner))
        self.list = ClockList(inner)
        lines.addWidget(self.list)
        self._pins = Group("pins", self.tr("Pinned"), inner)
        self._open = Group("open_items", self.tr("Still open"), inner)
        for group in (self._pins, self._open):
            lines.addWidget(group)
        self._state: RunState | None = None
        self._seen: Outlook | None = None
        self._typical: Typical = NO_TYPICAL

    @property
    def typical(self) -> Typical:
        """What the steps took in earlier runs."""
        return self._typical

    def show_typical(self, typical: Typical) -> None:
        """Reckon with what the steps of the run shown took in earlier ones."""
        if typical == self._typical:
            return
        self._typical = typical
        if self._state is not None and self._seen is not None:
            self._work_out(self._state, self._seen.now)

    def show_state(self, state: RunState, now: datetime) -> None:
        """Show a state; equal groups are left alone."""
        if self._state is None or self._state.run != state.run:
            self._typical = NO_TYPICAL
        self._state = state
        self._open.show_lines(open_items_of(state))
        self._work_out(state, now)

    def _work_out(self, state: RunState, now: datetime) -> None:
        """Work out all times anew and show them."""
        self._seen = outlook(state, now, self._typical)
        self.list.show_rows(rows_of(state, self._seen), self._room(), now)
        least = min(self._scroll.sizeHint().height(), self._least())
        if self._scroll.minimumHeight() != least:
            self._scroll.setMinimumHeight(least)
        self.seen.emit(self._seen)

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()

    def _least(self) -> int:
        """The least height of the clocks; in a window of few lines they give way sooner."""
        is_tall = self.window().height() >= self._line() * _TALL
        return self._line() * (_LEAST_LINES if is_tall else _LOW_LINES)

    def _room(self) -> int:
        """What the rest of the side leaves to the clocks; never less than a few lines."""
        side = self.parentWidget()
        box = side.layout() if side is not None else None
        if side is None or box is None:
            return self._least()
        edges = box.contentsMargins()
        taken = edges.top() + edges.bottom() + self._line() * 2
        for place in range(box.count()):
            item = box.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self and not widget.isHidden():
                taken += _height(widget, side.width()) + box.spacing()
        pinned = (w for w in (self._pins, self._open) if not w.isHidden())
        taken += sum(w.sizeHint().height() for w in pinned)
        return max(self._least() - self._line(), side.height() - taken)

    def show_pins(self, pins: Sequence[Pin]) -> None:
        """Show the notes that hold in all runs of the incident, numbered to be taken down."""
        self._pins.show_lines(tuple(pin_words(n + 1, pin) for n, pin in enumerate(pins)))

    def show_time(self, now: datetime) -> None:
        """Move the clocks; work the times out anew when they have stood for a while."""
        seen = self._seen
        is_old = seen is not None and (now - seen.now).total_seconds() >= _EVERY_S
        if self._state is not None and is_old:
            self._work_out(self._state, now)
        self.list.show_time(now)
