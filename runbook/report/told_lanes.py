"""The lanes of parallel sections as a report tells them: who, from when to when, how long idle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from runbook.report.sentences import fill
from runbook.report.told import Teller
from runbook.report.words import duration
from runbook.run.lanes import LaneView, lanes_of_run
from runbook.run.state import RunState


@dataclass(frozen=True, slots=True)
class LaneTold:
    """One lane. `idle` is its time at the join, until the last lane was there."""

    section: str
    title: str
    role: str
    who: str
    began: str
    ended: str
    took: str
    idle: str


def lanes_told(state: RunState, teller: Teller) -> tuple[LaneTold, ...]:
    """All lanes of the parallel sections in which anything was done."""
    views = lanes_of_run(state)
    return tuple(_lane(state, teller, view, _joined(view, views)) for view in views if view.steps)


def _joined(view: LaneView, views: Iterable[LaneView]) -> datetime | None:
    """When the last lane of the section was at its end; None while one is not."""
    lanes = [other for other in views if other.lane.section == view.lane.section and other.steps]
    if not all(other.is_finished for other in lanes):
        return None
    return max((other.ended for other in lanes if other.ended), default=None)


def _lane(state: RunState, teller: Teller, view: LaneView, joined: datetime | None) -> LaneTold:
    values = state.prepared.values
    section = state.procedure.section_by_id[view.lane.section]
    roles = (fill(state.procedure.role_name(role), values) for role in view.lane.roles)
    return LaneTold(
        section=fill(section.title, values),
        title=fill(view.lane.title, values),
        role=", ".join(roles),
        who=", ".join(_people(state, view)),
        began=teller.wall.local(view.began),
        ended=teller.wall.local(view.ended) or "not finished",
        took=_length(view.began, view.ended),
        idle=_length(view.ended, joined) or ("others not finished" if view.ended else ""),
    )


def _people(state: RunState, view: LaneView) -> Iterable[str]:
    """Everybody who acted in the lane, in the order of its steps."""
    attempts = (a for s in view.steps if s in state.records for a in state.records[s].attempts)
    return dict.fromkeys(attempt.by for attempt in attempts if attempt.by)


def _length(start: datetime | None, end: datetime | None) -> str:
    if start is None or end is None or end < start:
        return ""
    return duration(int((end - start).total_seconds()))
