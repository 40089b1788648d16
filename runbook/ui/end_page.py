"""The end of a run: every step that is still open, a decision on each, and the ways to end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from runbook.run.commands import Command, Complete, Settle
from runbook.run.events import RunStatus, Status
from runbook.run.state import RunState
from runbook.ui.filled import step_words
from runbook.ui.flow_row import FlowRow
from runbook.ui.forms import close_form, finish_abort_form, settle_form
from runbook.ui.inline_form import FormSpec, InlineForm, Values
from runbook.ui.key_button import KeyButton
from runbook.ui.side_words import between_of
from runbook.ui.status_words import mark_of, run_word_of
from runbook.ui.step_acts import Act, What
from runbook.ui.step_parts import plain_label, show_text

_STEP: Final = Qt.ItemDataRole.UserRole
_ENDABLE: Final = (RunStatus.RUNNING, RunStatus.ABORTING)
_CLOSABLE: Final = (
    RunStatus.ABORTED,
    RunStatus.COMPLETE,
    RunStatus.COMPLETE_OPEN,
    RunStatus.TRANSFERRED,
)


class OpenSteps(QListWidget):
    """The steps to decide on; Enter decides on the one that is marked: `decide_wanted`."""

    decide_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move, Enter decides, every other key is the page's."""
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                super().keyPressEvent(event)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentRow() >= 0:
                if not event.isAutoRepeat():
                    self.decide_wanted.emit()
            case _:
                event.ignore()


