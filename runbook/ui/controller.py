"""Between the window and the journals: asks the journal's thread, tells what came of it.

Commands go one at a time. What happened is told only after the journal answered.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from runbook.ui.worker import Worker

if TYPE_CHECKING:
    from runbook.operators import Claim
    from runbook.run.commands import Command, Refused
    from runbook.run.entry import Actor
    from runbook.run.events import Mode
    from runbook.ui.desk import Desk, Place

OpenDesk = Callable[[str], "Desk"]
FAMILIES = ("live", "drill")
_TICK_MS = 100
_QUIET_S = 0.3


class Controller(QObject):
    """The only way from the screens to the journals, live and drill apart.

    `listed` carries a family and its runs, `opened` a place that was begun or taken up,
    `changed` a place after a command, `stopped` a sentence on why something could not be.
    """

    listed = Signal(str, object)
    opened = Signal(object)
    changed = Signal(object)
    refused = Signal(object)
    not_recorded = Signal(str)
    saving = Signal(float)
    stopped = Signal(str)
    report_saved = Signal(str)
    overviewed = Signal(str, object)
    learned = Signal(str, object)

    def __init__(self, open_desk: OpenDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_desk = open_desk
        self._workers: dict[str, Worker] = {}
        self._desks: dict[str, Desk] = {}
        self._place: Place | None = None
        self._asked_at: float | None = None
        self._ticks = QTimer(self, interval=_TICK_MS)
        self._ticks.timeout.connect(self._tell_saving)

    @property
    def place(self) -> Place | None:
        """The run in hand, None before one was begun or taken up."""
        return self._place

    @property
    def busy(self) -> bool:
        """True while a command is under way; no other is taken then."""
        return self._asked_at is not None

    def list_runs(self, family: str) -> None:
        """Ask for the runs of a journal, which is opened for it; told by `listed`, twice."""
        then = partial(self._tell_runs, family)
        self._ask(family, lambda desk: desk.listing(), then)
        self._ask(family, lambda desk: desk.listing_with_steps(), then)

    def start(
        self, path: Path, mode: Mode, who: Actor | Claim, reason: str, roles: dict[str, str]
    ) -> None:
        """Begin a run; told by `opened`, `refused`, `not_recorded` or `stopped`."""
        self._command(mode.family, lambda desk: desk.start(path, mode, who, reason, roles))

    def take_up(self, family: str, run: str) -> None:
        """Go on with a run; told by `opened` or `stopped`."""
        self._command(family, lambda desk: desk.take_up(run))

    def submit(self, command: Command, who: Actor | Claim, second: Claim | None = None) -> bool:
        """Carry out a command in the run in hand; False when one is still under way.

        `second` is whom the command names beside the one who gives it.
        """
        if self.busy or self._place is None:
            return False
        state = self._place.state
        self._command(
            state.mode.family, lambda desk: desk.do(state.run, command, who, second), opens=False
        )
        return True

    def overview(self) -> None:
        """Ask where all open runs stand, of every journal that is open; told by `overviewed`."""
        for family in tuple(self._desks):
            then = partial(self.overviewed.emit, family)
            self._ask(family, lambda desk: desk.open_runs(), then)

    def follow(self) -> None:
        """Look whether another program has gone on with the run in hand; told by `changed`."""
        place = self._place
        if place is None or self.busy or place.copies or not place.problem:
            return
        self._ask(place.state.mode.family, lambda desk: desk.look_again(place), self._tell_followed)

    def save_report(self, family: str, run: str, ending: str) -> None:
        """Write a run's report as the ending says (html, pdf …); told by `report_saved`."""
        self._ask(family, lambda desk: desk.report(run, ending), self._tell_report)

    def learn(self, family: str, run: str) -> None:
        """Look up what the steps of a run took in earlier ones; told by `learned`."""
        self._ask(family, lambda desk: desk.typical(run), partial(self.learned.emit, run))

    def save_text(self, family: str, name: str, text: str) -> None:
        """Write a text beside the reports; told by `report_saved`."""
        self._ask(family, lambda desk: desk.save_text(name, text), self._tell_report)

    def save_sheet(self, family: str, run: str) -> None:
        """Write the sheet for a handover; told by `report_saved`."""
        self._ask(family, lambda desk: desk.sheet(run), self._tell_report)

    def close(self) -> None:
        """Wait for what is under way and let go of the journals. Everything is on disk."""
        self._ticks.stop()
        for family, worker in self._workers.items():
            desk = self._desks.pop(family, None)
            if desk is not None:
                worker.ask(desk.close, _nothing, _nothing)
            worker.close()

    def _command(
        self, family: str, call: Callable[[Desk], Place | Refused], *, opens: bool = True
    ) -> None:
        if self.busy:
            return
        self._asked_at = monotonic()
        self._ticks.start()
        self._ask(family, call, partial(self._tell_place, opens))

    def _ask(self, family: str, call: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        """Run a call at a family's desk, in its thread."""
        worker = self._workers.get(family)
        if worker is None:
            worker = self._workers[family] = Worker(self)
        worker.ask(partial(self._at_desk, family, call), then, self._tell_failure)

    def _at_desk(self, family: str, call: Callable[[Desk], Any]) -> object:
        """In the journal's thread: call at the desk, which is opened when first needed."""
        desk = self._desks.get(family)
        if desk is None:
            desk = self._desks[family] = self._open_desk(family)
        return call(desk)

    def _tell_runs(self, family: str, listing: object) -> None:
        self.listed.emit(family, listing)

    def _tell_place(self, opens: bool, answer: Place | Refused) -> None:  # noqa: FBT001 - bound by partial
        self._answered()
        if hasattr(answer, "why"):
            self.refused.emit(answer)
            return
        before, self._place = self._place, answer
        leads_away = before is None or before.state.run != answer.state.run
        (self.opened if opens or leads_away else self.changed).emit(answer)

    def _tell_followed(self, place: Place | None) -> None:
        if place is not None and self._place is not None:
            self._place = place
            self.changed.emit(place)

    def _tell_report(self, file: Path) -> None:
        self.report_saved.emit(str(file))

    def _tell_failure(self, error: Exception) -> None:
        """Say what an operator can act on; anything else is a fault of ours and is raised."""
        from runbook.journal.errors import JournalError  # noqa: PLC0415 - loaded by the desk
        from runbook.run.port import NotRecordedError  # noqa: PLC0415
        from runbook.starting import StartingError  # noqa: PLC0415

        self._answered()
        if isinstance(error, NotRecordedError):
            self.not_recorded.emit(str(error))
        elif isinstance(error, (JournalError, StartingError, OSError)):
            self.stopped.emit(str(error))
        else:
            raise error

    def _answered(self) -> None:
        self._asked_at = None
        self._ticks.stop()

    @Slot()
    def _tell_saving(self) -> None:
        if self._asked_at is not None and monotonic() - self._asked_at > _QUIET_S:
            self.saving.emit(monotonic() - self._asked_at)


def _nothing(_answer: object) -> None:
    """Nobody waits for the end of a close."""
