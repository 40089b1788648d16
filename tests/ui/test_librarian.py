"""The library is read anew when a file changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from runbook.folders import find_folders
from runbook.procedure.library import Library
from runbook.ui.librarian import Librarian

PATIENCE_MS = 10_000


@pytest.fixture
def procedures(tmp_path: Path) -> Path:
    """A folder with one procedure."""
    folder = tmp_path / "procedures"
    folder.mkdir()
    (folder / "one.md").write_text("# Cold room\n\n- [ ] Look\n", encoding="utf-8")
    return folder


@pytest.fixture
def librarian(procedures: Path, data_folder: Path, qtbot: QtBot) -> Iterator[Librarian]:
    """A librarian who has read everything once."""
    made = Librarian(find_folders(data_folder, [procedures]), date(2026, 11, 22))
    with qtbot.waitSignal(made.refreshed, timeout=PATIENCE_MS):
        made.open()
    yield made
    made.close()


def _has(title: str) -> Callable[[Library], bool]:
    def check(library: Library) -> bool:
        return title in {entry.title for entry in library.entries}

    return check


@pytest.mark.parametrize("name", ["one.md", "two.md"])
def test_a_saved_file_is_read_at_once(
    name: str, librarian: Librarian, procedures: Path, qtbot: QtBot
) -> None:
    """A procedure that is changed or added is found without waiting for the next round."""
    with qtbot.waitSignal(
        librarian.refreshed, timeout=PATIENCE_MS, check_params_cb=_has("Hot room")
    ):
        (procedures / name).write_text("# Hot room\n\n- [ ] Look again\n", encoding="utf-8")
