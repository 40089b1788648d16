"""What one recorded act costs, beside the least that could be durable at all.

In every round each way takes its turn, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from runbook.journal.driver import claim_process, connect
from runbook.journal.journal import Journal
from runbook.run.entry import Actor
from runbook.run.events import Mode, Status, StepDone
from tests.benchmarks.rounds import ROUNDS

ACTS = 40
RUN = "L-20261122-BENCH0"
LINE = b"x" * 700 + b"\n"

Act = Callable[[], object]


def bare_write(folder: Path) -> Act:
    """Append a line of an entry's length to a file, and sync it."""
    handle = os.open(folder / "bare.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def act() -> None:
        os.write(handle, LINE)
        os.fsync(handle)

    return act


def bare_insert(folder: Path) -> Act:
    """Insert a row of an entry's length with WAL and synchronous=FULL."""
    connection = connect(folder / "bare.db")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE line (raw BLOB)")
    return lambda: connection.execute("INSERT INTO line VALUES (?)", (LINE,))


def recorded_act(folder: Path) -> Act:
    """Record one event: chained, signed, on two copies, with every guard."""
    journal = Journal.open(folder / "live")
    journal.warm_up()
    actor = Actor(operator="AL", role="lead")
    event = StepDone(step="read-ups", was=Status.OPEN, now=Status.DONE, confirmed="27 minutes")
    return lambda: journal.append(RUN, Mode.LIVE, actor, [event])


def median_of(act: Act) -> float:
    """The median time of one act in this round, in milliseconds."""
    times = []
    for _ in range(ACTS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return 1000 * median(times)


@pytest.mark.bench
def bench_append() -> None:
    """One act, on two copies with every guard, against one bare write and one bare insert."""
    claim_process()
    # On the disk of the checkout: a folder for temporary files may lie in memory.
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as name:
        folder = Path(name)
        ways = [bare_write(folder), bare_insert(folder), recorded_act(folder)]
        rounds = [[median_of(way) for way in ways] for _ in range(ROUNDS + 1)][1:]
    write, insert, append = (median(times) for times in zip(*rounds, strict=True))
    # No goal of its own: two syncs and a signature are what it is; the step's goal holds it.
    sys.stdout.write(
        f"\nappend: {append / write:.2f} x one bare write and fsync,"
        f" {append / insert:.2f} x one bare WAL FULL insert"
        f" ({append:.2f} against {write:.2f} and {insert:.2f} ms)\n"
    )
