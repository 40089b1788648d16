"""Killed at any moment, a journal holds everything that was confirmed."""

from __future__ import annotations

import random
import select
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runbook.journal.verify import verify

if TYPE_CHECKING:
    from tests.faults.conftest import Counter, Program, Starter

SEED = 20261122


def killed(program: Program, chance: random.Random) -> list[str]:
    """Kill after a random number of confirmations and a random while; what it had said."""
    assert program.stdout is not None
    lines: list[str] = []
    for _ in range(chance.randrange(60)):
        line = program.stdout.readline()
        lines.append(line)
    select.select([], [], [], chance.random() * 0.004)
    program.kill()
    lines += program.stdout.readlines()
    return lines


def killed_in_its_start(program: Program, chance: random.Random) -> list[str]:
    """Kill within the first moments, most often before the first confirmation."""
    assert program.stdout is not None
    select.select([], [], [], chance.random() * 0.6)
    program.kill()
    return program.stdout.readlines()


def run_kills(start: Starter, kills: int, mode: str = "safe") -> list[str]:
    """Kill recorders of one journal again and again; all they had said."""
    chance = random.Random(SEED)  # noqa: S311 - the same moments every time
    lines: list[str] = []
    for number in range(kills):
        stop = killed_in_its_start if number % 4 == 0 else killed
        lines += stop(start(mode), chance)
    return lines


def test_no_confirmed_entry_is_lost(start: Starter, folder: Path, lost: Counter) -> None:
    """After a dozen kills everything confirmed is there, and the chain is whole."""
    assert lost(run_kills(start, 12)) == 0
    assert verify(folder).whole


def test_the_rig_notices_a_loss(start: Starter, lost: Counter) -> None:
    """A program that confirms before it writes does lose entries here."""
    assert lost(run_kills(start, 4, "early")) > 0


@pytest.mark.long
def test_a_thousand_kills_lose_nothing(start: Starter, folder: Path, lost: Counter) -> None:
    """The same a thousand times."""
    assert lost(run_kills(start, 1000)) == 0
    assert verify(folder).whole
