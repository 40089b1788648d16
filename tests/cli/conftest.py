"""A procedure file for every test that starts the program."""

from pathlib import Path

import pytest

from tests.cli.process import PROCEDURE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small plain procedure."""
    path = tmp_path / "mains.md"
    path.write_text(PROCEDURE, encoding="utf-8")
    return path
