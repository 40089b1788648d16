"""Which lane is in hand at this keyboard: turning to another one is looking, not acting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from runbook.run.lanes import in_lane, next_lane
from runbook.run.state import RunState
from runbook.ui.lane_strip import LaneStrip

if TYPE_CHECKING:
    from runbook.ui.run_page import RunPage


class RunLanes(QObject):
    """Turns the page to the current step of another lane; `turned(RunState)` shows it there.

    The lane stays in hand until somebody acts at a step; then the run says whose turn it is.
    """

    turned = Signal(object)

    def __init__(self, page: RunPage) -> None:
        super().__init__(page)
        self._page = page
        self._lane: str | None = None
        self.strip = LaneStrip(page)
        self.strip.next_wanted.connect(self.turn)
        self.strip.turned.connect(self.turn_to)

    def seen_from_here(self, state: RunState) -> RunState:
        """A run as recorded, with the lane in hand that was turned to."""
        before = self._page.state
        if before is None or (before.run, before.acted) != (state.run, state.acted):
            self._lane = None
        return in_lane(state, self._lane)

    @Slot()
    def turn(self, by: int = 1) -> None:
        """Turn to the next lane that has a current step, or to the one before."""
        state = self._page.state
        lane = next_lane(state, by) if state is not None else None
        if lane is None:
            self._page.middle.tell(self.tr("No other lane has an open step."))
        else:
            self.turn_to(lane)

    @Slot(str)
    def turn_to(self, lane: str) -> None:
        """Take the current step of a lane in hand; a lane that waits has none."""
        state = self._page.state
        if state is None or self._page.is_waiting or lane not in dict(state.currents):
            return
        self._lane = lane
        self.turned.emit(in_lane(state, lane))
