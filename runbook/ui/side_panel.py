"""Beside the lists: the briefing of a procedure, or the card of a run, whichever was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from runbook.ui.briefing_panel import BriefingPanel
from runbook.ui.screens import Screens

if TYPE_CHECKING:
    from datetime import date

    from runbook.starting import Briefing
    from runbook.ui.run_card import RunCard
    from runbook.ui.run_line import RunLine
    from runbook.ui.settings import Settings


class SidePanel(Screens):
    """Shows one of the two; `go_on` and `report_wanted` come from the card of a run."""

    go_on = Signal(object)
    report_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side_panel")
        self.briefing = BriefingPanel(self)
        self._card: RunCard | None = None
        self._operator = ""
        self.addWidget(self.briefing)

    def show_settings(self, settings: Settings) -> None:
        """Know who works here."""
        self._operator = settings.operator
        self.briefing.show_settings(settings)
        if self._card is not None:
            self._card.show_operator(settings.operator)

    def show_briefing(self, briefing: Briefing, today: date) -> None:
        """Show a briefing in place of what was there."""
        self.briefing.show_briefing(briefing, today)
        self.setCurrentWidget(self.briefing)

    def show_run(self, run: RunLine) -> RunCard:
        """Show the card of a run in place of what was there."""
        card = self._card or self._make_card()
        if card.line != run:
            card.show_run(run)
        self.setCurrentWidget(card)
        return card

    def show_trouble(self, text: str) -> None:
        """Say what came of a wish, where it was made."""
        if self._card is not None and self.currentWidget() is self._card:
            self._card.show_problem(text)
        elif self.briefing.is_asking:
            self.briefing.show_problem(text)
        else:
            self.briefing.show_none(text)

    def ask_reason(self, why: str) -> None:
        """Ask why a run starts although something speaks against it."""
        if self.briefing.is_asking:
            self.briefing.ask_reason(why)
        else:
            self.show_trouble(why)

    def show_report(self, text: str) -> None:
        """Say where a report was saved, when the card of a run is shown."""
        if self._card is not None and self.currentWidget() is self._card:
            self._card.show_problem(text)

    def operator_for(self, run: RunLine) -> str:
        """Who goes on with a run; when nobody is known the card asks, and this is empty."""
        shown = self._card is not None and self._card.line == run
        operator = self._card.operator if shown and self._card is not None else self._operator
        if not operator:
            self.show_run(run).ask_operator()
        return operator

    @Slot()
    def ask_report(self) -> None:
        """Wish for the report of the run that is shown."""
        if self._card is not None and self.currentWidget() is self._card:
            self._card.ask_html()

    def _make_card(self) -> RunCard:
        # Made when first needed: the window is measured by how fast it opens.
        from runbook.ui.run_card import RunCard  # noqa: PLC0415

        card = self._card = RunCard(self)
        card.show_operator(self._operator)
        card.go_on.connect(self.go_on)
        card.report_wanted.connect(self.report_wanted)
        self.addWidget(card)
        return card
