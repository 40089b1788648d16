"""A label that shortens its text with an ellipsis instead of pushing the window wider."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


class ElidedLabel(QLabel):
    """Plain text on one line; what does not fit is in the tooltip and the accessible text."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text."""
        if text == self.text():
            return
        super().setText(text)
        self.setToolTip(text)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """May shrink to a few letters."""
        whole = super().sizeHint()
        few = self.fontMetrics().averageCharWidth() * 6
        return QSize(min(few, whole.width()), whole.height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wants room for the whole text."""
        whole = super().sizeHint()
        return QSize(whole.width() + 2, whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        room = self.contentsRect()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), words)
