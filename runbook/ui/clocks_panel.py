"""The right side of the run page: clocks, what to keep watching, open steps, the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from runbook.run.state import RunState
from runbook.ui.side_words import (
    Clock,
    Marked,
    clocks_of,
    open_items_of,
    pins_of,
    watches_of,
)
from runbook.ui.step_parts import Pool, Scroll, column, plain_label
from runbook.ui.theme import set_property

_LONG: Final = 12


class ClockLine(QWidget):
    """A clock's words and its value in large figures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._label = plain_label("clock_label", self)
        self._value = QLabel(self)
        self._value.setObjectName("clock_value")
        self._value.setTextFormat(Qt.TextFormat.PlainText)
        self._clock = Clock("")
        row.addWidget(self._label, 1)
        row.addWidget(self._value, 0, Qt.AlignmentFlag.AlignTop)

    def show_clock(self, clock: Clock, now: datetime) -> None:
        """Show a clock."""
        self._clock = clock
        self._label.setText(clock.label)
        self._value.setWordWrap(clock.since is None and len(clock.text(now)) > _LONG)
        self.show_time(now)

    def show_time(self, now: datetime) -> None:
        """Redraw the value only when its text has changed."""
        text = self._clock.text(now)
        if text != self._value.text():
            self._value.setText(text)
            set_property(self._value, "tone", self._clock.tone_at(now) or "clock")
            self.setAccessibleName(f"{self._clock.label}: {text}")


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


class ClocksPanel(QWidget):
    """Shows what the state says about time and what is still open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clocks_panel")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        inner = QWidget(self)
        scroll = Scroll("clocks_scroll", self)
        scroll.hold(inner)
        box.addWidget(scroll)
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(0, 0, 4, 0)
        lines.setSpacing(12)
        lines.addWidget(plain_heading(self.tr("Clocks"), inner))
        holder, clock_box = column(inner, 5)
        lines.addWidget(holder)
        self._clocks = Pool(clock_box, self._make_clock)
        self._watches = Group("watches", self.tr("Keep watching (not enforced yet)"), inner)
        self._pins = Group("pins", self.tr("Pinned"), inner)
        self._open = Group("open_items", self.tr("Still open"), inner)
        for group in (self._watches, self._pins, self._open):
            lines.addWidget(group)
        self._shown = 0
        self._marked: Marked | None = None

    def _make_clock(self) -> ClockLine:
        return ClockLine(self)

    def show_state(self, state: RunState, now: datetime) -> None:
        """Show a state; equal groups are left alone."""
        if self._marked is None or self._marked.procedure is not state.procedure:
            self._marked = Marked(state.procedure)
        clocks = clocks_of(state, self._marked)
        self._shown = len(clocks)
        for line, clock in zip(self._clocks.take(len(clocks)), clocks, strict=True):
            line.show_clock(clock, now)
        self._watches.show_lines(watches_of(state, self._marked))
        self._pins.show_lines(pins_of(state, self._marked))
        self._open.show_lines(open_items_of(state))

    def show_time(self, now: datetime) -> None:
        """Move the clocks."""
        for line in self._clocks.widgets[: self._shown]:
            line.show_time(now)
