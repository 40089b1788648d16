"""One thread that does one thing after another, and tells the window when each is done."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    Then = Callable[[Any], None]
    Failed = Callable[[Exception], None]
    Task = tuple[Callable[[], Any], Then, Failed]


class Worker(QObject):
    """Calls run in order in a thread of their own; answers arrive in the window's thread.

    `close` waits for what was asked. An answer that comes after it is not delivered.
    """

    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: Thread | None = None
        self._asked: SimpleQueue[Task | None] = SimpleQueue()
        self._closed = False
        self._answered.connect(self._deliver)

    def ask(self, call: Callable[[], Any], then: Then, failed: Failed) -> None:
        """Run `call` in the thread, then one of the two others in the window's thread."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="worker")
            self._thread.start()
        self._asked.put((call, then, failed))

    def close(self) -> None:
        """Wait for everything that was asked and end the thread."""
        self._closed = True
        if self._thread is not None:
            self._asked.put(None)
            self._thread.join()

    def _work(self) -> None:
        """In the thread: every answer crosses over by a queued signal, the only safe way."""
        while (task := self._asked.get()) is not None:
            call, then, failed = task
            try:
                answer = call()
            except BaseException as error:  # noqa: BLE001 - whatever it is, the window is told
                self._answered.emit(failed, error)
            else:
                self._answered.emit(then, answer)

    @Slot(object, object)
    def _deliver(self, then: Callable[[object], None], answer: object) -> None:
        if self._closed:
            return
        if isinstance(answer, BaseException) and not isinstance(answer, Exception):
            raise answer
        then(answer)
