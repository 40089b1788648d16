"""What the tests themselves promise: they stay on this machine and in their own folder."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from runbook.folders import find_folders


def test_network_is_refused() -> None:
    """A connection to any address is an error, whether or not somebody listens there."""
    with (
        socket.socket(socket.AF_INET) as reaching,
        pytest.raises(RuntimeError, match="reached for the network"),
    ):
        reaching.connect(("127.0.0.1", 9))


def test_local_sockets_are_allowed(tmp_path: Path) -> None:
    """Sockets of the file system stay usable: they do not leave the machine."""
    name = os.path.relpath(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name)
        assert Path(name).is_socket()


def test_data_folder_is_the_tests_own(data_folder: Path, tmp_path: Path) -> None:
    """The program, asked where its journals are, names a folder below the test's own."""
    assert find_folders().data == data_folder
    assert data_folder.is_relative_to(tmp_path)
