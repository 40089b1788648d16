"""A page that stands in the middle for a while, in place of the step: a list to choose from.

The step is left alone meanwhile; Home or Esc returns to it. What is chosen asks its question
in the page itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from runbook.run.state import RunState
from runbook.ui.inline_form import Field, InlineForm
from runbook.ui.step_parts import Scroll, plain_label, show_text

_KEY: Final = Qt.ItemDataRole.UserRole
_LOOKS: Final = (Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Down)
_LOOKS_FAR: Final = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class AsideLine:
    """One line of the list: what choosing it means, its words, and a quieter text below."""

    key: str
    words: str
    detail: str = ""

    @property
    def is_heading(self) -> bool:
        """True for a line that cannot be chosen."""
        return not self.key


class AsideList(QListWidget):
    """Arrows move over the headings; Enter chooses: `chosen(key)`."""

    chosen = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Every other key is the page's."""
        match event.key():
            case Qt.Key.Key_Up:
                self.move_by(-1)
            case Qt.Key.Key_Down:
                self.move_by(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not event.isAutoRepeat():
                    self.choose()
            case _:
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The keyboard finds something marked."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.move_by(1)

    def move_by(self, by: int) -> None:
        """Mark the next line in a direction that can be chosen."""
        row = self.currentRow() + by
        while 0 <= row < self.count():
            if self.item(row).data(_KEY):
                self.setCurrentRow(row)
                return
            row += by

    def choose(self) -> None:
        """Choose the marked line."""
        item = self.currentItem()
        if item is not None and item.data(_KEY):
            self.chosen.emit(str(item.data(_KEY)))

    def _heading_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def show_lines(self, lines: Iterable[AsideLine]) -> None:
        """Show so many lines; the mark stays where it was."""
        kept = self.currentItem().data(_KEY) if self.currentItem() is not None else ""
        self.clear()
        for line in lines:
            words = f"{line.words}\n{line.detail}" if line.detail else line.words
            item = QListWidgetItem(words, self)
            item.setData(_KEY, line.key)
            if line.is_heading:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setFont(self._heading_font())
            elif line.key == kept:
                self.setCurrentItem(item)


class AsideSearch(Field):
    """A search field that leaves the keys which look about to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Home, arrows and page keys are not for the text."""
        if event.key() in (*_LOOKS, *_LOOKS_FAR):
            event.ignore()
        else:
            super().keyPressEvent(event)


class AsidePage(QWidget):
    """A title, a search where there is much to find, the list, and the form of what is chosen.

    A page of its own says which lines it has and what choosing one asks.
    """

    left = Signal()

    def __init__(self, name: str, parent: QWidget, *, searches: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.state: RunState | None = None
        self.step = ""
        self.now: datetime | None = None
        self._title = plain_label(f"{name}_title", self, "action")
        self._words = plain_label(f"{name}_words", self, "dim")
        self.search = AsideSearch(self)
        self.search.setObjectName(f"{name}_find")
        self.search.setVisible(searches)
        self.items = AsideList(self)
        self.items.setObjectName(f"{name}_list")
        self.items.setProperty("list", "aside")
        self.items.setWordWrap(True)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problem = plain_label("problem", self, "bad")
        self.form = InlineForm(self)
        self._scroll = Scroll(f"{name}_form", self)
        self._scroll.hold(self.form)
        self._scroll.hide()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(28, 20, 28, 12)
        box.setSpacing(10)
        for widget in (self._title, self._words, self.search):
            box.addWidget(widget)
        box.addWidget(self.items, 1)
        box.addWidget(self._problem)
        box.addWidget(self._scroll, 1)
        box.addStretch(0)

    def _wire(self) -> None:
        self.search.textChanged.connect(self._redraw)
        self.search.entered.connect(self._choose_first)
        self.search.given_up.connect(self.left)
        self.items.chosen.connect(self.choose)
        self.items.itemDoubleClicked.connect(self.items.choose)
        self.form.opened.connect(self._form_opened)
        self.form.closed.connect(self._form_closed)

    # What each page says for itself.

    def title(self, state: RunState) -> tuple[str, str]:
        """The title, and the words below it."""
        raise NotImplementedError

    def lines(self, state: RunState, now: datetime) -> Iterable[AsideLine]:
        """The lines of the list."""
        raise NotImplementedError

    def choose(self, key: str) -> None:
        """Ask what choosing a line asks."""
        raise NotImplementedError

    # What all of them do.

    def show_state(self, state: RunState, step: str, now: datetime) -> None:
        """Show a run as recorded; `step` is the one in hand, empty for none."""
        self.state, self.step, self.now = state, step, now
        title, words = self.title(state)
        show_text(self._title, title)
        show_text(self._words, words)
        self._redraw()

    def _redraw(self) -> None:
        if self.state is None or self.now is None:
            return
        self.items.show_lines(self.lines(self.state, self.now))

    def _choose_first(self) -> None:
        """Enter in the search chooses the first line found."""
        self.items.setCurrentRow(-1)
        self.items.move_by(1)
        self.items.choose()

    def _form_opened(self) -> None:
        self.items.hide()
        self.search.hide()
        self._scroll.show()
        self.form.focus_first()

    def _form_closed(self) -> None:
        self._scroll.hide()
        self.items.show()
        self.search.setVisible(self.searches)
        self.take_keyboard()

    @property
    def searches(self) -> bool:
        """True for a page with a search field."""
        return False

    def show_problem(self, words: str) -> None:
        """Say why the last act was not carried out."""
        show_text(self._problem, words)

    def take_keyboard(self) -> None:
        """Put the keyboard where the next choice is made."""
        if self.form.is_open:
            self.form.focus_first()
        elif self.searches and self.items.currentRow() < 0:
            self.search.setFocus()
        else:
            self.items.setFocus()
            if self.items.currentRow() < 0:
                self.items.move_by(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows go into the list; what is left is for the run page."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.form.is_open:
            self.items.setFocus()
            self.items.move_by(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
