"""A list that is as high as its lines, and scrolls only when there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

_LINES_AT_LEAST = 2


class FittingList(QListView):
    """Lines of one height; call `fit` after the model or the look changed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def fit(self) -> None:
        """Take as much height as the lines need, and at least two of them."""
        lines = self.model().rowCount()
        height = self._line_height()
        self.setMaximumHeight(max(1, lines * height + 2))
        self.setMinimumHeight(min(lines, _LINES_AT_LEAST) * height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The height of all lines."""
        return QSize(200, self.maximumHeight())

    def _line_height(self) -> int:
        return max(1, self.sizeHintForRow(0))
