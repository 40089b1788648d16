"""An entry: one event as kept in the journal, with who, when and where in the order."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from runbook.run.events import Event, Mode


class Assurance(StrEnum):
    """How the program knows who acted: it was only told, a PIN was typed, or by telephone."""

    STATED = "stated"
    PIN = "pin"
    PHONE = "phone"
    PROGRAM = "program"


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The person at the keyboard: initials or name, and the role they act in."""

    operator: str
    role: str = ""
    assurance: Assurance = Assurance.STATED

    @property
    def is_person(self) -> bool:
        """False for what the program notes by itself; only a person may settle a step."""
        return bool(self.operator) and self.assurance is not Assurance.PROGRAM


PROGRAM = Actor(operator="", role="program", assurance=Assurance.PROGRAM)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One act of one person, at its place in a device's chain.

    `wall` is RFC 3339 with the local offset and milliseconds, `mono` nanoseconds of a clock
    that never jumps within one `boot`. Order inside a device is `seq`, never the clock.
    """

    device: str
    seq: int
    lamport: int
    wall: str
    mono: int
    boot: str
    run: str
    mode: Mode
    actor: Actor
    event: Event
