"""Several runs in one window: each keeps its page, its place and what is half typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from runbook.ui.controller import Controller
    from runbook.ui.open_runs import OpenRun
    from runbook.ui.overview_page import OverviewPage
    from runbook.ui.run_page import RunPage


class RunSwitch(QObject):
    """Knows the pages by run, and goes from one to another; `start_wanted` leaves them all."""

    start_wanted = Signal()

    def __init__(self, controller: Controller, stack: QStackedWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._stack = stack
        self.pages: dict[str, RunPage] = {}
        self._overview: OverviewPage | None = None

    @Slot()
    def show_overview(self) -> None:
        """Show all open runs in place of the page."""
        if self._overview is None:
            from runbook.ui.overview_page import OverviewPage  # noqa: PLC0415 - when first needed

            view = self._overview = OverviewPage(self._stack)
            view.chosen.connect(self._go_to_open)
            view.left.connect(self._leave_overview)
            view.start_wanted.connect(self.start_wanted)
            self._controller.overviewed.connect(view.show_runs)
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(self._overview)
        place = self._controller.place
        self._overview.enter(place.state.run if place else "")
        self._controller.overview()

    @Slot()
    def _leave_overview(self) -> None:
        place = self._controller.place
        page = self.pages.get(place.state.run) if place is not None else None
        if page is not None:
            self._stack.setCurrentWidget(page)
            page.come_back()

    @Slot(object)
    def _go_to_open(self, chosen: OpenRun) -> None:
        place = self._controller.place
        if place is not None and place.state.run == chosen.run:
            self._leave_overview()
        else:
            self._controller.take_up(chosen.mode.family, chosen.run)

    @Slot(str)
    def go_to(self, run: str) -> None:
        """Go to another run of the incident."""
        place = self._controller.place
        if place is not None and run:
            self._controller.take_up(place.state.mode.family, run)

    @Slot()
    def go_to_next(self) -> None:
        """Go round the open runs of this window and of the incident."""
        place = self._controller.place
        if place is None:
            return
        kin = place.around.kin if place.around else ()
        ended = {one.run for one in kin if not one.is_open}
        runs = [*self.pages, *(one.run for one in kin if one.run not in self.pages)]
        runs = [run for run in runs if run == place.state.run or run not in ended]
        run = runs[(runs.index(place.state.run) + 1) % len(runs)]
        page = self.pages.get(run)
        mode = page.state.mode if page is not None and page.state else place.state.mode
        if run != place.state.run:
            self._controller.take_up(mode.family, run)
