"""Asks for words below the step, never in a dialog: reasons, notes, corrections.

Enter in a field saves when nothing is missing, else it moves to what is. Esc closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from runbook.operators import Signed
from runbook.report.names import brief
from runbook.run.commands import Command, Settle
from runbook.ui.flow_row import FlowRow
from runbook.ui.key_button import KeyButton
from runbook.ui.theme import set_property

Values = Mapping[str, str]
_FEW = 2
_LONGEST_WORDS = 52  # a button does not wrap, and a form is never wider than its page


@dataclass(frozen=True, slots=True)
class Ask:
    """One field: its name in the answer, its label, what stands in it, and words to pick.

    With `word` the answer counts only when that word is typed, in any case of letters. What
    is typed as a `secret` is not shown.
    """

    name: str
    label: str
    text: str = ""
    suggestions: tuple[str, ...] = ()
    required: bool = True
    hint: str = ""
    word: str = ""
    secret: bool = False

    def lacks(self, typed: str) -> bool:
        """True while something typed is no answer."""
        if self.word:
            return typed.casefold() != self.word.casefold()
        return self.required and not typed


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A question: what it is about, its fields, and what its answer makes.

    The cursor begins in the field named by `focus`, else in the first that has to be filled.
    """

    title: str
    asks: tuple[Ask, ...]
    make: Callable[[Values], Command | Settle | Signed]
    explain: str = ""
    save: str = ""
    focus: str = ""


class Field(QLineEdit):
    """A line of text that keeps Enter and Esc to itself: `entered`, `given_up`."""

    entered = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter saves once, however long it is held."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            if not event.isAutoRepeat():
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class _Row(QWidget):
    """A field with its label and the words that are often meant.

    Where many are asked, the label stands beside its field: a low window shows them all.
    """

    def __init__(self, ask: Ask, parent: QWidget, *, beside: bool) -> None:
        super().__init__(parent)
        self.ask = ask
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        label = QLabel(ask.label, self)
        label.setWordWrap(True)
        self.field = Field(ask.text, self)
        self.field.setObjectName(f"form_{ask.name}")
        self.field.setAccessibleName(ask.label)
        self.field.setPlaceholderText(ask.hint)
        if ask.secret:
            self.field.setEchoMode(QLineEdit.EchoMode.Password)
        label.setBuddy(self.field)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        line = QBoxLayout(way)
        line.addWidget(label, 2 if beside else 0)
        line.addWidget(self.field, 3 if beside else 0)
        box.addLayout(line)
        if ask.suggestions:
            box.addWidget(self._suggestions(ask))
        self.field.setMinimumHeight(self.field.sizeHint().height())

    def _suggestions(self, ask: Ask) -> QWidget:
        row = FlowRow(self, 6)
        for number, words in enumerate(ask.suggestions):
            button = QPushButton(brief(words, _LONGEST_WORDS), row)
            button.setAccessibleName(words)
            button.setObjectName(f"suggestion_{ask.name}_{number}")
            set_property(button, "kind", "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(self._pick)
            row.add(button)
        return row

    def _pick(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.field.setText(button.accessibleName())
        self.field.setFocus()


class InlineForm(QFrame):
    """Shows one question at a time; `submitted(command)` when answered, `closed` when not."""

    submitted = Signal(object)
    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inline_form")
        self._spec: FormSpec | None = None
        self._rows: list[_Row] = []
        self._box = QVBoxLayout(self)
        self._title = self._label("form_title", "strong")
        self._explain = self._label("form_explain", "dim")
        self._missing = self._label("form_missing", "warn")
        self._save = KeyButton("form_save", self)
        self._cancel = KeyButton("form_cancel", self)
        self._buttons = FlowRow(self)
        self._buttons.hold((self._save, self._cancel))
        for widget in (self._title, self._explain, self._missing, self._buttons):
            self._box.addWidget(widget)
        self._save.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.close_form)
        self.hide()

    def _label(self, name: str, tone: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("tone", tone)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    @property
    def is_open(self) -> bool:
        """True while a question stands."""
        return self._spec is not None

    def ask(self, spec: FormSpec) -> None:
        """Put a question; one that stood there before is dropped."""
        self._clear()
        self._spec = spec
        self._title.setText(spec.title)
        self._explain.setText(spec.explain)
        self._explain.setVisible(bool(spec.explain))
        self._missing.hide()
        self._save.show_words(spec.save or self.tr("Save"), self.tr("Enter"), kind="primary")
        self._cancel.show_words(self.tr("Cancel"), self.tr("Esc"))
        beside = len(spec.asks) > _FEW
        self._rows = [self._row(ask, beside=beside) for ask in spec.asks]
        for row, following in pairwise(self._rows):  # words that are often meant come after
            QWidget.setTabOrder(row.field, following.field)
        self.show()
        self.opened.emit()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the cursor where the answer begins."""
        wanted = self._spec.focus if self._spec else ""
        named = [row for row in self._rows if row.ask.name == wanted]
        empty = [row for row in self._rows if row.ask.required and not row.field.text()]
        rows = named or empty or self._rows
        if rows:
            rows[0].field.setFocus()
            rows[0].field.selectAll()
        else:
            self._save.setFocus()

    def tell(self, problem: str, at: str = "") -> None:
        """Say why the answer was not accepted; what was typed stays, the cursor goes `at` it."""
        self._missing.setText(problem)
        self._missing.show()
        lacking = next((row.field for row in self._rows if row.ask.name == at), None)
        if lacking is None:
            self.focus_first()
        else:
            lacking.setFocus()
            lacking.selectAll()

    def close_form(self) -> None:
        """Drop the question."""
        if self._spec is None:
            return
        self._clear()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes from anywhere inside; a question without fields is saved by Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif enter and not event.isAutoRepeat():
            self._press()
        elif not enter:
            super().keyPressEvent(event)

    def _press(self) -> None:
        """Enter on a button presses that button."""
        button = self.focusWidget()
        if isinstance(button, QPushButton):
            button.click()
        else:
            self._submit()

    def _row(self, ask: Ask, *, beside: bool) -> _Row:
        row = _Row(ask, self, beside=beside)
        row.field.entered.connect(self._submit)
        row.field.given_up.connect(self.close_form)
        self._box.insertWidget(self._box.count() - 2, row)
        return row

    def _submit(self) -> None:
        if self._spec is None:
            return
        values = {row.ask.name: row.field.text().strip() for row in self._rows}
        lacking = next((r for r in self._rows if r.ask.lacks(values[r.ask.name])), None)
        if lacking is None:
            self.submitted.emit(self._spec.make(values))
            return
        if not lacking.field.hasFocus():
            lacking.field.setFocus()
        else:
            self._missing.setText(self._words_for(lacking.ask))
            self._missing.show()

    def _words_for(self, ask: Ask) -> str:
        if ask.word:
            return self.tr("Nothing happens before the word {word} is typed.").format(word=ask.word)
        return self.tr("“{label}” is empty.").format(label=ask.label)

    def _clear(self) -> None:
        self._spec = None
        for row in self._rows:
            self._box.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = []
