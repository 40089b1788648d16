"""Where an open run stands, in the words of the overview of all open runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.report.words import duration
from runbook.run.events import Mode, RunStatus
from runbook.run.state import RunState
from runbook.run.timers import TimerKind, timers
from runbook.ui.filled import step_words
from runbook.ui.status_words import run_word_of
from runbook.ui.step_words import time_words

translate = QCoreApplication.translate
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class OpenRun:
    """One open run: whose, for what, where in it, and what is late or watched there."""

    run: str
    mode: Mode
    title: str
    status: RunStatus
    owner: str
    steps: tuple[str, ...]
    late: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()
    waits_for: str = ""
    incident: str = ""
    depth: int = 0
    begun: str = ""

    @property
    def order(self) -> tuple[int, str, str]:
        """LIVE before TEST before DRILL, then by incident, then as they were begun."""
        return list(Mode).index(self.mode), self.incident, self.begun

    @property
    def words(self) -> str:
        """Where the run stands, on one line."""
        return "; ".join(self.steps) or run_word_of(self.status)


def open_run(state: RunState, now: datetime) -> OpenRun:
    """What the overview says of a run at this moment."""
    steps = tuple(dict.fromkeys(step for _, step in state.currents)) or (
        (state.current,) if state.current else ()
    )
    waiting = (state.record(s).last.called for s in steps)
    waits = next((c.title for c in waiting if c is not None and c.ended is None), "")
    return OpenRun(
        run=state.run,
        mode=state.mode,
        title=state.prepared.title,
        status=state.status,
        owner=state.owner,
        steps=tuple(step_words(state, step) for step in steps),
        late=late_of(state, now),
        watched=watched_of(state, now),
        waits_for=waits,
        incident=state.incident,
        depth=int(state.prepared.begun_as == "called"),
        begun=state.prepared_at.isoformat() if state.prepared_at else "",
    )


def late_of(state: RunState, now: datetime) -> tuple[str, ...]:
    """What is overdue in a run, the longest overdue first."""
    words = translate("Overview", "{step}, {time} over")
    return tuple(
        words.format(step=_named(state, timer.step), time=duration(timer.over_s(now)))
        for timer in timers(state, now)
        if timer.is_over(now)
    )


def watched_of(state: RunState, now: datetime) -> tuple[str, ...]:
    """The watches that are armed in a run, and when each is due."""
    words = translate("Overview", "{step}, due {time}")
    return tuple(
        words.format(step=_named(state, timer.step), time=time_words(timer.due))
        for timer in timers(state, now)
        if timer.kind is TimerKind.WATCH and not timer.is_over(now)
    )


def _named(state: RunState, step: str) -> str:
    return step_words(state, step) if step in state.procedure.by_id else state.prepared.title
