"""One thread that does one thing after another, and tells the window when each is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

    Then = Callable[[Any], None]
    Failed = Callable[[Exception], None]


class Worker(QObject):
    """Calls run in order in a thread of their own; answers arrive in the window's thread.

    `close` waits for what was asked. An answer that comes after it is not delivered.
    """

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: Executor | None = None
        self._closed = False
        self._answered.connect(self._deliver)

    def ask(self, call: Callable[[], Any], then: Then, failed: Failed) -> None:
        """Run `call` in the thread, then one of the two others in the window's thread."""
        future = self._thread().submit(call)
        future.add_done_callback(partial(self._hand_over, then, failed))

    def close(self) -> None:
        """Wait for everything that was asked and end the thread."""
        self._closed = True
        if self._executor is not None:
            self._executor.shutdown(wait=True)

    def _thread(self) -> Executor:
        if self._executor is None:
            # Imported when first needed: the window is measured by how fast it opens.
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

            self._executor = ThreadPoolExecutor(max_workers=1)
        return self._executor

    def _hand_over(self, then: Then, failed: Failed, future: Future[Any]) -> None:
        """Still in the thread: cross over by a queued signal, the only safe way."""
        self._answered.emit((then, failed, future))

    @Slot(object)
    def _deliver(self, answer: tuple[Then, Failed, Future[Any]]) -> None:
        then, failed, future = answer
        if self._closed:
            return
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error
