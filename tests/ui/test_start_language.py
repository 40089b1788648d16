"""Another language on the start screen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from runbook.procedure.library import Library
from runbook.ui.shelf import LibraryShelf
from runbook.ui.start_page import StartPage


def test_the_chosen_procedure_is_briefed_in_the_language_listed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """What starts is what the list shows, not its twin in the language of before."""
    page = StartPage()
    qtbot.addWidget(page)
    asked: list[Path] = []
    page.chosen.connect(asked.append)

    page.show_shelf(_shelf(tmp_path / "en", "Mains loss"))
    page.show_shelf(_shelf(tmp_path / "da", "Stroemsvigt"))

    assert [path.parent.name for path in asked] == ["en", "da"]


def _shelf(folder: Path, title: str) -> LibraryShelf:
    folder.mkdir()
    text = f"---\nid: rb-01\ntitle: {title}\n---\n# {title}\n\n- [ ] Look\n"
    (folder / "mains.md").write_text(text, encoding="utf-8")
    library = Library([folder])
    library.refresh()
    return LibraryShelf(library, date(2026, 11, 22))
