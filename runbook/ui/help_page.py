"""The offline help: pages written in markdown, with a list, a search, and links between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from runbook.procedure.markup import GO, render
from runbook.resources import resource_folder
from runbook.ui import theme
from runbook.ui.parts import button, label

_FIRST = ("index", "first-ten-minutes", "keys")


@dataclass(frozen=True)
class Page:
    """One help page: the stem of its file, its heading and its text."""

    name: str
    title: str
    text: str

    @cached_property
    def folded(self) -> str:
        """What a search looks at."""
        return self.text.casefold()


def read_pages(folder: Path) -> tuple[Page, ...]:
    """All pages, those for a newcomer first; none when the folder is missing."""
    pages = [_page(file) for file in sorted(folder.glob("*.md"))]
    rank = {name: place for place, name in enumerate(_FIRST)}
    return tuple(sorted(pages, key=lambda page: rank.get(page.name, len(rank))))


def _page(file: Path) -> Page:
    text = file.read_text(encoding="utf-8")
    heading = next((one for one in text.splitlines() if one.startswith("# ")), file.stem)
    return Page(file.stem, heading.removeprefix("# ").strip(), text)


class HelpBrowser(QTextBrowser):
    """Shows safe HTML, loads nothing, opens nothing; links are told by `anchorClicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_text")
        self.setAccessibleName(self.tr("Help text"))
        self.setOpenLinks(False)

    def loadResource(self, kind: int, _name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """A placeholder for everything: returning nothing would still read local files."""
        is_image = kind == QTextDocument.ResourceType.ImageResource.value
        return QImage(1, 1, QImage.Format.Format_RGB32) if is_image else QByteArray()


class HelpPage(QWidget):
    """Stands in the window in place of the screen that asked for help; `left` goes back."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_page")
        self._pages = read_pages(folder or resource_folder() / "help")
        self._found: tuple[Page, ...] = ()
        self._search = QLineEdit(self)
        self._search.setObjectName("help_search")
        self._search.setAccessibleName(self.tr("Search the help"))
        self._search.setPlaceholderText(self.tr("Search the help"))
        self._search.textChanged.connect(self._filter)
        self._search.returnPressed.connect(self._read)
        self._list = QListWidget(self)
        self._list.setObjectName("help_list")
        self._list.setAccessibleName(self.tr("Help pages"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._show_row)
        self._none = label("help_none", self, text=self.tr("No page has these words."), tone="dim")
        self._text = HelpBrowser(self)
        self._text.anchorClicked.connect(self._follow)
        self._back = button("help_back", self, text=self.tr("Back"), keys=self.tr("Esc"))
        self._back.clicked.connect(self.left)
        self._lay_out()
        self._filter("")

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(20, 16, 12, 16)
        side.setSpacing(10)
        for widget in (self._search, self._none, self._list, self._back):
            side.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(side, 1)
        row.addWidget(self._text, 3)

    @property
    def shown(self) -> str:
        """The name of the page that is shown, empty for none."""
        row = self._list.currentRow()
        return self._found[row].name if 0 <= row < len(self._found) else ""

    def enter(self) -> None:
        """Take the keys, ready to search."""
        self._search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search.selectAll()
        self._show_row(self._list.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape goes back; arrows in the search field move through the pages."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            by = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow(
                min(len(self._found) - 1, max(0, self._list.currentRow() + by))
            )
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _filter(self, text: str) -> None:
        """List the pages in which every word stands."""
        words = text.casefold().split()
        self._found = tuple(p for p in self._pages if all(word in p.folded for word in words))
        self._list.clear()
        self._list.addItems([page.title for page in self._found])
        self._none.setVisible(not self._found)
        if self._found:
            self._list.setCurrentRow(0)

    @Slot()
    def _read(self) -> None:
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        words = self._search.text().split()
        if words:
            self._text.find(words[0])

    @Slot(int)
    def _show_row(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self._text.document().setDefaultStyleSheet(_document_style())
            self._text.setHtml(render(self._found[row].text))

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        """Go to another page; an address outside is only told, never opened."""
        address = unquote(url.toString())
        name = Path(address.removeprefix(GO).partition("#")[0]).stem
        if address.startswith(GO) and any(page.name == name for page in self._pages):
            self._search.clear()
            self._list.setCurrentRow(next(n for n, p in enumerate(self._found) if p.name == name))
        else:
            self._text.setToolTip(address)
            self._search.setPlaceholderText(self.tr("Address: {url}").format(url=address))


def _document_style() -> str:
    """How headings, code and tables of the help look in the current look."""
    tokens, sizes = theme.current().tokens, theme.current().sizes
    return (
        f"body {{ color: {tokens.text}; }} a {{ color: {tokens.link}; }}"
        f" h1 {{ font-size: {sizes.title + 2}pt; font-weight: 600; }}"
        f" h2 {{ font-size: {sizes.title - 1}pt; font-weight: 600; margin-top: 18px; }}"
        f" h3 {{ font-size: {sizes.strong}pt; font-weight: 600; }}"
        f" code, pre {{ font-family: '{theme.MONO_FONT}'; background: {tokens.code_back};"
        f" color: {tokens.code_text}; }}"
        f" th {{ color: {tokens.dim}; text-align: left; padding: 4px 18px 4px 0; }}"
        " td { padding: 4px 18px 4px 0; } p, li { margin-bottom: 7px; }"
    )
