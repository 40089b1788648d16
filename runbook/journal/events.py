"""What happens to a journal as a whole, kept in the same chain as what happens in runs.

These entries belong to no run (their `run` is empty) and are made by the program.
"""

from __future__ import annotations

from runbook.run.events import Event


class JournalOpened(Event, frozen=True, kw_only=True, tag="journal_opened"):
    """The first entry of a device: its public key (hex), its site, and what it was made with.

    `family` is `live` or `drill` and holds for the whole journal.
    """

    public_key: str
    site: str
    family: str
    versions: dict[str, str]


class Recovered(Event, frozen=True, kw_only=True, tag="recovered"):
    """The two copies differed at start and were brought together again, in numbers.

    `beyond` counts entries that are whole but follow a break, or lie on a shorter branch; they
    are in the files that `set_aside` names. `lost` counts entries known to have been recorded
    that neither copy holds any more. `cut_bytes` is a torn last line.
    """

    to_database: int
    to_log: int
    texts: int = 0
    cut_bytes: int = 0
    beyond: int = 0
    lost: int = 0
    set_aside: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class ClockChanged(Event, frozen=True, kw_only=True, tag="clock_changed"):
    """The wall clock moved against the steady clock, or the machine was started anew.

    `jump_ms` is how far the wall clock moved beyond the time that passed; within a new boot
    the time that passed is unknown, and it is 0. `last_wall` belongs to entry `after_seq`.
    """

    after_seq: int
    last_wall: str
    jump_ms: int
    new_boot: bool


class DiskFull(Event, frozen=True, kw_only=True, tag="disk_full"):
    """The disk was full; reserved space was given back so that recording could go on."""

    freed_bytes: int
    problem: str


JournalEvent = JournalOpened | Recovered | ClockChanged | DiskFull
