"""Shows what a step is held to, and the field in which its target is typed, never pasted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from runbook.ui.check_view import CheckLine, CheckView, TargetView
from runbook.ui.inline_form import Field
from runbook.ui.step_parts import Pool, column, plain_label, show_text
from runbook.ui.theme import set_property

translate = QCoreApplication.translate
_PASTE: Final = QKeySequence.StandardKey.Paste


class TypedField(Field):
    """A line that takes what is typed letter by letter; `refused` when something is pasted."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A paste by keys proves nothing."""
        if event.matches(_PASTE):
            event.accept()
            self.refused.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Neither does one by the middle button."""
        if event.button() is Qt.MouseButton.MiddleButton:
            event.accept()
            self.refused.emit()
        else:
            super().mouseReleaseEvent(event)


class TargetField(QWidget):
    """Enter in the field asks to record what was typed: `entered(text)`."""

    entered = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("target")
        self._view: TargetView | None = None
        self._label = plain_label("target_label", self)
        self._wanted = plain_label("target_wanted", self, "code")
        self.field = TypedField(self)
        self.field.setObjectName("target_typed")
        self.field.setProperty("reading", "yes")
        self._hint = plain_label("target_hint", self, "dim")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for widget in (self._label, self._wanted, self.field, self._hint):
            box.addWidget(widget)
        self.field.entered.connect(self._enter)
        self.field.given_up.connect(self.given_up)
        self.field.refused.connect(self._refuse)
        self.field.textEdited.connect(self._edited)

    def show_view(self, view: TargetView, *, may_type: bool) -> None:
        """Show what is to be typed; what is being typed for the same target stays."""
        before, self._view = self._view, view
        self._label.setText(self.tr("Type what the target shows:"))
        self._wanted.setText(view.wanted)
        name = self.tr("Type what the target shows: {text}").format(text=view.wanted)
        self.field.setAccessibleName(name)
        self.field.setReadOnly(view.is_proved or not may_type)
        same = before is not None and (before.step, before.attempt) == (view.step, view.attempt)
        if not same or view.is_proved or (before and before.typed and not view.typed):
            self.field.setText(view.typed)
        if not same or before != view:
            self._edited()

    def _edited(self) -> None:
        view = self._view
        if view is None:
            return
        if view.is_proved:
            self._say(self.tr("✓ the target is typed"), "good")
        elif view.unknown:
            self._say(
                self.tr("No value is set here: ! goes on without typing, with a reason"), "bad"
            )
        else:
            self._say(self.tr("Read it at the target itself. Enter records it."), "dim")

    def _refuse(self) -> None:
        self._say(self.tr("Pasting proves nothing. Type it from what the target shows."), "bad")

    def _say(self, words: str, tone: str) -> None:
        set_property(self._hint, "tone", tone)
        show_text(self._hint, words)

    def _enter(self) -> None:
        self.entered.emit(self.field.text())


class CheckBox(QWidget):
    """The lines of a check, and the field of a target below them."""

    entered = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("step_check")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        holder, lines = column(self, 3)
        self._holder = holder
        box.addWidget(holder)
        self._lines = Pool(lines, self._make_line)
        self.target = TargetField(self)
        box.addWidget(self.target)
        self.target.entered.connect(self.entered)
        self.target.given_up.connect(self.given_up)
        self.hide()

    def _make_line(self) -> QLabel:
        return plain_label("check_line", self._holder)

    def show_view(self, view: CheckView, *, may_type: bool) -> None:
        """Show what a step is held to; nothing takes no room."""
        labels = self._lines.take(len(view.lines))
        for label, line in zip(labels, view.lines, strict=True):
            _show_line(label, line)
        self._holder.setVisible(bool(view.lines))
        if view.target is not None:
            self.target.show_view(view.target, may_type=may_type)
        self.target.setVisible(view.target is not None)
        self.setVisible(bool(view.lines) or view.target is not None)

    def focus_target(self) -> bool:
        """Put the cursor where the target is typed; False when nothing is to be typed."""
        field = self.target.field
        if self.target.isHidden() or field.isReadOnly():
            return False
        field.setFocus()
        field.selectAll()
        return True


def _show_line(label: QLabel, line: CheckLine) -> None:
    set_property(label, "tone", line.tone)
    label.setText(line.text)
