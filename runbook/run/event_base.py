"""What all events have in common; each subject has a module of its own events."""

from __future__ import annotations

import msgspec

from runbook.run.statuses import Status


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Anything that happened in a run."""


class StepEvent(Event, frozen=True, kw_only=True):
    """Something that happened at one attempt of one step, and what it changed."""

    step: str
    attempt: int = 1
    was: Status
    now: Status
