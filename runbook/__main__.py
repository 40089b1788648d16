"""Where the program starts: straight to the window, or to the command that was named."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from runbook.cli.crash import report_crashes
from runbook.folders import Folders, find_folders

INTERRUPTED = 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, or the window when none is named; the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    report_crashes(lambda: find_folders().data)
    _print_anywhere()
    try:
        code = _run(words)
        _flush()
    except BrokenPipeError:
        _stop_printing()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(words: Sequence[str]) -> int:
    # The window is measured by how fast it opens: what only commands need is not loaded for it.
    folders = folders_without_command(words)
    if folders is not None:
        report_crashes(lambda: folders.data)
        from runbook.cli.window import show_window  # noqa: PLC0415

        return show_window(folders)
    from runbook.cli.main import run  # noqa: PLC0415

    return run(words)


def folders_without_command(words: Sequence[str]) -> Folders | None:
    """The folders when the words name nothing else, else None."""
    data, given, rest = None, [], list(words)
    while rest:
        word = rest.pop(0)
        name, is_joined, value = word.partition("=")
        if name not in ("--data", "--procedures") or not (is_joined or rest):
            return None
        value = value if is_joined else rest.pop(0)
        if not value:
            return None
        path = Path(value).expanduser()
        if name == "--data":
            data = path
        else:
            given.append(path)
    return find_folders(data, given)


def _print_anywhere() -> None:
    """A character that the terminal cannot show is spelled out instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _stop_printing() -> None:
    """Whoever read our output has gone; the interpreter must not try to flush it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
