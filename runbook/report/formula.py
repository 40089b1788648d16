"""How a time was worked out: the formula with its inputs, so that everybody can check it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from runbook.report.names import brief, fill
from runbook.report.words import duration, stop
from runbook.run.disputes import BACK, END, goal_key, start_key
from runbook.run.forecast import BackOut, Forecast, Objective
from runbook.run.outlook import Outlook, outlook
from runbook.run.resource import Basis, ResourceClock
from runbook.run.safe_start import Level, SafeStart
from runbook.run.state import Dispute, RunState
from runbook.run.work import NO_TYPICAL, Laid, Typical

Show = Callable[[datetime | None], str]
_MOST: Final = 6
_MINUTE: Final = 60


def clock(at: datetime | None) -> str:
    """A moment as the clock on the wall shows it, to the second; `not known` for none."""
    return at.astimezone().strftime("%H:%M:%S") if at else "not known"


@dataclass(frozen=True, slots=True)
class Formula:
    """What is shown, and line by line how it came about. `advice` is its name in the record."""

    advice: str
    title: str
    lines: tuple[str, ...]
    at: datetime | None = None


def formula(
    state: RunState, advice: str, now: datetime, typical: Typical = NO_TYPICAL, show: Show = clock
) -> Formula | None:
    """The formula behind one time that is shown; None when nothing of that name is."""
    told = Working(state, now, typical, show)
    seen = told.seen
    if advice in seen.clocks:
        return told.resource(seen.clocks[advice])
    for start in seen.starts:
        if advice == start_key(start.name):
            return told.start(start)
    if seen.ahead is None:
        return None
    for goal in seen.ahead.objectives:
        if advice == goal_key(goal.service):
            return told.goal(goal, seen.ahead)
    if advice == BACK and seen.ahead.back_out is not None:
        return told.back(seen.ahead.back_out)
    return told.end(seen.ahead) if advice == END else None


class Working:
    """Tells how the times of one moment were worked out; disputed ones as they would be."""

    def __init__(self, state: RunState, now: datetime, typical: Typical, show: Show) -> None:
        self._state = state
        self._now = now
        self._show = show
        self.seen = outlook(state, now, typical)
        bare = replace(state, disputes=()) if state.disputes else state
        self._bare: Outlook = outlook(bare, now, typical) if state.disputes else self.seen

    def resource(self, shown: ResourceClock) -> Formula:
        """When a resource is gone."""
        end = "reaches its limit" if shown.end or shown.rises else "runs out"
        at = f" at {self._show(shown.ends)}" if shown.ends else ": no end in sight"
        worked = self._bare.clocks[shown.name]
        lines = (*self._own(shown.own), *self._sum(worked), *self._rate(worked))
        title = f"{shown.label} {end}{at}"
        return Formula(shown.name, title, (*lines, *self._read(worked)), shown.ends)

    def _sum(self, found: ResourceClock) -> Iterator[str]:
        """The end as a sum of numbers."""
        yield "end = time of the newest reading + what is left ÷ rate"
        if found.ends is None:
            return
        left = f"{found.distance:g} {found.unit}".strip()
        if found.end or found.rises:
            left = f"({found.newest.shown}, {left} from {found.end:g})"
        at, ends = self._show(found.newest.at), self._show(found.ends)
        yield f"{at} + {left} ÷ {self._pace(found)} = {ends}"
        early, late = self._show(found.earliest), self._show(found.latest)
        yield f"Rounding and scatter leave room: {early} to {late if found.latest else 'open'}."

    def _pace(self, found: ResourceClock) -> str:
        """A rate as a person reads it: per minute, for what is a time per its own unit."""
        if found.is_time:
            return f"{found.ratio:.2f}"
        return f"{found.rate * _MINUTE:.3g} {found.unit} per min"

    def _rate(self, found: ResourceClock) -> Iterator[str]:
        """Where the rate comes from."""
        count, since = len(found.points), self._show(found.points[0].at)
        fitted = (
            f"Rate: a straight line through {count} readings since {since}, each counting half"
            f" as much as the one after it: {self._pace(found)}"
        )
        faster = " times the clock." if found.is_time else "."
        agree = "One reading" if count == 1 else f"{count} readings since {since} tell no other"
        yield {
            Basis.CLOCK: f"Rate: 1.00, the clock itself. {agree}.",
            Basis.FITTED: f"{fitted}{faster}",
            Basis.STILL: f"Rate: none, it has not moved since {since}.",
            Basis.UNKNOWN: "Rate: not known before a second reading, a minute later at least.",
            Basis.OWN: "",
        }[found.basis]

    def _read(self, found: ResourceClock) -> Iterator[str]:
        """The readings it rests on, the newest last, and whether they are too old."""
        points = (f"{p.shown} at {self._show(p.at)} (entry {p.seq})" for p in found.points[-_MOST:])
        yield f"Readings: {', '.join(points)}."
        if found.is_stale(self._now):
            age = duration(int(found.age_s(self._now)))
            yield f"STALE: the newest reading is {age} old. Read it again."

    def start(self, shown: SafeStart) -> Formula:
        """The latest safe start before a resource is gone."""
        bare = next((s for s in self._bare.starts if s.name == shown.name), shown)
        ends = bare.clock.ends if bare.clock else None
        lines = [*self._own(shown.own), f"latest safe start = {bare.label} gone - work left"]
        if bare.latest is not None:
            work = duration(int(bare.laid.end_s))
            lines.append(f"{self._show(ends)} - {work} = {self._show(bare.latest)}")
        lines += [*self._work(bare.laid), *self._misfits(shown)]
        title = f"Begin by {self._show(shown.latest)}: {self.sections(shown)}"
        return Formula(start_key(shown.name), title, tuple(lines), shown.latest)

    def _misfits(self, shown: SafeStart) -> Iterator[str]:
        late, slack = shown.misfits(self._now), shown.slack_s(self._now)
        if shown.level(self._now) is Level.RED and slack is not None:
            yield f"NO LONGER FITS, by {duration(int(-slack))}: {self._steps(late)}."

    def sections(self, start: SafeStart) -> str:
        """The titles of what is bound."""
        known = self._state.procedure.section_by_id
        titles = (fill(known[s].title, self._state.prepared.values) for s in start.sections)
        return ", ".join(titles)

    def numbers(self, steps: Iterable[str]) -> tuple[str, ...]:
        """The numbers of steps."""
        return tuple(self._state.step(s).number for s in steps)

    def _steps(self, steps: Iterable[str]) -> str:
        """Numbers and words of steps."""
        found = [self._state.step(s) for s in steps]
        values = self._state.prepared.values
        return ", ".join(f"{s.number} {brief(fill(s.text, values), 60)}" for s in found)

    def _work(self, laid: Laid, end_s: float | None = None) -> Iterator[str]:
        """The steps that make up the work, all or as far as to a moment, with their times."""
        end = laid.end_s if end_s is None else end_s
        slots = (laid.slots[s] for s in laid.critical)
        whole = [slot for slot in slots if slot.rest_s and slot.end_s <= end]
        numbers = self.numbers(slot.step for slot in whole)
        lengths = (duration(int(slot.rest_s)) for slot in whole)
        parts = [f"{n} {length}" for n, length in zip(numbers, lengths, strict=True)]
        more = f" and {len(parts) - _MOST} more" if len(parts) > _MOST else ""
        if parts:
            yield f"Work left: {' + '.join(parts[:_MOST])}{more} = {duration(int(end))}."
        beside = len(laid.slots) - len(laid.critical)
        if beside:
            yield f"{_count(beside, 'step')} beside it, in shorter lanes or on other options."
        if laid.unknown:
            yield f"{_count(laid.unknown, 'step')} without a target time, counted as none."

    def goal(self, shown: Objective, ahead: Forecast) -> Formula:
        """The forecast of a recovery objective."""
        bare = self._bare.ahead or ahead
        worked = next((g for g in bare.objectives if g.service == shown.service), shown)
        at = shown.reached or shown.forecast
        lines = [*self._own(shown.own), "at this pace = now + open steps until its step is done"]
        if worked.forecast and not worked.reached:
            number = self._state.step(worked.until).number
            lines.append(f"Step {number} ends at {self._show(worked.forecast)}.")
        if shown.due and shown.target_s is not None:
            begun = self._show(shown.begun) if shown.begun else "its start, still ahead"
            due = f"{begun} + {duration(shown.target_s)} = {self._show(shown.due)}"
            lines.append(f"Objective: {due}.")
        slot = bare.slot(shown.until)
        work = self._work(bare.laid, slot.end_s) if slot and not shown.reached else ()
        lines += [self._margin(shown), *work]
        title = f"{shown.service} back at {self._show(at)}"
        told = tuple(line for line in lines if line)
        return Formula(goal_key(shown.service), title, told, at)

    @staticmethod
    def _margin(shown: Objective) -> str:
        if shown.margin_s is None:
            return ""
        spare = duration(abs(int(shown.margin_s)))
        return f"Margin: {spare} to spare." if shown.margin_s >= 0 else f"LATE by {spare}."

    def end(self, ahead: Forecast) -> Formula:
        """The forecast end of the run."""
        bare = self._bare.ahead or ahead
        lines = (*self._own(ahead.own_end), "end = now + open steps, parallel lanes by the longest")
        sums = f"{self._show(self._now)} + {duration(int(bare.laid.end_s))}"
        worked = (f"{sums} = {self._show(bare.ends)}", *self._work(bare.laid))
        title = f"End of the run at {self._show(ahead.ends)}"
        return Formula(END, title, (*lines, *worked), ahead.ends)

    def back(self, shown: BackOut) -> Formula:
        """What turning back takes."""
        ahead = self._bare.ahead
        worked = (ahead.back_out if ahead else None) or shown
        way = duration(int(shown.length_s))
        lines = [
            *self._own(shown.own),
            "back out now = now + target times of the way back",
            f"{self._show(self._now)} + {way} = {self._show(shown.done)}",
        ]
        if worked.point is not None:
            lines.append(f"No way back after {self._steps((worked.point,))}.")
        if worked.latest is not None:
            sums = f"{self._show(worked.latest)} + {way} = {self._show(worked.worst)}"
            lines.append(f"At worst, turning when that step is reached: {sums}.")
        if shown.is_passed:
            lines.append("The point of no return has been passed.")
        if shown.unknown:
            lines.append(f"{_count(shown.unknown, 'step')} of it without a target time.")
        return Formula(BACK, f"Turning back takes {way}", tuple(lines), shown.latest)

    def _own(self, own: Dispute | None) -> Iterator[str]:
        """The figure that somebody set in its place, and that it is not the one below."""
        if own is not None:
            told = f"“{own.own}” by {own.by} at {self._show(own.at)}: {stop(own.reason)}"
            yield f"OWN FIGURE {told} Below stands what is worked out."


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
