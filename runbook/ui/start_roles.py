"""The roles of a run before it starts: one row each, with those who are next in line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from runbook.ui.theme import set_property

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from runbook.procedure.site import Site

_BETWEEN: Final = " · "


class StartRoles(QWidget):
    """Rows to be filled or left empty; nothing here has to be answered."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("start_roles")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[QLabel, QComboBox]] = {}

    def show_roles(self, roles: Mapping[str, str], site: Site, keys: QObject) -> None:
        """Show a row for each role; `keys` sees the keys pressed in it first."""
        for label, people in self._rows.values():
            label.deleteLater()
            people.deleteLater()
        self._rows = {}
        for at, (key, name) in enumerate(roles.items()):
            label, people = QLabel(name, self), self._people(key, name, site)
            label.setBuddy(people)
            for widget in (people, people.lineEdit()):
                if widget is not None:
                    widget.installEventFilter(keys)
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(people, at, 1)
            self._rows[key] = (label, people)
            people.editTextChanged.connect(self._mark)
        self._mark()

    def _people(self, key: str, name: str, site: Site) -> QComboBox:
        people = QComboBox(self)
        people.setObjectName(f"start_role_{key}")
        people.setAccessibleName(name)
        people.setEditable(True)
        line = tuple(_line(key, site))
        people.addItems(["", *line])
        field = people.lineEdit()
        assert field is not None
        nobody = self.tr("nobody yet")
        first = self.tr("nobody, next in line {person}").format(person=line[0]) if line else nobody
        field.setPlaceholderText(first)
        return people

    def _mark(self) -> None:
        """An empty role is marked by a sign and a colour."""
        for label, people in self._rows.values():
            filled = bool(people.currentText().strip())
            name = label.text().removeprefix("✓ ").removeprefix("✗ ")
            label.setText(f"{'✓' if filled else '✗'} {name}")
            set_property(label, "tone", "good" if filled else "bad")

    def take_keyboard(self) -> None:
        """The cursor begins in the first row."""
        for _, people in tuple(self._rows.values())[:1]:
            people.setFocus(Qt.FocusReason.OtherFocusReason)

    def holders(self) -> dict[str, str]:
        """Who holds each role that was filled, by initials."""
        typed = {key: people.currentText() for key, (_, people) in self._rows.items()}
        found = {key: text.split(_BETWEEN)[0].strip() for key, text in typed.items()}
        return {key: person for key, person in found.items() if person}


def _line(key: str, site: Site) -> Iterator[str]:
    """Those who hold a role at the site and who follow, initials and name."""
    role = site.roles.get(key)
    for person in dict.fromkeys((*role.people, *role.succession)) if role else ():
        contact = site.contacts.get(person)
        yield f"{person}{_BETWEEN}{contact.name}" if contact else person


def empty_words(words: str, roles: Mapping[str, str], site: Site, taken: Mapping[str, str]) -> str:
    """Which roles stay empty and who is next in line for each; empty when none does."""
    told = []
    for key, name in roles.items():
        after = next(iter(_line(key, site)), "").split(_BETWEEN)[0]
        if key not in taken:
            told.append(f"{name} ({after})" if after else name)
    return words.format(roles=", ".join(told)) if told else ""
