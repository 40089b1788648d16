"""Rounds of measuring two things side by side, and the line that tells what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 7


@dataclass(frozen=True, slots=True)
class Ratio:
    """Medians of ours and of the bare thing, measured in turn, and what we aim for.

    Without a goal the figure is there to compare, and nothing is claimed of it.
    """

    name: str
    ours: float
    bare: float
    goal: float | None
    unit: str

    @property
    def ratio(self) -> float:
        """How many times the bare thing ours takes."""
        return self.ours / self.bare

    def line(self) -> str:
        """The figures in one line."""
        measured = f"{self.ours:.2f} against {self.bare:.2f} {self.unit}"
        return f"{self.name:<44} {self.ratio:6.2f} x   ({self._aim()}; {measured})"

    def _aim(self) -> str:
        if self.goal is None:
            return "to compare, no goal"
        kept = "kept" if self.ratio <= self.goal else "NOT KEPT"
        return f"goal {self.goal:.2f}, {kept}"


def side_by_side(
    ours: Callable[[], float], bare: Callable[[], float], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Measure in turn, the bare thing first, and give both medians; one round warms up."""
    pairs = [(bare(), ours()) for _ in range(rounds + 1)][1:]
    return median(our for _, our in pairs), median(plain for plain, _ in pairs)


def as_started() -> dict[str, str]:
    """The environment of a program that somebody starts: its bytecode is kept between starts."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def tell(ratio: Ratio) -> None:
    """Print a result; a goal that is missed is said, it does not fail the run."""
    print(f"\n{ratio.line()}", flush=True)  # noqa: T201 - a benchmark prints
