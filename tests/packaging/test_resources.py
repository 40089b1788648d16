"""Finding shipped files: the same names work in a checkout and in a wheel."""

from __future__ import annotations

import pytest

from runbook.resources import resource, resource_folder, shipped_procedures


def test_resources_of_a_checkout_are_found() -> None:
    """A folder of resources can be asked for as well as a file."""
    assert resource("fonts").is_dir()
    assert resource("icons/runbook.svg").parent.parent == resource_folder()


def test_a_missing_resource_is_told_plainly() -> None:
    """The reader learns that the runs are safe and what to do."""
    with pytest.raises(FileNotFoundError, match="Your runs are safe; install Runbook again"):
        resource("fonts/no-such-font.ttf")


def test_procedures_are_shipped() -> None:
    """The folder of shipped procedures holds procedures and the example site."""
    assert (shipped_procedures() / "site.toml").is_file()
    assert list(shipped_procedures().glob("*.md"))
