"""The situation report: a draft from the journal, edited here, copied or written, then sent."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from runbook.resources import resource
from runbook.run.commands import Command
from runbook.run.commands_message import SendReport
from runbook.run.prompts import report_due
from runbook.run.state import RunState
from runbook.ui.flow_row import FlowRow
from runbook.ui.inline_form import Ask, FormSpec, InlineForm, Values
from runbook.ui.key_button import KeyButton
from runbook.ui.step_parts import plain_label, show_text
from runbook.ui.times import short_clock

_CTRL = Qt.KeyboardModifier.ControlModifier


class ReportText(QPlainTextEdit):
    """Plain text; Tab leaves it, Ctrl+Enter goes on to the sending: `finished`, `given_up`."""

    finished = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc gives the keyboard back; everything else edits."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif enter and event.modifiers() & _CTRL:
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class ReportPage(QWidget):
    """What was changed in the draft is kept until it is sent or drafted anew."""

    left = Signal()
    file_wanted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("report_page")
        self.state: RunState | None = None
        self.now: datetime | None = None
        self._drafted = (-1, "")
        self._title = plain_label("report_title", self, "action")
        self._words = plain_label("report_words", self, "dim")
        self.text = ReportText(self)
        self.text.setObjectName("report_text")
        self.text.setAccessibleName(self.tr("Text of the situation report"))
        self.text.setTabChangesFocus(True)
        self._problem = plain_label("problem", self, "bad")
        self.form = InlineForm(self)
        self._row = FlowRow(self)
        self._buttons = {name: KeyButton(f"report_{name}", self._row) for name in _ACTS}
        self._row.hold(self._buttons.values())
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 20, 28, 12)
        box.setSpacing(10)
        for label in (self._title, self._words):
            box.addWidget(label)
        box.addWidget(self.text, 1)
        for widget in (self._problem, self._row, self.form):
            box.addWidget(widget)
        box.addStretch(0)

    def _wire(self) -> None:
        self.text.finished.connect(self._send)
        self.text.given_up.connect(self.left)
        self.form.closed.connect(self.take_keyboard)
        acts = (self._send, self._copy, self._write, self._draft_anew)
        for button, act in zip(self._buttons.values(), acts, strict=True):
            button.clicked.connect(act)

    def show_state(self, state: RunState, _step: str, now: datetime) -> None:
        """Show the draft of the next report; one that was changed stays as it is."""
        is_other = self.state is None or self.state.run != state.run
        self.state, self.now = state, now
        if is_other or len(state.messages.reports) != self._drafted[0]:
            self._draft_anew()
        number = len(state.messages.reports) + 1
        show_text(self._title, self.tr("Situation report {n}").format(n=number))
        show_text(self._words, self._due_words(state, now))
        words = (
            (self.tr("Sent…"), self.tr("Ctrl+Enter")),
            (self.tr("Copy"), ""),
            (self.tr("Write to a file"), ""),
            (self.tr("Draft anew"), ""),
        )
        for button, (text, key) in zip(self._buttons.values(), words, strict=True):
            button.show_words(text, key, kind="primary" if key else "act")

    def _due_words(self, state: RunState, now: datetime) -> str:
        due = report_due(state)
        how = self.tr("Change the words here. Esc returns to the step and keeps them.")
        if due is None:
            return how
        was = self.tr("It was due at {time}.") if due <= now else self.tr("It is due at {time}.")
        return f"{was.format(time=short_clock(due, now))} {how}"

    def _draft_anew(self) -> None:
        """Put what the journal says now in place of the text."""
        # Loaded when first needed: the template engine is slow to come.
        from runbook.report.sitrep import draft  # noqa: PLC0415

        if self.state is None or self.now is None:
            return
        text = draft(self.state, self.now, resource("messages"))
        self._drafted = (len(self.state.messages.reports), text)
        self.text.setPlainText(text)

    def refresh(self) -> None:
        """Draft again when nobody has changed a word since the last draft."""
        if self.text.toPlainText() == self._drafted[1]:
            self._draft_anew()

    def _send(self) -> None:
        """Ask to whom it went; the answer records it."""
        text = self.text.toPlainText()

        def make(values: Values) -> Command:
            return SendReport(text=text, to=values["to"])

        words = (
            self.tr("The hospitals"),
            self.tr("The bridge"),
            self.tr("The management"),
            self.tr("All staff"),
        )
        ask = Ask("to", self.tr("To whom did it go?"), "", words)
        explain = self.tr("Send it yourself, on whichever way works. This records the words.")
        self.form.ask(FormSpec(self.tr("Report sent"), (ask,), make, explain))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._marked())
        self.show_problem("")
        show_text(self._words, self.tr("Copied."))

    def _write(self) -> None:
        from runbook.report.sitrep import file_of  # noqa: PLC0415 - as above

        if self.state is not None and self.now is not None:
            self.file_wanted.emit(file_of(self.state, self.now), self._marked())

    def _marked(self) -> str:
        """The text as it may leave the room: a drill or test says so."""
        from runbook.report.sitrep import marked  # noqa: PLC0415 - as above

        text = self.text.toPlainText()
        return marked(self.state, text) if self.state is not None else text

    def show_problem(self, words: str) -> None:
        """Say why it was not recorded."""
        show_text(self._problem, words)

    def take_keyboard(self) -> None:
        """Put the cursor where the next words are typed."""
        if self.form.is_open:
            self.form.focus_first()
        else:
            self.text.setFocus()


_ACTS = ("send", "copy", "write", "draft")
