"""A journal is read without being touched, by anyone, at any time."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.codec import hash_of
from runbook.journal.export import export_lines
from runbook.journal.journal import Journal
from runbook.journal.keys import check_signature
from runbook.journal.reader import JournalReader
from runbook.run.events import Mode, RunStarted, RunStatus
from runbook.run.events_people import HandoverAccepted, OwnerTakenOver

if TYPE_CHECKING:
    from runbook.run.entry import Actor
    from tests.journal.conftest import Opener, Recorder


def test_a_folder_without_a_journal_has_no_runs(tmp_path: Path) -> None:
    """Nothing there is an empty list, and nothing is made."""
    for folder in (tmp_path, tmp_path / "none"):
        reader = JournalReader(folder)
        assert reader.runs() == []
        assert reader.entries("L-1") == []
        with pytest.raises(KeyError):
            reader.text("0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_reading_goes_on_beside_a_writer(journal: Journal, record: Recorder, folder: Path) -> None:
    """Each look sees what was recorded up to then."""
    reader = JournalReader(folder)
    run = record(journal)
    assert reader.entries(run) == list(journal.entries(run))
    record(journal, notes=2, run=run)
    assert reader.entries(run) == list(journal.entries(run))
    assert reader.runs() == journal.runs()


def test_a_reader_leaves_entries_to_the_writer(
    journal: Journal, record: Recorder, folder: Path, open_journal: Opener
) -> None:
    """A reader that comes and goes does not cost the writer a row."""
    run = record(journal)
    for number in range(5):
        assert len(JournalReader(folder).entries(run)) == number + 1
        record(journal, notes=1, run=run)
    journal.close()
    assert len(list(open_journal().entries(run))) == 6


def test_without_its_database_the_log_is_read(
    journal: Journal, record: Recorder, folder: Path
) -> None:
    """The text copy alone gives runs, entries and texts."""
    run = record(journal, notes=2)
    runs, entries = journal.runs(), list(journal.entries(run))
    journal.close()
    (folder / "journal.db").unlink()
    reader = JournalReader(folder)
    assert reader.runs() == runs
    assert reader.entries(run) == entries
    assert reader.text(runs[0].sha256) == b"# Mains loss\n"


def test_a_broken_database_is_read_around(journal: Journal, record: Recorder, folder: Path) -> None:
    """A reader takes the other copy, and mends nothing."""
    run = record(journal, notes=2)
    journal.close()
    (folder / "journal.db").write_bytes(b"no database" * 100)
    assert len(JournalReader(folder).entries(run)) == 3
    assert (folder / "journal.db").read_bytes() == b"no database" * 100


def test_an_export_can_be_checked_without_runbook(journal: Journal, record: Recorder) -> None:
    """Hashes and signatures in an export follow from its own bytes and its first line."""
    run = record(journal, notes=3)
    header, *lines = export_lines(journal, run)
    (device,) = json.loads(header)["devices"]
    public = bytes.fromhex(device["public_key"])
    assert hashlib.sha256(public).digest()[:16].hex() == device["id"]
    for line in lines[:-1]:
        record_ = json.loads(line)
        raw = json.dumps(
            record_["raw"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()
        assert hash_of(raw).hex() == record_["hash"]
        assert check_signature(
            public, bytes.fromhex(record_["hash"]), bytes.fromhex(record_["sig"])
        )
    text = json.loads(lines[-1])
    assert hashlib.sha256(text["text"].encode()).hexdigest() == text["sha256"]


def test_an_export_is_the_same_every_time(journal: Journal, record: Recorder, folder: Path) -> None:
    """Journal and reader give the same bytes."""
    run = record(journal, notes=3)
    assert list(export_lines(journal, run)) == list(export_lines(JournalReader(folder), run))


def test_an_export_keeps_bytes_that_are_no_text(journal: Journal, record: Recorder) -> None:
    """A text in another encoding is exported in base64."""
    run = record(journal, text=b"\xe6\xf8\xe5")
    sha256 = journal.runs()[0].sha256
    last = list(export_lines(journal, run))[-1]
    assert json.loads(last) == {"base64": "5vjl", "sha256": sha256}


def test_exporting_an_unknown_run_is_a_key_error(journal: Journal) -> None:
    """There is nothing to export of a run that was never begun."""
    with pytest.raises(KeyError):
        list(export_lines(journal, "L-1"))


def test_a_copied_folder_reads_the_same(
    journal: Journal, record: Recorder, folder: Path, tmp_path: Path
) -> None:
    """A closed journal can be carried elsewhere and read there."""
    run = record(journal, notes=1)
    entries = list(journal.entries(run))
    journal.close()
    shutil.copytree(folder, tmp_path / "carried")
    assert JournalReader(tmp_path / "carried").entries(run) == entries


def test_a_list_names_the_owner_of_now(journal: Journal, record: Recorder, actor: Actor) -> None:
    """After a handover or a take-over the run is listed under its new owner."""
    run = record(journal)
    accepted = HandoverAccepted(owner="BO", was="AL")
    journal.append(run, Mode.LIVE, actor, [RunStarted(), accepted])
    assert (journal.runs()[0].owner, journal.runs()[0].state) == ("BO", RunStatus.RUNNING)
    taken = OwnerTakenOver(owner="CY", was="BO", reason="no answer")
    journal.append(run, Mode.LIVE, actor, [taken])
    assert journal.runs()[0].owner == "CY"
