"""The lock files: complete, by hash, and free of the address they were made with."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
WISHES = {
    "run": PROJECT["project"]["dependencies"],
    "build": PROJECT["build-system"]["requires"],
    **GROUPS,
}


def normal(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    """The packages a lock file pins, each with its block of hashes."""
    blocks = re.findall(r"^(\S+)==(\S+.*(?:\n[ ]+--hash=.*)*)", text, re.MULTILINE)
    return {normal(name): block for name, block in blocks}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_pin_has_hashes(file: Path) -> None:
    """No package is taken on its name and version alone."""
    found = pins(file.read_text("utf-8"))
    assert found
    assert [name for name, block in found.items() if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_lock_names_no_registry(file: Path) -> None:
    """Where packages come from is decided by whoever installs."""
    assert not re.search(r"://|--index|--extra|--trusted|--find-links", file.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(WISHES))
def test_lock_holds_what_the_project_asks_for(name: str) -> None:
    """A wish changed in pyproject.toml without `make lock` is found here."""
    held = pins((ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))
    for wish in map(Requirement, WISHES[name]):
        assert wish.specifier.contains(held[normal(wish.name)].split()[0]), str(wish)


def test_lock_files_agree() -> None:
    """No package has two versions in two files."""
    seen: dict[str, str] = {}
    for file in FILES:
        for name, block in pins(file.read_text("utf-8")).items():
            version = block.split()[0]
            assert seen.setdefault(name, version) == version, f"{name} in {file.name}"
