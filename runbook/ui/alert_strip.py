"""One line of fixed height below the step: what is overdue or may be triggered, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from runbook.ui.elided_label import ElidedLabel
from runbook.ui.theme import current, set_property, text_font
from runbook.ui.timer_rows import TimerRow, alert_words


class AlertStrip(ElidedLabel):
    """Keeps its room when there is nothing to tell, so that the step never moves because of it.

    `became_due` is emitted once for whatever becomes due.
    """

    became_due = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("alert_strip", parent)
        self._fit()
        self._words = ("", "")
        self._over: frozenset[tuple[str, str, str, datetime]] = frozenset()

    def _fit(self) -> None:
        """As high as one line in the look of now."""
        self.setFixedHeight(QFontMetrics(text_font(current().sizes.body)).height() + 10)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another look may have larger type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    @property
    def words(self) -> tuple[str, str]:
        """What is shown, and its tone."""
        return self._words

    def show_alerts(self, rows: Sequence[TimerRow], now: datetime) -> None:
        """Show the most urgent alert; what has become due since the last time is told once."""
        self._tell_due(rows, now)
        words = alert_words(rows, now)
        if words != self._words:
            self._words = words
            self.setText(words[0])
            self.setAccessibleName(words[0])
            set_property(self, "tone", words[1] if words[0] else "")

    def _tell_due(self, rows: Sequence[TimerRow], now: datetime) -> None:
        over = (row for row in rows if row.timer.is_over(now))
        known = frozenset((r.run, r.timer.kind.value, r.timer.step, r.timer.due) for r in over)
        fresh, self._over = known - self._over, known
        if fresh:
            self.became_due.emit()
