"""One reading to be taken: label, field, unit and limits, where to read it, and a live hint."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from runbook.procedure.model import Record
from runbook.run.events import Outside
from runbook.run.readings import NotAValue, canonical, judge
from runbook.ui.inline_form import Field
from runbook.ui.step_view import ReadingView
from runbook.ui.theme import set_property

translate = QCoreApplication.translate
_WIDE: Final = 14


def outside_words(outside: Outside) -> str:
    """Where a value lies, in words; empty when it is within its limits."""
    return {
        Outside.NO: "",
        Outside.LOW: translate("Reading", "below the limit"),
        Outside.HIGH: translate("Reading", "above the limit"),
        Outside.WARN_LOW: translate("Reading", "low, still within the limits"),
        Outside.WARN_HIGH: translate("Reading", "high, still within the limits"),
    }[outside]


class ReadingField(QWidget):
    """Enter in the field asks to record what is typed: `entered(name, typed)`."""

    entered = Signal(str, str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = Record("", "")
        self._view: ReadingView | None = None
        self._label = self._text("reading_label", "")
        self._limits = self._text("reading_limits", "dim")
        self._hint = self._text("reading_hint", "warn")
        self.field = Field(self)
        self.field.setProperty("reading", "yes")
        self.field.setMinimumWidth(self.fontMetrics().averageCharWidth() * _WIDE)
        self._lay_out()
        self.field.textChanged.connect(self._judge)
        self.field.entered.connect(self._enter)
        self.field.given_up.connect(self.given_up)

    def _text(self, name: str, tone: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.addWidget(self._label, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self._limits, 0, 2)
        grid.addWidget(self._hint, 1, 1, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 4)

    @property
    def name(self) -> str:
        """The name of the reading."""
        return self._record.name

    @property
    def unsaved(self) -> str:
        """What is typed and not recorded; empty when all is."""
        typed = self.field.text().strip()
        recorded = self._view.recorded if self._view else ""
        return "" if typed == recorded else typed

    @property
    def is_missing(self) -> bool:
        """True while nothing is recorded for it."""
        return self._view is None or not self._view.recorded

    def show_view(self, view: ReadingView) -> None:
        """Show a reading; what is being typed for the same one stays."""
        if view == self._view:
            return
        same = self._view is not None and self._view.record == view.record
        recorded_anew = not same or (self._view and self._view.recorded != view.recorded)
        self._view, self._record = view, view.record
        self.field.setObjectName(f"reading_{view.record.name}")
        self._label.setText(view.record.label)
        source = translate("Reading", "from {source}").format(source=view.source)
        about = (view.unit_and_limits, source if view.source else "")
        self._limits.setText(", ".join(part for part in about if part))
        self.field.setAccessibleName(f"{view.record.label}, {self._limits.text()}")
        self.field.setAccessibleDescription(translate("Reading", "Enter records it"))
        if recorded_anew:
            self.field.setText(view.recorded)
        self._judge()

    def _judge(self) -> None:
        """Say at once where the value lies; it can be recorded all the same."""
        words, tone = self._verdict(self.field.text().strip())
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        set_property(self._hint, "tone", tone)
        set_property(self.field, "outside", "yes" if tone == "bad" else "")

    def _verdict(self, typed: str) -> tuple[str, str]:
        if not typed:
            return "", "dim"
        value = canonical(self._record, typed)
        if isinstance(value, NotAValue):
            return (value.why, "warn") if not self.field.hasFocus() else ("", "dim")
        outside = judge(self._record, value)
        saved = not self.unsaved
        note = (
            translate("Reading", "recorded") if saved else translate("Reading", "Enter records it")
        )
        words = outside_words(outside)
        if self._view and self._view.accepted and saved:
            note = translate("Reading", "accepted: {why}").format(why=self._view.accepted)
        if outside.beyond_limit:
            return f"{words}; {note}", "bad"
        return (f"{words}; {note}", "warn") if words else (note, "good" if saved else "dim")

    def _enter(self) -> None:
        self.entered.emit(self._record.name, self.field.text())
