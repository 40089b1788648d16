"""Space kept in reserve, so that a full disk can still be told to the journal."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from runbook.journal.folder import full_sync

BALLAST_FILE = "journal.ballast"
SIZE = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_LEAVE_FREE = 4 * SIZE


class Ballast:
    """A file really written, and deleted when the disk is full."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / BALLAST_FILE

    @property
    def size(self) -> int:
        """How many bytes can be given back."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def fill(self) -> None:
        """Reserve the space when it is not, unless the disk is already short of it."""
        import shutil  # noqa: PLC0415 - slow, and not needed to start

        if self.size >= SIZE or shutil.disk_usage(self._path.parent).free < _LEAVE_FREE:
            return
        new = self._path.with_suffix(".new")
        with suppress(OSError):
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                # Random bytes: a file system that packs its data would keep no space for zeros.
                for _ in range(SIZE // _CHUNK):
                    os.write(handle, os.urandom(_CHUNK))
                full_sync(handle, data_only=False)
            finally:
                os.close(handle)
            new.replace(self._path)

    def free(self) -> int:
        """Give the space back; how many bytes."""
        size = self.size
        with suppress(OSError):
            self._path.unlink()
        return size
