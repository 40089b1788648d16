"""What a step owes to other runs, and whether it leads over the point of no return, as lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from runbook.run.no_return import is_marked, is_next
from runbook.run.place import open_from_here
from runbook.run.rules_shared import received_at
from runbook.run.state import RunState
from runbook.ui.filled import step_words
from runbook.ui.status_words import run_word_of
from runbook.ui.step_words import time_words

translate = QCoreApplication.translate


def lines_between(state: RunState, step_id: str) -> Iterator[tuple[str, str, str]]:
    """Kind, label and words of each such line."""
    yield from _no_return(state, step_id)
    for item in received_at(state, step_id):
        words = translate("StepPanel", "{number} {text} (from {title}; Ctrl+R when it is done)")
        text = words.format(number=item.number, text=item.text, title=item.title)
        yield "received", translate("StepPanel", "Put off to here"), text
    called = state.record(step_id).last.called
    if called is not None:
        yield "called", translate("StepPanel", "Called"), _called_words(state, step_id)


def _no_return(state: RunState, step_id: str) -> Iterator[tuple[str, str, str]]:
    if is_marked(state, step_id):
        words = translate("StepPanel", "What follows cannot be undone.")
        yield "no_return", translate("StepPanel", "Point of no return"), words
    elif is_next(state, step_id):
        following = next((s for s in open_from_here(state) if s != step_id), step_id)
        words = translate("StepPanel", "The next step is the point of no return: {step}")
        label = translate("StepPanel", "Mind")
        yield "no_return", label, words.format(step=step_words(state, following))


def _called_words(state: RunState, step_id: str) -> str:
    """Which run is waited for, since when, and how it ended."""
    called = state.record(step_id).last.called
    assert called is not None
    words = translate("StepPanel", "{title}, run {run}, since {time}")
    told = words.format(title=called.title, run=called.run, time=time_words(called.at))
    if called.ended is not None:
        told += translate("StepPanel", "; ended: {how}").format(how=run_word_of(called.ended))
    if called.went_on:
        told += translate("StepPanel", "; not waited for: {why}").format(why=called.went_on)
    return told
