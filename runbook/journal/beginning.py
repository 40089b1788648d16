"""How a journal begins: its key, its first entry, and what is done when all is gone."""

from __future__ import annotations

from pathlib import Path

import runbook
from runbook.journal.driver import library_version
from runbook.journal.errors import DamagedJournalError
from runbook.journal.events import JournalOpened
from runbook.journal.keys import KEY_FILE, DeviceKey, load_key, make_key
from runbook.journal.log import segments
from runbook.journal.mark import drop_mark, read_mark
from runbook.journal.repair import move_aside
from runbook.journal.store import DATABASE


def key_of(folder: Path) -> DeviceKey:
    """The key to sign with: this journal's, or a new one for a new journal."""
    _retire_key(folder)
    return load_key(folder) or _first_key(folder)


def first_event(key: DeviceKey, site: str, family: str) -> JournalOpened:
    """Who this device is, and what the journal is made with."""
    return JournalOpened(
        public_key=key.public.hex(), site=site, family=family, versions=_versions()
    )


def _retire_key(folder: Path) -> None:
    """Put the key aside of a journal whose every entry is gone: its numbers are taken.

    What is recorded from now on belongs to a new device, or it would contradict copies of the
    old entries elsewhere.
    """
    mark = read_mark(folder)
    if mark and not segments(folder) and not (folder / DATABASE).exists():
        move_aside(folder, KEY_FILE)
        drop_mark(folder)


def _first_key(folder: Path) -> DeviceKey:
    """Make the key of a new journal; a journal that lost its key is not continued."""
    if segments(folder) or (folder / DATABASE).exists():
        message = (
            f"The key of the journal in {folder} (device.key) is gone. All entries are unharmed"
            " and can be read. To go on recording, put device.key back from a backup, or start"
            " with another data folder (--data)."
        )
        raise DamagedJournalError(message)
    return make_key(folder)


def _versions() -> dict[str, str]:
    """What the journal is made with, for whoever examines it later."""
    import platform  # noqa: PLC0415 - needed once in a journal's life

    return {
        "runbook": runbook.__version__,
        "python": platform.python_version(),
        "sqlite": ".".join(map(str, library_version())),
        "system": platform.platform(),
    }
