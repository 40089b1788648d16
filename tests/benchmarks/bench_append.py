"""What one recorded act costs, beside the least that could be durable at all.

Run by itself: it prints ratios of medians. In every round each way takes its turn, so that a
busy machine slows all of them alike.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from runbook.journal.driver import claim_process, connect
from runbook.journal.journal import Journal
from runbook.run.entry import Actor
from runbook.run.events import Mode, Status, StepDone

ROUNDS = 9
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
    actor = Actor(operator="AL", role="lead")
    event = StepDone(step="read-ups", was=Status.OPEN, now=Status.DONE, confirmed="27 minutes")
    return lambda: journal.append(RUN, Mode.LIVE, actor, [event])


def median_of(act: Act) -> float:
    """The median time of one act in this round, in seconds."""
    times = []
    for _ in range(ACTS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def measure(folder: Path) -> dict[str, float]:
    """The median over the rounds of each way."""
    acts = {
        "write": bare_write(folder),
        "insert": bare_insert(folder),
        "append": recorded_act(folder),
    }
    rounds: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(ROUNDS):
        for name, act in acts.items():
            rounds[name].append(median_of(act))
    return {name: statistics.median(times) for name, times in rounds.items()}


def main() -> None:
    """Measure in a temporary folder on the disk of the checkout, and print the ratios."""
    claim_process()
    with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as folder:
        found = measure(Path(folder))
    for other, words in (("write", "bare write and fsync"), ("insert", "bare WAL FULL insert")):
        ratio = found["append"] / found[other]
        sys.stdout.write(f"append: {ratio:.2f} times one {words}\n")
    sys.stdout.write(
        "append: "
        + ", ".join(f"{name} {seconds * 1e6:.0f} us" for name, seconds in found.items())
        + "\n"
    )


if __name__ == "__main__":
    main()
