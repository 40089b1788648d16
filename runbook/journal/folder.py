"""The folder a journal lies in: private, on a local disk, held by one program at a time."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from runbook.journal.errors import JournalBusyError, UnsuitableFolderError

LOCK_FILE = "journal.lock"
_OWNER_ONLY = 0o600
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "ncpfs", "glusterfs", "davfs"}
)
_SYNCED = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "icloud drive",
    "mobile documents",
    "syncthing",
)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system has a way to."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def full_sync(handle: int, *, data_only: bool = True) -> None:
    """Return when the file's bytes are on the disk itself, not in its cache."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on every system

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    elif data_only and hasattr(os, "fdatasync"):
        os.fdatasync(handle)
    else:
        os.fsync(handle)


def write_durably(path: Path, data: bytes) -> None:
    """Put a whole file in place or none, private to its owner, on disk on return."""
    new = path.with_name(f"{path.name}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _binary(), _OWNER_ONLY)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        full_sync(handle, data_only=False)
    finally:
        os.close(handle)
    new.replace(path)
    sync_folder(path.parent)


def _binary() -> int:
    """The flag that keeps Windows from changing line ends."""
    return getattr(os, "O_BINARY", 0)


def open_to_append(path: Path | str) -> int:
    """A handle that only ever writes at the end of the file."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _binary()
    return os.open(path, flags, _OWNER_ONLY)


def make_folder(folder: Path) -> None:
    """Make the folder and its parents, private, and durable by name; then check its place."""
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(mode=0o700)
            sync_folder(path.parent)
        if os.name == "posix":
            folder.chmod(0o700)
    except OSError as error:
        message = (
            f"The folder {folder} cannot be used for a journal: {error.strerror}. Choose"
            " another with --data."
        )
        raise UnsuitableFolderError(message) from error
    check_place(folder, filesystem_of(folder))


def check_place(folder: Path, filesystem: str) -> None:
    """Raise UnsuitableFolderError for folders that are shared, synced or on a network."""
    advice = "Choose a folder on this computer's own disk with --data."
    if filesystem in _NETWORK or filesystem.startswith("fuse"):
        message = (
            f"The folder {folder} lies on a network or user file system ({filesystem}), where"
            f" entries can be lost after they were confirmed. {advice}"
        )
        raise UnsuitableFolderError(message)
    words = {part.casefold() for part in folder.parts}
    for name in _SYNCED:
        if any(word == name or word.startswith(f"{name} - ") for word in words):
            message = (
                f"The folder {folder} is kept in step with other computers ({name}), which"
                f" swaps files while they are in use and loses entries. {advice}"
            )
            raise UnsuitableFolderError(message)


def filesystem_of(folder: Path) -> str:
    """The kind of file system a folder lies on; empty where the system does not tell."""
    target = os.fspath(folder.resolve())
    found = ("", "")
    with suppress(OSError):
        for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
            words = line.split()
            point = words[1].replace("\\040", " ")
            inside = target == point or target.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(found[0]):
                found = (point, words[2])
    return found[1]


class FolderLock:
    """Held for life by the one program that records in a folder; the system lets go of it."""

    def __init__(self, folder: Path) -> None:
        self._handle = open_to_append(folder / LOCK_FILE)
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            message = (
                f"Another Runbook is recording in {folder}. Its entries are safe. Go on in that"
                " window, or close it and start again here."
            )
            raise JournalBusyError(message) from error

    def release(self) -> None:
        """Let the next program in; doing so twice is no harm."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _lock(handle: int) -> None:
    """Take the lock now or raise OSError."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - not on every system

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - not on every system

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
