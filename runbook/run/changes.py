"""What each event changes at a step: its attempts, the readings and notes taken there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from msgspec.structs import replace

from runbook.run.choices import choice_of, is_decided
from runbook.run.events import (
    AlternativeTaken,
    NoteAdded,
    OptionChanged,
    OptionChosen,
    ReadingTaken,
    Status,
    StepDeferred,
    StepDone,
    StepDoneDeviating,
    StepEvent,
    StepFailed,
    StepJudgedNotApplicable,
    StepReopened,
    StepRetried,
    StepSkipped,
    StepTaken,
    WarningAcknowledged,
)
from runbook.run.routing import entered_again, led_back, routed, with_attempt
from runbook.run.state import Attempt, NoteRecord, Reading, RunState


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who made an entry, when, and its place in the journal."""

    seq: int
    at: datetime
    by: str
    role: str
    offset_s: int = 0


def offset(text: str) -> int:
    """How many seconds the clock of an RFC 3339 time was ahead of UTC."""
    ahead = datetime.fromisoformat(text).utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def instant(text: str) -> datetime:
    """An RFC 3339 time as an aware datetime in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def maybe(text: str) -> datetime | None:
    """The same; None for no time."""
    return instant(text) if text else None


def at_attempt(state: RunState, event: StepEvent, stamp: Stamp) -> Attempt:
    """The attempt an event is about, as it stands, marked with who acts now."""
    last = state.record(event.step).last
    known = last if last.number == event.attempt else Attempt(event.attempt)
    return replace(known, status=event.now, by=stamp.by, role=stamp.role)


def settle(attempt: Attempt, stamp: Stamp, started: str) -> Attempt:
    """Times and place of the entry that settles an attempt."""
    begun = attempt.started or maybe(started) or stamp.at
    return replace(attempt, started=begun, settled=stamp.at, seq=stamp.seq)


def done(state: RunState, event: StepDone, stamp: Stamp) -> RunState:
    """The expected result was confirmed, or what was seen instead was accepted."""
    attempt = settle(at_attempt(state, event, stamp), stamp, event.started)
    attempt = replace(
        attempt,
        performed=maybe(event.performed),
        text=event.deviation if isinstance(event, StepDoneDeviating) else "",
        confirmed=event.confirmed,
        overrides=(*attempt.overrides, *event.overrides),
        unenforced=event.unenforced,
        passed_over=event.passed_over or attempt.passed_over,
    )
    moved = with_attempt(state, event.step, attempt)
    return led_back(replace(moved, last_confirmed=event.step, last_by=stamp.by))


def failed(state: RunState, event: StepFailed, stamp: Stamp) -> RunState:
    """The expected result was not seen; the step stays in hand."""
    attempt = settle(at_attempt(state, event, stamp), stamp, event.started)
    performed = maybe(event.performed)
    attempt = replace(attempt, text=event.observation, performed=performed)
    return with_attempt(state, event.step, attempt)


def set_aside(
    state: RunState, event: StepSkipped | StepDeferred | StepJudgedNotApplicable, stamp: Stamp
) -> RunState:
    """Skipped, put off or judged not to apply, with the reason given."""
    attempt = settle(at_attempt(state, event, stamp), stamp, "")
    attempt = replace(attempt, text=event.reason)
    if isinstance(event, StepSkipped):
        attempt = replace(attempt, authority=event.authority)
    if isinstance(event, StepDeferred):
        attempt = replace(attempt, target=event.target)
        others = tuple(s for s in state.put_off if s != event.step)
        state = replace(state, put_off=(*others, event.step))
    if is_decided(state.step(event.step)):  # rules out what hangs on its options for now
        return routed(with_attempt(state, event.step, replace(attempt, option=-1)))
    return led_back(with_attempt(state, event.step, attempt))


def taken(state: RunState, event: StepTaken, stamp: Stamp) -> RunState:
    """Somebody took the step on."""
    attempt = at_attempt(state, event, stamp)
    overrides = (*attempt.overrides, *event.overrides)
    attempt = replace(attempt, started=stamp.at, passed_over=event.passed_over, overrides=overrides)
    return with_attempt(_in_hand(state, event.step), event.step, attempt)


def begun_again(state: RunState, event: StepRetried | StepReopened, stamp: Stamp) -> RunState:
    """Retried or reopened: a new attempt in hand; a decision is undecided again."""
    last = state.record(event.step).last
    attempt = replace(at_attempt(state, event, stamp), started=stamp.at)
    if isinstance(event, StepRetried):
        attempt = replace(attempt, warnings_read=last.warnings_read)
    moved = with_attempt(_in_hand(state, event.step), event.step, attempt)
    return routed(moved) if last.option is not None or last.go else moved


def _in_hand(state: RunState, step: str) -> RunState:
    """Put a step on top of those taken on by hand."""
    return replace(state, taken=(*(s for s in state.taken if s != step), step))


def alternative(state: RunState, event: AlternativeTaken, stamp: Stamp) -> RunState:
    """Work goes on where the failed step's `If not` leads."""
    last = replace(state.record(event.step).last, go=event.go, went=stamp.seq)
    moved = routed(with_attempt(state, event.step, last))
    return led_back(entered_again(moved, state.route, event.step, event.go))


