"""One run, begun on a terminal, worked in the window, and ended on the terminal."""

from __future__ import annotations

import subprocess
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.cli.process import run, run_id
from tests.ui.start_rig import WindowRig, folders


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Everything a walk printed."""
    return (done.stdout + done.stderr).decode()


def test_a_run_goes_on_in_the_window_and_back_on_the_terminal(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    """Each takes it up at the same step, and neither records while the other holds it."""
    where = folders(tmp_path)
    data = {"RUNBOOK_DATA": str(where.data)}
    file = where.shipped / "runbooks" / "mains.md"
    first = run("walk", file, "--mode", "live", "--operator", "Ann", typed="done\n", **data)
    name = run_id(first)
    rig = WindowRig(qtbot, dressed, where)
    rig.until(lambda: "1.2 Call the lead" in rig.text("open_run_words"))
    rig.press("search_field", Qt.Key.Key_Return)
    rig.type("run_operator", "Bea")
    rig.press("run_operator", Qt.Key.Key_Return)
    rig.until(lambda: rig.widget("mode_band").isVisible())
    assert "1.2 Call the lead" in rig.text("band_step")
    assert "Another Runbook" in said(run("walk", "--resume", name, typed="done\n", **data))
    rig.close()
    last = said(run("walk", "--resume", name, typed="done\ncomplete\nclose Cy\n", **data))
    assert "It was left in good order." in last
    assert "Step 1.2 done" in last
    assert "The run is closed." in last
