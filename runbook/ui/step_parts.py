"""The parts of the step panel: warnings, commands to copy, labelled lines, and their column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from runbook.procedure.model import AlertKind
from runbook.ui.step_view import AlertView, Segment
from runbook.ui.step_words import Line
from runbook.ui.theme import set_property

W = TypeVar("W", bound=QWidget)
_MIN_LINES: Final = 4


def plain_label(name: str, parent: QWidget, tone: str = "") -> QLabel:
    """A wrapping label for words that come from a procedure: never markup."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if tone:
        label.setProperty("tone", tone)
    return label


def show_text(label: QLabel, text: str) -> None:
    """Set a label's words, and hide it when there are none."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))


class Pool(Generic[W]):
    """As many widgets of a kind as are needed, kept in a box of their own and used again.

    One that `folds` hides the holder of its box, and the gap around it, while it is empty.
    """

    def __init__(self, box: QVBoxLayout, make: Callable[[], W], *, folds: bool = False) -> None:
        self._box = box
        self._folds = folds
        self._make = make
        self.widgets: list[W] = []

    def take(self, count: int) -> list[W]:
        """Exactly so many visible widgets, the rest hidden."""
        while len(self.widgets) < count:
            made = self._make()
            self._box.addWidget(made)
            self.widgets.append(made)
        for place, widget in enumerate(self.widgets):
            widget.setVisible(place < count)
        holder = self._box.parentWidget()
        if self._folds and holder is not None:
            holder.setVisible(count > 0)
        return self.widgets[:count]


def column(parent: QWidget, gap: int) -> tuple[QWidget, QVBoxLayout]:
    """A widget with a box for a pool."""
    holder = QWidget(parent)
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    return holder, box


class AlertBox(QFrame):
    """A warning, caution or note, told apart by word, frame and colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("alert")
        box = QVBoxLayout(self)
        box.setSpacing(3)
        self._word = plain_label("alert_word", self)
        self._text = plain_label("alert_text", self)
        box.addWidget(self._word)
        box.addWidget(self._text)

    def show_alert(self, alert: AlertView) -> None:
        """Show one alert."""
        set_property(self, "alert", alert.kind.value)
        set_property(self._word, "alert", alert.kind.value)
        self._word.setText(self._words(alert.kind))
        self._text.setText(alert.text)
        self.setAccessibleName(f"{self._word.text()}: {alert.text}")

    def _words(self, kind: AlertKind) -> str:
        return {
            AlertKind.WARNING: self.tr("⚠ WARNING"),
            AlertKind.CAUTION: self.tr("Caution"),
            AlertKind.IMPORTANT: self.tr("Important"),
            AlertKind.NOTE: self.tr("Note"),
            AlertKind.TIP: self.tr("Tip"),
        }[kind]


class CodeBox(QFrame):
    """A block of commands with its values filled in, and a way to copy it."""

    copied = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("code_box")
        self._segment = Segment()
        row = QHBoxLayout(self)
        self._text = plain_label("code_text", self, "code")
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = QPushButton(self)
        self._copy.setObjectName("code_copy")
        self._copy.setProperty("kind", "quiet")
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._ask)
        row.addWidget(self._text, 1)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def segment(self) -> Segment:
        """What stands in it."""
        return self._segment

    def show_code(self, segment: Segment, *, first: bool) -> None:
        """Show commands; the first block on screen is the one that the key copies."""
        self._segment = segment
        self._text.setText(segment.code)
        self._text.setAccessibleName(self.tr("Commands: {text}").format(text=segment.code))
        self._copy.setText(self.tr("Copy  Ctrl+C") if first else self.tr("Copy"))

    def _ask(self) -> None:
        self.copied.emit(self._segment)


class LabelledLine(QWidget):
    """A quiet label and words beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._label = plain_label("line_label", self, "dim")
        self._label.setMinimumWidth(self.fontMetrics().averageCharWidth() * 13)
        self._label.setMaximumWidth(self.fontMetrics().averageCharWidth() * 22)
        self._text = plain_label("line_text", self)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_line(self, line: Line) -> None:
        """Show one line."""
        self._label.setText(line.label)
        self._text.setText(line.text)
        set_property(self._text, "line", line.kind)


class Scroll(QScrollArea):
    """A column as high as its content, which scrolls when there is less room than that."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._wanted = QSize()

    def hold(self, content: QWidget) -> None:
        """Take the column to show."""
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Content that changes its height asks for other room, and only then."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            wanted = self.sizeHint()
            if wanted != self._wanted:
                self._wanted = wanted
                self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the content at this width."""
        content = self.widget()
        if content is None:
            return super().sizeHint()
        width = self.viewport().width()
        high = content.heightForWidth(width) if content.hasHeightForWidth() else -1
        return QSize(content.sizeHint().width(), max(high, content.minimumSizeHint().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few lines at least."""
        return QSize(
            100, min(self.fontMetrics().lineSpacing() * _MIN_LINES, self.sizeHint().height())
        )

    def scroll_by(self, lines: int) -> None:
        """Move by so many lines, down or up."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + lines * self.fontMetrics().lineSpacing())
