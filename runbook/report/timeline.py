"""Entries as rows for a reader: when, who, what, and which entries mend which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from runbook.procedure.model import Procedure
from runbook.report.sentences import change, sentence
from runbook.report.words import ASSURANCE, local, utc
from runbook.run.entry import Entry
from runbook.run.events import EntryCorrected, Field, ReadingTaken, RunPrepared, Unknown

__all__ = ["Row", "rows", "sentence"]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it is told. Times are texts: local as recorded with its offset, and UTC.

    `performed` is set when the act lies at another time than its entry. `corrects` is the
    entry that this one mends, `corrected` what later entries say about this one.
    """

    seq: int
    device: str
    local: str
    utc: str
    who: str
    role: str
    assurance: str
    kind: str
    step: str
    number: str
    attempt: int
    text: str
    performed: str
    corrects: int | None
    corrected: tuple[str, ...]


def rows(entries: Iterable[Entry], procedure: Procedure) -> tuple[Row, ...]:
    """All entries of a run as rows, in the order given."""
    kept = tuple(entries)
    mended = _mended(kept)
    known = Known()
    told = []
    for entry in kept:
        known.learn(entry)
        told.append(_row(entry, procedure, known.values, mended.get(entry.seq, ())))
    return tuple(told)


class Known:
    """What may fill places in texts at some point of a run: frozen values, then readings."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._names: dict[int, str] = {}

    def learn(self, entry: Entry) -> None:
        """Take in what one entry makes known."""
        match entry.event:
            case RunPrepared(values=values):
                self.values.update(values)
            case ReadingTaken(name=name, value=value):
                self.values[name] = value
                self._names[entry.seq] = name
            case EntryCorrected(field=Field.VALUE, target=target, new=new):
                self.values[self._names.get(target, "")] = new


def _mended(entries: tuple[Entry, ...]) -> Mapping[int, tuple[str, ...]]:
    """What later entries say about each corrected one, by its seq."""
    found: dict[int, tuple[str, ...]] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, EntryCorrected):
            said = mended_by(entry.seq, event.field, change(event.field, event.old, event.new))
            found[event.target] = (*found.get(event.target, ()), said)
    return found


def mended_by(seq: int, field: Field, changed: str) -> str:
    """What stands at an entry that a later one mends."""
    done = "Withdrawn" if field is Field.WITHDRAWN else "Corrected"
    return f"{done} by entry {seq}: {changed}."


def _row(
    entry: Entry, procedure: Procedure, values: Mapping[str, str], corrected: tuple[str, ...]
) -> Row:
    event, actor = entry.event, entry.actor
    step: str = getattr(event, "step", "")
    known = procedure.by_id.get(step)
    return Row(
        seq=entry.seq,
        device=entry.device,
        local=local(entry.wall),
        utc=utc(entry.wall),
        who=actor.operator or "Program",
        role=procedure.role_name(actor.role) if actor.is_person else "",
        assurance=ASSURANCE[actor.assurance],
        kind=event.name if isinstance(event, Unknown) else str(event.__struct_config__.tag),
        step=step,
        number=known.number if known else step,
        attempt=getattr(event, "attempt", 0) if step else 0,
        text=sentence(event, procedure, values),
        performed=local(getattr(event, "performed", "")),
        corrects=event.target if isinstance(event, EntryCorrected) else None,
        corrected=corrected,
    )
