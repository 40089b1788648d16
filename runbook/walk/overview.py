"""The whole run in lines of text: every step, the journal's tail, and where you were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from runbook.procedure.model import Section, Step
from runbook.report.sentences import fill
from runbook.report.timeline import Row
from runbook.report.words import MODE_MARK, RUN_STATUS, STATUS, duration
from runbook.run.events import RunStatus
from runbook.run.filling import values_of
from runbook.run.leaving import is_passed_over
from runbook.run.place import is_current
from runbook.run.state import ENDED, RunState
from runbook.walk.check_text import pending_lines
from runbook.walk.lanes_text import lane_lines
from runbook.walk.step_text import target_text
from runbook.walk.text import one_line

TAIL = 15


def clock(at: datetime | None) -> str:
    """A moment as the clock on the wall shows it; empty for none."""
    return at.astimezone().strftime("%H:%M:%S") if at else ""


def head_lines(state: RunState) -> Iterator[str]:
    """Mode, run, procedure, revision and owner: what must always be known."""
    prepared = state.prepared
    revision = f", revision {prepared.revision}" if prepared.revision else ""
    yield f"*** {MODE_MARK[state.mode]} ***"
    yield one_line(f"Run {state.run}: {prepared.title}{revision}. Owner {state.owner}.")


def status_lines(state: RunState, now: datetime) -> Iterator[str]:
    """Every step with its symbol, word and time, and where the run stands."""
    yield from head_lines(state)
    since = f", {duration(int((now - state.started).total_seconds()))}" if state.started else ""
    yield f"{RUN_STATUS[state.shown_status]}{since}. Entry {state.last_seq}."
    if state.paused_for:
        yield f"Paused: {one_line(state.paused_for)}"
    told: list[str] = [""]
    for step in state.procedure.steps:
        if step.section != told[-1]:
            yield from _section_lines(state, step.section, told)
        yield _step_line(state, step)
    yield from lane_lines(state, now)
    yield from pending_lines(state)
    yield from end_lines(state)


def _section_lines(state: RunState, section: str, told: list[str]) -> Iterator[str]:
    """A section's heading, below that of the section whose lane or part it is."""
    found = state.procedure.section_by_id.get(section)
    above = state.procedure.section_by_id.get(found.parent or "") if found else None
    if above is not None and _order(above) and above.id not in told:
        yield from _section_lines(state, above.id, told)
    told.append(section)
    if found is not None and found.title:
        yield f"== {one_line(fill(found.title, state.prepared.values))}{_order(found)} =="


def _order(section: Section) -> str:
    """What a heading says of the order of what stands below it."""
    return ", side by side" if section.parallel else ", any order" if section.any_order else ""


def _step_line(state: RunState, step: Step) -> str:
    mark = STATUS[state.status_of(step.id)]
    last = state.record(step.id).last
    target = target_text(step)
    when = clock(last.settled or last.started) or (f"target {target}" if target else "")
    here = "->" if step.id == state.current else " >" if is_current(state, step.id) else "  "
    flags = [f"attempt {last.number}"] if last.number > 1 else []
    flags += ["abandoned branch"] if state.is_abandoned(step.id) else []
    flags += [f"“{last.label}”"] if last.label else []
    words = ", ".join(one_line(w) for w in (mark.word.lower(), when, *flags) if w)
    text = one_line(fill(step.text, values_of(state)))
    return f"{here} {mark.symbol:4} {step.number:6} {words}: {text}"


def end_lines(state: RunState) -> Iterator[str]:
    """At the end of the route: that the run can be completed, and what is still open."""
    if state.status is RunStatus.CLOSED:
        yield "The run is closed."
    elif state.status in ENDED:
        yield f"The run is {RUN_STATUS[state.status].lower()}. close SECOND locks it after review."
    elif state.status is RunStatus.ABORTING and state.current is None:
        yield "The way back is at its end. finish SAFE-STATE ends the run."
        yield from open_lines(state)
    elif state.status is RunStatus.RUNNING and state.current is None:
        yield "The route is at its end. complete ends the run."
        yield from open_lines(state)


def open_lines(state: RunState) -> Iterator[str]:
    """The steps that need a decision before the run can end, and how to give it."""
    pending = state.open_items()
    if pending:
        yield "Still open; settle each first: settle N OWNER REASON"
    for step_id in pending:
        step, last = state.step(step_id), state.record(step_id).last
        mark = STATUS[state.status_of(step_id)]
        target = f" until {last.target}" if last.target else ""
        yield one_line(f"  {mark.symbol} {step.number} {mark.word.lower()}{target}: {step.text}")


def card_lines(state: RunState) -> Iterator[str]:
    """Where you were: for whoever comes back to a run."""
    yield "-- Where you were --"
    if state.last_confirmed:
        step = state.step(state.last_confirmed)
        at = clock(state.record(step.id).last.settled)
        yield one_line(f"Last confirmed: {step.number} at {at} by {state.last_by}: {step.text}")
    else:
        yield "Last confirmed: no step yet."
    if state.current:
        step = state.step(state.current)
        since = clock(state.current_since)
        yield one_line(f"Current step: {step.number}, in hand since {since}: {step.text}")
    else:
        yield f"Current step: none. The run is {RUN_STATUS[state.status].lower()}."
    behind = _left_open(state)
    if behind:
        yield f"Open items: {', '.join(behind)}"


def _left_open(state: RunState) -> list[str]:
    """Steps behind the current one that were put off, failed or passed over."""
    return [
        f"{state.step(s).number} {STATUS[state.status_of(s)].word.lower()}"
        for s in state.open_items()
        if is_passed_over(state, s)
    ]


def journal_lines(rows: Iterable[Row]) -> Iterator[str]:
    """The last entries with their numbers."""
    for row in tuple(rows)[-TAIL:]:
        yield one_line(f"{row.seq:>5}  {row.local[11:19]}  {row.who}: {row.text}")
        for said in row.corrected:
            yield f"       {one_line(said)}"
