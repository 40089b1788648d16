"""The way to the window; Qt is loaded only when there is a display to open it on."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from runbook.cli.display import trouble
from runbook.folders import Folders
from runbook.run.events import Mode

ADVICE: Final = """\
  To get a display: sit at the computer's own screen, or log in with ssh -X.
  To walk a procedure in this terminal instead: runbook walk FILE"""


def no_display(environment: Mapping[str, str], platform: str) -> str:
    """Why no window can open here, and what to do; empty on Windows and Macs."""
    said = "" if platform in ("win32", "darwin") else trouble(environment)
    return f"runbook: {said}\n{ADVICE}\n" if said else ""


def show_window(
    folders: Folders, *, open_file: Path | None = None, mode: Mode | None = None
) -> int:
    """Open the window and stay until it is closed; the exit code."""
    if said := no_display(os.environ, sys.platform):
        sys.stderr.write(said)
        return 1
    # Commands without a window import no Qt.
    from runbook.ui.app import main as open_window  # noqa: PLC0415

    return open_window(folders, procedures=folders.given, open_file=open_file, mode=mode)
