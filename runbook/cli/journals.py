"""Where runs are kept: the live journal and the drill journal of a data folder."""

from __future__ import annotations

from runbook.cli.main import CommandError
from runbook.folders import Folders
from runbook.journal.reader import JournalReader

FAMILIES = ("live", "drill")


def readers(folders: Folders) -> dict[str, JournalReader]:
    """A reader for each journal; one that nobody has begun has no runs."""
    return {family: JournalReader(folders.journal(family)) for family in FAMILIES}


def family_of(folders: Folders, run: str) -> str:
    """Which journal keeps a run."""
    for family, reader in readers(folders).items():
        if reader.sealed(run):
            return family
    raise CommandError(f"There is no run {run} in {folders.data}. runbook runs lists them.")


def reader_of(folders: Folders, run: str) -> JournalReader:
    """A reader of the journal that keeps a run."""
    return readers(folders)[family_of(folders, run)]