class EndPage(QWidget):
    """Collects decisions on open steps until all are decided, then asks for the end.

    The decisions are a draft: they become part of the record with the command that ends
    the run, all together.
    """

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("end_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state: RunState | None = None
        self._draft: dict[str, Settle] = {}
        self._last: Settle | None = None
        self._acts: tuple[Act, ...] = ()
        self._title = plain_label("end_title", self, "action")
        self._words = plain_label("end_words", self)
        self._counts = plain_label("end_counts", self, "dim")
        self.items = OpenSteps(self)
        self.items.setObjectName("end_items")
        self.items.setWordWrap(True)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.setAccessibleName(self.tr("Steps that stay open"))
        self.items.decide_wanted.connect(self._ask_owner)
        self.items.itemDoubleClicked.connect(self._ask_owner)
        self._problem = plain_label("end_problem", self, "bad")
        self._row = FlowRow(self)
        self._buttons: dict[What, KeyButton] = {}
        self.form = InlineForm(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 20, 28, 12)
        box.setSpacing(12)
        for label in (self._title, self._words, self._counts):
            box.addWidget(label)
        box.addWidget(self.items, 1)
        for widget in (self._problem, self._row, self.form):
            box.addWidget(widget)
        box.addStretch(0)

    def show_state(self, state: RunState) -> None:
        """Show the end of a run as it stands; decisions made so far stay."""
        self._state = state
        pending = state.open_items()
        self._draft = {step: s for step, s in self._draft.items() if step in pending}
        show_text(self._title, self._headline(state))
        show_text(self._words, self._explain(state, pending))
        show_text(self._counts, self._count_words(state))
        self._show_items(state, pending)
        self._show_acts(tuple(self._acts_of(state)))
        self.show_problem("")

    def _headline(self, state: RunState) -> str:
        if state.status is RunStatus.RUNNING and state.current is None:
            return self.tr("No step is left")
        if state.status in _ENDABLE and state.current is not None:
            return self.tr("End the run before its last step?")
        return self.tr("The run is {word}").format(word=run_word_of(state.status))

    def _explain(self, state: RunState, pending: tuple[str, ...]) -> str:
        if state.status is RunStatus.CLOSED:
            return self.tr("It is locked. Notes can still be added.")
        if state.status in _CLOSABLE:
            return self.tr("Close it with a second person who has reviewed it.")
        undecided = len(pending) - len(self._draft)
        if undecided:
            left = _left_words(undecided)
            how = self.tr("Choose one with the arrows; Enter asks who owns it and why.")
            watched = any(state.is_armed(step) for step in pending)
            end = self.tr("A watch goes on with somebody you name, or W and E end it.")
            return f"{left} {how} {end}" if watched else f"{left} {how}"
        return self.tr("Every open step has an owner. The run can end.") if pending else ""

    def _count_words(self, state: RunState) -> str:
        """How the steps ended, each kind counted."""
        counts: dict[Status, int] = {}
        for step in state.procedure.steps:
            status = state.status_of(step.id)
            counts[status] = counts.get(status, 0) + 1
        told = (f"{mark_of(s).symbol} {n} {mark_of(s).word}" for s, n in counts.items())
        return "   ".join(told)

    def _show_items(self, state: RunState, pending: tuple[str, ...]) -> None:
        at = self.items.currentRow()
        self.items.clear()
        for words, step in self._lines(state, pending):
            item = QListWidgetItem(words, self.items)
            item.setData(_STEP, step)
        self.items.setVisible(self.items.count() > 0)
        undecided = next((i for i, s in enumerate(pending) if s not in self._draft), at)
        self.items.setCurrentRow(min(max(undecided, 0), self.items.count() - 1))

    def _lines(self, state: RunState, pending: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Open steps with what was decided, then the skipped ones, then decisions on record."""
        for step_id in pending:
            settled = self._draft.get(step_id)
            done = f"{settled.owner}: {settled.reason}" if settled else self.tr("undecided")
            yield f"{self._named(state, step_id)}\n{done}", step_id
        for words in between_of(state):
            yield words, ""
        for item in state.items:
            yield f"{self._named(state, item.step)}\n{item.owner}: {item.reason}", ""
        for step in state.procedure.steps:
            if state.status_of(step.id) is Status.SKIPPED:
                why = state.record(step.id).last.text
                yield f"{self._named(state, step.id)}\n{why}", ""

    def _named(self, state: RunState, step_id: str) -> str:
        signs = mark_of(state.status_of(step_id))
        return f"{signs.symbol} {step_words(state, step_id)} ({signs.word})"

    def _acts_of(self, state: RunState) -> Iterator[Act]:
        ready = len(self._draft) == len(state.open_items())
        if state.status is RunStatus.RUNNING:
            words = self.tr("Complete the run")
            yield Act(What.COMPLETE, words, "Enter", enabled=ready, primary=ready)
        if state.status is RunStatus.ABORTING:
            words = self.tr("End in a safe state…")
            yield Act(What.FINISH_ABORT, words, "Enter", enabled=ready, primary=ready)
        if state.status in _CLOSABLE:
            yield Act(What.CLOSE, self.tr("Close the run…"), "Enter", primary=True)
        if state.status is RunStatus.PAUSED:
            yield Act(What.RESUME, self.tr("Resume the run"), "P", primary=True)
        left = len(state.open_items()) - len(self._draft)
        if self._draft and left and state.status in _ENDABLE:
            words = self.tr("The same for the other {n}").format(n=left)
            yield Act(What.SAME, words, "A")
        yield Act(What.NOTE, self.tr("Note"), "N")
        yield Act(What.REPORT, self.tr("Report"), "R")

    def _show_acts(self, acts: tuple[Act, ...]) -> None:
        self._acts = acts
        for act in acts:
            button = self._buttons.get(act.what) or self._make_button(act.what)
            button.show_words(act.words, act.key, kind=act.kind)
            button.setEnabled(act.enabled)
        self._row.hold(self._buttons[act.what] for act in acts)

    def _make_button(self, what: What) -> KeyButton:
        button = KeyButton(f"end_{what.value}", self._row)
        button.clicked.connect(self._act)
        self._buttons[what] = button
        return button

    def _act(self) -> None:
        button = self.sender()
        self.acted.emit(next(w for w, known in self._buttons.items() if known is button))

    def act_for(self, key: str) -> What | None:
        """The act that a key stands for now, when it may be done."""
        return next((a.what for a in self._acts if a.key == key and a.enabled), None)

    def button_of(self, widget: QWidget | None) -> What | None:
        """The act of a button."""
        return next((what for what, b in self._buttons.items() if b is widget), None)

    def _ask_owner(self) -> None:
        """Ask who owns the marked step from now on."""
        item = self.items.currentItem()
        step = str(item.data(_STEP)) if item is not None else ""
        if self._state is None or not step:
            return

        def make(values: Values) -> Settle:
            return Settle(step=step, owner=values["owner"], reason=values["reason"])

        owner = self._last.owner if self._last else self._state.owner
        title, asks, explain = settle_form(self._state, step, owner)
        self.form.ask(FormSpec(title, asks, make, explain))

    def keep(self, settled: Settle) -> None:
        """Keep a decision on an open step until the run ends."""
        self._draft[settled.step] = settled
        self._last = settled
        self._redraw()

    def keep_same(self) -> None:
        """Decide on all other open steps as on the last one: same owner, same reason."""
        if self._state is None or self._last is None:
            return
        for step in self._state.open_items():
            self._draft.setdefault(step, replace(self._last, step=step))
        self._redraw()

    def _redraw(self) -> None:
        if self._state is not None:
            self.show_state(self._state)
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where the next decision is."""
        state = self._state
        left = state is not None and len(self._draft) < len(state.open_items())
        (self.items if left else self).setFocus()

    def ending(self) -> Command:
        """The command that completes the run with the decisions made."""
        return Complete(items=tuple(self._draft.values()))

    def form_for(self, what: What) -> FormSpec | None:
        """What is asked before the run ends or is closed."""
        if what is What.FINISH_ABORT:
            return finish_abort_form(tuple(self._draft.values()))
        return close_form() if what is What.CLOSE else None

    def show_problem(self, words: str) -> None:
        """Say why the run did not end."""
        show_text(self._problem, words)


def _left_words(count: int) -> str:
    """How many steps wait for a decision, in proper words."""
    if count == 1:
        return QCoreApplication.translate("EndPage", "1 step stays open without an owner.")
    words = QCoreApplication.translate("EndPage", "{n} steps stay open without an owner.")
    return words.format(n=count)
