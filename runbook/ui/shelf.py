"""The library as the start screen needs it: lines to show, ready in the words of the program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from runbook.procedure.catalogue import Entry, State
from runbook.ui import times
from runbook.ui.library_model import Row

if TYPE_CHECKING:
    from runbook.procedure.library import Hit, Library

_SYMPTOMS_SHOWN = 3
_NUMBERED = re.compile(r"[a-z]{1,4}-?\d+[a-z]?", re.IGNORECASE)


class LibraryShelf:
    """Searches a library and words what it finds."""

    def __init__(self, library: Library, today: date) -> None:
        self._library = library
        self._today = today

    @property
    def count(self) -> int:
        """How many procedures there are, the broken ones too."""
        return len(self._library.entries)

    def search(self, text: str) -> Sequence[Row]:
        """Those that fit best first; all of them for an empty text."""
        found = self._library.search(text)
        if not text.strip():  # nothing is asked for: what can be worked comes first
            found = sorted(found, key=_by_use)
        return [self._row(hit) for hit in found]

    def _row(self, hit: Hit) -> Row:
        entry = hit.entry
        state, tone = _state_of(entry, self._today)
        return Row(
            path=Path(entry.path),
            id=_spoken_id(entry.id),
            title=entry.title,
            symptom=_symptom_of(hit),
            duration=_count_of_steps(entry.steps),
            state=state,
            tone=tone,
            detail=_detail_of(entry),
        )


def _by_use(hit: Hit) -> tuple[bool, bool, str]:
    """What can be worked first, and of that the numbered ones in the order of their numbers."""
    entry = hit.entry
    is_numbered = _NUMBERED.fullmatch(entry.id) is not None
    is_unusable = entry.state is State.BROKEN or not entry.steps
    return is_unusable, not is_numbered, entry.id if is_numbered else ""


def _spoken_id(name: str) -> str:
    """A number like `rb-01` as people say it, RB-01; the name of a file as it is."""
    return name.upper() if _NUMBERED.fullmatch(name) else name


def _symptom_of(hit: Hit) -> str:
    """What answered the search; else what the procedure is known by."""
    if hit.field in ("symptom", "use when", "heading") and hit.text:
        return hit.text
    entry = hit.entry
    if entry.findings and entry.state is State.BROKEN:
        first = entry.findings[0]
        words = QCoreApplication.translate("Shelf", "Line {line}: {message}")
        return words.format(line=first.line, message=first.message)
    known = entry.symptoms[:_SYMPTOMS_SHOWN] or entry.use_when[:1]
    return ", ".join(known) or entry.description or ", ".join(entry.headings[:_SYMPTOMS_SHOWN])


def _state_of(entry: Entry, today: date) -> tuple[str, str]:
    """What one should know of the file first, and the token to say it in."""
    translate = QCoreApplication.translate
    if entry.state is State.BROKEN:
        return translate("Shelf", "Has errors"), "bad"
    due = date.fromisoformat(entry.review_due) if entry.review_due else None
    if due is not None and due < today:
        return translate("Shelf", "Review overdue"), "bad"
    if not entry.strict:
        return translate("Shelf", "Plain file"), "dim"
    if entry.state is State.FINDINGS:
        return _count_of_findings(len(entry.findings)), "warn"
    if due is not None:
        return translate("Shelf", "Review by {on}").format(on=times.day(due)), "good"
    return "", "dim"


def _count_of_steps(count: int) -> str:
    translate = QCoreApplication.translate
    words = translate("Shelf", "1 step") if count == 1 else translate("Shelf", "{n} steps")
    return words.format(n=count)


def _count_of_findings(count: int) -> str:
    translate = QCoreApplication.translate
    words = translate("Shelf", "1 finding") if count == 1 else translate("Shelf", "{n} findings")
    return words.format(n=count)


def _detail_of(entry: Entry) -> str:
    translate = QCoreApplication.translate
    if entry.revision:
        return translate("Shelf", "revision {n}").format(n=entry.revision)
    return Path(entry.path).name
