"""What a journal gives back is what was recorded, in its order, and for ever."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.errors import (
    DamagedJournalError,
    JournalBusyError,
    UnsuitableFolderError,
)
from runbook.journal.events import ClockChanged, JournalOpened
from runbook.journal.journal import Journal
from runbook.journal.reader import JournalReader
from runbook.run.entry import Actor
from runbook.run.events import (
    AbortBegan,
    Event,
    Mode,
    NoteAdded,
    RunAborted,
    RunCancelled,
    RunClosed,
    RunCompleted,
    RunPaused,
    RunResumed,
    RunStarted,
    RunStatus,
)

if TYPE_CHECKING:
    from tests.journal.conftest import Opener, Recorder, StillClock


def test_an_appended_event_is_read_back(journal: Journal, record: Recorder, actor: Actor) -> None:
    """An entry is numbered, durable on two copies, and the same when read."""
    run = record(journal)
    receipt = journal.append(run, Mode.LIVE, actor, [NoteAdded(text="Dør åben")])
    assert receipt.copies == 2
    assert receipt.problem == ""
    assert list(journal.entries(run))[-1:] == list(receipt.entries)


def test_events_of_one_command_stand_together(
    journal: Journal, record: Recorder, actor: Actor
) -> None:
    """All events of a command get neighbouring numbers and one receipt."""
    run = record(journal)
    receipt = journal.append(run, Mode.LIVE, actor, [RunStarted(), NoteAdded(text="x")])
    first, second = receipt.entries
    assert second.seq == first.seq + 1


def test_a_reopened_journal_goes_on(
    journal: Journal, record: Recorder, open_journal: Opener
) -> None:
    """After closing and opening, entries are there and numbers go on without a gap."""
    run = record(journal, notes=2)
    before = list(journal.entries(run))
    journal.close()
    again = open_journal()
    record(again, notes=1, run=run)
    after = list(again.entries(run))
    assert after[:-1] == before
    assert after[-1].seq == before[-1].seq + 1


def test_a_quiet_reopening_adds_nothing(journal: Journal, open_journal: Opener) -> None:
    """Opening and closing alone writes no entry."""
    head = journal.head
    journal.close()
    assert open_journal().head == head


def test_the_first_entry_carries_key_site_and_versions(journal: Journal) -> None:
    """The chain begins with who the device is and what made it."""
    (entry,) = journal.entries("")
    assert isinstance(entry.event, JournalOpened)
    public = bytes.fromhex(entry.event.public_key)
    assert journal.device == hashlib.sha256(public).digest()[:16].hex()
    assert entry.event.site == "Holstebro"
    assert "sqlite" in entry.event.versions
    assert not entry.actor.is_person


def test_a_text_is_kept_by_its_hash(journal: Journal, open_journal: Opener) -> None:
    """A text is found by the SHA-256 of its bytes, also after reopening."""
    sha256 = journal.keep_text(b"# One\n")
    assert sha256 == hashlib.sha256(b"# One\n").hexdigest()
    assert journal.keep_text(b"# One\n") == sha256
    journal.close()
    assert open_journal().text(sha256) == b"# One\n"


def test_an_unknown_text_is_a_key_error(journal: Journal) -> None:
    """Asking for a text nobody kept says so."""
    with pytest.raises(KeyError):
        journal.text("0" * 64)


def test_an_unknown_run_has_no_entries(journal: Journal) -> None:
    """A run that was never begun is empty."""
    assert list(journal.entries("L-20000101-000000")) == []


def test_run_ids_tell_drills_apart(journal: Journal, tmp_path: Path, clock: StillClock) -> None:
    """A live run's id begins with L, a drill's with D, and both carry the day."""
    drill = Journal.open(tmp_path / "drill", clock=clock)
    assert re.fullmatch(r"L-20261122-[0-9A-HJKMNP-TV-Z]{6}", journal.new_run())
    assert re.fullmatch(r"D-20261122-[0-9A-HJKMNP-TV-Z]{6}", drill.new_run())
    drill.close()


def test_run_ids_do_not_repeat(journal: Journal) -> None:
    """A hundred ids are a hundred ids."""
    assert len({journal.new_run() for _ in range(100)}) == 100


def test_a_drill_is_never_kept_among_live_runs(journal: Journal, actor: Actor) -> None:
    """An event of the other family is refused before anything is written."""
    head = journal.head
    with pytest.raises(ValueError, match="never kept"):
        journal.append("D-1", Mode.DRILL, actor, [NoteAdded(text="x")])
    assert journal.head == head


def test_a_test_run_is_kept_with_live_runs(journal: Journal, actor: Actor) -> None:
    """Planned work on real equipment belongs to the live family."""
    receipt = journal.append("L-1", Mode.TEST, actor, [NoteAdded(text="x")])
    assert receipt.entries[0].mode is Mode.TEST


def test_a_drill_folder_does_not_open_as_live(tmp_path: Path, clock: StillClock) -> None:
    """A journal's family is in its first entry, whatever the folder is called later."""
    Journal.open(tmp_path / "drill", clock=clock).close()
    (tmp_path / "drill").rename(tmp_path / "live")
    with pytest.raises(UnsuitableFolderError, match="never mixed"):
        Journal.open(tmp_path / "live", clock=clock)


