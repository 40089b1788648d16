"""The terminal itself: lines in, lines out, and leaving in good order when told to."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import BinaryIO, TextIO

from runbook.walk.text import safe
from runbook.walk.words import decoded


class LeaveError(Exception):
    """The system or the operator asked to leave; what was saved is saved."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number if number == signal.SIGINT else 0


class Terminal:
    """Reads one line at a time and answers at once, on any kind of terminal or pipe."""

    def __init__(self, source: BinaryIO, sink: TextIO, *, asks: bool) -> None:
        self._sink = sink
        self._pieces = _lines(source)
        self._waiting = False
        self._told_to_leave = 0
        self.asks = asks

    @classmethod
    def of_process(cls) -> Terminal:
        """The terminal this program was started in; questions are asked only on a real one."""
        if sys.stdin is None or sys.stdout is None:
            return cls(io.BytesIO(), sys.stdout or io.StringIO(), asks=False)
        asks = sys.stdin.isatty() and sys.stdout.isatty()
        return cls(sys.stdin.buffer, sys.stdout, asks=asks)

    def say(self, lines: Iterable[str]) -> None:
        """Print lines and push them out before anything else happens."""
        text = "".join(f"{safe(line)}\n" for line in lines)
        try:
            self._sink.write(text)
            self._sink.flush()
        except BrokenPipeError:
            raise
        except OSError as error:  # the line was hung up: nobody reads any more
            raise LeaveError(signal.SIGTERM) from error

    def next_line(self, prompt: str = "> ") -> str | None:
        """The next line, without its end; None when there is no more input."""
        if self.asks:
            self._sink.write(prompt)
            self._sink.flush()
        self._waiting = True
        try:
            self._leave_if_told()
            line = next(self._pieces, None)
        except OSError:  # the line was hung up: its input has ended
            return None
        finally:
            self._waiting = False
        if line is None and self.asks:
            self.say([""])  # the cursor stands behind the prompt
        return line

    def secret(self, prompt: str) -> str | None:
        """What is typed without being shown; None where nobody can type unseen."""
        if not self.asks:
            return None
        from getpass import getpass  # noqa: PLC0415 - seldom needed

        try:
            return getpass(prompt)
        except (EOFError, OSError):
            return ""

    def leave_on_signals(self) -> None:
        """Take requests to leave between two commands only, never in the midst of one."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._told)

    def _told(self, number: int, _frame: FrameType | None) -> None:
        self._told_to_leave = number
        if self._waiting:
            self._leave_if_told()

    def _leave_if_told(self) -> None:
        if self._told_to_leave:
            raise LeaveError(self._told_to_leave)


def _lines(source: BinaryIO) -> Iterator[str]:
    """Decoded lines, whether they end as on Unix, on Windows or on a serial line."""
    while line := source.readline():
        for piece in line.rstrip(b"\r\n").split(b"\r"):
            yield decoded(piece)
