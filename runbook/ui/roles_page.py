"""The roles of a run: who holds each, who is next in line, and which nobody holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QWidget

from runbook.run.handover import role_name
from runbook.run.people import holder_of, roles_of
from runbook.run.state import ENDED, RunState
from runbook.run.succession import next_in_line, succession
from runbook.ui.acts_page import ActsPage
from runbook.ui.end_page import OpenSteps
from runbook.ui.forms_people import role_form, step_up_form, vacate_form
from runbook.ui.inline_form import FormSpec
from runbook.ui.step_acts import Act, What
from runbook.ui.theme import colour

_KEY = Qt.ItemDataRole.UserRole


class RolesPage(ActsPage):
    """A list of roles; Enter fills the marked one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("roles", parent)
        self._state: RunState | None = None
        self.people: Mapping[str, str] = {}
        self.items = OpenSteps(self)
        self.items.setObjectName("roles_items")
        self.items.setProperty("list", "aside")
        self.items.setAccessibleName(self.tr("Roles"))
        self.items.setWordWrap(True)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.decide_wanted.connect(self._fill)
        self.items.itemDoubleClicked.connect(self._fill)
        self.items.currentRowChanged.connect(self._show_acts)
        self.body.addWidget(self.items, 1)

    def show_state(self, state: RunState, _step: str, _now: datetime) -> None:
        """Show all roles as they are held now."""
        self._state = state
        empty = [key for key in roles_of(state) if not holder_of(state, key)]
        words = self.tr("{n} of {all} roles have nobody.")
        told = words.format(n=len(empty), all=len(roles_of(state))) if empty else ""
        owner = self.tr("{owner} owns the run.").format(owner=state.owner)
        self.show_words(self.tr("Roles"), f"{owner} {told}".strip())
        self._show_items(state)
        self._show_acts()

    def _show_items(self, state: RunState) -> None:
        at = max(0, self.items.currentRow())
        self.items.blockSignals(True)
        self.items.clear()
        for key in roles_of(state):
            item = QListWidgetItem(self._line(state, key), self.items)
            item.setData(_KEY, key)
            if not holder_of(state, key):
                item.setForeground(colour("bad"))
        self.items.setCurrentRow(min(at, self.items.count() - 1))
        self.items.blockSignals(False)

    def _line(self, state: RunState, key: str) -> str:
        holder, after = holder_of(state, key), next_in_line(state, key)
        name = role_name(state, key)
        if holder:
            follows = self.tr(" · next in line {person}").format(person=self._named(after))
            return f"✓ {name}: {self._named(holder)}{follows if after else ''}"
        line = ", ".join(self._named(one) for one in succession(state.site, key))
        first = self.tr("in this order: {line}").format(line=line)
        nobody = self.tr("nobody")
        return f"✗ {name}: {nobody}{f' · {first}' if line else ''}"

    def _named(self, initials: str) -> str:
        """Initials with the name where it is known."""
        name = self.people.get(initials, "")
        return f"{initials} ({name})" if name else initials

    @property
    def key(self) -> str:
        """The role that is marked."""
        item = self.items.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def _show_acts(self) -> None:
        self.show_acts(self._acts_now())

    def _acts_now(self) -> Iterator[Act]:
        state, key = self._state, self.key
        if state is None or state.status in ENDED:
            return
        holder, after = (holder_of(state, key), next_in_line(state, key)) if key else ("", "")
        fill = self.tr("Name another person…") if holder else self.tr("Name a person…")
        yield Act(What.FILL, fill, "Enter", enabled=bool(key), primary=True)
        step_up = self.tr("{person} steps up").format(person=after or "–")
        yield Act(What.STEP_UP, step_up, "S", enabled=bool(after))
        yield Act(What.VACATE, self.tr("Remove…"), "X", enabled=bool(holder))

    def form_for(self, what: What) -> FormSpec | None:
        """Who holds the marked role from now on."""
        state, key = self._state, self.key
        if state is None or not key:
            return None
        match what:
            case What.FILL:
                return role_form(state, key, self.people)
            case What.STEP_UP:
                return step_up_form(state, key)
            case What.VACATE:
                return vacate_form(state, key)
            case _:
                return None

    def _fill(self) -> None:
        self.acted.emit(What.FILL)

    def take_keyboard(self) -> None:
        """The list has the keyboard."""
        self.items.setFocus()
