"""Joins the clocks of the run page with its outline, and with the formula in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from runbook.report.formula import Formula, formula
from runbook.run.events import RunStatus
from runbook.run.outlook import Outlook
from runbook.ui.forms_clock import dispute_form

if TYPE_CHECKING:
    from runbook.ui.run_page import RunPage


class RunClocks(QObject):
    """Shows the formula of the clock that is marked, and asks for disagreement."""

    def __init__(self, page: RunPage) -> None:
        super().__init__(page)
        self._page = page
        self._advice = ""
        panel = page.side.clocks
        panel.seen.connect(self._seen)
        panel.list.marked.connect(self._mark)
        panel.list.dispute_wanted.connect(self._dispute)
        panel.list.given_up.connect(self.close)

    @property
    def is_open(self) -> bool:
        """True while a formula is shown."""
        return bool(self._advice)

    def open(self) -> None:
        """Put the keyboard into the clocks."""
        if self._page.middle.is_at_end:
            self._page.look_home()
        self._page.side.clocks.list.take_keyboard()

    def put_away(self) -> None:
        """Show no formula any more."""
        if self._advice:
            self._mark("")

    def close(self) -> None:
        """Put the formula away and go back to the step."""
        self.put_away()
        self._page.focus_step()

    def _mark(self, advice: str) -> None:
        self._advice = advice
        self._show()

    def _show(self) -> None:
        found = self._formula(self._advice) if self._advice else None
        self._page.middle.panel.formula.show_formula(found)

    def _formula(self, advice: str) -> Formula | None:
        """How one time is worked out now, from what the panel reckons with."""
        state, typical = self._page.state, self._page.side.clocks.typical
        return formula(state, advice, self._page.now(), typical) if state is not None else None

    def _dispute(self, advice: str) -> None:
        found = self._formula(advice)
        if found is not None and not self._page.is_waiting:
            self.put_away()  # the question takes its room
            self._page.middle.form.ask(dispute_form(found, self._page.now()))

    def _seen(self, seen: Outlook) -> None:
        """The times were worked out anew: show them on the steps, and in the formula."""
        state = self._page.state
        is_worked = state is not None and state.status is not RunStatus.PREPARED
        self._page.outline.show_ahead(seen.ahead if is_worked else None)
        if self._advice:
            self._show()
