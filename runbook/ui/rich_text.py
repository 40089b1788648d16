"""Procedure text with its markup, shown as hostile text has to be: it loads and opens nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

_IMAGE: Final = int(QTextDocument.ResourceType.ImageResource.value)


class SafeText(QTextBrowser):
    """Safe HTML, as high as its text. Links only tell where they lead: `link_asked(address)`."""

    link_asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._ask)

    def loadResource(self, kind: int, _name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """A placeholder for everything: returning nothing would still read local files."""
        return QImage(1, 1, QImage.Format.Format_RGB32) if kind == _IMAGE else QByteArray()

    def show_html(self, html: str) -> None:
        """Show text that has been made safe before."""
        self.setHtml(html)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never wider than the room given."""
        return QSize(100, self._height())

    minimumSizeHint = sizeHint  # noqa: N815 - Qt's name

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width needs another height."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter follows a link that has the focus; copying works; all else is the page's."""
        cursor = self.textCursor()
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        copies = event.matches(QKeySequence.StandardKey.Copy)
        if cursor.hasSelection() and (copies or (enters and cursor.charFormat().isAnchor())):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _ask(self, url: QUrl) -> None:
        self.link_asked.emit(url.toString())

    def _height(self) -> int:
        self.document().setTextWidth(max(1, self.viewport().width()))
        return int(self.document().size().height()) + 2

    def _fit(self) -> None:
        self.setFixedHeight(self._height())
