"""What a report tells of clocks: the fitted lines, the latest starts, targets and margins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.procedure.frozen import parse_with
from runbook.report.build import Format, write
from runbook.report.document import document
from runbook.report.figures import against
from runbook.report.material import gather
from runbook.report.measures import measures
from runbook.run import commands as do
from runbook.run.commands_clock import Dispute
from runbook.run.entry import Actor
from runbook.run.events import Mode, RunPrepared, RunStarted, Status, StepDone, StepTaken

if TYPE_CHECKING:
    from tests.report.conftest import Desk, WriteDesk

TEXT = """---
rto: [{service: EPJ, target: 20 min, from: declared, until: up}]
---
# Power

## Read
- [ ] Read the runtime (~2m) <!-- id: read -->
  - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
  - Record: charge = Charge, %, 0 to 100, from the panel, runs down
- [ ] Decide: stop now? <!-- id: stop-now -->
  - Yes: go to [Stop](#stop)
  - No
  - Cannot tell: treat as Yes

## Stop the hosts (before ups runs out) <!-- id: stop -->
- [ ] Stop them (~10m) <!-- id: off -->

## Start <!-- id: start -->
- [ ] Bring it up (~9m) <!-- id: up -->
- [ ] Note it (optional) <!-- id: note -->
"""


@pytest.fixture
def saturday(written: WriteDesk) -> Desk:
    """27 minutes at 18:02, 22 at 18:06; stopped, and back within the objective."""
    desk = written(TEXT)
    desk.does(do.Start())
    desk.after(120).does(do.Read(step="read", name="ups", typed="27"))
    desk.does(do.Read(step="read", name="charge", typed="80"))
    desk.after(240).does(do.Read(step="read", name="ups", typed="22"))
    desk.does(do.Confirm(step="read"))
    desk.after(60).does(do.Choose(step="stop-now", option=0))
    own = (desk.at.replace(hour=18, minute=14)).isoformat()
    desk.after(60).does(Dispute(advice="ups", own="18:14", until=own, reason="string 2 is weak"))
    desk.after(300).does(do.Confirm(step="off"))
    desk.after(300).does(do.Confirm(step="up"))
    return desk


def test_every_reading_shows_the_line_fitted_through_it(saturday: Desk) -> None:
    """The first goes by the clock, the second by the line through both; per cent need two."""
    first, second, charge = document(saturday.material()).clocks
    assert (first.value, first.rate) == ("27 min", "1.00 min per min, the clock itself")
    assert first.ends == "2026-03-14 18:29:00 +01:00"
    assert (second.value, second.rate, second.points) == ("22 min", "1.25 min per min", 2)
    assert second.ends == "2026-03-14 18:23:36 +01:00"
    assert second.band == "2026-03-14 18:20:20 +01:00 to 2026-03-14 18:28:30 +01:00"
    assert first.own == ""
    assert second.own == "Anna Holm held it to be “18:14”: string 2 is weak."
    assert (charge.rate, charge.ends) == ("not known", "not known")


def test_each_decision_tells_what_was_in_time(saturday: Desk) -> None:
    """At the decision six and a half minutes were to spare; by the own figure it did not fit."""
    chosen, disputed = document(saturday.material()).starts
    assert "decided" in chosen.decided
    assert (chosen.what, chosen.work) == ("Stop the hosts", "10 min")
    assert chosen.latest == "2026-03-14 18:13:36 +01:00"
    assert chosen.verdict == "in time, 6 min 36 s to spare"
    assert disputed.verdict == "too late by 3 min: 2.1"


def test_an_objective_tells_its_margin(saturday: Desk) -> None:
    """Met, and by how much."""
    goal = document(saturday.material()).against[0]
    assert (goal.actual, goal.verdict) == ("18 min", "within, 2 min to spare")


@pytest.mark.parametrize("form", [Format.HTML, Format.MD, Format.JSON])
def test_every_format_tells_of_clocks(saturday: Desk, form: Format) -> None:
    """The fitted rate, the latest start and the verdict stand in every document."""
    told = write(saturday.material(), form).decode()
    for words in ("1.25 min per min", "18:13:36", "in time, 6 min 36 s to spare", "string 2 is"):
        assert words in told


def test_a_run_without_resources_has_no_such_table(golden: Desk) -> None:
    """Nothing is bound: nothing is told."""
    assert document(golden.material()).starts == ()


def test_typical_times_come_from_earlier_runs(tmp_path: Path) -> None:
    """Only runs of the same procedure and kind that began before count."""
    journal = Journal.open(tmp_path / "live")
    runs = [_run(journal) for _ in range(3)]
    journal.close()
    reader = JournalReader(tmp_path / "live")
    assert gather(reader, runs[0], parse_with).typical == {}
    material = gather(reader, runs[-1], parse_with)
    assert material.typical == {"note": 0}


def test_typical_times_stand_beside_target_and_length(saturday: Desk) -> None:
    """Planned, typical and actual of a step are in one line."""
    state, entries = saturday.runner.state, tuple(saturday.kept)
    told = against(state, measures(state, entries), {"off": 400})
    off = next(a for a in told if a.number == "2.1")
    assert (off.target, off.typical, off.actual) == ("10 min", "6 min 40 s", "6 min")


def _run(journal: Journal) -> str:
    """A run of which one step was taken and done at once."""
    run, sha = journal.new_run(), journal.keep_text(TEXT.encode())
    ann = Actor(operator="ANN", role="lead")
    prepared = RunPrepared(
        procedure="power", title="Power", revision="1", sha256=sha, file="p.md", owner="ANN"
    )
    taken = StepTaken(step="note", was=Status.OPEN, now=Status.ACTIVE)
    done = StepDone(step="note", was=Status.ACTIVE, now=Status.DONE)
    for event in (prepared, RunStarted(), taken, done):
        journal.append(run, Mode.LIVE, ann, [event])
    return run
