"""The two sides of the run page: the outline with its search, and clocks above the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from runbook.run.entry import Entry
from runbook.run.forecast import Forecast
from runbook.run.state import RunState
from runbook.ui.clocks_panel import ClocksPanel, plain_heading
from runbook.ui.inline_form import Field
from runbook.ui.journal_model import JournalModel
from runbook.ui.journal_view import JournalView
from runbook.ui.outline_model import OutlineModel, expected_of
from runbook.ui.outline_view import OutlineView
from runbook.ui.prompts_panel import PromptsPanel
from runbook.ui.step_parts import plain_label, show_text
from runbook.ui.theme import set_property
from runbook.ui.watch_panel import WatchPanel

_ENTRY_LINES = 5  # the last entry or two stay in sight, however much there is to watch


class OutlineSide(QFrame):
    """The outline of the run and the field to find a step in it."""

    looked = Signal(str)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline_side")
        self.model = OutlineModel(self)
        self.view = OutlineView(self.model, self)
        self._find = Field(self)
        self._find.setObjectName("outline_find")
        self._find.setPlaceholderText(self.tr("/ find a step"))
        self._find.setAccessibleName(self.tr("Find a step in this procedure"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 10, 0, 6)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 0, 12, 0)
        inner.addWidget(self._find)
        box.addLayout(inner)
        box.addWidget(self.view, 1)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 22)
        self.view.looked.connect(self.looked)
        self._find.textChanged.connect(self.view.filter_by)
        self._find.entered.connect(self._to_list)
        self._find.given_up.connect(self._stop_find)

    def show_state(self, state: RunState) -> None:
        """Show a run's outline."""
        self.model.show_state(state)

    def show_ahead(self, ahead: Forecast | None) -> None:
        """Show when the open steps are expected to be done; without a forecast their targets."""
        self.model.show_expected(expected_of(ahead))

    def show_step(self, step: str) -> None:
        """Mark the step that the middle shows."""
        self.view.show_step(step)

    def move_look(self, by: int) -> None:
        """Look at the step before or after the marked one."""
        self.view.move_look(by)

    def start_find(self) -> None:
        """Put the cursor in the search."""
        self._find.setFocus()
        self._find.selectAll()

    def clear_find(self) -> None:
        """Show the whole outline again."""
        self._find.clear()

    def _to_list(self) -> None:
        """Enter in the search goes to the first step found."""
        found = sorted(self.model.matches(self._find.text()) or ())
        steps = [place for place in found if not self.model.row(place).is_heading]
        self.view.setFocus()
        if steps:
            self.view.setCurrentIndex(self.model.index(steps[0]))

    def _stop_find(self) -> None:
        self.clear_find()
        self.given_up.emit()


class JournalSide(QFrame):
    """Clocks, what is open, the journal's tail, and what was saved."""

    correct_wanted = Signal(int)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal_side")
        self.clocks = ClocksPanel(self)
        self.model = JournalModel(self)
        self.view = JournalView(self.model, self)
        self._saved = plain_label("saved_line", self)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 14, 12, 10)
        box.setSpacing(10)
        self.watch = WatchPanel(self)
        box.addWidget(self.clocks)
        box.addWidget(self.watch)
        self.prompts = PromptsPanel(self)
        box.addWidget(self.prompts)
        box.addWidget(plain_heading(self.tr("Journal"), self))
        box.addWidget(self.view, 1)
        box.addWidget(self._saved)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 26)
        self.view.setMinimumHeight(self.fontMetrics().height() * _ENTRY_LINES)
        self.view.correct_wanted.connect(self.correct_wanted)
        self.view.given_up.connect(self.given_up)
        self.watch.given_up.connect(self.given_up)

    def show_state(self, state: RunState, entries: Sequence[Entry], now: datetime) -> None:
        """Show clocks, journal and the acts that fit the run's state."""
        self.watch.show_state(state, now)
        self.clocks.show_state(state, now)
        self.model.show_entries(state, entries)
        self.prompts.show_state(state, now)

    def show_time(self, now: datetime) -> None:
        """Move the clocks."""
        self.watch.show_time(now)
        self.clocks.show_time(now)
        self.prompts.show_time(now)

    def show_saved(self, words: str, tone: str) -> None:
        """Say what happened to the last act."""
        set_property(self._saved, "tone", tone)
        show_text(self._saved, words)
