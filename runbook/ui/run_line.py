"""A run as one line of a list: what it is, whose, since when, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from runbook.run.statuses import Mode, RunStatus

if TYPE_CHECKING:
    from runbook.run.summary import RunSummary

_ENDED = (
    RunStatus.ABORTED,
    RunStatus.COMPLETE,
    RunStatus.COMPLETE_OPEN,
    RunStatus.TRANSFERRED,
    RunStatus.CLOSED,
    RunStatus.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run. `step` is the step in hand of an open run, empty until it is known."""

    run: str
    mode: Mode
    title: str
    status: RunStatus
    owner: str
    since: datetime
    last: datetime
    step: str = ""

    @property
    def is_open(self) -> bool:
        """True while steps of the run can be done."""
        return self.status not in _ENDED

    @classmethod
    def of(cls, summary: RunSummary, step: str = "") -> RunLine:
        """The line of a run as the journal sums it up."""
        last = datetime.fromisoformat(summary.last_utc)
        since = datetime.fromisoformat(summary.started_utc or summary.last_utc)
        return cls(
            summary.run,
            summary.mode,
            summary.title,
            summary.state,
            summary.owner,
            since,
            last,
            step,
        )


def by_urgency(lines: Iterable[RunLine]) -> tuple[RunLine, ...]:
    """Open runs first, of these LIVE before TEST before DRILL; then the newest first."""
    modes = list(Mode)

    def rank(line: RunLine) -> tuple[bool, int]:
        return not line.is_open, modes.index(line.mode) if line.is_open else 0

    return tuple(sorted(sorted(lines, key=lambda one: one.since, reverse=True), key=rank))
