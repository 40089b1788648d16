"""The tail of the journal as a list, newest first: one sentence an entry.

An entry that was corrected keeps its words, struck, and says below how it is to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from runbook.report.sentences import sentence
from runbook.run.entry import Entry
from runbook.run.events import Field, Mode
from runbook.run.state import Correction, RunState
from runbook.ui.filled import known_values

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
TAIL: Final = 200


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One entry as it is shown: when, who, what; `now` is how it is read after corrections."""

    seq: int
    time: str
    who: str
    text: str
    now: str = ""


class JournalModel(QAbstractListModel):
    """The newest entries of a run; old ones leave at the end, new ones enter at the top."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[JournalRow] = []
        self._run = ""
        self._corrections: tuple[Correction, ...] = ()

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """The entries shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The entry in words."""
        spoken = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        if role not in spoken:
            return None
        row = self._rows[index.row()]
        told = ": ".join(part for part in (row.who, row.text) if part)
        corrected = self.tr("Corrected: {now}").format(now=row.now) if row.now else ""
        return " ".join(part for part in (row.time, told, corrected) if part)

    def row(self, place: int) -> JournalRow:
        """The entry at a place, 0 the newest."""
        return self._rows[place]

    def place_of(self, seq: int) -> int | None:
        """Where an entry stands, if it is among those shown."""
        return next((i for i, row in enumerate(self._rows) if row.seq == seq), None)

    def show_entries(self, state: RunState, entries: Sequence[Entry]) -> None:
        """Take in the entries of a run; only those not yet shown are put into words."""
        if state.run != self._run:
            self._reset(state)
        newest = self._rows[0].seq if self._rows else 0
        fresh: list[JournalRow] = []
        for entry in reversed(entries):
            if entry.seq <= newest or len(fresh) == TAIL:
                break
            fresh.append(self._told(state, entry))
        self._put_on_top(fresh)
        if state.corrections is not self._corrections:
            self._mend(state)

    def _reset(self, state: RunState) -> None:
        self.beginResetModel()
        self._rows, self._run, self._corrections = [], state.run, ()
        self.endResetModel()

    def _put_on_top(self, fresh: list[JournalRow]) -> None:
        if not fresh:
            return
        self.beginInsertRows(QModelIndex(), 0, len(fresh) - 1)
        self._rows = [*fresh, *self._rows]
        self.endInsertRows()
        if len(self._rows) > TAIL:
            self.beginRemoveRows(QModelIndex(), TAIL, len(self._rows) - 1)
            del self._rows[TAIL:]
            self.endRemoveRows()

    def _told(self, state: RunState, entry: Entry) -> JournalRow:
        at = datetime.fromisoformat(entry.wall).astimezone()
        text = sentence(entry.event, state.procedure, known_values(state), at.tzinfo)
        time = at.strftime("%H:%M:%S")
        return JournalRow(entry.seq, time, entry.actor.operator, text)

    def _mend(self, state: RunState) -> None:
        """Say at each corrected entry how it reads now."""
        for correction in state.corrections[len(self._corrections) :]:
            place = self.place_of(correction.target)
            if place is None:
                continue
            row = self._rows[place]
            withdrawn = correction.field is Field.WITHDRAWN
            now = self.tr("withdrawn") if withdrawn else correction.new
            now = f"{now} ({correction.reason})"
            self._rows[place] = JournalRow(row.seq, row.time, row.who, row.text, now)
            self.dataChanged.emit(self.index(place), self.index(place))
        self._corrections = state.corrections


def marked_for(mode: Mode, language: str, text: str) -> str:
    """Commands as they go to the clipboard: in a drill a comment says that it is one."""
    if mode is not Mode.DRILL:
        return text
    comment = {"sql": "--", "bat": "REM", "cmd": "REM", "lua": "--"}.get(language, "#")
    return f"{comment} ØVELSE ØVELSE ØVELSE / EXERCISE\n{text}"
