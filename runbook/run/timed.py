"""What a run knows of its waits, watches and repetitions, and of jumps they made."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Waiting(msgspec.Struct, frozen=True):
    """One wait of one attempt: a timer, or for somebody outside (`what`)."""

    step: str
    attempt: int
    since: datetime
    due: datetime
    by: str
    what: str = ""
    ended: datetime | None = None
    answer: str = ""

    @property
    def is_outside(self) -> bool:
        """True for a wait for somebody or something, false for a timer of the procedure."""
        return bool(self.what)


class Triggered(msgspec.Struct, frozen=True):
    """One time that a person said a condition of a watch is true."""

    when: int
    seq: int
    at: datetime
    by: str


class Watch(msgspec.Struct, frozen=True):
    """A watch since it was armed: when it is due, how often it was looked at and missed."""

    step: str
    attempt: int
    armed: datetime
    every_s: int
    due: datetime
    by: str
    checks: int = 0
    missed: int = 0
    checked: datetime | None = None
    remark: str = ""
    triggers: tuple[Triggered, ...] = ()
    ended: datetime | None = None

    def missed_by(self, now: datetime) -> int:
        """How many rechecks have passed without a look by a moment, before and since the last."""
        return self.missed + missed(self.due, self.every_s, now)


def missed(due: datetime, every_s: int, now: datetime) -> int:
    """How many due times have passed; one counts when it is late by a tenth of the interval."""
    late = (now - due).total_seconds() - every_s / 10
    return int(late // every_s) + 1 if late > 0 and every_s > 0 else 0


class Repetition(msgspec.Struct, frozen=True):
    """One repetition of a step, with the readings that belong to it (label and value)."""

    step: str
    attempt: int
    number: int
    seq: int
    at: datetime
    by: str
    values: tuple[tuple[str, str], ...] = ()
    remark: str = ""


class Jump(msgspec.Struct, frozen=True):
    """Work that left its place `at` (empty: the end) for `go`, because of what a watch found."""

    at: str
    go: str
    step: str
    label: str
