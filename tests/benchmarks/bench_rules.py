"""What the rules cost as a run grows: one command, one step, and a whole run read again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.procedure.parse import parse
from runbook.run.commands import Command, Confirm, Note, Read, Reopen, Take
from runbook.run.entry import Entry
from runbook.run.events import (
    Event,
    Mode,
    NoteAdded,
    ReadingTaken,
    RunPrepared,
    RunStarted,
    Status,
    StepDone,
)
from runbook.run.evolve import replay
from runbook.run.foresee import foresee
from runbook.run.state import RunState
from tests.benchmarks.made import ANN
from tests.benchmarks.rounds import Ratio, side_by_side, tell
from tests.fakes import START, MemoryJournal

STEPS = 500
FEW, MANY, WHOLE = 50, 5_000, 10_000
TIMES = 40
Act = Callable[[], object]


def procedure_of(steps: int) -> bytes:
    """Sections of ten steps, every fifth of which is a section of two lanes."""
    parts = ["---\nrunbook: 1\nid: made\ntitle: Made\nroles: {fac: Facilities}\n---\n\n# Made\n"]
    for place in range(steps):
        if place % 10 == 0:
            is_parallel = place // 10 % 5 == 4
            mark = " (parallel)" if is_parallel else ""
            parts.append(f"\n## Part {place // 10}{mark} <!-- id: p{place // 10} -->\n\n")
        if place // 10 % 5 == 4 and place % 5 == 0:
            parts.append(f"\n### Lane {place} <!-- id: l{place} -->\n\n")
        parts.append(
            f"- [ ] Read panel {place} (Facilities) <!-- id: s{place} -->\n"
            f"  - Expect: the display is lit\n"
            f"  - Record: volts_{place} = Volts, V, 0 to 400, from the panel\n"
        )
    return "".join(parts).encode()


def _events(data: bytes, entries: int) -> list[Event]:
    """A run of readings and notes, in which at most nine tenths of its steps got done."""
    procedure = parse(data, "made.md")
    head = RunPrepared(
        procedure="made", title="Made", revision="1", sha256=procedure.sha256, file="m", owner="ANN"
    )
    ids = [step.id for step in procedure.steps]
    done = ids[: min(len(ids) * 9 // 10, entries // 4)]
    found: list[Event] = [head, RunStarted()]
    for number in range(entries - 2 - len(done)):
        step = ids[number % max(1, len(done))]
        found.append(_noted(number) if number % 3 else _read(step, number))
    return [*found, *_done(done)]


def _noted(number: int) -> Event:
    return NoteAdded(text=f"Radio check {number}")


def _read(step: str, number: int) -> Event:
    name = f"volts_{step[1:]}"
    value = str(200 + number % 30)
    return ReadingTaken(step=step, name=name, label="Volts", typed=value, value=value, unit="V")


def _done(steps: list[str]) -> list[Event]:
    return [StepDone(step=s, was=Status.OPEN, now=Status.DONE, confirmed="lit") for s in steps]


def _entries(events: list[Event]) -> list[Entry]:
    journal = MemoryJournal()
    for event in events:
        journal.append("run-1", Mode.LIVE, ANN, [event])
    return journal.kept


def _state(steps: int, entries: int) -> RunState:
    data = procedure_of(steps)
    return replay(_entries(_events(data, entries)), parse(data, "made.md"))


def _timed(act: Act, times: int = TIMES) -> float:
    """The median time of one act, in milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return 1000 * median(took)


def _command(state: RunState, command: Command) -> Act:
    """Decide one command and evolve by what follows from it."""
    now = START + timedelta(hours=9)
    assert foresee(state, command, ANN, now) is not None, command
    return lambda: foresee(state, command, ANN, now)


def _commands(state: RunState) -> dict[str, Command]:
    here = state.current or ""
    name = state.step(here).records[0].name
    return {
        "done": Confirm(step=here, deviation="not lit"),
        "reading": Read(step=here, name=name, typed="230"),
        "note": Note(text="Radio on channel 4"),
        "taken on": Take(step=here),
        "reopened": Reopen(step="s0", reason="dark again"),
    }


@pytest.mark.bench
def bench_command() -> None:
    """Deciding and evolving one command late in a long run, against the same in a short one."""
    few, many = _state(STEPS, FEW), _state(STEPS, MANY)
    for name in _commands(few):
        ours, bare = _command(many, _commands(many)[name]), _command(few, _commands(few)[name])
        late, early = side_by_side(lambda a=ours: _timed(a), lambda a=bare: _timed(a))  # type: ignore[misc]
        tell(Ratio(f"rules: {name}, {MANY:,} entries against {FEW}", late, early, 2.0, "ms"))


@pytest.mark.bench
def bench_step_of_many() -> None:
    """One step confirmed at the beginning of 2,000 steps, against 20."""
    short, long = _state(20, 10), _state(2_000, 10)
    one = _command(long, Confirm(step=long.current or "", deviation="dark"))
    other = _command(short, Confirm(step=short.current or "", deviation="dark"))
    ours, bare = side_by_side(lambda: _timed(one), lambda: _timed(other))
    tell(Ratio("rules: done, 2,000 steps against 20", ours, bare, 1.3, "ms"))


@pytest.mark.bench
def bench_replay(tmp_path: Path) -> None:
    """Making the state of a run of 10,000 entries, against reading and decoding its rows."""
    data = procedure_of(STEPS)
    journal = Journal.open(tmp_path / "live")
    journal.keep_text(data)
    run = journal.new_run()
    journal.append(run, Mode.LIVE, ANN, _events(data, WHOLE))
    journal.close()
    reader, procedure = JournalReader(tmp_path / "live"), parse(data, "made.md")
    kept = list(reader.entries(run))
    ours, bare = side_by_side(
        lambda: _timed(lambda: replay(kept, procedure), 1),
        lambda: _timed(lambda: list(reader.entries(run)), 1),
    )
    tell(Ratio(f"replay: {WHOLE:,} entries against reading them", ours, bare, 4.0, "ms"))
