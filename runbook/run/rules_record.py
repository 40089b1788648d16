"""The rules about what is written down: readings, notes and corrections of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runbook.run.commands import Correct, Note, Read, Refused
from runbook.run.events import EntryCorrected, Event, Field, NoteAdded, ReadingTaken
from runbook.run.mend import record_of
from runbook.run.readings import NotAValue, canonical, implausible, judge, limits_text
from runbook.run.refusals import need, performed_problem
from runbook.run.state import Attempt, NoteRecord, Reading, RunState

Decided = tuple[Event, ...] | Refused


def read(state: RunState, command: Read, now: datetime) -> Decided:
    """Record a value as typed. Beyond a limit it is recorded too, and marked."""
    record = record_of(state, command.step, command.name)
    step = state.step(command.step)
    if record is None:
        names = ", ".join(r.name for r in step.records) or "none"
        why = f"Step {step.number} has no reading “{command.name}”. Its readings: {names}."
        return Refused(why, "no-such-reading")
    value = canonical(record, command.typed)
    if isinstance(value, NotAValue):
        return need("value", value.why, "not-a-value")
    refused = performed_problem(command.performed, now)
    if refused:
        return refused
    doubt = implausible(record, value, state.latest(record.name))
    if doubt and not command.accept.strip():
        return need("accept", f"{doubt} Keep it as typed? Then say why.", "implausible")
    return (
        ReadingTaken(
            step=step.id,
            attempt=state.record(step.id).last.number,
            name=record.name,
            label=record.label,
            typed=command.typed.strip(),
            value=value,
            unit=record.unit,
            source=record.source,
            limits=limits_text(record),
            outside=judge(record, value),
            accepted=command.accept.strip(),
            performed=command.performed,
        ),
    )


def note(state: RunState, command: Note, now: datetime) -> Decided:
    """Write down anything, at any time, also after the run has ended."""
    text = command.text.strip()
    if not text:
        return need("text", "Nothing was written.", "no-text")
    if command.step and command.step not in state.procedure.by_id:
        return Refused(f"There is no step “{command.step}” in this procedure.", "no-such-step")
    refused = performed_problem(command.performed, now)
    if refused:
        return refused
    attempt = state.record(command.step).last.number if command.step else 0
    return (
        NoteAdded(
            text=text,
            about=command.about,
            step=command.step,
            attempt=attempt,
            performed=command.performed,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Target:
    """What an entry says now, and which parts of it can be corrected."""

    step: str
    attempt: int
    fields: dict[Field, str]


def correct(state: RunState, command: Correct, now: datetime) -> Decided:
    """Replace what an earlier entry says; it stays readable beside the new words."""
    target = _find(state, command.target)
    if target is None:
        why = f"Entry {command.target} has nothing that can be corrected. Reopen the step, or note."
        return Refused(why, "nothing-to-correct")
    if command.field not in target.fields:
        could = ", ".join(sorted(f.value for f in target.fields))
        return Refused(
            f"Of entry {command.target} this can be corrected: {could}.", "no-such-field"
        )
    reason = command.reason.strip()
    if not reason:
        return need("reason", "Say why the entry is corrected.", "no-reason")
    new = _new_value(state, command, now)
    if isinstance(new, Refused):
        return new
    return (
        EntryCorrected(
            target=command.target,
            field=command.field,
            old=target.fields[command.field],
            new=new,
            reason=reason,
            step=target.step,
            attempt=target.attempt,
        ),
    )


def correctable(state: RunState, seq: int) -> tuple[Field, ...]:
    """The parts of an entry that can be corrected; none for most kinds of entry."""
    target = _find(state, seq)
    return tuple(target.fields) if target else ()


def current_words(state: RunState, seq: int, field: Field) -> str:
    """What that part of an entry says now; KeyError when it cannot be corrected."""
    target = _find(state, seq)
    if target is None:
        raise KeyError(seq)
    return target.fields[field]


def _find(state: RunState, seq: int) -> _Target | None:
    """The reading, note or settled attempt that an entry made."""
    for reading in state.readings:
        if reading.seq == seq and not reading.withdrawn:
            return _of_reading(reading)
    for note_record in state.notes:
        if note_record.seq == seq and not note_record.withdrawn:
            return _of_note(note_record)
    for step, record in state.records.items():
        for attempt in record.attempts:
            if attempt.seq == seq and attempt.settled is not None:
                return _of_attempt(step, attempt)
    return None


def _of_reading(reading: Reading) -> _Target:
    performed = reading.performed or reading.at
    fields = {
        Field.VALUE: reading.value,
        Field.PERFORMED: performed.isoformat(),
        Field.WITHDRAWN: reading.value,
    }
    return _Target(reading.step, reading.attempt, fields)


def _of_note(found: NoteRecord) -> _Target:
    return _Target(found.step, 0, {Field.TEXT: found.text, Field.WITHDRAWN: found.text})


def _of_attempt(step: str, attempt: Attempt) -> _Target:
    performed = attempt.performed or attempt.settled
    assert performed is not None
    fields = {Field.PERFORMED: performed.isoformat()}
    if attempt.text:
        fields[Field.TEXT] = attempt.text
    return _Target(step, attempt.number, fields)


def _new_value(state: RunState, command: Correct, now: datetime) -> str | Refused:
    """The corrected words in their canonical form."""
    new = command.new.strip()
    match command.field:
        case Field.WITHDRAWN:
            return ""
        case Field.PERFORMED:
            return performed_problem(new or "-", now) or new
        case Field.TEXT:
            return new or need("new", "Say what it should read.", "no-text")
        case Field.VALUE:
            return _reading_value(state, command.target, new)


def _reading_value(state: RunState, seq: int, new: str) -> str | Refused:
    reading = next(r for r in state.readings if r.seq == seq)
    record = record_of(state, reading.step, reading.name)
    if record is None:
        return new
    value = canonical(record, new)
    return need("new", value.why, "not-a-value") if isinstance(value, NotAValue) else value
