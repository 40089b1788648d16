"""The run as plain tables, for questions that no report answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from runbook.journal.tables import Cell, Table, database_file
from runbook.report.document import Document, document
from runbook.report.material import Material
from runbook.report.words import STATUS, instant
from runbook.report.zone import zone_of
from runbook.run.messages import Call
from runbook.run.regulatory import clocks
from runbook.run.state import NoteRecord, Reading, RunState

_Row = dict[str, Cell]

_RUN: Final = {
    "run": str, "mode": str, "mark": str, "title": str, "revision": str, "site": str,
    "status": str, "device": str, "head": str, "sha256": str, "as_of": str,
}  # fmt: skip
_STEP: Final = {
    "id": str, "place": int, "number": str, "section": str, "kind": str, "text": str,
    "role": str, "target_s": int, "status": str, "attempts": int,
    "settled_utc": str, "settled_by": str, "said": str,
}  # fmt: skip
_ENTRY: Final = {
    "seq": int, "run": str, "mode": str, "device": str, "utc": str, "local": str,
    "performed": str, "who": str, "role": str, "assurance": str, "kind": str,
    "step": str, "attempt": int, "sentence": str, "corrects": int, "corrected": str,
    "sha256": str,
}  # fmt: skip
_READING: Final = {
    "entry": int, "step": str, "attempt": int, "name": str, "label": str, "value": str,
    "number": float, "unit": str, "typed": str, "source": str, "limits": str,
    "outside": str, "accepted": str, "utc": str, "who": str,
    "corrected": int, "withdrawn": int,
}  # fmt: skip
_NOTE: Final = {
    "entry": int, "step": str, "about": str, "text": str, "utc": str, "who": str,
    "corrected": int, "withdrawn": int,
}  # fmt: skip


_CALL: Final = {
    "entry": int, "step": str, "called": str, "role": str, "channel": str, "outcome": str,
    "read_back": str, "message": str, "note": str, "utc": str, "who": str,
}  # fmt: skip
_DUTY: Final = {
    "name": str, "label": str, "entry": int, "result": str, "start_utc": str, "due_utc": str,
    "sent_utc": str, "evidence": str, "who": str,
}  # fmt: skip


def to_sqlite(material: Material) -> bytes:
    """A SQLite file with the tables run, step, entry, reading, note, call and duty.

    A full-text index lies on the sentences of the entries (`entry_fts`).
    """
    state, told = material.state, document(material)
    step, entry = {"step": ("step", "id")}, {"entry": ("entry", "seq")}
    tables = (
        Table("run", _RUN, "run", [_run(told)], {}),
        Table("step", _STEP, "id", list(_steps(state)), {}),
        Table(
            "entry",
            _ENTRY,
            "seq",
            list(_entries(told, state)),
            {"run": ("run", "run"), **step, "corrects": ("entry", "seq")},
            ("sentence",),
        ),
        Table(
            "reading",
            _READING,
            "entry",
            [_reading(r, state) for r in state.readings],
            entry | step,
        ),
        Table("note", _NOTE, "entry", [_note(n, state) for n in state.notes], entry | step),
        Table(
            "call",
            _CALL,
            "entry",
            [_call(call, state) for call in state.messages.calls],
            entry | step,
        ),
        Table("duty", _DUTY, "name", list(_duties(state)), entry),
    )
    return database_file(tables)


def _run(told: Document) -> _Row:
    return {name: str(getattr(told, name)) for name in _RUN}


def _steps(state: RunState) -> Iterator[_Row]:
    for place, step in enumerate(state.procedure.steps, start=1):
        record = state.record(step.id)
        last = record.last
        yield {
            "id": step.id,
            "place": place,
            "number": step.number,
            "section": step.section,
            "kind": step.kind.value,
            "text": step.text,
            "role": state.procedure.role_name(step.role),
            "target_s": step.target_s[1] if step.target_s else None,
            "status": STATUS[state.status_of(step.id)].word,
            "attempts": len(record.attempts),
            "settled_utc": instant(last.settled) if last.settled else None,
            "settled_by": last.by,
            "said": last.text,
        }


def _entries(told: Document, state: RunState) -> Iterator[_Row]:
    hashes = {seal.seq: seal.hash for seal in told.seals}
    for row in told.timeline:
        yield {
            "seq": row.seq,
            "run": told.run,
            "mode": told.mode,
            "device": row.device,
            "utc": row.utc,
            "local": row.local,
            "performed": row.performed or None,
            "who": row.who,
            "role": row.role,
            "assurance": row.assurance,
            "kind": row.kind,
            "step": _known(row.step, state),
            "attempt": row.attempt or None,
            "sentence": row.text,
            "corrects": row.corrects if row.corrects in hashes else None,
            "corrected": " ".join(row.corrected),
            "sha256": hashes[row.seq],
        }


def _known(step: str, state: RunState) -> str | None:
    """A step's id; none for what belongs to the run, or to a step of a newer program."""
    return step if step in state.procedure.by_id else None


def _reading(reading: Reading, state: RunState) -> _Row:
    number: float | None = None
    with suppress(ValueError):
        number = float(reading.value)
    return {
        "entry": reading.seq,
        "step": _known(reading.step, state),
        "attempt": reading.attempt,
        "name": reading.name,
        "label": reading.label,
        "value": reading.value,
        "number": number,
        "unit": reading.unit,
        "typed": reading.typed,
        "source": reading.source,
        "limits": reading.limits,
        "outside": reading.outside.value,
        "accepted": reading.accepted,
        "utc": instant(reading.performed or reading.at),
        "who": reading.by,
        "corrected": int(reading.corrected),
        "withdrawn": int(reading.withdrawn),
    }


def _note(note: NoteRecord, state: RunState) -> _Row:
    return {
        "entry": note.seq,
        "step": _known(note.step, state),
        "about": note.about.value,
        "text": note.text,
        "utc": instant(note.at),
        "who": note.by,
        "corrected": int(note.corrected),
        "withdrawn": int(note.withdrawn),
    }


def _call(call: Call, state: RunState) -> _Row:
    return {
        "entry": call.seq,
        "step": _known(call.step, state),
        "called": call.name,
        "role": call.role or None,
        "channel": call.channel,
        "outcome": call.outcome.value,
        "read_back": call.read_back or None,
        "message": call.message,
        "note": call.note,
        "utc": instant(call.at),
        "who": call.by,
    }


def _duties(state: RunState) -> Iterator[_Row]:
    """Every duty to an authority that ran or was settled."""
    for clock in clocks(state, zone_of(state)):
        duty = clock.duty
        if clock.start is None and duty is None:
            continue
        yield {
            "name": clock.rule.key,
            "label": clock.rule.label,
            "entry": duty.seq if duty else None,
            "result": "open" if duty is None else "sent" if duty.sent else "not required",
            "start_utc": instant(clock.start) if clock.start else None,
            "due_utc": instant(clock.due) if clock.due else None,
            "sent_utc": instant(duty.sent) if duty and duty.sent else None,
            "evidence": (duty.reference or duty.reason) if duty else None,
            "who": (duty.judged_by or duty.by) if duty else None,
        }
