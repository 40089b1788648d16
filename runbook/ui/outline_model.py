"""The outline of a run as a flat list: each section's heading, then its steps.

After an entry only the rows that could have changed are looked at, so a step costs the same
in a procedure of two thousand as in one of twenty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from runbook.procedure.model import Section, Step
from runbook.run.events import Status
from runbook.run.forecast import Forecast
from runbook.run.state import ENDED, SETTLED, RunState
from runbook.ui.filled import filled
from runbook.ui.status_words import mark_of
from runbook.ui.step_words import target_words, time_words

_MINUTE: Final = 60
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
STEP_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One line of the outline. A heading has no step; `time` is when it was done, or a target.

    `beside` marks the current step of another lane than the one in hand, `lane` all lines
    that stand in a lane.
    """

    step: str = ""
    section: str = ""
    number: str = ""
    text: str = ""
    status: Status = Status.OPEN
    time: str = ""
    depth: int = 0
    current: bool = False
    beside: bool = False
    lane: bool = False
    flagged: bool = False

    @property
    def is_heading(self) -> bool:
        """True for a section's line."""
        return not self.step


def expected_of(ahead: Forecast | None) -> Mapping[str, str]:
    """When each open step of known length is expected to be done, as `≈18:20`."""
    if ahead is None:
        return {}
    begun = ahead.now.timestamp()
    ends = {s.step: s.end_s for s in ahead.laid.slots.values() if s.length_s is not None}
    minutes = {step: int((begun + end) // _MINUTE) for step, end in ends.items()}
    words = {m: f"≈{_minute_words(m)}" for m in set(minutes.values())}  # many end together
    return {step: words[minute] for step, minute in minutes.items()}


def _minute_words(minute: int) -> str:
    """The local time of day of a minute, counted from 1970."""
    return time_words(datetime.fromtimestamp(minute * _MINUTE, UTC))


class OutlineModel(QAbstractListModel):
    """Rows of one run; `show_state` may be called at any time and tells only what changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[OutlineRow] = []
        self._places: dict[str, int] = {}
        self._headings: dict[str, int] = {}
        self._counts: dict[str, list[int]] = {}
        self._state: RunState | None = None
        self._expected: Mapping[str, str] = {}

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: N802 - Qt's name
        """All headings and steps."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for screen readers and tooltips; what is painted comes from `row`."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.text}".strip()
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(row)
        return row.step if role == STEP_ROLE else None

    def row(self, place: int) -> OutlineRow:
        """The line at a place."""
        return self._rows[place]

    def place_of(self, step: str) -> int | None:
        """Where a step stands."""
        return self._places.get(step)

    def counts(self, section: str) -> tuple[int, int]:
        """How many steps of a section are settled, and how many apply."""
        settled, applying = self._counts.get(section, (0, 0))
        return settled, applying

    @property
    def current_place(self) -> int | None:
        """Where the step in hand stands."""
        current = self._state.current if self._state else None
        return self._places.get(current) if current else None

    def matches(self, words: str) -> set[int] | None:
        """Places of the lines that hold the words, with their headings; None for no words."""
        wanted = words.casefold().split()
        if not wanted:
            return None
        found = set()
        for place, row in enumerate(self._rows):
            text = f"{row.number} {row.text}".casefold()
            if all(word in text for word in wanted):
                found |= {place, self._headings.get(row.section, place)}
        return found

    def show_state(self, state: RunState) -> None:
        """Take in a state: all of it for another run, else what differs from the last."""
        before, self._state = self._state, state
        if before is None or before.run != state.run:
            self._show_all(state)
        elif before is not state:
            self._show_steps(state, self._touched(before, state))

    def show_expected(self, expected: Mapping[str, str]) -> None:
        """Show when open steps are expected to be done, by step, where their targets stood."""
        changed = {s for s in {*expected, *self._expected} if self._is_new(s, expected)}
        self._expected = expected
        state = self._state
        if state is None or not changed:
            return
        places = sorted(self._places[s] for s in changed if s in self._places)
        for place in places:
            row = self._rows[place]
            time = self._time_of(state, state.step(row.step))
            self._rows[place] = replace(row, time=time)
        if places:
            self.dataChanged.emit(self.index(places[0]), self.index(places[-1]))

    def _is_new(self, step: str, expected: Mapping[str, str]) -> bool:
        return expected.get(step) != self._expected.get(step)

    def _time_of(self, state: RunState, step: Step) -> str:
        """When it was done; else when it is expected to be, or how long it should take."""
        settled = state.record(step.id).last.settled
        if settled:
            return time_words(settled)
        return self._expected.get(step.id) or target_words(step.target_s)

    def _show_all(self, state: RunState) -> None:
        self.beginResetModel()
        self._rows, self._places, self._headings, self._counts = [], {}, {}, {}
        procedure = state.procedure
        by_section: dict[str, list[Step]] = {}
        for step in procedure.steps:
            by_section.setdefault(step.section, []).append(step)
        for step in by_section.get("", ()):
            self._append(state, step)
        for section in procedure.sections:
            self._append_heading(state, section, by_section)
            for step in by_section.get(section.id, ()):
                self._append(state, step)
        self.endResetModel()

    def _append_heading(
        self, state: RunState, section: Section, steps: dict[str, list[Step]]
    ) -> None:
        """A heading that has steps below it, its own or those of its parts."""
        inside = {section.id}
        for other in state.procedure.sections:
            if other.parent in inside:
                inside.add(other.id)
        if inside.isdisjoint(steps):
            return
        self._headings[section.id] = len(self._rows)
        title = self._title(state, section)
        in_lane = _in_lane(state, section.id)
        row = OutlineRow(section=section.id, text=title, depth=section.level, lane=in_lane)
        self._rows.append(row)

    def _title(self, state: RunState, section: Section) -> str:
        """A heading, and whether what stands below it needs no order."""
        title = filled(state, section.title)
        if section.parallel:
            return self.tr("{title} · side by side").format(title=title)
        return self.tr("{title} · any order").format(title=title) if section.any_order else title

    def _append(self, state: RunState, step: Step) -> None:
        row = self._row_of(state, step)
        self._places[step.id] = len(self._rows)
        self._rows.append(row)
        self._count(row, 1)

    def _count(self, row: OutlineRow, sign: int) -> None:
        counts = self._counts.setdefault(row.section, [0, 0])
        counts[1] += sign * (row.status is not Status.NOT_APPLICABLE)
        settled = row.status in SETTLED and row.status is not Status.NOT_APPLICABLE
        counts[0] += sign * settled

    def _touched(self, before: RunState, state: RunState) -> Iterable[str]:
        """Ids of the steps that may look different now."""
        ended = (before.status in ENDED) != (state.status in ENDED)
        mended = len(before.corrections) != len(state.corrections)
        if ended or mended or before.route is not state.route:
            return tuple(self._places)
        old, new = before.records, state.records
        changed = {step for step, record in new.items() if old.get(step) is not record}
        changed.update(r.step for r in state.readings[len(before.readings) :])
        for known in (before, state):
            changed.update(step for _, step in known.currents)
            changed.update((known.current,) if known.current else ())
        return changed

    def _show_steps(self, state: RunState, steps: Iterable[str]) -> None:
        headings = set()
        for step_id in steps:
            place = self._places.get(step_id)
            if place is None:
                continue
            old, new = self._rows[place], self._row_of(state, state.step(step_id))
            if old == new:
                continue
            self._rows[place] = new
            self._count(old, -1)
            self._count(new, 1)
            self._tell(place)
            headings.add(new.section)
        for section in headings:
            place = self._headings.get(section)
            if place is not None:
                self._tell(place)

    def _tell(self, place: int) -> None:
        index = self.index(place)
        self.dataChanged.emit(index, index)

    def _row_of(self, state: RunState, step: Step) -> OutlineRow:
        status, last = state.status_of(step.id), state.record(step.id).last
        row = OutlineRow(
            step=step.id,
            section=step.section,
            number=step.number,
            text=step.text,
            status=status,
            depth=step.number.count(".") if step.parent else 0,
            current=state.current == step.id,
            beside=step.id in state.since and state.current != step.id,
            lane=_in_lane(state, step.section),
            flagged=state.is_abandoned(step.id),
        )
        words = filled(state, step.text)
        read = state.readings_of(step.id, last.number) if step.records else ()
        if read:
            words = f"{words}: {', '.join(r.shown for r in read)}"
        elif last.label and status in SETTLED:
            words = (
                f"{words.rstrip(':')} {last.label}"
                if "?" in words[-2:]
                else f"{words}: {last.label}"
            )
        return replace(row, text=words, time=self._time_of(state, step))

    def _spoken(self, row: OutlineRow) -> str:
        """A line in words alone."""
        if row.is_heading:
            settled, applying = self.counts(row.section)
            return self.tr("Section {title}: {n} of {m}").format(
                title=row.text, n=settled, m=applying
            )
        parts = [f"{row.number} {row.text}", mark_of(row.status).word, row.time]
        if row.current:
            parts.insert(0, self.tr("Current step"))
        if row.beside:
            parts.insert(0, self.tr("Current step of another lane"))
        if row.flagged:
            parts.append(self.tr("on a branch that was left"))
        return ", ".join(part for part in parts if part)


def _in_lane(state: RunState, section: str) -> bool:
    """True for a lane and every section below it."""
    known, lanes = state.procedure.section_by_id, state.plan.lanes
    above: str | None = section
    while above:
        if above in lanes:
            return True
        above = known[above].parent if above in known else None
    return False
