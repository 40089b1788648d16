"""What a correction does: the earlier entry stays, and is read as the later one says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec.structs import replace

from runbook.procedure.model import Record
from runbook.run.events import EntryCorrected, Field
from runbook.run.grown import Grown
from runbook.run.readings import judge
from runbook.run.state import Attempt, Correction, NoteRecord, Reading, RunState, StepRecord


def corrected(state: RunState, event: EntryCorrected, seq: int, at: datetime, by: str) -> RunState:
    """The state as it reads after a correction."""
    note = Correction.of(event, seq, at, by)
    readings = Grown(_reading(state, r, event) for r in state.readings)
    return replace(
        state,
        corrections=(*state.corrections, note),
        readings=readings,
        newest={r.name: r for r in readings if not r.withdrawn},
        notes=Grown(_note(n, event) for n in state.notes),
        records=_records(state, event),
    )


def record_of(state: RunState, step: str, name: str) -> Record | None:
    """The record of that name at a step, as the procedure asks for it."""
    known = state.procedure.by_id.get(step)
    return next((r for r in known.records if r.name == name), None) if known else None


def _reading(state: RunState, reading: Reading, event: EntryCorrected) -> Reading:
    if reading.seq != event.target:
        return reading
    match event.field:
        case Field.WITHDRAWN:
            return replace(reading, withdrawn=True, corrected=True)
        case Field.VALUE:
            record = record_of(state, reading.step, reading.name)
            outside = judge(record, event.new) if record else reading.outside
            return replace(
                reading, value=event.new, typed=event.new, outside=outside, corrected=True
            )
        case Field.PERFORMED:
            return replace(reading, performed=_instant(event.new), corrected=True)
        case _:
            return reading


def _note(note: NoteRecord, event: EntryCorrected) -> NoteRecord:
    if note.seq != event.target:
        return note
    if event.field is Field.WITHDRAWN:
        return replace(note, withdrawn=True, corrected=True)
    return replace(note, text=event.new, corrected=True) if event.field is Field.TEXT else note


def _records(state: RunState, event: EntryCorrected) -> Mapping[str, StepRecord]:
    """The step whose settling entry is corrected, with the words or time mended."""
    record = state.records.get(event.step)
    if record is None:
        return state.records
    attempts = tuple(_attempt(a, event) for a in record.attempts)
    return {**state.records, event.step: StepRecord(attempts)}


def _attempt(attempt: Attempt, event: EntryCorrected) -> Attempt:
    if attempt.seq != event.target:
        return attempt
    if event.field is Field.PERFORMED:
        return replace(attempt, performed=_instant(event.new))
    return replace(attempt, text=event.new) if event.field is Field.TEXT else attempt


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