def test_a_second_opener_is_refused(journal: Journal, folder: Path, clock: StillClock) -> None:
    """While one holds the journal another gets a sentence, and nothing is harmed."""
    with pytest.raises(JournalBusyError, match="Another Runbook"):
        Journal.open(folder, clock=clock)
    journal.close()
    Journal.open(folder, clock=clock).close()


@pytest.mark.skipif(os.name != "posix", reason="rights are told in other ways there")
def test_only_the_owner_may_read(journal: Journal, record: Recorder, folder: Path) -> None:
    """The folder is 0700 and every file in it 0600."""
    record(journal)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_a_clock_set_back_is_noted_before_the_next_act(
    journal: Journal, record: Recorder, clock: StillClock, actor: Actor
) -> None:
    """A jump of the wall clock is an entry with its size; the act follows it."""
    run = record(journal)
    clock.set_wall(-3600)
    receipt = journal.append(run, Mode.LIVE, actor, [NoteAdded(text="x")])
    change = list(journal.entries(""))[-1]
    assert isinstance(change.event, ClockChanged)
    assert change.event.jump_ms == -3_600_000
    assert change.seq == receipt.entries[0].seq - 1


def test_a_new_boot_is_noted(
    journal: Journal, record: Recorder, clock: StillClock, open_journal: Opener, folder: Path
) -> None:
    """After the machine was started anew, an entry says so before the next act."""
    run = record(journal)
    journal.close()
    clock.boot, clock.steady = "boot-2", 5
    record(open_journal(), notes=1, run=run)
    change = JournalReader(folder).entries("")[-1].event
    assert isinstance(change, ClockChanged)
    assert change.new_boot


def test_clocks_in_step_are_not_noted(
    journal: Journal, record: Recorder, clock: StillClock
) -> None:
    """Time that passes on both clocks, sleep included, is no entry."""
    run = record(journal)
    clock.pass_by(40_000)
    clock.set_wall(1.9)
    record(journal, notes=1, run=run)
    assert len(list(journal.entries(""))) == 1


ENDS: list[tuple[list[Event], RunStatus]] = [
    ([], RunStatus.PREPARED),
    ([RunCancelled(reason="x")], RunStatus.CANCELLED),
    ([RunStarted()], RunStatus.RUNNING),
    ([RunStarted(), RunPaused(reason="x")], RunStatus.PAUSED),
    ([RunStarted(), RunPaused(reason="x"), RunResumed()], RunStatus.RUNNING),
    ([RunStarted(), AbortBegan(reason="x")], RunStatus.ABORTING),
    ([RunStarted(), AbortBegan(reason="x"), RunAborted(safe_state="s")], RunStatus.ABORTED),
    ([RunStarted(), RunCompleted()], RunStatus.COMPLETE),
    ([RunStarted(), RunCompleted(), RunClosed()], RunStatus.CLOSED),
]


