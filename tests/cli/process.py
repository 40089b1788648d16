"""Starts the program as an operator's shell or script does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "runbook")
SECONDS = 60

PROCEDURE = """\
# Mains loss

## Confirm

- [ ] Read the panel <!-- id: panel -->
  - Expect: display lit
  - Record: runtime = UPS runtime, min, 0 to 240, from the panel
- [ ] Start the engine <!-- id: engine -->
- [ ] Tell the hospitals <!-- id: tell -->
"""


def environment(**more: str) -> dict[str, str]:
    """The environment of the test, with this checkout's program and no display."""
    kept = {k: v for k, v in os.environ.items() if "DISPLAY" not in k and k != "QT_QPA_PLATFORM"}
    return {**kept, "PYTHONPATH": str(CHECKOUT), "USER": "ann", "LOGNAME": "ann", **more}


def run(
    *words: str | Path, typed: str | bytes = b"", **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run one command to its end; no output ever holds a traceback."""
    given = typed.encode() if isinstance(typed, str) else typed
    done = subprocess.run(
        [*PROGRAM, *map(str, words)],
        input=given,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env=environment(**more),
    )
    assert b"Traceback" not in done.stdout + done.stderr
    return done


def lines(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """What was printed, by line."""
    return done.stdout.decode("utf-8", "replace").splitlines()


def answers(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    """Only the lines that answer a command."""
    return [line for line in lines(done) if line.startswith(("saved ", "refused: "))]


def run_id(done: subprocess.CompletedProcess[bytes]) -> str:
    """The id of the run that was walked."""
    return next(line.split()[1].rstrip(":") for line in lines(done) if line.startswith("Run "))
