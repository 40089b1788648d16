"""Makes what the benchmarks work on: procedures of any length, folders of them, journals."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from runbook.journal.journal import Journal
from runbook.run.entry import Actor
from runbook.run.events import (
    Event,
    Mode,
    NoteAdded,
    RunCompleted,
    RunPrepared,
    RunStarted,
    Status,
    StepDone,
)

ANN = Actor(operator="ANN", role="lead")
STEPS_IN_A_RUN = 196


def procedure_text(steps: int, number: int = 0) -> str:
    """A procedure with readings, decisions and details, in sections of ten steps."""
    head = (
        f"---\nrunbook: 1\nid: made-{number}\ntitle: Made procedure {number}\nrevision: 1\n"
        f"symptoms: [on battery {number}, room hot {number}]\n"
        "roles: {fac: Facilities}\n---\n\n# Made procedure\n"
    )
    parts = [head]
    for place in range(steps):
        if place % 10 == 0:
            parts.append(f"\n## Section {place // 10 + 1} <!-- id: part-{place // 10} -->\n\n")
        parts.append(
            f"- [ ] Read panel {place} and say what it shows (Facilities, ~2m)"
            f" <!-- id: s{place} -->\n"
            f"  - Expect: the display of panel {place} is lit\n"
            f"  - If not: tell the incident lead\n"
        )
    return "".join(parts)


def make_procedures(folder: Path, count: int) -> None:
    """A folder of procedures of thirty steps each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"made-{number}.md").write_text(procedure_text(30, number), encoding="utf-8")


def make_journal(folder: Path, entries: int) -> None:
    """A journal of about that many entries, in ended runs of two hundred and one left open."""
    text = procedure_text(STEPS_IN_A_RUN).encode()
    journal = Journal.open(folder)
    journal.keep_text(text)
    for number in range(entries // (STEPS_IN_A_RUN + 4)):
        is_open = number == entries // (STEPS_IN_A_RUN + 4) - 1
        journal.append(journal.new_run(), Mode.LIVE, ANN, _run(text, ended=not is_open))
    journal.close()


def _run(text: bytes, *, ended: bool) -> list[Event]:
    """The events of one run, from its briefing to its end."""
    events: list[Event] = [
        RunPrepared(
            procedure="made-0",
            title="Made procedure",
            revision="1",
            sha256=sha256(text).hexdigest(),
            file="made-0.md",
            owner="ANN",
        ),
        RunStarted(),
        NoteAdded(text="Radio on channel 4"),
    ]
    done = STEPS_IN_A_RUN if ended else STEPS_IN_A_RUN // 2
    events += [
        StepDone(
            step=f"s{place}",
            was=Status.OPEN,
            now=Status.DONE,
            confirmed=f"the display of panel {place} is lit",
        )
        for place in range(done)
    ]
    return [*events, RunCompleted()] if ended else events
