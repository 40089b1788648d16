"""A situation report, drafted from the journal: what is known, done and next, and when more comes.

The draft is only a draft: a person reads it, changes it, and says to whom it went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from runbook.procedure.model import StepKind
from runbook.report.names import Names, brief
from runbook.report.words import MODE_MARK, STATUS, duration
from runbook.report.zone import clock_words, wall_of, zone_of
from runbook.run.callout import EXERCISE
from runbook.run.declaration import assumed_min, aware_at, declared_at
from runbook.run.events import Mode, NoteAbout, Status
from runbook.run.people import holder_of
from runbook.run.prompts import next_report_at
from runbook.run.regulatory import RegulatoryClock, clocks
from runbook.run.state import RunState

LANGUAGES: Final = ("en", "da")
_DONE: Final = (Status.DONE, Status.DONE_DEV)
_DECIDED: Final = (StepKind.DECISION, StepKind.HOLD)
_DOUBTS: Final = ("cannot tell", "kan ikke afgøres", "ved ikke")
_LAST: Final = 6  # of each kind: a report is read aloud


@dataclass(frozen=True, slots=True)
class Duty:
    """A regulatory clock in a report: due, or sent, by the local clock."""

    label: str
    due: str
    sent: str


def draft(state: RunState, now: datetime, templates: Path, lang: str = "") -> str:
    """The text of the next report; in a drill it begins and ends with the exercise."""
    wanted = lang or state.prepared.lang
    name = f"situation-report.{wanted if wanted in LANGUAGES else 'en'}.j2"
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=False,  # noqa: S701 - plain text, never a page
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template(name).render(_Facts(state, now).all())
    return text.strip() + "\n"


def mark_of(state: RunState) -> str:
    """What a text that leaves the room has to begin and end with; empty in a live run."""
    match state.mode:
        case Mode.DRILL:
            return EXERCISE
        case Mode.TEST:
            return MODE_MARK[state.mode]
        case Mode.LIVE:
            return ""


def marked(state: RunState, text: str) -> str:
    """A text as it may leave the room: in a drill or test with the mark, once."""
    mark = mark_of(state)
    return text if not mark or mark in text else f"{mark}\n\n{text}"


class _Facts:
    """What the journal says about a run at one moment."""

    def __init__(self, state: RunState, now: datetime) -> None:
        self._state = state
        self._now = now
        self._zone = wall_of(state)
        self._names = Names(state.procedure, _values(state))

    def all(self) -> dict[str, object]:
        """Everything that a template may use."""
        state, said = self._state, self._state.messages.declaration
        minutes = assumed_min(state)
        return {
            "mark": mark_of(state),
            "number": len(state.messages.reports) + 1,
            "at": self._clock(self._now),
            "title": state.prepared.title,
            "site": state.prepared.site,
            "level": said.level if said else "",
            "declared": self._clock(declared_at(state)),
            "declared_by": said.declared_by if said else "",
            "aware": self._clock(aware_at(state)),
            "assumed": duration(minutes * 60) if minutes else "",
            "known": tuple(self._known()),
            "unknown": tuple(self._unknown()),
            "done": self._settled(decided=False),
            "next": tuple(islice(self._next(), 3)),
            "decisions": self._settled(decided=True),
            "roles": tuple(self._roles()),
            "clocks": tuple(self._duty(c) for c in clocks(state, zone_of(state)) if _is_told(c)),
            "next_at": self._clock(next_report_at(state, self._now)),
        }

    def _clock(self, at: datetime | None) -> str:
        return clock_words(at, self._now, self._zone) if at else ""

    def _known(self) -> Iterator[str]:
        """What is to be achieved, the newest readings, and what was observed."""
        said = self._state.messages.declaration
        if said:
            yield said.criteria
        newest = {r.name: r for r in self._state.readings if not r.withdrawn}
        for reading in tuple(newest.values())[-_LAST:]:
            at = self._clock(reading.performed or reading.at)
            yield f"{reading.label or reading.name}: {reading.shown} ({at})"
        yield from self._notes(NoteAbout.OBSERVATION)

    def _unknown(self) -> Iterator[str]:
        """Assumptions, decisions that nobody could take, and what went wrong."""
        yield from self._notes(NoteAbout.ASSUMPTION)
        for step_id in self._state.route.order:
            last = self._state.record(step_id).last
            status = self._state.status_of(step_id)
            if last.label.casefold().startswith(_DOUBTS):
                yield f"{self._text(step_id)} {last.label}"
            elif status is Status.FAILED and not last.go:
                yield f"{self._text(step_id)} {STATUS[status].word}: {last.text}"

    def _notes(self, about: NoteAbout) -> Iterator[str]:
        found = [n for n in self._state.notes if n.about is about and not n.withdrawn]
        for note in found[-_LAST:]:
            yield f"{note.text} ({self._clock(note.at)})"

    def _settled(self, *, decided: bool) -> tuple[str, ...]:
        """The last steps that were done, or the last decisions, each with its time."""
        told = tuple(self._lines(self._in_time(), decided=decided))
        return told[-_LAST:]

    def _in_time(self) -> list[str]:
        records = self._state.records
        done = [s for s in records if self._state.status_of(s) in _DONE]
        return sorted(done, key=lambda step: records[step].last.seq)

    def _lines(self, steps: Iterable[str], *, decided: bool) -> Iterator[str]:
        for step_id in steps:
            if (self._state.step(step_id).kind in _DECIDED) is not decided:
                continue
            last = self._state.record(step_id).last
            at = self._clock(last.performed or last.settled)
            label = f" {last.label}" if last.label else ""
            basis = f" ({last.basis})" if last.basis else ""
            yield f"{at} {self._text(step_id)}{label}{basis}"

    def _next(self) -> Iterator[str]:
        """The current steps and those after them that are still open."""
        state = self._state
        places = (state.route.position.get(step) for _, step in state.currents)
        place = min((p for p in places if p is not None), default=len(state.route.order))
        for step_id in state.route.order[place:]:
            if state.status_of(step_id) in (Status.OPEN, Status.ACTIVE):
                yield self._text(step_id)

    def _roles(self) -> Iterator[str]:
        for role, name in self._state.procedure.front.roles.items():
            holder = holder_of(self._state, role)
            if holder:
                yield f"{name}: {holder}"

    def _duty(self, clock: RegulatoryClock) -> Duty:
        sent = self._clock(clock.duty.sent) if clock.duty and clock.duty.sent else ""
        return Duty(clock.rule.label, self._clock(clock.due), sent)

    def _text(self, step: str) -> str:
        return brief(self._names.text(step), 110)


def _is_told(clock: RegulatoryClock) -> bool:
    """A clock that runs, or whose report was sent; one judged not to apply is no news."""
    return clock.is_open or (clock.duty is not None and clock.duty.sent is not None)


def _values(state: RunState) -> dict[str, str]:
    """What fills the places in the words of steps: values, then readings."""
    read = {r.name: r.value for r in state.readings if not r.withdrawn}
    return {**state.prepared.values, **read}


def file_of(state: RunState, now: datetime) -> str:
    """The name of the file of a report, with the mode in front."""
    head = {Mode.DRILL: "EXERCISE-OEVELSE-", Mode.TEST: "PLANNED-TEST-", Mode.LIVE: ""}
    number = len(state.messages.reports) + 1
    at = now.astimezone(wall_of(state))
    return f"{head[state.mode]}{state.run}-situation-report-{number}-{at:%Y%m%d-%H%M}.txt"
