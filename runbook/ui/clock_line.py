"""One clock on the side: its words, its figures, what is said below, and a bar of time.

The figures move every second. They are painted in a place of fixed width, so that nothing is
laid out anew because of them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from runbook.ui.clock_rows import Bar, ClockRow
from runbook.ui.step_parts import plain_label, show_text
from runbook.ui.theme import colour, current, set_property, text_font

_BAR_PX: Final = 8
_TONES: Final = {"clock": "text", "good": "good", "warn": "warn", "bad": "bad"}


class Figures(QWidget):
    """A figure in bold at the right; digits are of one width, so most changes are only painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clock_value")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._tone = "", "clock"

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    @property
    def tone(self) -> str:
        """How it looks."""
        return self._tone

    def show_text(self, text: str, tone: str) -> None:
        """Show a figure; asks for other room only when it has more or fewer signs."""
        if (text, tone) == (self._text, self._tone):
            return
        grown = len(text) != len(self._text)
        self._text, self._tone = text, tone
        if grown:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its signs with the widest digit."""
        metrics = QFontMetrics(self._font())
        wide = "".join("0" if sign.isdigit() else sign for sign in self._text)
        return QSize(metrics.horizontalAdvance(wide) + 2, metrics.height())

    def _font(self) -> QFont:
        return text_font(current().sizes.strong, QFont.Weight.Bold)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the figure at the right."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(colour(_TONES[self._tone]))
        middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(middle), self._text)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another look has other sizes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class MarginBar(QWidget):
    """An objective from its beginning to its due time: what is gone, what is expected, the mark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clock_bar")
        self.setFixedHeight(_BAR_PX)
        self._bar: Bar | None = None
        self._now: datetime | None = None

    def show_bar(self, bar: Bar | None, now: datetime) -> None:
        """Show how far an objective has come; hidden without one."""
        self._bar, self._now = bar, now
        self.setVisible(bar is not None)
        if bar is not None:
            words = self.tr("{n} % of the time of the objective is gone")
            self.setAccessibleName(words.format(n=round(100 * _share(bar, now))))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the line: gone, still expected, free, and a mark where it is due."""
        if self._bar is None or self._now is None:
            return
        bar, painter = self._bar, QPainter(self)
        end = max(bar.due, bar.expected, self._now)
        whole = (end - bar.begun).total_seconds() or 1.0
        room = self.rect().adjusted(0, 2, 0, -2)
        painter.fillRect(room, colour("line"))
        tone = "good" if bar.expected <= bar.due else "bad"
        for at, token in ((bar.expected, "dim"), (self._now, tone)):
            part = max(0.0, min(1.0, (at - bar.begun).total_seconds() / whole))
            painter.fillRect(QRect(0, 2, round(room.width() * part), room.height()), colour(token))
        mark = round((room.width() - 2) * (bar.due - bar.begun).total_seconds() / whole)
        painter.fillRect(QRect(mark, 0, 2, self.height()), colour("warn"))


def _share(bar: Bar, now: datetime) -> float:
    """How much of an objective's time is gone."""
    whole = (bar.due - bar.begun).total_seconds() or 1.0
    return max(0.0, (now - bar.begun).total_seconds() / whole)


class ClockLine(QFrame):
    """A clock's words and its value in large figures; marked while its formula is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clock_line")
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 1, 2, 1)
        box.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(6)
        self._label = plain_label("clock_label", self)
        self._figures = Figures(self)
        top.addWidget(self._label, 1)
        top.addWidget(self._figures, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(top)
        self._said = plain_label("clock_said", self)
        self._bar = MarginBar(self)
        box.addWidget(self._said)
        box.addWidget(self._bar)
        self.row: ClockRow | None = None

    def show_row(self, row: ClockRow, now: datetime, *, marked: bool) -> None:
        """Show a clock; equal parts are left alone."""
        self.row = row
        if self._label.text() != row.label:
            self._label.setText(row.label)
        set_property(self, "marked", "yes" if marked else "no")
        self._bar.show_bar(row.bar, now)
        self.show_time(now)

    def show_time(self, now: datetime) -> None:
        """Move the figures; words below change once a minute at most."""
        if self.row is None:
            return
        tone, said = self.row.tone(now), self.row.said(now)
        self._figures.show_text(self.row.value(now), tone)
        if said != self._said.text():
            show_text(self._said, said)
        else:
            self._said.setVisible(bool(said))
        set_property(self._said, "tone", tone if tone in ("warn", "bad") else "dim")
        name = ", ".join(p for p in (f"{self.row.label}: {self._figures.text}", said) if p)
        if name != self.accessibleName():
            self.setAccessibleName(name)
