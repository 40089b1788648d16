"""The acts on a whole run, in one row below everything else of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from runbook.run.events import RunStatus
from runbook.run.state import RunState
from runbook.ui.flow_row import FlowRow
from runbook.ui.key_button import KeyButton

_NAMES = (
    "person",
    "roles",
    "handover",
    "contacts",
    "incident",
    "report",
    "leave",
    "pause",
    "abort",
    "end",
)
_WORKED = ("pause", "abort")
_BEGUN = ("contacts", "incident", "report", "end")


class RunBar(QFrame):
    """Tells which act was asked for by its name: `acted(name)`."""

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_bar")
        self._row = FlowRow(self, 4)
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 5, 14, 5)
        box.addWidget(self._row)
        self._acts = {name: self._make(name) for name in _NAMES}

    def _make(self, name: str) -> KeyButton:
        button = KeyButton(f"run_{name}", self._row)
        button.clicked.connect(self._act)
        self._row.add(button)
        return button

    def _act(self) -> None:
        button = self.sender()
        self.acted.emit(next(n for n, known in self._acts.items() if known is button))

    def show_state(self, state: RunState) -> None:
        """Show the acts that fit the run's state."""
        for name, (text, key) in self._words(state).items():
            self._acts[name].show_words(text, key, kind="run")
        worked = state.status in (RunStatus.RUNNING, RunStatus.PAUSED)
        for name in _WORKED:
            self._acts[name].setEnabled(worked)
        for name in _BEGUN:
            self._acts[name].setEnabled(state.status is not RunStatus.PREPARED)

    def _words(self, state: RunState) -> dict[str, tuple[str, str]]:
        paused = state.status is RunStatus.PAUSED
        declared = state.messages.declaration is not None
        return {
            "person": (self.tr("Person…"), "U"),
            "roles": (self.tr("Roles"), "M"),
            "handover": (self.tr("Hand over"), "Ctrl+H"),
            "contacts": (self.tr("Contacts"), "C"),
            "incident": (self.tr("Incident") if declared else self.tr("Declare…"), "I"),
            "report": (self.tr("Situation report"), "Z"),
            "leave": (self.tr("All runs"), "G"),
            "pause": (self.tr("Resume") if paused else self.tr("Pause…"), "P"),
            "abort": (self.tr("Abort…"), "B"),
            "end": (self.tr("End…"), "E"),
        }
