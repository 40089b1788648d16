"""Everything in a run that has a time of its own, the first one first, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

from runbook.procedure.site import fill
from runbook.run.outlook import outlook
from runbook.run.prompts import report_due
from runbook.run.regulatory import clocks
from runbook.run.state import ENDED, RunState
from runbook.run.timers import TimerKind, timers

_WORDS: Final = {
    TimerKind.WAIT: "the wait is over at {step}",
    TimerKind.OUTSIDE: "the answer is due ({what}) at {step}",
    TimerKind.WATCH: "the next look is due: {step}",
    TimerKind.DEADLINE: "to be done by then: {step}",
    TimerKind.HOLD: "{what} decides at {step}",
    TimerKind.PAUSE: "the run is to be resumed",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing and its time, and what to do if it is missed."""

    at: datetime
    words: str
    missed: str = ""

    def line(self, now: datetime) -> str:
        """Time of day, what, and that it is overdue when it is."""
        at = self.at.astimezone(now.tzinfo)
        day = f"{at:%d.%m. }" if at.date() != now.date() else ""
        over = ", OVERDUE" if self.at < now else ""
        return f"{day}{at:%H:%M} {self.words}{over}"


def dues(state: RunState, now: datetime) -> tuple[Due, ...]:
    """What is due at some time, overdue things first; none once a run has ended."""
    if state.status in ENDED:
        return ()
    found = (*_timers(state, now), *_resources(state, now), *_messages(state, now))
    return tuple(sorted(found, key=lambda due: due.at))


def _timers(state: RunState, now: datetime) -> Iterator[Due]:
    """Waits, watches, deadlines, and when somebody else decides."""
    for timer in timers(state, now):
        step = state.procedure.by_id.get(timer.step)
        told = f"{step.number} {_filled(state, step.text)}" if step else ""
        words = _WORDS[timer.kind].format(step=told, what=timer.what)
        yield Due(timer.due, words, _filled(state, timer.if_missed))


def _resources(state: RunState, now: datetime) -> Iterator[Due]:
    """When something has run out, and when work has to begin to be done before that."""
    seen = outlook(state, now)
    for clock in seen.clocks.values():
        if clock.ends is not None:
            yield Due(clock.ends, f"{_filled(state, clock.label)} has run out")
    for start in seen.starts:
        if start.latest is not None and not start.is_begun:
            sections = ", ".join(_section(state, section) for section in start.sections)
            words = f"the latest safe start of {sections}"
            yield Due(start.latest, f"{words}, before {_filled(state, start.label)} has run out")


def _messages(state: RunState, now: datetime) -> Iterator[Due]:
    """What the law asks for, and the next situation report."""
    zone = now.tzinfo or timezone(timedelta(seconds=state.offset_s))
    for clock in clocks(state, zone):
        if clock.is_open and clock.due is not None:
            yield Due(clock.due, f"{clock.rule.label} has to be sent or judged not required")
    report = report_due(state)
    if report is not None:
        yield Due(report, "the next situation report goes out")


def _section(state: RunState, section: str) -> str:
    found = state.procedure.section_by_id.get(section)
    return f"“{_filled(state, found.title)}”" if found and found.title else section


def _filled(state: RunState, text: str) -> str:
    return fill(text, state.prepared.values)
