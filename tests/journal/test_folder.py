"""A journal lies only where what was confirmed stays, and says why not elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.journal.errors import UnsuitableFolderError
from runbook.journal.folder import check_place, filesystem_of, make_folder, write_durably
from runbook.journal.paths import data_folders


@pytest.mark.parametrize("filesystem", ["nfs4", "cifs", "fuse.sshfs", "fuseblk", "9p"])
def test_network_and_user_file_systems_are_refused(tmp_path: Path, filesystem: str) -> None:
    """Where locks and syncs are not kept, the sentence advises another folder."""
    with pytest.raises(UnsuitableFolderError, match="own disk with --data"):
        check_place(tmp_path, filesystem)


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive", "OneDrive - Region", "Nextcloud"])
def test_synced_folders_are_refused(tmp_path: Path, name: str) -> None:
    """Anywhere below a folder that a program keeps in step with other computers."""
    with pytest.raises(UnsuitableFolderError, match="kept in step"):
        check_place(tmp_path / name / "runbook" / "live", "ext4")


@pytest.mark.parametrize("filesystem", ["ext4", "xfs", "btrfs", "apfs", "ntfs", ""])
def test_local_disks_are_taken(tmp_path: Path, filesystem: str) -> None:
    """A local or unknown file system is no reason to refuse."""
    check_place(tmp_path / "live", filesystem)


def test_a_local_folder_has_a_known_file_system() -> None:
    """The root is a mount point of its own kind."""
    assert filesystem_of(Path("/proc")) in {"proc", ""}


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    """Missing parents are made too."""
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way is a sentence, not a traceback."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnsuitableFolderError, match="cannot be used"):
        make_folder(tmp_path / "file" / "live")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    """The old content is replaced in one step and nothing is left beside it."""
    path = tmp_path / "file"
    write_durably(path, b"one")
    write_durably(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_the_argument_goes_before_the_variable(tmp_path: Path) -> None:
    """A folder that was asked for wins; else RUNBOOK_DATA; else the system's place."""
    variable = {"RUNBOOK_DATA": "/srv/runbook"}
    assert data_folders(tmp_path, variable).root == tmp_path
    assert data_folders("", variable).root == Path("/srv/runbook")
    assert data_folders("", {}).root.name == "runbook"


def test_live_and_drill_lie_apart(tmp_path: Path) -> None:
    """Each family has a folder of its own, and asking makes none."""
    folders = data_folders(tmp_path / "data")
    assert folders.journal("live") == folders.live
    assert folders.journal("drill") == folders.drill
    assert folders.live != folders.drill
    assert list(tmp_path.iterdir()) == []
