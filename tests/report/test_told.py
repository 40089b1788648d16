"""Steps are told attempt by attempt, with what changed shown and nothing lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from runbook.journal.journal import Journal
from runbook.procedure.parse import parse
from runbook.report.build import Format, build, write
from runbook.report.document import Document, document
from runbook.report.material import Material
from runbook.report.measures import measures
from runbook.report.timeline import rows
from runbook.run import commands as do
from runbook.run.entry import Actor
from runbook.run.events import Field, Mode, RunPrepared, Unknown
from runbook.run.runner import prepare

if TYPE_CHECKING:
    from tests.report.conftest import Desk, WriteDesk

TEXT = """# Crooked
## One
- [ ] First (~1m) <!-- id: a -->
  - Record: v = Voltage, V, 220 to 240
- [ ] Decide: Which way? <!-- id: d -->
  - Left: go to [Left](#left)
  - Right: go to [Right](#right)

## Left <!-- id: left -->
- [ ] Go left <!-- id: l -->

## Right <!-- id: right -->
- [ ] Go right with {{v}} V <!-- id: r -->
- [ ] Last <!-- id: z -->

## Back (way back) <!-- id: back -->
- [ ] Undo <!-- id: u -->
"""


@pytest.fixture
def crooked(written: WriteDesk) -> Desk:
    """A run with corrections, a changed decision, and a step out of its turn."""
    desk = written("---\nrunbook: 1\n---\n" + TEXT)
    desk.does(do.Start())
    value = desk.does(do.Read(step="a", name="v", typed="250", accept="the meter is off"))
    note = desk.does(do.Note(text="wrong cabinet", step="a"))
    desk.does(do.Correct(target=note, field=Field.WITHDRAWN, new="", reason="other room"))
    done = desk.after(90).does(do.Confirm(step="a", deviation="by ear"))
    earlier = (desk.at - timedelta(seconds=40)).isoformat()
    desk.does(do.Correct(target=done, field=Field.TEXT, new="by eye", reason="slip"))
    desk.does(do.Correct(target=done, field=Field.PERFORMED, new=earlier, reason="entered late"))
    desk.does(do.Correct(target=value, field=Field.VALUE, new="238", reason="read again"))
    desk.does(do.Choose(step="d", option=0))
    desk.does(do.Confirm(step="l"))
    desk.does(do.Choose(step="d", option=1, reason="the wrong way"))
    desk.does(do.Take(step="z"))
    desk.does(do.Confirm(step="z"))
    desk.does(do.Confirm(step="r"))
    return desk


def lines(made: Document, step: str) -> list[str]:
    """Everything said at the attempts of a step."""
    steps = (s for section in made.sections for s in section.steps if s.id == step)
    return [line for s in steps for attempt in s.attempts for line in attempt.lines]


def test_corrections_stand_where_they_are_needed(crooked: Desk) -> None:
    """Reading, words, time and a withdrawn note each show the old beside the new."""
    said = " ".join(lines(document(crooked.material()), "a"))
    assert "Reading: Voltage = 238 V" in said
    assert "value “250” is to be read as “238”" in said
    assert "text “by ear” is to be read as “by eye”" in said
    assert "is to be read as 2026-03-14 18:00:50 +01:00" in said
    assert "it said “wrong cabinet”" in said


def test_a_corrected_time_counts(crooked: Desk) -> None:
    """Measures use the time that the correction gives."""
    found = measures(crooked.runner.state, crooked.kept)
    assert next(time.actual_s for time in found.times if time.step == "a") == 50
    assert found.late_entries == 1


def test_a_changed_decision_keeps_the_first_choice(crooked: Desk) -> None:
    """The choice that stands is told with the one before it, and the reason."""
    said = lines(document(crooked.material()), "d")
    assert "Choice: Right." in said
    assert [line for line in said if line.startswith("Earlier choice: Left, entry ")]
    assert "Reason: the wrong way." in said


def test_work_on_a_branch_that_was_left_is_told(crooked: Desk) -> None:
    """What was done before the decision changed stays done, and says where it stands."""
    assert "Done on a branch that a changed decision left." in lines(
        document(crooked.material()), "l"
    )


def test_work_out_of_order_is_an_exception(crooked: Desk) -> None:
    """A step taken before its turn is listed with the steps it came before."""
    found = {item.number: item.why for item in document(crooked.material()).exceptions}
    assert found["3.2"] == "Out of order, before: 3.1."
    assert measures(crooked.runner.state, crooked.kept).out_of_order == 1, "taken and done: once"


def test_readings_fill_the_steps_that_follow(crooked: Desk) -> None:
    """A step that names an earlier reading shows the value as corrected by then."""
    made = document(crooked.material())
    assert made.sections[2].steps[0].text == "Go right with 238 V"


def test_an_unfinished_run_lists_what_is_in_hand(crooked: Desk) -> None:
    """A report made on the way says that the run is running, and what has been begun."""
    desk = crooked
    desk.does(do.Reopen(step="z", reason="not tight"))
    made = document(desk.material())
    assert made.status == "Running"
    assert [item.number for item in made.open_items] == ["3.2"]


def test_an_aborted_run_tells_its_safe_state(crooked: Desk) -> None:
    """Why the goal was given up and how things were left stand on the front page."""
    crooked.does(do.Abort(reason="fire"))
    crooked.does(do.Confirm(step="u"))
    crooked.does(do.FinishAbort(safe_state="all off"))
    front = {fact.label: fact.text for fact in document(crooked.material()).front}
    assert (front["Goal given up because"], front["Safe state"]) == ("fire", "all off")


@pytest.mark.parametrize("form", Format)
def test_a_run_without_steps_has_a_report(written: WriteDesk, form: Format) -> None:
    """A procedure of words alone, prepared and given up, is told in every format."""
    desk = written("Words alone.")
    desk.does(do.Cancel(reason="wrong file"))
    assert write(desk.material(), form)


def test_an_entry_of_a_newer_program_is_shown_as_it_is(golden: Desk) -> None:
    """What this program does not know is a row with its own name and its raw content."""
    strange = msgspec.structs.replace(
        golden.kept[3], event=Unknown(name="moon_rose", raw='{"x":1}')
    )
    (row,) = rows([strange], golden.runner.state.procedure)
    assert row.kind == "moon_rose"
    assert '{"x":1}' in row.text


def test_a_journal_on_disk_gives_the_report(tmp_path: Path) -> None:
    """The real journal is a source: its hashes and its kept text stand in the report."""
    data = TEXT.encode()
    procedure = parse(data, "crooked.md")
    header = RunPrepared(
        procedure="crooked",
        title="Crooked",
        revision="",
        sha256=procedure.sha256,
        file="crooked.md",
        owner="Anna Holm",
    )
    journal = Journal.open(tmp_path / "live")
    try:
        anna = Actor(operator="Anna Holm")
        runner = prepare(journal, procedure, data, header, mode=Mode.LIVE, actor=anna)
        page = build(journal, runner.state.run, Format.MD).decode()
        head = journal.head[1].hex()
    finally:
        journal.close()
    assert f"Head of the chain: entry {runner.state.last_seq}: {head}" in page
    assert "Procedure text in this report: has this hash" in page


def test_material_pairs_entries_with_their_bytes(golden: Desk) -> None:
    """What is told and what is proved are the same acts in the same order."""
    material: Material = golden.material()
    assert [
        s.raw.count(b'"seq":%d' % e.seq)
        for s, e in zip(material.sealed, material.entries, strict=True)
    ] == ([1] * 16)
