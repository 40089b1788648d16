"""How long one confirmed step takes, and what an open run costs while nobody acts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.rounds import ROUNDS, Ratio, as_started, tell

ROOT = Path(__file__).parents[2]
SHORT, LONG, PRESSES = 20, 2000, 7
IDLE_S = 20


def _probe(data: Path, what: str, *numbers: int) -> list[float]:
    """The figures of one probe, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.probe_step", what, str(data)]
    done = subprocess.run(
        [*command, *map(str, numbers)],
        cwd=ROOT,
        env=as_started(),
        check=True,
        capture_output=True,
        text=True,
    )
    return list(map(float, json.loads(done.stdout.splitlines()[-1])))


@pytest.mark.bench
def bench_step(tmp_path: Path) -> None:
    """From the key press until the entry is durable on both copies and the next step painted."""
    bare, same, short, long = [], [], [], []
    for turn in range(ROUNDS):
        bare.append(median(_probe(tmp_path / f"bare-{turn}", "bare", PRESSES)))
        same.append(median(_probe(tmp_path / f"same-{turn}", "same", PRESSES)))
        short.append(median(_probe(tmp_path / f"short-{turn}", "step", SHORT, PRESSES)))
        long.append(median(_probe(tmp_path / f"long-{turn}", "step", LONG, PRESSES)))
    tell(Ratio("step: against insert and one label", median(short), median(bare), 2.0, "ms"))
    tell(Ratio("step: against insert and the same window", median(short), median(same), None, "ms"))
    tell(Ratio("step: 2,000 steps against 20", median(long), median(short), 1.3, "ms"))


@pytest.mark.bench
def bench_idle(tmp_path: Path) -> None:
    """Processor time of an open run with its clocks ticking, as a share of one core."""
    used, elapsed = _probe(tmp_path / "idle", "idle", IDLE_S)
    tell(Ratio("idle: share of one core, in percent", 100 * used / elapsed, 1.0, 1.0, "%"))
