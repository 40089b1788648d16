"""Scripted runs, made by the real rules with a clock that the script sets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone

import pytest

from runbook.journal.codec import Sealed, encode, hash_of
from runbook.procedure.frozen import parse_with
from runbook.procedure.parse import parse
from runbook.report.material import Material, gather
from runbook.run import commands as do
from runbook.run.entry import Actor, Entry
from runbook.run.events import Event, Field, Mode, NoteAbout, RunPrepared
from runbook.run.port import Receipt
from runbook.run.runner import Recorded, Runner, prepare

COPENHAGEN = timezone(timedelta(hours=1))
START = datetime(2026, 3, 14, 18, 0, tzinfo=COPENHAGEN)
RUN = "L-20260314-1800-7K2M"

TEXT = """---
runbook: 1
id: mains-loss
title: Mains loss at a datacentre
revision: 7
approved: {by: Head of operations, on: 2026-03-02}
roles: {lead: Incident lead, fac: Facilities}
rto: [{service: EPJ, target: 10 min, from: declared, until: start}]
---
# Mains loss at a datacentre

## 1 Confirm
- [ ] Read the runtime at {{site.b}} (Facilities, ~2m) <!-- id: runtime -->
  - Expect: display lit, "On battery"
  - Record: ups = UPS runtime, min, 10 to 240, from the worse panel, runs down
- [ ] Start the generator by hand (Facilities, ~5m) <!-- id: start -->
  - Expect: running at 1500 rpm
  - If not: go to [Shed](#shed)
- [ ] Decide: Does it carry the load? <!-- id: carries -->
  - Yes: go to [After](#after)
  - No: go to [Shed](#shed)

## 2 Shed load <!-- id: shed -->
- [ ] Stop the test servers <!-- id: stop -->
- [ ] Stop the archive <!-- id: archive -->

## 3 After <!-- id: after -->
- [ ] Hold: May the core network be started? (Incident lead) <!-- id: go-net -->
  - Go when: power is stable
- [ ] Tell: the on-call physician ÆØÅ (Incident lead) <!-- id: tell -->
- [ ] Refill the diesel <!-- id: diesel -->
- [ ] Write the handover <!-- id: handover -->
"""


class Desk:
    """A journal in memory, and the person who works at it by a script."""

    def __init__(self, text: str, mode: Mode = Mode.LIVE, run: str = RUN) -> None:
        self.data = text.encode()
        self.at = START
        self.kept: list[Entry] = []
        self.run = run
        self.anna = Actor(operator="Anna Holm", role="lead")
        self.bo = Actor(operator="Bo Friis", role="fac")
        self.runner = self.prepared(mode)

    def prepared(self, mode: Mode) -> Runner:
        """A new run, from nothing."""
        self.kept.clear()
        procedure = parse(self.data, "mains.md")
        header = RunPrepared(
            procedure=procedure.id,
            title=procedure.title,
            revision=procedure.revision,
            sha256=procedure.sha256,
            file="mains.md",
            site="Holstebro",
            site_sha256="5" * 64,
            values={"site.b": "Skejby"},
            roles={"lead": "Anna Holm", "fac": "Bo Friis"},
            owner="Anna Holm",
        )
        return prepare(self, procedure, self.data, header, mode=mode, actor=self.anna)

    def append(self, run: str, mode: Mode, actor: Actor, events: Sequence[Event]) -> Receipt:
        """Keep events as entries, at the script's time."""
        new = []
        for event in events:
            seq = 41 + len(self.kept)
            mono = int((self.at - START).total_seconds() * 1e9)
            entry = Entry(
                device="d" * 32,
                seq=seq,
                lamport=seq,
                wall=self.at.isoformat(timespec="milliseconds"),
                mono=mono,
                boot="b",
                run=run,
                mode=mode,
                actor=actor,
                event=event,
            )
            self.kept.append(entry)
            new.append(entry)
        return Receipt(tuple(new), 2)

    def entries(self, run: str) -> Iterable[Entry]:
        """The entries of the one run there is."""
        return tuple(self.kept) if run == self.run else ()

    def sealed(self, run: str) -> Iterable[Sealed]:
        """The entries as a journal would keep them, chained, with a made-up signature."""
        found, head = [], b""
        for entry in self.entries(run):
            raw = encode(entry, head)
            head = hash_of(raw)
            found.append(Sealed(raw, head, b"\x5a" * 64))
        return found

    def keep_text(self, data: bytes) -> str:
        """The hash of a text."""
        return hashlib.sha256(data).hexdigest()

    def text(self, sha256: str) -> bytes:
        """The one text there is."""
        if sha256 != hashlib.sha256(self.data).hexdigest():
            raise KeyError(sha256)
        return self.data

    def new_run(self) -> str:
        """The run's name."""
        return self.run

    def now(self) -> datetime:
        """The script's time."""
        return self.at

    def after(self, seconds: int) -> Desk:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)
        return self

    def does(self, command: do.Command, actor: Actor | None = None) -> int:
        """Carry a command out, which must be accepted, and return its entry's number."""
        result = self.runner.do(command, actor or self.anna)
        assert isinstance(result, Recorded), result
        return result.seq

    def material(self) -> Material:
        """The run as reports see it."""
        return gather(self, self.run, parse_with)


def work(desk: Desk) -> Desk:
    """A run with one of everything that can be counted, and known times."""
    desk.after(90).does(do.Start())
    wrong = desk.after(30).does(do.Read(step="runtime", name="ups", typed="27"), desk.bo)
    desk.after(30).does(do.Confirm(step="runtime"), desk.bo)
    desk.after(20).does(
        do.Correct(target=wrong, field=Field.VALUE, new="24", reason="read the other panel"),
        desk.bo,
    )
    desk.after(40).does(do.Fail(step="start", observation="cranks, no ignition"), desk.bo)
    desk.after(30).does(do.Retry(step="start"), desk.bo)
    done = (desk.at + timedelta(seconds=100)).isoformat()
    desk.after(190).does(
        do.Confirm(step="start", deviation="started from the local panel", performed=done), desk.bo
    )
    desk.after(10).does(do.Choose(step="carries", option=0, basis="load 80 kW"))
    desk.after(5).does(do.Choose(step="go-net", option=0, basis="10 minutes stable"))
    desk.after(5).does(do.Note(text="Called the physician, line busy", about=NoteAbout.CALL))
    desk.after(5).does(do.Skip(step="tell", reason="reached by radio", authority="Anna Holm"))
    desk.after(60).runner.note_gap(clean=False)
    desk.after(5).does(do.Defer(step="diesel", target="tomorrow 08:00", reason="tank half full"))
    settle = [do.Settle(step=s, owner="Bo Friis", reason=f"left open: {s}") for s in _open(desk)]
    desk.after(10).does(do.Complete(items=tuple(settle)))
    desk.after(600).does(do.Close(second="Bo Friis"))
    return desk


def _open(desk: Desk) -> tuple[str, ...]:
    return desk.runner.state.open_items()


MakeDesk = Callable[[Mode], Desk]


@pytest.fixture
def desk_of() -> MakeDesk:
    """Makes the scripted run in any mode."""
    return lambda mode: work(Desk(TEXT, mode))


WriteDesk = Callable[[str], Desk]


@pytest.fixture
def written() -> WriteDesk:
    """Prepares a run of any text, LIVE."""
    return Desk


@pytest.fixture
def golden() -> Desk:
    """The scripted run, LIVE."""
    return work(Desk(TEXT))
