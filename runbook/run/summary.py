"""A run in one line of a list, told from the few entries that begin, move and end it."""

from __future__ import annotations

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
from runbook.run.events_calls import RunTransferred
from runbook.run.events_people import HandoverAccepted, OwnerTakenOver

LIFECYCLE: tuple[type[Event], ...] = (
    RunPrepared,
    RunStarted,
    RunPaused,
    RunResumed,
    AbortBegan,
    RunAborted,
    RunCompleted,
    RunTransferred,
    RunClosed,
    RunCancelled,
    HandoverAccepted,
    OwnerTakenOver,
)
"""The events that move a run as a whole; all others leave its status and owner alone."""

OWNERS: tuple[type[Event], ...] = (HandoverAccepted, OwnerTakenOver)
"""Those of them that give a run another owner and leave its status alone."""


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
    incident: str = ""
    called_by_run: str = ""


def status_of(event: Event) -> RunStatus:
    """The status a run has from this lifecycle event on."""
    match event:
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
        case RunTransferred():
            return RunStatus.TRANSFERRED
        case RunClosed():
            return RunStatus.CLOSED
        case RunCancelled():
            return RunStatus.CANCELLED
        case _:
            return RunStatus.PREPARED


def summarise(
    first: Entry, last: Entry, handed: Entry, *, entries: int, started_utc: str, last_utc: str
) -> RunSummary:
    """Sum up one run from its preparation, its last status, and who was given it last.

    `last` and `handed` are the first entry again where nothing of the kind has happened.
    """
    header = first.event
    assert isinstance(header, RunPrepared)
    return RunSummary(
        run=first.run,
        mode=first.mode,
        procedure=header.procedure,
        title=header.title,
        revision=header.revision,
        state=status_of(last.event),
        started_utc=started_utc,
        last_utc=last_utc,
        owner=str(getattr(handed.event, "owner", header.owner)),
        device=first.device,
        entries=entries,
        file=header.file,
        sha256=header.sha256,
        incident=header.incident or first.run,
        called_by_run=header.called_by_run,
    )
