"""What the right side of the run page says: pinned notes, open steps."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from runbook.run.events import Status
from runbook.run.state import RunState
from runbook.ui.filled import step_words
from runbook.ui.status_words import mark_of

translate = QCoreApplication.translate
_DONE = (Status.DONE, Status.DONE_DEV)
_STILL_OPEN = (Status.FAILED, Status.DEFERRED, Status.VERIFY)


def open_items_of(state: RunState) -> tuple[str, ...]:
    """Steps that failed, were put off or wait for a second person, each with its status."""
    found = []
    for step_id, record in state.records.items():
        status = state.status_of(step_id)
        if status not in _STILL_OPEN or record.last.go:
            continue
        signs = mark_of(status)
        target = _target_words(state, record.last.target)
        found.append(f"{signs.symbol} {step_words(state, step_id)}: {signs.word}{target}")
    return (*found, *between_of(state))


def between_of(state: RunState) -> Iterator[str]:
    """Calls that have ended and wait to be confirmed, and steps that other runs put off to here."""
    back = translate("Clocks", "← {step}: {title} has ended, confirm it")
    for step_id, record in state.records.items():
        called = record.last.called
        if called is None or called.ended is None or record.last.status is not Status.WAITING:
            continue
        yield back.format(step=step_words(state, step_id), title=called.title)
    here = translate("Clocks", "↪ {title} {number}: {text} (Ctrl+R)")
    for item in state.received:
        if not item.redeemed:
            yield here.format(title=item.title, number=item.number, text=item.text)


def _target_words(state: RunState, target: str) -> str:
    if not target:
        return ""
    step = state.procedure.by_id.get(target)
    where = step.number if step else target
    return translate("Clocks", ", to {where}").format(where=where)
