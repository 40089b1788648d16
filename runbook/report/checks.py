"""What was checked and what was gone past: sign-offs, hold points and overrides of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from runbook.procedure.model import StepKind
from runbook.report.names import Names
from runbook.report.sentences_check import CAPACITY, METHOD, criteria, override
from runbook.report.words import labelled
from runbook.run.entry import Entry
from runbook.run.event_base import Capacity, Override, StepEvent
from runbook.run.events import OptionChosen, Status, StepDeferred, StepSkipped
from runbook.run.events import StepJudgedNotApplicable as NotApplicable
from runbook.run.events_check import (
    StepAcceptedUnverified,
    StepDisagreed,
    StepSignedOff,
    StepSubmitted,
)
from runbook.run.people import same_person
from runbook.run.state import Attempt, RunState


@dataclass(frozen=True, slots=True)
class HoldDecided:
    """How a hold point was decided or left aside, by whom and in what capacity."""

    step: str
    number: str
    choice: str
    who: str
    capacity: str
    entry: int


@dataclass(frozen=True, slots=True)
class GonePast:
    """A guard that somebody went past, and why."""

    step: str
    number: str
    guard: str
    who: str
    reason: str
    authority: str
    entry: int


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of a run in figures; `signed_off` counts by how the second person looked."""

    signed_off: Mapping[str, int]
    unverified: int
    not_confirmed: int
    holds: tuple[HoldDecided, ...]
    gone_past: tuple[GonePast, ...]


def checks(state: RunState, entries: tuple[Entry, ...]) -> Checks:
    """Everything that was checked in a run, from its entries."""
    signed = (e.event.method.value for e in entries if isinstance(e.event, StepSignedOff))
    return Checks(
        signed_off=dict(sorted(Counter(signed).items())),
        unverified=sum(isinstance(e.event, StepAcceptedUnverified) for e in entries),
        not_confirmed=sum(_is_objection(e) for e in entries),
        holds=tuple(_holds(state, entries)),
        gone_past=tuple(_gone_past(state, entries)),
    )


def _is_objection(entry: Entry) -> bool:
    """True when a second person did not confirm; taking one's own word back is none."""
    event = entry.event
    if not isinstance(event, StepDisagreed):
        return False
    return not same_person(event.performer, entry.actor.operator)


def _number(state: RunState, step: str) -> str:
    found = state.procedure.by_id.get(step)
    return found.number if found else step


def _holds(state: RunState, entries: tuple[Entry, ...]) -> Iterator[HoldDecided]:
    for entry in entries:
        event = entry.event
        step = state.procedure.by_id.get(event.step) if isinstance(event, StepEvent) else None
        if step is None or step.kind is not StepKind.HOLD:
            continue
        found = _choice(event)
        if found is not None:
            choice, capacity = found
            who = entry.actor.operator
            yield HoldDecided(step.id, step.number, choice, who, CAPACITY[capacity], entry.seq)


def _choice(event: object) -> tuple[str, Capacity] | None:
    """What became of a hold point by an event; None when nothing did."""
    match event:
        case OptionChosen() | StepSubmitted():
            return event.label, event.decided_as
        case StepSkipped():
            return "skipped", Capacity.NONE
        case StepDeferred():
            return "put off", Capacity.NONE
        case NotApplicable():
            return "judged not applicable", Capacity.NONE
        case _:
            return None


def _gone_past(state: RunState, entries: tuple[Entry, ...]) -> Iterator[GonePast]:
    for entry in entries:
        event = entry.event
        if not isinstance(event, StepEvent):
            continue
        found: tuple[Override, ...] = getattr(event, "overrides", ())
        told = [(one.guard.value, one.reason, one.authority) for one in found]
        if isinstance(event, StepAcceptedUnverified):
            told.append(("second person", event.reason, ""))
        number, who = _number(state, event.step), entry.actor.operator
        for guard, reason, authority in told:
            yield GonePast(event.step, number, guard, who, reason, authority, entry.seq)


def check_facts(found: Checks) -> Iterable[tuple[str, str]]:
    """The checks of a run as labels and texts for its measures."""
    yield "Confirmed by a second person", _methods(found.signed_off)
    yield "Accepted without a second person", str(found.unverified)
    yield "Not confirmed by the second person", str(found.not_confirmed)
    yield "Hold points decided", "; ".join(_hold(h) for h in found.holds) or "none"
    yield "Overrides of checks", "; ".join(_override(p) for p in found.gone_past) or "none"


def _methods(signed: Mapping[str, int]) -> str:
    how = ", ".join(f"{METHOD[name]} {count}" for name, count in signed.items())
    return f"{sum(signed.values())}: {how}" if how else "0"


def _hold(found: HoldDecided) -> str:
    capacity = f", {found.capacity}" if found.capacity else ""
    return f"{found.number} {found.choice} by {found.who}{capacity} (entry {found.entry})"


def _override(found: GonePast) -> str:
    whose = f", on the authority of {found.authority}" if found.authority else ""
    return f"{found.number} {found.guard} by {found.who}: {found.reason}{whose}"


def attempt_checks(attempt: Attempt, names: Names) -> Iterator[str]:
    """Everything that was checked at one attempt, as sentences."""
    yield f"Target typed: “{attempt.typed}”." if attempt.typed else ""
    yield labelled("Decided", CAPACITY[attempt.decided_as])
    yield from criteria(attempt.criteria)
    yield from (override(one, names) for one in attempt.overrides)
    if attempt.second:
        yield f"Confirmed by {attempt.second} as second person, {METHOD[attempt.method]}."
        yield labelled("Read back" if attempt.method == "by_phone" else "Saw", attempt.saw)
    yield labelled("By phone, typed by", attempt.typed_by)
    yield "UNVERIFIED: no second person confirmed it." if attempt.unverified else ""
    if attempt.objection:
        yield labelled("Not confirmed before", attempt.objection)
    if attempt.status is Status.VERIFY:
        yield f"Done by {attempt.by}; a second person has yet to confirm it."


def is_aside(attempt: Attempt) -> bool:
    """True for an attempt at which a check was gone past or not confirmed at first."""
    return bool(attempt.overrides or attempt.unverified or attempt.objection)


def why_aside(attempt: Attempt, names: Names) -> str:
    """What was gone past at an attempt, in short."""
    told = [override(one, names) for one in attempt.overrides]
    told += ["UNVERIFIED."] if attempt.unverified else []
    told += [labelled("Not confirmed before", attempt.objection)] if attempt.objection else []
    return " ".join(told)
