"""All open runs on one page: whose, where they stand, what is late; a number goes there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from runbook.ui.flow_row import FlowRow
from runbook.ui.key_button import KeyButton
from runbook.ui.open_runs import OpenRun
from runbook.ui.status_words import run_word_of, short_mode_word_of
from runbook.ui.step_parts import plain_label

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INDENT: Final = "      "


class RunList(QListWidget):
    """The open runs; arrows move, every other key is the page's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the arrows, pass on the rest."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
        else:
            event.ignore()


class OverviewPage(QWidget):
    """`chosen` carries the run to go to; `left` goes back, `start_wanted` to the start."""

    chosen = Signal(object)
    left = Signal()
    start_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overview_page")
        self._by_family: dict[str, tuple[OpenRun, ...]] = {}
        self._runs: tuple[OpenRun, ...] = ()
        self._here = ""
        self._title = plain_label("overview_title", self, "action")
        self._hint = plain_label("overview_hint", self, "dim")
        self._hint.setText(self.tr("A number or Enter goes to a run. Each keeps its place."))
        self.list = RunList(self)
        self.list.setObjectName("overview_list")
        self.list.setAccessibleName(self.tr("Open runs"))
        self.list.setProperty("list", "aside")
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemDoubleClicked.connect(self._go)
        self._buttons = FlowRow(self)
        self._buttons.hold(self._make_buttons())
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 20, 28, 12)
        box.setSpacing(12)
        for label in (self._title, self._hint):
            box.addWidget(label)
        box.addWidget(self.list, 1)
        box.addWidget(self._buttons)

    def _make_buttons(self) -> tuple[KeyButton, ...]:
        go, back, start = (
            KeyButton(f"overview_{name}", self._buttons) for name in ("go", "back", "start")
        )
        go.show_words(self.tr("Go to the run"), self.tr("Enter"), kind="primary")
        back.show_words(self.tr("Back"), self.tr("Esc"))
        start.show_words(self.tr("Procedures and all runs"), "G")
        go.clicked.connect(self._go)
        back.clicked.connect(self.left)
        start.clicked.connect(self.start_wanted)
        return go, back, start

    def enter(self, here: str) -> None:
        """Show the page to somebody who comes from a run."""
        self._here = here
        self.list.setFocus()

    def show_runs(self, family: str, runs: tuple[OpenRun, ...]) -> None:
        """Show the open runs of one journal beside those of the other."""
        self._by_family[family] = runs
        every = [one for found in self._by_family.values() for one in found]
        self._runs = tuple(sorted(every, key=lambda one: one.order))
        count = len(self._runs)
        words = self.tr("1 open run") if count == 1 else self.tr("{n} open runs")
        self._title.setText(words.format(n=count))
        self.list.clear()
        for number, one in enumerate(self._runs):
            QListWidgetItem("\n".join(self._lines(number, one)), self.list)
        places = [n for n, one in enumerate(self._runs) if one.run == self._here]
        self.list.setCurrentRow(places[0] if places else 0)

    def _lines(self, number: int, one: OpenRun) -> Iterator[str]:
        """What is said of a run, each thing on a line of its own."""
        sign = "› " * one.depth
        head = self.tr("{n}  {mode}  {sign}{title}   {run}, {status}, owner {owner}")
        yield head.format(
            n=number + 1,
            mode=short_mode_word_of(one.mode),
            sign=sign,
            title=one.title,
            run=one.run,
            status=run_word_of(one.status),
            owner=one.owner,
        )
        yield f"{_INDENT}{one.words}"
        if one.waits_for:
            yield _INDENT + self.tr("waits for {title}").format(title=one.waits_for)
        if one.late:
            yield _INDENT + self.tr("⚠ overdue: {what}").format(what="; ".join(one.late))
        if one.watched:
            yield _INDENT + self.tr("watched: {what}").format(what="; ".join(one.watched))

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._runs):
            self.chosen.emit(self._runs[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """A number goes to that run, Enter to the marked one, Esc back, G to the start."""
        key = event.text().upper()
        if event.isAutoRepeat():
            return
        if event.key() in _ENTER:
            self._go()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif key == "G":
            self.start_wanted.emit()
        elif len(key) == 1 and key.isdigit() and 0 < int(key) <= len(self._runs):
            self.chosen.emit(self._runs[int(key) - 1])
        else:
            super().keyPressEvent(event)
