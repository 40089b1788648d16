"""Handing a run over: the sheet, what is read back, and the acceptance by the other person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from runbook.run.handover import Part, sheet_of
from runbook.run.people import same_person
from runbook.run.state import ENDED, RunState
from runbook.ui.acts_page import ActsPage
from runbook.ui.forms_people import (
    accept_handover_form,
    cancel_handover_form,
    handover_form,
    read_back_form,
    take_over_form,
)
from runbook.ui.inline_form import FormSpec
from runbook.ui.step_acts import Act, What

_SCROLLS: Final = {
    Qt.Key.Key_Up: -60,
    Qt.Key.Key_Down: 60,
    Qt.Key.Key_PageUp: -400,
    Qt.Key.Key_PageDown: 400,
}


class HandoverPage(ActsPage):
    """Shows the sheet as the run stands; the owner stays responsible until it is accepted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("handover", parent)
        self._state: RunState | None = None
        self.people: Mapping[str, str] = {}
        self._sheet = QLabel(self)
        self._sheet.setObjectName("handover_sheet")
        self._sheet.setWordWrap(True)
        self._sheet.setTextFormat(Qt.TextFormat.RichText)
        self._sheet.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._area = QScrollArea(self)
        self._area.setObjectName("handover_area")
        self._area.setAccessibleName(self.tr("Sheet for the handover"))
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._sheet)
        self.body.addWidget(self._area, 1)

    def show_state(self, state: RunState, _step: str, now: datetime) -> None:
        """Show the sheet, and how far the handover has come; one that has ended goes home."""
        was, self._state = self._state, state
        if was is not None and was.run == state.run and was.handover and not state.handover:
            self.left.emit()
        handover = state.handover
        title = self.tr("Hand the run over")
        if handover is not None:
            title = self.tr("Handover from {owner} to {to}").format(
                owner=state.owner, to=handover.to
            )
        self.show_words(title, self._how_far(state))
        self._sheet.setText(_as_html(sheet_of(state, now)))
        self.show_acts(self._acts_now(state))

    def _how_far(self, state: RunState) -> str:
        if state.handover is None:
            return self.tr("{owner} owns the run.").format(owner=state.owner)
        left = len(state.handover.open_questions)
        stays = self.tr("{owner} is responsible until {to} accepts.").format(
            owner=state.owner, to=state.handover.to
        )
        if left:
            words = self.tr("{n} questions to be read back.").format(n=left)
            return f"{stays} {words}"
        return f"{stays} {self.tr('Every question was answered.')}"

    def _acts_now(self, state: RunState) -> Iterator[Act]:
        if state.status not in ENDED:
            yield from self._acts_of(state)
        yield Act(What.SHEET, self.tr("Save the sheet"), "S")

    def _acts_of(self, state: RunState) -> Iterator[Act]:
        if state.handover is None:
            is_owner = same_person(state.at_keyboard or state.owner, state.owner)
            hand = self.tr("Hand over…")
            yield Act(What.PREPARE, hand, "Enter", enabled=is_owner, primary=is_owner)
            take = self.tr("Take over without {owner}…").format(owner=state.owner)
            yield Act(What.TAKE_OVER, take, "W", enabled=not is_owner, primary=not is_owner)
            return
        asks = bool(state.handover.open_questions)
        yield Act(What.ANSWER, self.tr("Next question…"), "Enter", enabled=asks, primary=asks)
        accept = self.tr("{to} accepts…").format(to=state.handover.to)
        yield Act(What.ACCEPT, accept, "A", primary=not asks)
        yield Act(What.GIVE_UP, self.tr("Cancel the handover…"), "X")
        take = self.tr("Take over without {owner}…").format(owner=state.owner)
        yield Act(What.TAKE_OVER, take, "W", minor=True)

    def form_for(self, what: What) -> FormSpec | None:
        """The question of an act."""
        state = self._state
        if state is None:
            return None
        match what:
            case What.PREPARE:
                return handover_form(state, self.people)
            case What.ANSWER:
                return read_back_form(state)
            case What.ACCEPT:
                return accept_handover_form(state)
            case What.GIVE_UP:
                return cancel_handover_form(state)
            case What.TAKE_OVER:
                return take_over_form(state)
            case _:
                return None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move the sheet, every other key is the run's."""
        by = _SCROLLS.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + by)


def _as_html(parts: tuple[Part, ...]) -> str:
    """The sheet as simple rich text; everything in it is escaped."""
    told = []
    for part in parts:
        lines = "".join(f"<li>{escape(line)}</li>" for line in part.lines)
        told.append(f"<p><b>{escape(part.title)}</b></p><ul>{lines}</ul>")
    return "".join(told)
