"""The report as plain data: every format shows exactly this, and adds nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from runbook.report.figures import Against, Count, Fact, against, counts, facts
from runbook.report.front import front, proof
from runbook.report.items import Item, ReadingTold, exceptions, open_items, readings
from runbook.report.material import Material
from runbook.report.measures import Measures, measures
from runbook.report.people import HANDING_OVER, held, people
from runbook.report.timeline import Row, rows
from runbook.report.told import SectionTold, Teller
from runbook.report.told_clock import ClockTold, StartTold, clocks_told, starts_told
from runbook.report.told_lanes import LaneTold, lanes_told
from runbook.report.told_message import (
    CallTold,
    DutyTold,
    SitrepTold,
    calls_told,
    declaration_figures,
    duties_told,
    sitreps_told,
)
from runbook.report.told_runs import BETWEEN, CalledTold, called_told, items_told, pins_told
from runbook.report.told_time import (
    RepetitionTold,
    TimeTold,
    repetitions_told,
    time_figures,
    times_told,
)
from runbook.report.words import MODE_MARK, RUN_STATUS, utc
from runbook.run.events import Event, OptionChosen
from runbook.run.events_check import StepSubmitted
from runbook.run.state import RunState

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Seal:
    """An entry's place in the chain: its hash and signature in hex."""

    seq: int
    hash: str
    sig: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a report shows, in reading order; texts are ready to be shown."""

    format: int
    run: str
    mode: str
    mark: str
    title: str
    revision: str
    site: str
    lang: str
    status: str
    device: str
    head: str
    sha256: str
    as_of: str
    front: tuple[Fact, ...]
    people: tuple[Fact, ...]
    held: tuple[Fact, ...]
    values: tuple[Fact, ...]
    counts: tuple[Count, ...]
    measures: tuple[Fact, ...]
    against: tuple[Against, ...]
    exceptions: tuple[Item, ...]
    open_items: tuple[Item, ...]
    timeline: tuple[Row, ...]
    sections: tuple[SectionTold, ...]
    readings: tuple[ReadingTold, ...]
    lanes: tuple[LaneTold, ...]
    times: tuple[TimeTold, ...]
    repetitions: tuple[RepetitionTold, ...]
    clocks: tuple[ClockTold, ...]
    starts: tuple[StartTold, ...]
    calls: tuple[CallTold, ...]
    duties: tuple[DutyTold, ...]
    sitreps: tuple[SitrepTold, ...]
    decisions: tuple[Row, ...]
    handovers: tuple[Row, ...]
    called: tuple[CalledTold, ...]
    pinned: tuple[Fact, ...]
    received: tuple[Fact, ...]
    between: tuple[Row, ...]
    corrections: tuple[Row, ...]
    procedure_text: str
    proof: tuple[Fact, ...]
    seals: tuple[Seal, ...]
    figures: Measures


def document(material: Material) -> Document:
    """The report of one run."""
    state, entries = material.state, material.entries
    found = measures(state, entries)
    teller = Teller(state, entries)
    told = rows(entries, state.procedure)
    decided = {e.seq for e in entries if _decides(e.event)}
    return Document(
        format=FORMAT,
        run=state.run,
        mode=state.mode.value,
        mark=MODE_MARK[state.mode],
        title=state.prepared.title,
        revision=state.prepared.revision,
        site=state.prepared.site,
        lang=state.prepared.lang,
        status=RUN_STATUS[state.status],
        device=entries[-1].device,
        head=material.sealed[-1].hash.hex(),
        sha256=state.prepared.sha256,
        as_of=utc(entries[-1].wall),
        front=tuple(front(material, teller, found)),
        people=tuple(people(material)),
        held=tuple(held(material)),
        values=tuple(Fact(k, v) for k, v in sorted(state.prepared.values.items())),
        counts=counts(found),
        measures=(*told_figures(state), *time_figures(state), *facts(found)),
        against=against(state, found, material.typical),
        exceptions=tuple(exceptions(state, teller)),
        open_items=tuple(open_items(state, teller)),
        timeline=told,
        sections=teller.sections(),
        readings=tuple(readings(state, teller)),
        lanes=lanes_told(state, teller),
        times=times_told(state, teller),
        repetitions=repetitions_told(state, teller),
        clocks=clocks_told(state, teller),
        starts=starts_told(entries, state, teller),
        calls=calls_told(state, teller),
        duties=duties_told(state, teller),
        sitreps=sitreps_told(state, teller),
        decisions=tuple(r for r in told if r.seq in decided),
        handovers=tuple(r for r in told if r.kind in HANDING_OVER),
        called=tuple(called_told(state, teller)),
        pinned=tuple(pins_told(state)),
        received=tuple(items_told(state)),
        between=tuple(r for r in told if r.kind in BETWEEN),
        corrections=tuple(r for r in told if r.corrects is not None),
        procedure_text=decoded(material.text),
        proof=tuple(proof(material)),
        seals=tuple(_seals(material)),
        figures=found,
    )


def told_figures(state: RunState) -> Iterable[Fact]:
    """The figures of declaring and telling; none where nothing was declared or told."""
    return (Fact(label, text) for label, text in declaration_figures(state))


def _decides(event: Event) -> bool:
    """True for a decision, also one that a second person had yet to confirm."""
    return isinstance(event, OptionChosen) or (
        isinstance(event, StepSubmitted) and event.option >= 0
    )


def _seals(material: Material) -> Iterable[Seal]:
    for entry, sealed in zip(material.entries, material.sealed, strict=True):
        yield Seal(entry.seq, sealed.hash.hex(), sealed.sig.hex())


def decoded(data: bytes) -> str:
    """A kept text as it is to be read: UTF-8 with or without a mark, UTF-16, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
