"""What an operator asks for when declaring and telling: calls, duties to authorities, reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Declare:
    """Declare an incident, or change what was declared.

    Empty times are taken from the readings `time_aware` and `time_declared` where these were
    taken, and the declaration else counts from now. `reason` is needed for a change.
    """

    criteria: str
    level: str = ""
    aware: str = ""
    declared: str = ""
    declared_by: str = ""
    assumed_min: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumeDuration:
    """Say how long the incident is assumed to last by now, in minutes; 0 for unknown."""

    assumed_min: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeRelief:
    """Say who relieves those at work, and when (RFC 3339 or empty)."""

    who: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogCall:
    """Record a call. `contact` is a key or name of the site file, or anybody's name.

    `outcome` is one of `Outcome`; any other word is refused.
    """

    contact: str
    outcome: str
    channel: str = ""
    role: str = ""
    message: str = ""
    read_back: str = ""
    note: str = ""
    step: str = ""
    performed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSent:
    """Say that what a regulatory clock waits for was sent; `due` is as it was shown."""

    clock: str
    reference: str
    sent: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNotRequired:
    """Say that nothing has to be sent, why, and who judged it (yourself if empty)."""

    clock: str
    reason: str
    judged_by: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReport:
    """Record a situation report as sent."""

    text: str
    to: str


MessageCommand = (
    Declare | AssumeDuration | ArrangeRelief | LogCall | MarkSent | MarkNotRequired | SendReport
)
