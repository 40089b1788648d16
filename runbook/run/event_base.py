"""What all events have in common; each subject has a module of its own events."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from runbook.run.statuses import Status


class Guard(StrEnum):
    """What holds work back until somebody with a reason goes past it."""

    HOLD = "hold"
    DECIDER = "decider"
    CRITERIA = "criteria"
    IDENTITY = "identity"
    WAIT = "wait"


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """A guard that was gone past: why, on whose authority, and what it held back."""

    guard: Guard
    reason: str
    authority: str = ""
    about: str = ""


class Verdict(StrEnum):
    """How a criterion of a hold point stands against what was read."""

    MET = "met"
    NOT_MET = "not_met"
    UNREAD = "unread"
    JUDGED = "judged"


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion of a hold point as it stood; `seen` are the readings it was held against.

    One that is only words is JUDGED by whoever decides.
    """

    text: str
    verdict: Verdict
    seen: str = ""


class Capacity(StrEnum):
    """As what somebody decided at a hold point."""

    NONE = ""
    HOLDER = "holder"
    DEPUTY = "deputy"
    OVERRIDE = "override"


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Anything that happened in a run."""


class StepEvent(Event, frozen=True, kw_only=True):
    """Something that happened at one attempt of one step, and what it changed."""

    step: str
    attempt: int = 1
    was: Status
    now: Status
