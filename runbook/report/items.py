"""What in a run needs a reader's eye: exceptions, open steps, and the readings taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runbook.procedure.model import Step
from runbook.report.checks import is_aside, why_aside
from runbook.report.names import Names, brief
from runbook.report.told import Teller
from runbook.report.words import OUTSIDE, STATUS, instant, labelled, stop
from runbook.run.events import Status
from runbook.run.state import ENDED, Attempt, Reading, RunState


@dataclass(frozen=True, slots=True)
class Item:
    """A step that needs a reader's eye: its status and, as sentences, why."""

    number: str
    text: str
    symbol: str
    word: str
    why: str
    who: str
    entry: int


@dataclass(frozen=True, slots=True)
class ReadingTold:
    """A reading as it stands; `note` tells of limits, acceptance and corrections."""

    entry: int
    number: str
    label: str
    value: str
    limits: str
    source: str
    local: str
    utc: str
    who: str
    note: str


_PLAIN = (Status.OPEN, Status.ACTIVE, Status.DONE, Status.NOT_REACHED)


def exceptions(state: RunState, teller: Teller) -> Iterable[Item]:
    """Every attempt that did not simply go well.

    These failed, deviated, were skipped, put off or judged not to apply, came out of order,
    went past a check, or were confirmed by hand where the program did not hold anyone to it.
    """
    for step in state.procedure.steps:
        for attempt in state.record(step.id).attempts:
            aside = attempt.passed_over or attempt.unenforced or is_aside(attempt)
            if attempt.seq and (attempt.status not in _PLAIN or aside):
                yield Item(
                    number=step.number,
                    text=brief(teller.words(step.text, attempt)),
                    symbol=STATUS[attempt.status].symbol,
                    word=STATUS[attempt.status].word,
                    why=_why(teller.names, attempt),
                    who=attempt.by,
                    entry=attempt.seq,
                )


def _why(names: Names, attempt: Attempt) -> str:
    """Everything said about why an attempt went as it did."""
    said = (
        f"Attempt {attempt.number}." if attempt.number > 1 else "",
        stop(attempt.text),
        labelled("Until", names.place(attempt.target)),
        labelled("Authority", attempt.authority),
        labelled("Alternative taken, went to", names.place(attempt.go or "")),
        why_aside(attempt, names),
        labelled("Out of order, before", names.numbers(attempt.passed_over)),
        labelled("Confirmed by hand, not enforced by the program", ", ".join(attempt.unenforced)),
    )
    return " ".join(part for part in said if part)


def open_items(state: RunState, teller: Teller) -> Iterable[Item]:
    """What was decided on each open step when the run ended; before that, what is in hand.

    Steps that nobody has begun yet are left to the list of all steps.
    """
    if state.status in ENDED:
        known = state.procedure.by_id
        kept = (item for item in state.items if item.step in known)
        return (_open(teller, known[i.step], i.status, i.reason, i.owner) for i in kept)
    begun = (s for s in state.open_items() if state.status_of(s) is not Status.OPEN)
    return (_still_open(state, teller, state.step(step)) for step in begun)


def _still_open(state: RunState, teller: Teller, step: Step) -> Item:
    last = state.record(step.id).last
    return _open(teller, step, state.status_of(step.id), last.text, last.by)


def _open(teller: Teller, step: Step, status: Status, why: str, who: str) -> Item:
    text = brief(teller.words(step.text, teller.state.record(step.id).last))
    return Item(step.number, text, STATUS[status].symbol, STATUS[status].word, why, who, 0)


def readings(state: RunState, teller: Teller) -> Iterable[ReadingTold]:
    """Every reading as it stands now, the withdrawn among them."""
    return (_reading(teller, reading) for reading in state.readings)


def _reading(teller: Teller, reading: Reading) -> ReadingTold:
    at = reading.performed or reading.at
    return ReadingTold(
        entry=reading.seq,
        number=teller.names.number(reading.step),
        label=reading.label or reading.name,
        value=reading.shown,
        limits=reading.limits,
        source=reading.source,
        local=teller.wall.local(at),
        utc=instant(at),
        who=reading.by,
        note=" ".join(part for part in _notes(teller, reading) if part),
    )


def _notes(teller: Teller, reading: Reading) -> Iterable[str]:
    yield "WITHDRAWN." if reading.withdrawn else ""
    yield stop(OUTSIDE[reading.outside].upper())
    yield labelled("Accepted because", reading.accepted)
    if reading.performed:
        yield labelled("Entered", teller.wall.both(reading.at))
    yield from teller.mendings(reading.seq)