@pytest.mark.parametrize(("events", "state"), ENDS, ids=lambda value: str(value)[:20])
def test_the_list_says_where_a_run_stands(
    journal: Journal, record: Recorder, actor: Actor, events: list[Event], state: RunStatus
) -> None:
    """A run's line in the list carries the status its last move gave it."""
    run = record(journal)
    if events:
        journal.append(run, Mode.LIVE, actor, events)
    journal.append(run, Mode.LIVE, actor, [NoteAdded(text="later")])
    (summary,) = journal.runs()
    assert (summary.run, summary.state) == (run, state)
    assert summary.entries == len(events) + 2
    assert summary.title == "Mains loss"


def test_the_list_gives_times_in_utc(
    journal: Journal, record: Recorder, actor: Actor, clock: StillClock
) -> None:
    """Start and last act are in UTC; a run not started has no start."""
    run = record(journal)
    assert journal.runs()[0].started_utc == ""
    journal.append(run, Mode.LIVE, actor, [RunStarted()])
    clock.pass_by(60)
    record(journal, notes=1, run=run)
    (summary,) = journal.runs()
    assert summary.started_utc == "2026-11-22T17:00:00.000Z"
    assert summary.last_utc == "2026-11-22T17:01:00.000Z"


def test_the_latest_run_comes_first(journal: Journal, record: Recorder, clock: StillClock) -> None:
    """Runs are listed by their last act, the latest first."""
    first = record(journal)
    clock.pass_by(1)
    second = record(journal)
    assert [summary.run for summary in journal.runs()] == [second, first]


def test_a_lost_key_is_told_and_nothing_is_changed(
    journal: Journal, folder: Path, clock: StillClock
) -> None:
    """Without its key a journal is not continued under a false name."""
    journal.close()
    (folder / "device.key").unlink()
    with pytest.raises(DamagedJournalError, match="is gone"):
        Journal.open(folder, clock=clock)
    assert not (folder / "device.key").exists()


def test_a_broken_key_is_told(journal: Journal, folder: Path, clock: StillClock) -> None:
    """A key that cannot be read is an error with advice."""
    journal.close()
    (folder / "device.key").write_text("not hex\n")
    with pytest.raises(DamagedJournalError, match="backup"):
        Journal.open(folder, clock=clock)


def test_warming_up_reserves_space_once(journal: Journal, folder: Path) -> None:
    """Space is really kept in reserve for a full disk."""
    journal.warm_up()
    ballast = folder / "journal.ballast"
    assert ballast.stat().st_blocks * 512 >= 16 * 1024 * 1024
    journal.warm_up()
    assert [path.name for path in folder.glob("*ballast*")] == ["journal.ballast"]


def test_nothing_to_record_is_a_mistake(journal: Journal, actor: Actor) -> None:
    """An empty command is refused."""
    with pytest.raises(ValueError, match="nothing"):
        journal.append("L-1", Mode.LIVE, actor, [])


def test_what_a_crash_left_is_told_from_what_was_closed(
    journal: Journal, record: Recorder, folder: Path, open_journal: Opener, tmp_path: Path
) -> None:
    """Entries up to the last good closing are sealed; those of a session that died are not."""
    record(journal, notes=2)
    journal.close()
    again = open_journal()
    assert again.sealed_up_to == again.head[0] == 4
    record(again, notes=1)
    died = Path(shutil.copytree(folder, tmp_path / "died"))
    for _ in range(2):
        after_crash = Journal.open(died, family="live")
        assert after_crash.sealed_up_to == 4
        after_crash._writer.close()
        after_crash._lock.release()
