"""The briefing as lines of text: whether this is the right procedure, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from runbook.procedure.markup import plain_text
from runbook.procedure.model import Procedure
from runbook.report.sentences import fill
from runbook.starting import Briefing
from runbook.walk.text import labelled, listed, one_line, wrapped


def briefing_lines(briefing: Briefing) -> Iterator[str]:
    """What is read before the first step."""
    yield from content_lines(briefing.procedure, briefing.values)
    yield from labelled("Site", briefing.site.name, "")


def content_lines(procedure: Procedure, values: Mapping[str, str]) -> Iterator[str]:
    """What the procedure says about itself."""
    front = procedure.front
    revision = f", revision {procedure.revision}" if procedure.revision else ""
    yield one_line(f"-- Briefing: {procedure.title}{revision} --")
    for line in plain_text(procedure.introduction).splitlines():
        yield from wrapped(fill(line, values))
    yield from listed("Use when", (fill(plain_text(t), values) for t in front.use_when))
    yield from listed(
        "Do not use when", (fill(plain_text(t), values) for t in front.do_not_use_when)
    )
    yield from listed("Roles", (f"{name} ({key})" for key, name in front.roles.items()))
    yield from listed("Bring", (fill(plain_text(t), values) for t in front.bring))
    for alert in procedure.alerts:
        yield from wrapped(fill(alert.text, values), "   ", f"{alert.kind.value.upper()}: ")
    yield from labelled("Duration", fill(front.duration, values), "")
    yield from labelled("Point of no return", fill(_no_return(procedure), values), "")
    yield from labelled("Content", "; ".join(_age(procedure)), "")
    yield f"Steps: {len(procedure.steps)}"


def _no_return(procedure: Procedure) -> str:
    """Where there is no way back, or that none is marked."""
    marked = [f"section {s.title}" for s in procedure.sections if s.point_of_no_return]
    marked += [f"step {s.number}: {s.text}" for s in procedure.steps if s.point_of_no_return]
    return "; ".join(marked) or "none marked"


def _age(procedure: Procedure) -> Iterator[str]:
    """Who approved the content and how old it is."""
    front = procedure.front
    if front.approved is not None:
        yield f"approved by {front.approved.by}{_on(front.approved.on)}"
    else:
        yield "not approved"
    yield f"reviewed{_on(front.last_reviewed_on)}" if front.last_reviewed_on else "review unknown"
    if front.review_due is not None:
        yield f"next review due{_on(front.review_due)}"
    if front.owner:
        yield f"owner {front.owner}"


def _on(day: date | None) -> str:
    return f" on {day.isoformat()}" if day else ""
