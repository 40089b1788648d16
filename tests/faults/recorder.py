"""A program that records notes until it is stopped, and says of each when it is on disk.

Prints `ACK seq copies` for every note, and `REFUSED` when one was not recorded. With the
word `early` it does what must never be done, confirming before writing: the rigs use it to
show that they would notice a loss.

Usage: recorder.py FOLDER safe|early COUNT [LIMIT], LIMIT in bytes for any file.
"""

from __future__ import annotations

import sys
from pathlib import Path

from runbook.journal.journal import Journal
from runbook.run.entry import Actor
from runbook.run.events import Event, Mode, NoteAdded
from runbook.run.port import NotRecordedError

RUN = "L-20261122-FAVLT0"
AHEAD = 20
ADA = Actor(operator="AL")


def say(*words: object) -> None:
    """Print a line that the other end sees at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def record(journal: Journal, events: list[Event]) -> tuple[int, int]:
    """Record and return the last number and how many copies hold it."""
    receipt = journal.append(RUN, Mode.LIVE, ADA, events)
    return receipt.entries[-1].seq, receipt.copies


def safely(journal: Journal, count: int) -> None:
    """Confirm each note after it is recorded."""
    for number in range(count):
        try:
            say("ACK", *record(journal, [NoteAdded(text=f"note {number} {'x' * 200}")]))
        except NotRecordedError:
            say("REFUSED")


def early(journal: Journal, count: int) -> None:
    """Confirm notes first and record them later."""
    seq = journal.head[0]
    for _ in range(0, count, AHEAD):
        events: list[Event] = []
        for number in range(AHEAD):
            seq += 1
            say("ACK", seq, 2)
            events.append(NoteAdded(text=f"note {number} {'x' * 200}"))
        try:
            record(journal, events)
        except NotRecordedError:
            say("REFUSED")


def main() -> None:
    """Open the journal, then record."""
    folder, mode, count, *limit = sys.argv[1:]
    journal = Journal.open(Path(folder))
    if limit:
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), resource.RLIM_INFINITY))
    say("OPEN", journal.head[0])
    {"safe": safely, "early": early}[mode](journal, int(count))
    say("END")
    sys.stdin.read()


if __name__ == "__main__":
    main()
