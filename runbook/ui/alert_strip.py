"""One line of fixed height below the step: what is overdue or may be triggered, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from runbook.ui.elided_label import ElidedLabel
from runbook.ui.theme import current, set_property, text_font
from runbook.ui.timer_rows import TimerRow, alert_words


class AlertStrip(ElidedLabel):
    """Keeps its room when there is nothing to tell, so that the step never moves because of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alert_strip", parent)
        self.setFixedHeight(QFontMetrics(text_font(current().sizes.body)).height() + 10)
        self._words = ("", "")

    def show_alerts(self, rows: Sequence[TimerRow], now: datetime) -> None:
        """Show the most urgent alert."""
        words = alert_words(rows, now)
        if words != self._words:
            self._words = words
            self.setText(words[0])
            self.setAccessibleName(words[0])
            set_property(self, "tone", words[1] if words[0] else "")
