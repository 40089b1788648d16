"""The few lines that stand between a briefing and its run: the word typed, and who one is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from runbook.run.statuses import Mode
from runbook.ui import theme
from runbook.ui.parts import button, label
from runbook.ui.start_roles import StartRoles, empty_words
from runbook.ui.status_words import mode_word_of

if TYPE_CHECKING:
    from runbook.procedure.site import Site

_CTRL = Qt.KeyboardModifier.ControlModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class StartWish:
    """What a person typed to start a run."""

    mode: Mode
    operator: str
    role: str
    reason: str
    pin: str = field(default="", repr=False)
    roles: Mapping[str, str] = field(default_factory=dict)


class StartForm(QFrame):
    """Asks for the word of the mode, initials, role, and a reason where something is amiss.

    `wished` carries a complete wish, `left` means that nothing is to be started.
    """

    wished = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start_form")
        self.setAccessibleName(self.tr("Start a run"))
        self._mode = Mode.LIVE
        self._heading = label("start_heading", self, tone="strong")
        self._obstacles = label("start_obstacles", self, tone="warn")
        self._reason = self._field("start_reason", self.tr("Reason to start all the same"))
        self._word = self._field("start_word", "")
        self._operator = self._field("start_operator", self.tr("Your initials"))
        self._pin = self._field("start_pin", self.tr("Your PIN"))
        self._pin.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.hide()
        self.needs_pin: Callable[[str], bool] = _nobody
        self._role = QComboBox(self)
        self._role.setObjectName("start_role")
        self._role.setAccessibleName(self.tr("Your role"))
        self._role.installEventFilter(self)
        self._empty = label("start_empty", self, tone="bad")
        self._fill = button("start_fill", self, text=self.tr("Fill roles…"), keys="Ctrl+R")
        self._roles = StartRoles(self)
        self._named: Mapping[str, str] = {}
        self._site: Site | None = None
        self._problem = label("start_problem", self, tone="bad")
        self._begin = button(
            "start_begin", self, text=self.tr("Begin"), kind="primary", keys=self.tr("Enter")
        )
        self._leave = button("start_leave", self, text=self.tr("Back"), keys=self.tr("Esc"))
        self._lay_out()
        self._connect()
        self.hide()

    def _field(self, name: str, words: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setPlaceholderText(words)
        field.installEventFilter(self)
        return field

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setVerticalSpacing(8)
        for row, widget in enumerate((self._heading, self._obstacles, self._reason, self._word)):
            grid.addWidget(widget, row, 0, 1, 2)
        grid.addWidget(self._operator, 5, 0)
        grid.addWidget(self._role, 5, 1)
        grid.addWidget(self._pin, 6, 0, 1, 2)
        grid.addWidget(self._empty, 7, 0, 1, 2)
        grid.addWidget(self._roles, 8, 0, 1, 2)
        grid.addWidget(self._problem, 9, 0, 1, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._fill, 1)
        buttons.addWidget(self._leave, 1)
        grid.addWidget(self._begin, 10, 0, 1, 2)
        grid.addLayout(buttons, 11, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        for typed in (self._reason, self._word, self._operator, self._pin):
            typed.returnPressed.connect(self._ask)
        self._operator.textChanged.connect(self._show_pin)
        self._role.currentIndexChanged.connect(self._show_empty)
        self._fill.clicked.connect(self._open_roles)
        self._begin.clicked.connect(self._ask)
        self._leave.clicked.connect(self.left)

    @property
    def mode(self) -> Mode:
        """The mode that was asked for."""
        return self._mode

    def ask(
        self,
        mode: Mode,
        obstacles: Sequence[str],
        roles: Mapping[str, str],
        *,
        operator: str,
        role: str,
        site: Site | None = None,
    ) -> None:
        """Show the form for a mode, with what is known of the person filled in."""
        self._mode = mode
        self._heading.setText(mode_word_of(mode))
        theme.set_property(self, "mode", mode.value)
        self._begin.setText(self.tr("Begin {word}  Enter").format(word=_word_of(mode)))
        theme.set_property(self._begin, "kind", mode.value)
        self._show_obstacles(obstacles)
        self._word.clear()
        self._word.setPlaceholderText(self.tr("Type {word} to start").format(word=_word_of(mode)))
        self._word.setAccessibleName(self._word.placeholderText())
        self._pin.clear()
        self._operator.setText(operator)
        self._show_pin()
        self._named, self._site = roles, site
        self._roles.hide()
        self._show_roles(roles, role)
        self._show_empty()
        self.show_problem("")
        self.show()
        (self._reason if obstacles else self._word).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, text: str) -> None:
        """Say why the run was not started."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def ask_reason(self, why: str) -> None:
        """Ask why the run starts although something speaks against it that shows only now."""
        self._show_obstacles((why,))
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_obstacles(self, obstacles: Sequence[str]) -> None:
        lines = [self.tr("Before you start, mind that:"), *(f"• {text}" for text in obstacles)]
        self._obstacles.setText("\n".join(lines) if obstacles else "")
        self._obstacles.setVisible(bool(obstacles))
        self._reason.clear()
        self._reason.setVisible(bool(obstacles))

    def _show_roles(self, roles: Mapping[str, str], chosen: str) -> None:
        self._role.clear()
        self._role.addItem(self.tr("No role"), "")
        for key, name in roles.items():
            self._role.addItem(name, key)
        self._role.setCurrentIndex(max(0, self._role.findData(chosen)))
        self._role.setVisible(bool(roles))

    @Slot()
    def _show_pin(self) -> None:
        """Ask for the PIN of whoever has one."""
        self._pin.setVisible(self.needs_pin(self._operator.text().strip()))

    @Slot()
    def _show_empty(self) -> None:
        """Say which roles stay empty, and who is next in line."""
        own = str(self._role.currentData() or "")
        words = self.tr("✗ Nobody yet (next in line): {roles}")
        told = empty_words(words, self._named, self._site, {own: ""}) if self._site else ""
        self._empty.setText(told)
        self._empty.setVisible(bool(told) and not self._roles.isVisibleTo(self))
        self._fill.setVisible(bool(told))

    @Slot()
    def _open_roles(self) -> None:
        """Show a row for each role."""
        if self._site is None or not self._named:
            return
        self._roles.show_roles(self._named, self._site, self)
        self._roles.show()
        self._empty.hide()
        self._roles.take_keyboard()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Escape leaves the form from any field; Enter begins, also from the list of roles."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_R and event.modifiers() & _CTRL:
                self._open_roles()
                return True
            is_list = isinstance(watched, QComboBox) or isinstance(watched.parent(), QComboBox)
            if is_list and event.key() in _ENTER:
                self._ask()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _ask(self) -> None:
        """Wish for the run, or go to the first field that is not filled in."""
        missing = self._missing()
        if missing is not None:
            field, words = missing
            self.show_problem(words)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        role = str(self._role.currentData() or "")
        operator, reason = self._operator.text().strip(), self._reason.text().strip()
        self.show_problem("")
        filled = self._roles.holders() if self._roles.isVisibleTo(self) else {}
        pin = self._pin.text() if self._pin.isVisibleTo(self) else ""
        self.wished.emit(StartWish(self._mode, operator, role, reason, pin, filled))

    def _missing(self) -> tuple[QLineEdit, str] | None:
        word = _word_of(self._mode)
        if self._obstacles.text() and not self._reason.text().strip():
            return self._reason, self.tr("Say why you start it all the same.")
        if self._word.text().strip().upper() != word:
            text = self.tr("Type the word {word}. It starts the run and cannot be changed later.")
            return self._word, text.format(word=word)
        if not self._operator.text().strip():
            return self._operator, self.tr("Type your initials: every entry carries a name.")
        return None


def _nobody(_initials: str) -> bool:
    """Nobody has a PIN as long as nothing is known of the people here."""
    return False


def _word_of(mode: Mode) -> str:
    """The word to be typed; it is the same in every language."""
    return mode.value.upper()
