"""Where the run stood, for somebody who comes back to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.report.words import duration
from runbook.run.entry import Entry
from runbook.run.events import GapNoted
from runbook.run.state import ENDED, RunState
from runbook.ui.filled import step_words
from runbook.ui.side_words import open_items_of
from runbook.ui.step_words import time_words

translate = QCoreApplication.translate
LONG: Final = timedelta(minutes=2)


def gap_noted(entries: Sequence[Entry]) -> GapNoted | None:
    """The gap, when it is the newest entry."""
    event = entries[-1].event if entries else None
    return event if isinstance(event, GapNoted) else None


def where_words(state: RunState, gap: GapNoted) -> str:
    """Where a run stands that is taken up again."""
    away = translate("WhereCard", "Welcome back. Runbook was closed for {time}.")
    crashed = translate("WhereCard", "Runbook stopped unexpectedly and was away for {time}.")
    if gap.seconds < 0:
        back = translate("WhereCard", "Welcome back. The computer's clock was set back by {time}.")
        return _card(state, back.format(time=duration(-gap.seconds)))
    return _card(state, (away if gap.clean else crashed).format(time=duration(gap.seconds)))


def words_after_absence(state: RunState, away: timedelta) -> str:
    """Where the run stands for somebody who worked in another window; empty if not for long."""
    if away < LONG or state.status in ENDED:
        return ""
    back = translate("WhereCard", "Welcome back. You were in another window for {time}.")
    return _card(state, back.format(time=duration(int(away.total_seconds()))))


def _card(state: RunState, head: str) -> str:
    """What was confirmed last, where the run stands, and what is open."""
    lines = [head]
    if state.last_confirmed is not None:
        lines.append(_last(state, state.last_confirmed))
    if state.current is not None:
        now = translate("WhereCard", "You are at {step}.")
        lines.append(now.format(step=step_words(state, state.current).rstrip(".")))
    beside = [step_words(state, step) for _, step in state.currents if step != state.current]
    if beside:
        others = translate("WhereCard", "In other lanes: {steps}.")
        lines.append(others.format(steps="; ".join(beside).rstrip(".")))
    open_items = open_items_of(state)
    if open_items:
        still = translate("WhereCard", "Still open: {what}.").format(what="; ".join(open_items))
        lines.append(still)
    lines.append(translate("WhereCard", "Esc closes this."))
    return "\n".join(lines)


def _last(state: RunState, step_id: str) -> str:
    last = state.record(step_id).last
    words = translate("WhereCard", "Confirmed last: {step}, {time}, {who}.")
    return words.format(
        step=step_words(state, step_id).rstrip("."),
        time=time_words(last.settled),
        who=last.by,
    )
