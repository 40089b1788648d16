"""What was declared and told in a run, as the state keeps it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from runbook.run.events_message import Outcome


class Declaration(msgspec.Struct, frozen=True):
    """The declaration as it stands; `seq` is the entry that made or changed it last."""

    seq: int
    level: str
    criteria: str
    aware: datetime
    declared: datetime
    declared_by: str
    by: str


class Assumption(msgspec.Struct, frozen=True):
    """How long the incident was assumed to last, in minutes, when somebody was asked."""

    seq: int
    at: datetime
    after_h: int
    assumed_min: int
    by: str


class Relief(msgspec.Struct, frozen=True):
    """A relief that was arranged: who comes, when it was arranged, when they take over."""

    seq: int
    arranged: datetime
    who: str
    at: datetime | None
    by: str


class Call(msgspec.Struct, frozen=True):
    """One call of the call-out log."""

    seq: int
    at: datetime
    by: str
    contact: str
    name: str
    role: str
    channel: str
    number: str
    outcome: Outcome
    message: str
    read_back: str
    note: str
    step: str
    attempt: int


class Duty(msgspec.Struct, frozen=True):
    """How a regulatory clock was settled: sent with a reference, or not required and why."""

    seq: int
    clock: str
    at: datetime
    by: str
    label: str = ""
    sent: datetime | None = None
    reference: str = ""
    reason: str = ""
    judged_by: str = ""
    due: datetime | None = None


class Report(msgspec.Struct, frozen=True):
    """A situation report that went out."""

    seq: int
    number: int
    at: datetime
    by: str
    text: str
    to: str
    due: datetime | None
    next_at: datetime | None


class Messages(msgspec.Struct, frozen=True):
    """Everything declared and told, oldest first. `duties` are by the name of their clock."""

    declaration: Declaration | None = None
    assumptions: tuple[Assumption, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    calls: tuple[Call, ...] = ()
    duties: tuple[Duty, ...] = ()
    reports: tuple[Report, ...] = ()

    def duty(self, clock: str) -> Duty | None:
        """How a clock was settled last; None while it is not."""
        return next((d for d in reversed(self.duties) if d.clock == clock), None)
