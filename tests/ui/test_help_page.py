"""The offline help: all pages are there, can be searched, and lead to each other only."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from runbook.procedure.markup import GO
from runbook.resources import resource_folder
from runbook.ui.help_page import HelpBrowser, HelpPage, read_pages


@pytest.fixture
def page(qtbot: QtBot) -> HelpPage:
    """The shipped help."""
    made = HelpPage()
    qtbot.addWidget(made)
    made.show()
    return made


def browser(page: HelpPage) -> HelpBrowser:
    """The text that is shown."""
    found = page.findChild(HelpBrowser)
    assert found is not None
    return found


def test_every_shipped_page_is_listed() -> None:
    """No help file is left out, the overview comes first."""
    folder = resource_folder() / "help"
    pages = read_pages(folder)
    assert pages[0].name == "index"
    assert {p.name for p in pages} == {f.stem for f in folder.glob("*.md")}


def test_searching_leaves_the_pages_with_all_words(page: HelpPage) -> None:
    """Words are looked for in the text of the pages."""
    field = page.findChild(QLineEdit, "help_search")
    assert field is not None
    QTest.keyClicks(field, "PgDn 0.4")
    assert page.shown == "keys"


def test_a_link_leads_to_its_page(page: HelpPage) -> None:
    """The overview's links work."""
    browser(page).anchorClicked.emit(QUrl(f"{GO}keys.md"))
    assert page.shown == "keys"


def test_an_address_outside_is_told_and_not_opened(page: HelpPage) -> None:
    """A link out of the help shows its address and leaves the page where it is."""
    before = page.shown
    browser(page).anchorClicked.emit(QUrl("https://example.org/x"))
    assert page.shown == before
    assert browser(page).toolTip() == "https://example.org/x"


def test_no_file_is_ever_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    """A picture on the disk is replaced by a placeholder."""
    picture = QImage(9, 9, QImage.Format.Format_RGB32)
    picture.save(str(tmp_path / "secret.png"))
    shown = HelpBrowser()
    qtbot.addWidget(shown)
    kind = QTextDocument.ResourceType.ImageResource.value
    loaded = shown.loadResource(kind, QUrl.fromLocalFile(str(tmp_path / "secret.png")))
    assert isinstance(loaded, QImage)
    assert loaded.width() == 1


def test_escape_goes_back(page: HelpPage, qtbot: QtBot) -> None:
    """Escape leaves the help."""
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)
