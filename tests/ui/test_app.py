"""The program as the system starts and ends it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from runbook.folders import shipped_folder

CACHE = Path("cache") / "library.json"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends programs in another way")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_system_may_end_the_program(qtbot: QtBot, tmp_path: Path, number: int) -> None:
    """At log-out, shutdown or Ctrl+C the window closes in good order and asks nothing."""
    command = [sys.executable, "-m", "runbook", "--data", str(tmp_path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, cwd=shipped_folder(), env=environment, stderr=subprocess.PIPE
    ) as program:
        # The cache is written after the window is there and listens to the system.
        qtbot.waitUntil((tmp_path / CACHE).exists, timeout=20_000)
        program.send_signal(number)
        _, said = program.communicate(timeout=20)
    assert program.returncode == 0, said
    assert b"Traceback" not in said


def test_a_window_needs_no_parser_and_no_journal() -> None:
    """What is slow to load comes after the window is there, never on the way to it."""
    heavy = (
        "msgspec",
        "yaml",
        "markdown_it",
        "markdown",
        "cryptography",
        "runbook.procedure.model",
    )
    program = f"import sys, runbook.ui.app; print([m for m in {heavy} if m in sys.modules])"
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, cwd=shipped_folder(), capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_no_thread_begins_before_the_first_paint(tmp_path: Path) -> None:
    """Making the window reads no journal and starts no thread."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom runbook.folders import find_folders\n"
        "from runbook.ui import app\n"
        f"window = app.make_window(app.make_application(), find_folders(Path({str(tmp_path)!r})))\n"
        "print('msgspec' in sys.modules, 'concurrent.futures' in sys.modules)\nwindow.close()\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(
        [sys.executable, "-c", program],
        cwd=shipped_folder(),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False False"
