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
