"""The first page a newcomer reads: what it names is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from runbook.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]


def words(page: str) -> str:
    """The text of one page."""
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Every page and folder a link names is in the checkout."""
    targets = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#:]+)\)", words(page))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_commands_exist() -> None:
    """Every command the page shows is one the program knows."""
    named = set(re.findall(r"(?:`|bin/)runbook ([a-z]+)", words("README.md")))
    assert {"open", "walk", "check", "report"} <= named
    assert [name for name in named if run([name, "--help"]) != 0] == []


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    """Every target a page shows is in the Makefile."""
    named = set(re.findall(r"^(?:    )?make ([a-z-]+)|`make ([a-z-]+)", words(page), re.MULTILINE))
    asked = {first or second for first, second in named}
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked - {line.split()[0] for line in told.stdout.splitlines()} == set()
