"""A page that takes the middle of a run for a while: a title, words, acts with keys, a form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from runbook.run.state import RunState
from runbook.ui.flow_row import FlowRow
from runbook.ui.inline_form import FormSpec, InlineForm
from runbook.ui.key_button import KeyButton
from runbook.ui.step_acts import Act, What
from runbook.ui.step_parts import plain_label, show_text


class ActsPage(QWidget):
    """What such pages have in common; `body` goes between the words and the buttons."""

    acted = Signal(object)
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name
        self._acts: tuple[Act, ...] = ()
        self._buttons: dict[What, KeyButton] = {}
        self._title = plain_label(f"{name}_title", self, "action")
        self._words = plain_label(f"{name}_words", self)
        self._problem = plain_label(f"{name}_problem", self, "bad")
        self._row = FlowRow(self)
        self.form = InlineForm(self)
        self.body = QVBoxLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 20, 28, 12)
        box.setSpacing(12)
        box.addWidget(self._title)
        box.addWidget(self._words)
        box.addLayout(self.body, 1)
        for widget in (self._problem, self._row, self.form):
            box.addWidget(widget)

    def show_words(self, title: str, words: str) -> None:
        """Say what the page is about."""
        show_text(self._title, title)
        show_text(self._words, words)

    def show_acts(self, acts: Iterable[Act]) -> None:
        """Show what may be done, each with its key."""
        self._acts = tuple(acts)
        for act in self._acts:
            button = self._buttons.get(act.what) or self._make_button(act.what)
            button.show_words(act.words, act.key, kind=act.kind)
            button.setEnabled(act.enabled)
        self._row.hold(self._buttons[act.what] for act in self._acts)

    def _make_button(self, what: What) -> KeyButton:
        button = KeyButton(f"{self._name}_{what.value}", self._row)
        button.clicked.connect(self._act)
        self._buttons[what] = button
        return button

    def _act(self) -> None:
        button = self.sender()
        self.acted.emit(next(w for w, known in self._buttons.items() if known is button))

    def act_for(self, key: str) -> What | None:
        """The act that a key stands for now, when it may be done."""
        return next((a.what for a in self._acts if a.key == key and a.enabled), None)

    def form_for(self, what: What) -> FormSpec | None:
        """The question of an act; None when it asks none."""
        raise NotImplementedError(what)

    def show_state(self, state: RunState, step: str, now: datetime) -> None:
        """Show a run as recorded; `step` is the one in hand, empty for none."""
        raise NotImplementedError((state.run, step, now))

    def show_problem(self, words: str) -> None:
        """Say why something was not done."""
        show_text(self._problem, words)

    def take_keyboard(self) -> None:
        """Take the keyboard to where the next act begins."""
        self.setFocus()
