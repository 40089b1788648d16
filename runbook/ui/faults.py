"""The one exception hook of the window: nothing is lost, nothing is said twice at length.

The hook runs in the thread that failed, and one broken paint may call it dozens of times. It
therefore only queues a signal, counts repeats, and hands the first of each on.
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

_LOUD = (1, 2, 5, 10, 100, 1000)


class Faults(QObject):
    """`told` carries what went wrong and how often so far, in the window's thread."""

    told = Signal(str, int)
    _raised = Signal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._before = sys.excepthook
        self._before_threads = threading.excepthook
        self._raised.connect(self.told, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Become the hook of the program; the one before still gets the first of each fault."""
        self._before, self._before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread

    def remove(self) -> None:
        """Put the hooks back as they were."""
        sys.excepthook, threading.excepthook = self._before, self._before_threads

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take one fault, from any thread."""
        what = f"{kind.__name__} in {_where(trace)}"
        with self._lock:
            self._counts[what] += 1
            times = self._counts[what]
        if times == 1:
            self._before(kind, error, trace)
        if times in _LOUD:
            self._raised.emit(what, times)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)


def _where(trace: TracebackType | None) -> str:
    """The function that failed and its line."""
    if trace is None:
        return "?"
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}"
