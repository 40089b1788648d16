"""The last line of defence: a fault of ours becomes a sentence and a file, never a traceback."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import runbook


def report_crashes(data: Callable[[], Path]) -> None:
    """Let whatever nobody expected be written below the data folder, and say so in a sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        text = "".join(traceback.format_exception(kind, error, trace))
        _say(f"runbook: {kind.__name__}: this is a fault in Runbook. {crashed(data, text)}")

    sys.excepthook = hook


def crashed(data: Callable[[], Path], text: str) -> str:
    """Write a crash report; what is safe and where the report lies, as sentences."""
    safe = "Everything that was answered with “saved” is on disk."
    try:
        path = write_report(data(), text)
    except OSError as error:
        return f"{safe} A crash report could not be written: {error.strerror}."
    return f"{safe} Start again to go on. The crash report is in {path}."


def write_report(data: Path, text: str) -> Path:
    """Keep the particulars of a fault below the data folder, readable by its owner only."""
    folder = data / "crashes"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    path = folder / f"crash-{at}-{os.getpid()}.txt"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"Runbook {runbook.__version__}, Python {platform.python_version()}, ")
        file.write(f"{platform.platform()}\n\n{text}")
    return path


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(sentence + "\n")
