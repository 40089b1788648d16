"""What the clocks of a run say, row by row: plain data that is asked again every second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.report.words import duration
from runbook.run.disputes import BACK, END, goal_key, start_key
from runbook.run.forecast import BackOut, Forecast, Objective, declared_at
from runbook.run.outlook import Outlook
from runbook.run.resource import Basis, ResourceClock
from runbook.run.safe_start import Level, SafeStart, Threshold
from runbook.run.state import ENDED, RunState
from runbook.ui.filled import filled
from runbook.ui.times import brief_clock
from runbook.ui.times import duration as counted

translate = QCoreApplication.translate
_MINUTE: Final = 60
_SHARE: Final = 0.2
_SOON_S: Final = 600
_MOST: Final = 4


class Rank(IntEnum):
    """What stays in sight when there is little room: the lowest first."""

    BAD = 0
    WARN = 1
    RESOURCE = 2
    RUN = 3
    GOAL = 4
    WATCH = 5
    BACK = 6
    END = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """A recovery objective on a line: when it began, is due, and is expected."""

    begun: datetime
    due: datetime
    expected: datetime


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One clock: its words, and one of a moment since, a moment until, a time of day, a text.

    `near_s` is how much time before `until` or `at` is near; `late` and `soon` are what is
    said then, with a place for the time. `note` is said as long as there is nothing of that.
    """

    label: str
    rank: Rank
    advice: str = ""
    since: datetime | None = None
    ended: datetime | None = None
    until: datetime | None = None
    at: datetime | None = None
    text: str = ""
    near_s: float | None = None
    against: datetime | None = None
    soon: str = ""
    late: str = ""
    note: str = ""
    stale_from: datetime | None = None
    good: bool = False
    bar: Bar | None = None

    def value(self, now: datetime) -> str:
        """The figure at a moment."""
        if self.since is not None:
            return counted(max(0.0, ((self.ended or now) - self.since).total_seconds()))
        if self.until is not None:
            return counted(max(0.0, (self.until - now).total_seconds()))
        return brief_clock(self.at, now) if self.at is not None else self.text

    def left_s(self, now: datetime) -> float | None:
        """Seconds to spare; None for what nobody can be late with."""
        at = self.until or self.at
        if at is None or self.near_s is None:
            return None
        return (at - now if self.against is None else self.against - at).total_seconds()

    def tone(self, now: datetime) -> str:
        """How it looks at a moment: bad, warn, good, or a plain clock."""
        left = self.left_s(now)
        if left is not None and left < 0:
            return "bad"
        near = left is not None and left <= (self.near_s or 0)
        if near or self._is_stale(now):
            return "warn"
        return "good" if self.good else "clock"

    def _is_stale(self, now: datetime) -> bool:
        return self.stale_from is not None and now > self.stale_from

    def said(self, now: datetime) -> str:
        """What stands below it, with a sign: how late, how near, how old. It names minutes only."""
        left = self.left_s(now)
        if left is not None and left < 0:
            return f"✖ {self.late.format(time=_minutes(-left))}" if self.late else ""
        if left is not None and left <= (self.near_s or 0) and self.soon:
            return f"▲ {self.soon.format(time=_minutes(left))}"
        if self._is_stale(now):
            return translate("Clocks", "▲ an old reading: read it again")
        return self.note

    def order(self, now: datetime) -> int:
        """How urgent it is."""
        return {"bad": Rank.BAD, "warn": Rank.WARN}.get(self.tone(now), self.rank)


