"""The lanes of a parallel section in words: who is where, and who waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.procedure.lanes import Lane
from runbook.report.words import duration
from runbook.run.events import Status
from runbook.run.lanes import LaneView, lanes_at_work, waited_for
from runbook.run.state import RunState
from runbook.ui.filled import filled
from runbook.ui.status_words import mark_of

translate = QCoreApplication.translate
IN_HAND: Final = "▶"
BESIDE: Final = "▷"


@dataclass(frozen=True, slots=True)
class LaneLine:
    """One lane as it is shown. `waits_since` is set while it waits at the join."""

    lane: str
    symbol: str
    tone: str
    number: str
    who: str
    words: str
    in_hand: bool = False
    waits_since: datetime | None = None

    def text(self, now: datetime) -> str:
        """What the lane does, or for whom it waits and for how long."""
        if self.waits_since is None:
            return self.words
        whole = int((now - self.waits_since).total_seconds()) // 60 * 60
        waited = duration(whole) if whole > 0 else translate("Lanes", "less than 1 min")
        return f"{self.words} ({waited})"


def lane_lines(state: RunState) -> tuple[LaneLine, ...]:
    """A line for each lane that is worked now, in the order of the text; none outside of lanes."""
    return tuple(_line(state, view) for view in lanes_at_work(state))


def _line(state: RunState, view: LaneView) -> LaneLine:
    title = filled(state, view.lane.title)
    who = " · ".join(part for part in (_roles(state, view.lane), view.holder) if part)
    if view.current:
        step = state.step(view.current)
        symbol = IN_HAND if view.in_hand else BESIDE
        words = f"{title}: {filled(state, step.text)}"
        return LaneLine(view.lane.id, symbol, "text", step.number, who, words, view.in_hand)
    if view.is_waiting:
        words = translate("Lanes", "Waiting for: {who}").format(who=_waited_for(state, view))
        sign = mark_of(Status.WAITING)
        return LaneLine(
            view.lane.id,
            sign.symbol,
            "warn",
            "",
            who,
            words,
            waits_since=view.ended or _fork(state),
        )
    sign = mark_of(Status.DONE if view.steps else Status.NOT_APPLICABLE)
    return LaneLine(view.lane.id, sign.symbol, "dim", "", who, f"{title}: {sign.word}")


def _fork(state: RunState) -> datetime | None:
    """Since when a lane without any step of its own waits: since the others are current."""
    return min(state.since.values(), default=None)


def _waited_for(state: RunState, view: LaneView) -> str:
    """`Facilities at 5.6`, for every lane that is not there yet."""
    at = translate("Lanes", "{who} at {number}")
    return ", ".join(
        at.format(who=_roles(state, lane) or filled(state, lane.title), number=state.step(s).number)
        for lane, s in waited_for(state, view)
    )


def _roles(state: RunState, lane: Lane) -> str:
    return ", ".join(filled(state, state.procedure.role_name(role)) for role in lane.roles)


def spoken(line: LaneLine, now: datetime) -> str:
    """A lane in words alone, for whoever does not see the signs."""
    parts = [line.number, line.who, line.text(now)]
    if line.in_hand:
        parts.insert(0, translate("Lanes", "In hand"))
    return ", ".join(part for part in parts if part)
