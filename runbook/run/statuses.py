"""The closed sets: what a run is for, what a step can be, what a run can be.

They stand apart from the events so that a list can be shown before anything is decoded.
"""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What a run is for. Set once, never changed. TEST is planned work on real equipment."""

    LIVE = "live"
    TEST = "test"
    DRILL = "drill"

    @property
    def family(self) -> str:
        """The folder its journal lies in: live and test together, drills apart."""
        return "drill" if self is Mode.DRILL else "live"


class Status(StrEnum):
    """The closed set of what a step can be."""

    OPEN = "open"
    ACTIVE = "active"
    WAITING = "waiting"
    VERIFY = "verify"
    HOLD = "hold"
    DONE = "done"
    DONE_DEV = "done_dev"
    FAILED = "failed"
    DEFERRED = "deferred"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "na"
    NOT_REACHED = "not_reached"


class RunStatus(StrEnum):
    """The closed set of what a run can be; HANDOVER is shown beside RUNNING, never stored."""

    PREPARED = "prepared"
    RUNNING = "running"
    PAUSED = "paused"
    HANDOVER = "handover"
    ABORTING = "aborting"
    ABORTED = "aborted"
    COMPLETE_OPEN = "complete_open"
    COMPLETE = "complete"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    CANCELLED = "cancelled"
