"""The briefing in words: what to know before the first step, line by line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from runbook.procedure.markup import plain_text
from runbook.procedure.site import fill
from runbook.ui import times

if TYPE_CHECKING:
    from runbook.procedure.model import FrontMatter, Procedure
    from runbook.starting import Briefing

Line = tuple[str, str, str]
_MANY = 8


def briefing_lines(briefing: Briefing, today: date) -> tuple[Line, ...]:
    """Heading, text and tone of each part that has something to say."""
    procedure, front = briefing.procedure, briefing.procedure.front
    translate = QCoreApplication.translate
    when, when_not = _bullets(_plain(front.use_when)), _bullets(_plain(front.do_not_use_when))
    lines = (
        ("", _origin(front), "dim"),
        ("", _review(front, today), _review_tone(front, today)),
        ("", front.description or procedure.introduction, ""),
        (translate("Briefing", "Use it when"), when, ""),
        (translate("Briefing", "Do not use it when"), when_not, "warn"),
        (translate("Briefing", "Roles"), _bullets(tuple(front.roles.values())), ""),
        (translate("Briefing", "Bring"), ", ".join(_plain(front.bring)), ""),
        (translate("Briefing", "Takes about"), front.duration, ""),
        (translate("Briefing", "Point of no return"), _points(procedure), "warn"),
        (translate("Briefing", "What is amiss"), _amiss(briefing), "warn"),
    )
    return tuple(
        (heading, fill(text, briefing.values), tone) for heading, text, tone in lines if text
    )


def _plain(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Without the marks of markdown: a link is read as its words."""
    return tuple(plain_text(text) for text in texts)


def _origin(front: FrontMatter) -> str:
    translate = QCoreApplication.translate
    parts = []
    if front.revision:
        parts.append(translate("Briefing", "Revision {n}").format(n=front.revision))
    if front.approved is None:
        parts.append(translate("Briefing", "approved by nobody"))
    else:
        on = front.approved.on
        words = translate("Briefing", "approved {on} by {by}")
        parts.append(words.format(on=times.day(on) if on else "", by=front.approved.by))
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _review(front: FrontMatter, today: date) -> str:
    translate = QCoreApplication.translate
    parts = []
    if front.last_reviewed_on:
        since = times.age(front.last_reviewed_on, today)
        parts.append(translate("Briefing", "Reviewed {since}").format(since=since))
    if front.review_due:
        due = front.review_due < today
        words = (
            translate("Briefing", "review was due {on}")
            if due
            else translate("Briefing", "next review {on}")
        )
        parts.append(words.format(on=times.day(front.review_due)))
    return ", ".join(parts)


def _review_tone(front: FrontMatter, today: date) -> str:
    return "bad" if front.review_due and front.review_due < today else "dim"


def _bullets(parts: tuple[str, ...]) -> str:
    """One part as it is, several as a list."""
    return "\n".join(f"• {part}" for part in parts) if len(parts) > 1 else "".join(parts)


def _points(procedure: Procedure) -> str:
    steps = (f"{s.number} {s.text}" for s in procedure.steps if s.point_of_no_return)
    sections = (s.title for s in procedure.sections if s.point_of_no_return)
    return "\n".join((*sections, *steps))


def _amiss(briefing: Briefing) -> str:
    """Errors and warnings of the file, the first few with their line."""
    found = [f for f in briefing.findings if f.severity.value != "note"]
    lines = [
        QCoreApplication.translate("Briefing", "Line {line}: {message}").format(
            line=f.line, message=f.message
        )
        for f in found[:_MANY]
    ]
    more = len(found) - _MANY
    if more > 0:
        lines.append(QCoreApplication.translate("Briefing", "and {n} more").format(n=more))
    return "\n".join(lines)
