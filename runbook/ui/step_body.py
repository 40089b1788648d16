"""What is read of a step: warnings, the one action, details, readings, waits, options."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from runbook.ui.check_box import CheckBox
from runbook.ui.key_button import KeyButton
from runbook.ui.reading_field import ReadingField
from runbook.ui.rich_text import SafeText
from runbook.ui.step_parts import (
    AlertBox,
    CodeBox,
    LabelledLine,
    Pool,
    column,
    plain_label,
    show_text,
)
from runbook.ui.step_view import OptionView, Segment, StepView
from runbook.ui.step_words import Line

_KEYS: Final = 9


class StepBody(QWidget):
    """Shows a step's view part by part; a part that is equal to the one shown is left alone."""

    chosen = Signal(object)
    entered = Signal(str, str)
    left_field = Signal()
    copied = Signal(object)
    link_asked = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("step_body")
        self._view: StepView | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 12, 0)
        self._box.setSpacing(12)
        self._left = plain_label("step_left", self, "warn")
        self._box.addWidget(self._left)
        self._above = plain_label("step_above", self, "dim")
        self._alerts = Pool(self._part(8), self._make_alert, folds=True)
        self._box.addWidget(self._above)
        self._text = plain_label("step_text", self, "action")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._box.addWidget(self._text)
        self._outcome = plain_label("step_outcome", self, "strong")
        self._box.addWidget(self._outcome)
        self._segments, self._segment_box = column(self, 8)
        self._box.addWidget(self._segments)
        self._said = Pool(self._part(5), self._make_line, folds=True)
        self._readings = Pool(self._part(8), self._make_reading, folds=True)
        self._lines = Pool(self._part(5), self._make_line, folds=True)
        self.check = CheckBox(self)
        self.check.entered.connect(self.typed)
        self.check.given_up.connect(self.left_field)
        self._box.addWidget(self.check)
        self._waits = plain_label("step_waits", self)
        self._box.addWidget(self._waits)
        self._options = Pool(self._part(8), self._make_option, folds=True)
        self._codes: list[CodeBox] = []

    def _part(self, gap: int) -> QVBoxLayout:
        holder, box = column(self, gap)
        holder.hide()
        self._box.addWidget(holder)
        return box

    def show_view(self, view: StepView, *, may_choose: bool) -> None:
        """Show a step; equal parts are not touched, so typed text stays."""
        before, self._view = self._view, view
        if before is None or before.alerts != view.alerts:
            for box, alert in zip(self._alerts.take(len(view.alerts)), view.alerts, strict=True):
                box.show_alert(alert)
        show_text(self._left, view.left)
        show_text(self._above, view.above)
        show_text(self._text, view.text)
        self._text.setAccessibleName(f"{view.number} {view.text}")
        show_text(self._outcome, view.outcome)
        if before is None or before.segments != view.segments:
            self._show_segments(view.segments)
        if before is None or (before.step, before.readings) != (view.step, view.readings):
            self._show_readings(view)
        if before is None or before.lines != view.lines:
            self._show_lines(view.lines)
        if before is None or (before.check, before.current) != (view.check, view.current):
            self.check.show_view(view.check, may_type=view.current)
        show_text(self._waits, view.waits)
        self._show_options(view.options, may_choose=may_choose)

    def _show_lines(self, lines: tuple[Line, ...]) -> None:
        """What is to be said stands first: the answers are typed below it."""
        said = [line for line in lines if line.kind == "say"]
        rest = [line for line in lines if line.kind != "say"]
        for pool, part in ((self._said, said), (self._lines, rest)):
            for row, line in zip(pool.take(len(part)), part, strict=True):
                row.show_line(line)

    def _show_segments(self, segments: tuple[Segment, ...]) -> None:
        while (item := self._segment_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._codes = []
        for segment in segments:
            self._segment_box.addWidget(self._make_segment(segment))
        self._segments.setVisible(bool(segments))

    def _make_segment(self, segment: Segment) -> QWidget:
        if segment.code:
            box = CodeBox(self._segments)
            box.show_code(segment, first=not self._codes)
            box.copied.connect(self.copied)
            self._codes.append(box)
            return box
        text = SafeText("step_details", self._segments)
        text.show_html(segment.html)
        text.link_asked.connect(self.link_asked)
        return text

    def _show_readings(self, view: StepView) -> None:
        fields = self._readings.take(len(view.readings))
        for field, reading in zip(fields, view.readings, strict=True):
            field.show_view(reading)
            field.field.setReadOnly(not view.current)

    def _show_options(self, options: tuple[OptionView, ...], *, may_choose: bool) -> None:
        for button, option in zip(self._options.take(len(options)), options, strict=True):
            words = self.tr("✓ {label}").format(label=option.label)
            label = words if option.chosen else option.label
            key = str(option.index + 1) if option.index < _KEYS else ""
            button.show_words(label, key, option.effect, "chosen" if option.chosen else "option")
            button.setEnabled(may_choose and not option.chosen)

    def _make_alert(self) -> AlertBox:
        return AlertBox(self)

    def _make_line(self) -> LabelledLine:
        return LabelledLine(self)

    def _make_reading(self) -> ReadingField:
        field = ReadingField(self)
        field.entered.connect(self.entered)
        field.given_up.connect(self.left_field)
        return field

    def _make_option(self) -> KeyButton:
        button = KeyButton(f"option_{len(self._options.widgets) + 1}", self, leading=True)
        button.clicked.connect(self._choose)
        return button

    def _choose(self) -> None:
        button = self.sender()
        assert isinstance(button, KeyButton)
        self.chosen.emit(self._options.widgets.index(button))

    def option_button(self, number: int) -> KeyButton | None:
        """The button of an option counted from 1, when it is shown."""
        if self._view is None or not 1 <= number <= len(self._view.options):
            return None
        return self._options.widgets[number - 1]

    def reading_fields(self) -> list[ReadingField]:
        """The fields of the readings on screen."""
        return self._readings.widgets[: len(self._view.readings) if self._view else 0]

    def first_code(self) -> Segment | None:
        """The first block of commands, which Ctrl+C copies."""
        return self._codes[0].segment if self._codes else None
