"""The lines of the library: usable procedures first, numbers as people say them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from runbook.procedure.library import Library
from runbook.ui.shelf import LibraryShelf

NUMBERED = "---\nid: rb-07\ntitle: Water\n---\n# Water\n\n- [ ] Close the valve\n"
PLAIN = "# Zebra\n\n- [ ] Feed it\n"


def test_what_cannot_be_worked_stands_last(tmp_path: Path) -> None:
    """A broken or empty file is listed, and is never the one that is offered first."""
    shelf = _shelf(tmp_path)
    assert [row.path.name for row in shelf.search("")] == ["rb.md", "zebra.md", "aaa.md", "abc.md"]


def test_a_numbered_procedure_is_named_as_people_say_it(tmp_path: Path) -> None:
    """The number in capitals; the name of a plain file as it is."""
    rows = {row.path.name: row.id for row in _shelf(tmp_path).search("")}
    assert rows["rb.md"] == "RB-07"
    assert rows["zebra.md"] == "zebra"


def _shelf(folder: Path) -> LibraryShelf:
    for name, text in (("rb.md", NUMBERED), ("zebra.md", PLAIN), ("aaa.md", ""), ("abc.md", "\0")):
        (folder / name).write_text(text, encoding="utf-8")
    library = Library([folder])
    library.refresh()
    return LibraryShelf(library, date(2026, 11, 22))