def chosen(state: RunState, event: OptionChosen, stamp: Stamp) -> RunState:
    """A decision was taken, for the first time or anew."""
    attempt = settle(at_attempt(state, event, stamp), stamp, event.started)
    attempt = replace(
        attempt,
        option=event.option,
        label=event.label,
        basis=event.basis,
        decided_as=event.decided_as,
        criteria=event.criteria,
        overrides=(*attempt.overrides, *event.overrides),
        typed_by=event.typed_by,
        text=event.reason if isinstance(event, OptionChanged) else "",
        unenforced=event.unenforced,
        passed_over=event.passed_over or attempt.passed_over,
    )
    moved = with_attempt(state, event.step, attempt)
    return led_on(replace(moved, last_confirmed=event.step, last_by=stamp.by), state, event.step)


def led_on(moved: RunState, before: RunState, step: str) -> RunState:
    """Follow where a decision that now stands leads."""
    option = moved.record(step).last.option
    go = choice_of(moved.step(step), -1 if option is None else option).go
    return led_back(entered_again(routed(moved), before.route, step, go))


def read(state: RunState, event: ReadingTaken, stamp: Stamp) -> RunState:
    """A value was recorded."""
    reading = Reading(
        seq=stamp.seq,
        step=event.step,
        attempt=event.attempt,
        name=event.name,
        label=event.label,
        typed=event.typed,
        value=event.value,
        unit=event.unit,
        source=event.source,
        limits=event.limits,
        outside=event.outside,
        accepted=event.accepted,
        at=stamp.at,
        by=stamp.by,
        performed=maybe(event.performed),
        offset_s=stamp.offset_s,
    )
    places = (*state.read_at.get(event.step, ()), len(state.readings))
    read_at = {**state.read_at, event.step: places}
    newest = {**state.newest, event.name: reading}
    readings = state.readings.grown(reading)
    return replace(state, readings=readings, read_at=read_at, newest=newest)


def noted(state: RunState, event: NoteAdded, stamp: Stamp) -> RunState:
    """Something was written down."""
    note = NoteRecord(stamp.seq, event.text, event.about, event.step, stamp.at, stamp.by)
    return replace(state, notes=state.notes.grown(note))


def acknowledged(state: RunState, event: WarningAcknowledged) -> RunState:
    """The warnings before a step were read, in this attempt."""
    last = state.record(event.step).last
    known = last if last.number == event.attempt else Attempt(event.attempt, Status.OPEN)
    return with_attempt(state, event.step, replace(known, warnings_read=True))
