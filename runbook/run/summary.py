"""A run in one line of a list, told from the few entries that begin, move and end it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runbook.run.entry import Entry
from runbook.run.events import (
    AbortBegan,
    Event,
    Mode,
    RunAborted,
    RunCancelled,
    RunClosed,
    RunCompleted,
    RunPaused,
    RunPrepared,
    RunResumed,
    RunStarted,
    RunStatus,
)

LIFECYCLE: tuple[type[Event], ...] = (
    RunPrepared,
    RunStarted,
    RunPaused,
    RunResumed,
    AbortBegan,
    RunAborted,
    RunCompleted,
    RunClosed,
    RunCancelled,
)
"""The events that move a run as a whole; all others leave its status alone."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a list says of a run. Times are RFC 3339 in UTC; `started_utc` may be empty."""

    run: str
    mode: Mode
    procedure: str
    title: str
    revision: str
    state: RunStatus
    started_utc: str
    last_utc: str
    owner: str
    device: str
    entries: int
    file: str
    sha256: str


def status_after(status: RunStatus, event: Event) -> RunStatus:
    """The status a run has after one more event."""
    match event:
        case RunPrepared():
            return RunStatus.PREPARED
        case RunStarted() | RunResumed():
            return RunStatus.RUNNING
        case RunPaused():
            return RunStatus.PAUSED
        case AbortBegan():
            return RunStatus.ABORTING
        case RunAborted():
            return RunStatus.ABORTED
        case RunCompleted():
            return RunStatus.COMPLETE_OPEN if event.items else RunStatus.COMPLETE
        case RunClosed():
            return RunStatus.CLOSED
        case RunCancelled():
            return RunStatus.CANCELLED
        case _:
            return status


def summarise(
    lifecycle: Sequence[Entry], *, entries: int, started_utc: str, last_utc: str
) -> RunSummary:
    """Sum up one run from its lifecycle entries in order; the first is its preparation."""
    first = lifecycle[0]
    header = first.event
    assert isinstance(header, RunPrepared)
    status = RunStatus.PREPARED
    for entry in lifecycle:
        status = status_after(status, entry.event)
    return RunSummary(
        run=first.run,
        mode=first.mode,
        procedure=header.procedure,
        title=header.title,
        revision=header.revision,
        state=status,
        started_utc=started_utc,
        last_utc=last_utc,
        owner=header.owner,
        device=first.device,
        entries=entries,
        file=header.file,
        sha256=header.sha256,
    )
