"""Pages one behind the other: one that is out of sight asks for no room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget

_LEAST = QSize(240, 160)


class Screens(QStackedWidget):
    """Fits into whatever room there is; a page that needs more scrolls or gives up its extras.

    Without it the highest page, shown or not, would push the window beyond a small screen.
    """

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Little: the strips around it stay in sight."""
        return _LEAST
