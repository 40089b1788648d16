"""A run is begun from what was briefed, and taken up as it was left."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from runbook.folders import Folders
from runbook.journal.journal import Journal
from runbook.run.commands import Read, Refused
from runbook.run.entry import PROGRAM, Actor
from runbook.run.events import Mode, Outside, RunPrepared, RunStarted, RunStatus
from runbook.run.runner import Runner
from runbook.starting import (
    StartingError,
    begin,
    find_procedure,
    is_text_changed,
    load,
    take_up,
)
from tests.fakes import MemoryJournal

KEPT = sorted(p for p in (Path(__file__).parent / "journal" / "kept").iterdir() if p.is_dir())

ANN = Actor(operator="Ann")
TODAY = date(2026, 11, 21)
APPROVED = """\
---
runbook: 1
id: mains
title: Mains loss
revision: 3
owner: Operations
approved: {by: Bo, on: 2026-10-01}
last_reviewed_on: 2026-10-01
review_in: 6 months
roles: {fac: Facilities}
values: {gen.least: 20 V, who: nobody}
---
# Mains loss

## Look

- [ ] Read the battery, ask {{who}} (Facilities) <!-- id: look -->
  - Expect: lit
  - Record: volts = Battery, V, at least {{gen.least}}, from the panel
  - If not: go to [Look](#look)
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Folders with a site of our own that overrides one value."""
    shipped = tmp_path / "shipped"
    (shipped / "runbooks").mkdir(parents=True)
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    (data / "site.toml").write_text('[site]\nname = "Here"\n[gen]\nleast = "24 V"\n', "utf-8")
    return Folders(data, shipped)


@pytest.fixture
def file(folders: Folders) -> Path:
    """An approved procedure among the shipped ones."""
    path = folders.shipped / "runbooks" / "mains-loss.md"
    path.write_text(APPROVED, encoding="utf-8")
    return path


def begun(file: Path, folders: Folders, journal: MemoryJournal) -> Runner:
    """A live run of the file."""
    runner = begin(journal, load(file, folders, TODAY), Mode.LIVE, ANN)
    assert isinstance(runner, Runner)
    return runner


def test_an_approved_file_has_nothing_against_it(file: Path, folders: Folders) -> None:
    """Its run starts without a reason."""
    journal = MemoryJournal()
    assert load(file, folders, TODAY).obstacles == ()
    assert begun(file, folders, journal).state.status is RunStatus.RUNNING


@pytest.mark.parametrize(
    ("old", "new", "obstacle"),
    [
        ("runbook: 1\n", "", "it is a plain file, held to no rules and approved by nobody"),
        ("approved: {by: Bo, on: 2026-10-01}\n", "", "it is not approved"),
        ("last_reviewed_on: 2026-10-01", "last_reviewed_on: 2026-01-01", "was due on 2026-07-01"),
        ("{{who}}", "{{whom}}", "no value is set for whom"),
        ("(#look)", "(#nowhere)", "the file has 1 error"),
        ("- [ ] Read", "Read", "it has no steps"),
    ],
)
def test_what_speaks_against_a_start_is_named(
    file: Path, folders: Folders, old: str, new: str, obstacle: str
) -> None:
    """Each obstacle is a short sentence of its own."""
    file.write_text(APPROVED.replace(old, new), encoding="utf-8")
    found = load(file, folders, TODAY).obstacles
    assert any(obstacle in one for one in found)


def test_a_start_in_spite_of_an_obstacle_needs_a_reason(file: Path, folders: Folders) -> None:
    """Without one nothing is recorded; with one both stand in the record."""
    file.write_text("# Plain\n\n- [ ] One\n", encoding="utf-8")
    journal = MemoryJournal()
    briefing = load(file, folders, TODAY)
    assert isinstance(begin(journal, briefing, Mode.LIVE, ANN), Refused)
    assert journal.kept == []
    begin(journal, briefing, Mode.LIVE, ANN, reason="nothing better here")
    event = journal.kept[-1].event
    assert isinstance(event, RunStarted)
    assert event.despite == briefing.despite
    assert event.reason == "nothing better here"


def test_only_a_person_begins_a_run(file: Path, folders: Folders) -> None:
    """The program never starts anything."""
    journal = MemoryJournal()
    assert isinstance(begin(journal, load(file, folders, TODAY), Mode.LIVE, PROGRAM), Refused)
    assert journal.kept == []


def test_the_site_goes_before_the_file_and_both_are_kept(file: Path, folders: Folders) -> None:
    """The run carries the values, and the texts they came from by their hashes."""
    journal = MemoryJournal()
    begun(file, folders, journal)
    header = journal.kept[0].event
    assert isinstance(header, RunPrepared)
    assert header.values["gen.least"] == "24 V"
    assert header.values["who"] == "nobody"
    assert header.site == "Here"
    assert journal.text(header.sha256) == file.read_bytes()
    assert journal.text(header.site_sha256) == (folders.data / "site.toml").read_bytes()


def test_a_limit_named_by_the_site_holds_before_and_after_a_restart(
    file: Path, folders: Folders
) -> None:
    """A value between the file's limit and the site's is outside, also once taken up again."""
    journal = MemoryJournal()
    runner = begun(file, folders, journal)
    assert runner.state.step("look").records[0].low == Decimal(24)
    for again in (runner, take_up(journal, runner.state.run)):
        again.do(Read(step="look", name="volts", typed="22"), ANN)
        assert again.state.readings[-1].outside is Outside.LOW


def test_a_run_goes_on_with_the_text_it_began_with(file: Path, folders: Folders) -> None:
    """Editing the file changes no run."""
    journal = MemoryJournal()
    run = begun(file, folders, journal).state.run
    file.write_text("# Something else\n", encoding="utf-8")
    taken = take_up(journal, run).state
    assert taken.prepared.title == "Mains loss"
    assert taken.current == "look"


def test_a_run_that_is_not_here_is_a_sentence() -> None:
    """It names the command that lists what is."""
    with pytest.raises(StartingError, match="runbook runs"):
        take_up(MemoryJournal(), "L-1")


def test_a_run_whose_text_is_missing_is_a_sentence(file: Path, folders: Folders) -> None:
    """Its entries are safe, and it says how to get them."""
    journal = MemoryJournal()
    run = begun(file, folders, journal).state.run
    journal.texts.clear()
    with pytest.raises(StartingError, match="journal export"):
        take_up(journal, run)


def test_a_procedure_is_found_by_path_id_and_name(file: Path, folders: Folders) -> None:
    """Whatever a person would type."""
    for name in (str(file), "mains", "MAINS", "mains-loss"):
        assert find_procedure(name, folders) == file
    with pytest.raises(StartingError, match="no procedure called"):
        find_procedure("fire", folders)


def test_two_procedures_of_one_id_are_both_named(file: Path, folders: Folders) -> None:
    """The program does not guess."""
    other = file.with_name("other.md")
    other.write_text(APPROVED, encoding="utf-8")
    with pytest.raises(StartingError, match=r"mains-loss\.md, .*other\.md"):
        find_procedure("mains", folders)


def test_a_file_that_cannot_be_read_is_a_sentence(folders: Folders) -> None:
    """Nothing was started, and it says so."""
    with pytest.raises(StartingError, match="Nothing was started"):
        load(folders.data / "none.md", folders, TODAY)


def test_a_changed_file_is_noticed_and_the_run_keeps_its_text(folders: Folders, file: Path) -> None:
    """A run tells that its procedure's file is another by now, until it is the same again."""
    journal = MemoryJournal()
    runner = begin(journal, load(file, folders, TODAY), Mode.DRILL, ANN, reason="a test")
    assert isinstance(runner, Runner)
    before = file.read_bytes()
    assert not is_text_changed(runner.state.prepared, folders)
    file.write_bytes(before + b"\n- [ ] One more\n")
    assert is_text_changed(runner.state.prepared, folders)
    assert take_up(journal, runner.state.run).state.procedure == runner.state.procedure
    file.unlink()
    assert not is_text_changed(runner.state.prepared, folders)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_run_of_an_older_program_can_be_taken_up(kept: Path, tmp_path: Path) -> None:
    """It stands where it was left, though its text may name steps otherwise by now."""
    journal = Journal.open(Path(shutil.copytree(kept, tmp_path / "live")))
    state = take_up(journal, "L-20261122-KEPT00").state
    assert state.status is RunStatus.CLOSED
    assert state.last_seq == max(e.seq for e in journal.entries(state.run))
    journal.close()
