"""How long the start screen takes, and how much memory, beside a bare PySide6 window."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from tests.benchmarks.made import make_journal, make_procedures
from tests.benchmarks.rounds import ROUNDS, Ratio, as_started, tell

ROOT = Path(__file__).parents[2]
PROCEDURES = 200
ENTRIES = 100_000


def _start(*arguments: str) -> dict[str, float]:
    """Start one window in a process of its own; times in ms from the start of the process."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "tests.benchmarks.probe_start", *arguments]
    answer = subprocess.run(
        command, cwd=ROOT, env=as_started(), check=True, capture_output=True, text=True
    )
    figures = json.loads(answer.stdout.splitlines()[-1])
    return {
        "usable": (figures["usable"] - began) * 1000,
        "settled": (figures["settled"] - began) * 1000,
        "peak": figures["peak"],
    }


@pytest.mark.bench
def bench_start(tmp_path: Path) -> None:
    """A start with 200 procedures and 100,000 entries, against one label in a window."""
    data, procedures = tmp_path / "bench", tmp_path / "procedures"
    make_procedures(procedures, PROCEDURES)
    make_journal(data / "live", ENTRIES)
    ours, bare = [], []
    for _ in range(ROUNDS + 1):  # the first start of ours reads the procedures; it warms up
        bare.append(_start("bare"))
        ours.append(_start("app", str(data), str(procedures)))
    for name, key, goal, unit in (
        ("start: painted and takes keys", "usable", 1.6, "ms"),
        ("start: runs listed too", "settled", None, "ms"),
        ("start: peak memory", "peak", 1.7, "MiB"),
    ):
        tell(Ratio(name, _median(ours[1:], key), _median(bare[1:], key), goal, unit))


def _median(rows: list[dict[str, float]], key: str) -> float:
    return median(row[key] for row in rows)
