"""Waits, watches, deadlines and repetitions as a report tells them, with what was late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from runbook.procedure.model import Step
from runbook.report.figures import Fact
from runbook.report.names import brief
from runbook.report.told import Teller
from runbook.report.words import duration
from runbook.run.deadlines import deadline_of
from runbook.run.state import RunState
from runbook.run.timed import Waiting, Watch


@dataclass(frozen=True, slots=True)
class TimeTold:
    """One time that ran: what it was, from when, when due, when it ended and what of it was late.

    `late` is a flag in words, empty when nothing was.
    """

    number: str
    text: str
    what: str
    began: str
    due: str
    ended: str
    took: str
    late: str
    note: str


@dataclass(frozen=True, slots=True)
class RepetitionTold:
    """One repetition of a step."""

    number: str
    text: str
    count: int
    local: str
    values: str
    who: str
    note: str


def times_told(state: RunState, teller: Teller) -> tuple[TimeTold, ...]:
    """Every wait, watch and deadline of a run, in the order of the procedure."""
    found = [
        *((w.step, w.since, _wait(state, teller, w)) for w in state.waits),
        *((w.step, w.armed, _watch(state, teller, w)) for w in state.watches),
        *_deadlines(state, teller),
    ]
    place = {step.id: n for n, step in enumerate(state.procedure.steps)}
    found.sort(key=lambda one: (place.get(one[0], 0), one[1]))
    return tuple(told for _, _, told in found)


def _wait(state: RunState, teller: Teller, wait: Waiting) -> TimeTold:
    what = f"Waited for {wait.what}" if wait.is_outside else "Wait"
    over = int(((wait.ended or _now(state)) - wait.due).total_seconds())
    return TimeTold(
        *_named(state, teller, wait.step),
        what=what,
        began=teller.wall.local(wait.since),
        due=teller.wall.local(wait.due),
        ended=teller.wall.local(wait.ended) or "still waiting",
        took=_length(wait.since, wait.ended),
        late=f"OVERDUE by {duration(over)}" if over > 0 else "",
        note=" ".join(part for part in (_sooner(wait), wait.answer) if part),
    )


def _sooner(wait: Waiting) -> str:
    """By how much a wait was ended before its time."""
    if wait.is_outside or wait.ended is None or wait.ended >= wait.due:
        return ""
    return f"Ended {duration(int((wait.due - wait.ended).total_seconds()))} before its time."


def _watch(state: RunState, teller: Teller, watch: Watch) -> TimeTold:
    missed = watch.missed if watch.ended else watch.missed_by(_now(state))
    return TimeTold(
        *_named(state, teller, watch.step),
        what=f"Watch, every {duration(watch.every_s)}",
        began=teller.wall.local(watch.armed),
        due="" if watch.ended else teller.wall.local(watch.due),
        ended=teller.wall.local(watch.ended) or "still watched",
        took=_length(watch.armed, watch.ended),
        late=f"MISSED {missed} times" if missed else "",
        note=" ".join(_looks(state, watch)),
    )


def _looks(state: RunState, watch: Watch) -> Iterator[str]:
    yield f"Looks: {watch.checks}."
    whens = state.step(watch.step).whens
    for told in watch.triggers:
        words = whens[told.when].text if told.when < len(whens) else str(told.when + 1)
        yield f"Triggered, entry {told.seq}: {words}."


def _deadlines(state: RunState, teller: Teller) -> Iterator[tuple[str, datetime, TimeTold]]:
    """Deadlines whose beginning has come, of steps that apply."""
    for step in state.procedure.steps:
        deadline = deadline_of(state, step) if step.within else None
        if deadline is None or step.id in state.route.not_applicable:
            continue
        last = state.record(step.id).last
        ended = last.performed or last.settled
        over = deadline.late_by(ended or _now(state))
        told = TimeTold(
            *_named(state, teller, step.id),
            what="Deadline",
            began=teller.wall.local(deadline.start),
            due=teller.wall.local(deadline.due),
            ended=teller.wall.local(ended) or "not done",
            took=_length(deadline.start, ended),
            late=f"LATE by {duration(over)}" if over else "",
            note=f"If missed: {step.if_missed}" if over and step.if_missed else "",
        )
        yield step.id, deadline.start, told


def _named(state: RunState, teller: Teller, step_id: str) -> tuple[str, str]:
    """Number and words of a step."""
    step = state.step(step_id)
    return step.number, brief(teller.words(step.text, state.record(step_id).last))


def _length(began: datetime, ended: datetime | None) -> str:
    return duration(int((ended - began).total_seconds())) if ended else ""


def _now(state: RunState) -> datetime:
    """The moment a report speaks of: the end of the run, or its last entry."""
    now = state.ended or state.last_at
    assert now is not None
    return now


def repetitions_told(state: RunState, teller: Teller) -> tuple[RepetitionTold, ...]:
    """Every repetition of every step, as a small table."""
    return tuple(
        RepetitionTold(
            *_named(state, teller, one.step),
            count=one.number,
            local=teller.wall.local(one.at),
            values=", ".join(f"{label} {value}" for label, value in one.values),
            who=one.by,
            note=one.remark,
        )
        for one in state.repetitions
    )


def time_figures(state: RunState) -> Iterable[Fact]:
    """How many times were exceeded or missed, and how long was waited."""
    now = _now(state)
    over = sum(1 for w in state.waits if (w.ended or now) > w.due)
    late = sum(1 for step in state.procedure.steps if _is_late(state, step, now))
    missed = sum(w.missed if w.ended else w.missed_by(now) for w in state.watches)
    waited = sum(int(((w.ended or now) - w.since).total_seconds()) for w in state.waits)
    yield Fact("Waits that were overdue", str(over))
    yield Fact("Deadlines missed", str(late))
    yield Fact("Rechecks missed", str(missed))
    yield Fact("Waited in all", duration(waited))


def _is_late(state: RunState, step: Step, now: datetime) -> bool:
    deadline = deadline_of(state, step) if step.within else None
    if deadline is None or step.id in state.route.not_applicable:
        return False
    last = state.record(step.id).last
    return deadline.late_by(last.performed or last.settled or now) > 0
