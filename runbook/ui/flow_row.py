"""A row of widgets that goes on in the next line where the room ends."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Places widgets from left to right and wraps; nothing is squeezed or cut.

    It is no QLayout: Qt deletes a layout's items while Python may still hold them, and a
    row whose buttons change would now and then touch one that is gone.
    """

    def __init__(self, parent: QWidget | None = None, gap: int = 10) -> None:
        super().__init__(parent)
        self._gap = gap
        self._widgets: list[QWidget] = []
        self._hints: list[tuple[QWidget, QSize]] | None = None
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Take one more widget at the end."""
        self.hold((*self._widgets, widget))

    def hold(self, widgets: Iterable[QWidget]) -> None:
        """Show these widgets in this order; one held before that is not among them is hidden."""
        wanted = list(widgets)
        for widget in self._widgets:
            if widget not in wanted and widget.parentWidget() is self:
                widget.hide()
        for widget in wanted:
            if widget.parentWidget() is not self:
                widget.setParent(self)
            widget.show()
        self._widgets = wanted
        self._changed()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """How high the rows are at a width."""
        high = self._heights.get(width)
        if high is None:
            high = self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return high

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All in one row."""
        sizes = [size for _, size in self._shown()]
        width = sum(size.width() + self._gap for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """At least the widest widget."""
        sizes = [widget.minimumSizeHint() for widget, _ in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width may mean other lines."""
        super().resizeEvent(event)
        self._place(self.rect(), move=True)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Qt tells a row that is out of sight nothing about its widgets: ask them again."""
        super().showEvent(event)
        self._changed()

    def event(self, event: QEvent) -> bool:
        """A widget of the row has changed its size, or came or went."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def _changed(self) -> None:
        self._heights.clear()
        self._hints = None
        self.updateGeometry()
        self._place(self.rect(), move=True)

    def _shown(self) -> list[tuple[QWidget, QSize]]:
        """The visible widgets and what they want, asked once until something changes."""
        if self._hints is None:
            shown = (widget for widget in self._widgets if not widget.isHidden())
            self._hints = [(widget, widget.sizeHint()) for widget in shown]
        return self._hints

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, row, room = rect.x(), rect.y(), 0, max(rect.width(), 1)
        for widget, hint in self._shown():
            width, high = hint.width(), hint.height()
            if width > room:
                width = room
                high = widget.heightForWidth(width) if widget.hasHeightForWidth() else high
            if x > rect.x() and x + width > rect.x() + room:
                x, y, row = rect.x(), y + row + self._gap, 0
            if move:
                widget.setGeometry(QRect(x, y, width, high))
            x, row = x + width + self._gap, max(row, high)
        return y + row - rect.y()