def _minutes(seconds: float) -> str:
    """A span in whole minutes."""
    if seconds < _MINUTE:
        return translate("Clocks", "less than 1 min")
    return duration(int(seconds // _MINUTE) * _MINUTE)


def rows_of(state: RunState, seen: Outlook) -> tuple[ClockRow, ...]:
    """All clocks of a run in the order they are read."""
    return tuple(_rows(state, seen))


def _rows(state: RunState, seen: Outlook) -> Iterator[ClockRow]:
    yield from _since(state)
    starts = {start.name: start for start in seen.starts}
    for clock in seen.clocks.values():
        start = starts.pop(clock.name, None)
        yield _resource(clock, start)
        if start is not None:
            yield _start(state, start, seen.now)
    yield from (_start(state, start, seen.now) for start in starts.values())
    yield from (_threshold(t) for t in seen.thresholds if t.at is not None)
    if seen.ahead is not None and state.started is not None:
        yield from _expected(seen.ahead)


def _since(state: RunState) -> Iterator[ClockRow]:
    since = declared_at(state)
    if since is None or state.started is None:
        return
    ended = state.ended if state.status in ENDED else None
    begun = translate("Clocks", "Since the start")
    said = translate("Clocks", "Since declared") if since != state.started else begun
    yield ClockRow(said, Rank.RUN, since=since, ended=ended)


def _resource(clock: ResourceClock, start: SafeStart | None) -> ClockRow:
    words = (
        translate("Clocks", "{label} at its limit in")
        if clock.rises or clock.end
        else translate("Clocks", "{label} runs out in")
    )
    label, notes = words.format(label=clock.label), _resource_note(clock)
    if clock.ends is None:
        return ClockRow(label, Rank.RESOURCE, clock.name, text="–", note=notes)
    near = _SHARE * (clock.ends - clock.points[0].at).total_seconds()
    if start is not None:
        near = start.laid.end_s + max(start.laid.longest_s, _SHARE * start.laid.end_s)
    return ClockRow(
        label,
        Rank.RESOURCE,
        clock.name,
        until=clock.ends,
        near_s=near,
        late=translate("Clocks", "gone for {time}"),
        note=notes,
        stale_from=None if clock.own else clock.stale_from,
    )


def _resource_note(clock: ResourceClock) -> str:
    if clock.own is not None:
        return translate("Clocks", "own figure of {who}").format(who=clock.own.by)
    return {
        Basis.UNKNOWN: translate("Clocks", "one reading tells no rate: read it again"),
        Basis.STILL: translate("Clocks", "it does not move"),
    }.get(clock.basis, "")


def _start(state: RunState, start: SafeStart, now: datetime) -> ClockRow:
    """What is bound to a resource, and when it has to begin, or how long it still fits."""
    words = (
        translate("Clocks", "{what}: fits until")
        if start.is_begun
        else translate("Clocks", "{what}: begin by")
    )
    sections = [filled(state, state.procedure.section_by_id[s].title) for s in start.sections]
    more = translate("Clocks", "{what} and {n} more").format(what=sections[0], n=len(sections) - 1)
    label = words.format(what=more if len(sections) > 1 else sections[0])
    if start.latest is None:
        unread = translate("Clocks", "{label} has not been read").format(label=start.label)
        note = unread if start.clock is None else ""
        return ClockRow(label, Rank.RESOURCE, start_key(start.name), text="–", note=note)
    late = translate("Clocks", "no longer fits, by {time}")
    return ClockRow(
        label,
        Rank.RESOURCE,
        start_key(start.name),
        at=start.latest,
        near_s=max(start.laid.longest_s, _SHARE * start.laid.end_s),
        soon=translate("Clocks", "{time} left"),
        late=f"{late}{_misfits(state, start, now)}",
        note=_own(start.own.by if start.own else ""),
        good=start.level(now) is Level.GREEN,
    )


def _misfits(state: RunState, start: SafeStart, now: datetime) -> str:
    numbers = [state.step(s).number for s in start.misfits(now)]
    more = " …" if len(numbers) > _MOST else ""
    return f": {', '.join(numbers[:_MOST])}{more}" if numbers else ""


def _own(who: str) -> str:
    return translate("Clocks", "own figure of {who}").format(who=who) if who else ""


def _threshold(found: Threshold) -> ClockRow:
    sign = {"<=": "≤", ">=": "≥"}.get(found.comparator, str(found.comparator))
    limit = f"{found.clock.label} {sign} {found.value:g} {found.clock.unit}".strip()
    return ClockRow(
        translate("Clocks", "{limit} in").format(limit=limit),
        Rank.WATCH,
        found.clock.name,
        until=found.at,
        near_s=0,
        late=translate("Clocks", "reached by the clock: see what the watch asks for"),
    )


def _expected(ahead: Forecast) -> Iterator[ClockRow]:
    for goal in ahead.objectives:
        yield from _goal(goal)
    if ahead.back_out is not None:
        yield from _back(ahead.back_out)
    if ahead.ends is not None:
        label = translate("Clocks", "End of the run")
        note = _own(ahead.own_end.by if ahead.own_end else "")
        yield ClockRow(label, Rank.END, END, at=ahead.ends, note=note)


def _goal(goal: Objective) -> Iterator[ClockRow]:
    """When it has to be back, and when it will be, with the margin between."""
    key = goal_key(goal.service)
    if goal.due is not None and goal.target_s is not None:
        words = translate("Clocks", "{service} back by (RTO {target})")
        label = words.format(service=goal.service, target=duration(goal.target_s))
        yield ClockRow(label, Rank.GOAL, key, at=goal.due)
    at = goal.reached or goal.forecast
    if at is None:
        return
    pace, was = translate("Clocks", "At this pace"), translate("Clocks", "It was back")
    bar = Bar(goal.begun, goal.due, at) if goal.begun and goal.due else None
    yield ClockRow(
        was if goal.reached else pace,
        Rank.GOAL,
        key,
        at=at,
        near_s=_SHARE / 2 * (goal.target_s or 0) if goal.due else None,
        against=goal.due,
        soon=translate("Clocks", "{time} to spare"),
        late=translate("Clocks", "late by {time}"),
        note=_own(goal.own.by if goal.own else ""),
        good=goal.due is not None,
        bar=bar,
    )


def _back(back: BackOut) -> Iterator[ClockRow]:
    """When everything is back if one turns now, and the latest moment to turn."""
    now = translate("Clocks", "Turning back now: done")
    passed = translate("Clocks", "the point of no return has been passed")
    yield ClockRow(now, Rank.BACK, BACK, at=back.done, note=passed if back.is_passed else "")
    if back.latest is not None:
        yield ClockRow(
            translate("Clocks", "No way back after"),
            Rank.BACK,
            BACK,
            at=back.latest,
            near_s=_SOON_S,
            soon=translate("Clocks", "{time} left"),
            note=_own(back.own.by if back.own else ""),
        )
