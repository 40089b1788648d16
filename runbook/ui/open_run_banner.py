"""The run that is still open, offered before anything else."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from runbook.run.statuses import Mode
from runbook.ui import theme, times
from runbook.ui.parts import button, label
from runbook.ui.pattern import paint_tag
from runbook.ui.run_line import RunLine
from runbook.ui.status_words import run_word_of, short_mode_word_of


class ModeTag(QWidget):
    """A mode as a small painted sign: word, colour and pattern."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mode_tag")
        self._mode: Mode | None = None

    def show_mode(self, mode: Mode) -> None:
        """Show another mode."""
        self._mode = mode
        self.setAccessibleName(short_mode_word_of(mode))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its word."""
        word = short_mode_word_of(self._mode) if self._mode else ""
        room = self.fontMetrics().boundingRect(word)
        return QSize(room.width() + 34, room.height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tag."""
        if self._mode is not None:
            size = self.size()
            place = QRect(0, 0, size.width(), size.height())
            paint_tag(QPainter(self), place, self._mode, short_mode_word_of(self._mode))


class OpenRunBanner(QFrame):
    """Mode, title, step, since when; `go_on` carries the run. Hidden when none is open."""

    go_on = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("open_run_banner")
        self.setAccessibleName(self.tr("Open run"))
        self._line: RunLine | None = None
        self._tag = ModeTag(self)
        self._words = label("open_run_words", self)
        self._button = button(
            "open_run_go_on", self, text=self.tr("Go on"), kind="primary", keys=self.tr("Enter")
        )
        self._button.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(14)
        row.addWidget(self._tag)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.hide()

    @property
    def line(self) -> RunLine | None:
        """The run that is offered."""
        return self._line

    def show_runs(self, open_runs: tuple[RunLine, ...], now: datetime) -> None:
        """Offer the first of the open runs and tell how many more there are."""
        self._line = open_runs[0] if open_runs else None
        self.setVisible(self._line is not None)
        if self._line is None:
            return
        theme.set_property(self, "mode", self._line.mode.value)
        self._tag.show_mode(self._line.mode)
        more = len(open_runs) - 1
        words = self._words_of(self._line, now)
        if more:
            words += " " + self.tr("{n} more open: press G.").format(n=more)
        self._words.setText(words)

    def fit(self) -> None:
        """Make room for the tag after the look changed."""
        if self._line is not None:
            self._tag.show_mode(self._line.mode)

    @Slot()
    def _ask(self) -> None:
        if self._line is not None:
            self.go_on.emit(self._line)

    def _words_of(self, line: RunLine, now: datetime) -> str:
        if line.step:
            text = self.tr("{title}, step {step}, open since {since}, {owner}.")
        else:
            text = self.tr("{title}, {status}, open since {since}, {owner}.")
        return text.format(
            title=line.title,
            step=line.step,
            since=times.short_clock(line.since, now),
            owner=line.owner,
            status=run_word_of(line.status),
        )
