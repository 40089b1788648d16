"""The way to the window; Qt is loaded only when there is a display to open it on."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from runbook.folders import Folders
from runbook.run.events import Mode

NO_DISPLAY: Final = """\
runbook: there is no display here, so the window cannot open.
  To get one: sit at the computer's own screen; or log in with ssh -X; or set DISPLAY or
  WAYLAND_DISPLAY to a running display. To try it without a screen: QT_QPA_PLATFORM=offscreen.
  To walk a procedure in this terminal instead: runbook walk FILE"""


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window could open: always said of Windows and Macs, asked of the others."""
    if platform in ("win32", "darwin"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


def show_window(
    folders: Folders, *, open_file: Path | None = None, mode: Mode | None = None
) -> int:
    """Open the window and stay until it is closed; the exit code."""
    if not has_display(os.environ, sys.platform):
        sys.stderr.write(NO_DISPLAY + "\n")
        return 1
    # Commands without a window import no Qt.
    from runbook.ui.app import main as open_window  # noqa: PLC0415

    return open_window(folders, procedures=folders.given, open_file=open_file, mode=mode)
