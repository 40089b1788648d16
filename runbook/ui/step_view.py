"""What the middle of the run page shows of one step, worked out from the state alone.

A view is plain frozen data: two equal views need no redrawing, which keeps typed text and
makes it cheap to ask again after every entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.procedure.lanes import needs_no_order
from runbook.procedure.markup import details_html
from runbook.procedure.model import AlertKind, Procedure, Record, Step, StepKind
from runbook.report.sentences import fill
from runbook.run.callout import script
from runbook.run.choices import options_of
from runbook.run.events import Outside, Status
from runbook.run.leaving import ends_lane, following, left_behind, previous
from runbook.run.readings import limits_text
from runbook.run.state import RunState
from runbook.run.step_facts import unread_warnings
from runbook.ui.check_view import CheckView, check_of
from runbook.ui.filled import known_values, step_words
from runbook.ui.lines_calls import lines_between
from runbook.ui.step_times import time_lines, waits_words
from runbook.ui.step_words import Line, option_effect, outcome_of, target_words
from runbook.ui.threshold_lines import thresholds_told

translate = QCoreApplication.translate
_PRE: Final = re.compile(r"<pre\b[^>]*>(.*?)</pre>", re.DOTALL)
_IN_CHECK: Final = (Status.VERIFY, Status.HOLD)  # the lines of the check tell more
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class AlertView:
    """A warning, caution or note as it is shown; `unread` asks for an acknowledgement."""

    kind: AlertKind
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the details: safe HTML, or a block of commands to copy."""

    html: str = ""
    code: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading to be taken, and what stands recorded for it in this attempt."""

    record: Record
    unit_and_limits: str
    source: str
    recorded: str = ""
    outside: Outside = Outside.NO
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One way out of a decision: its number as a key, its words, where it leads."""

    index: int
    label: str
    effect: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """Everything the panel shows of a step, in the order it is read."""

    step: str
    attempt: int
    status: Status
    current: bool
    number: str
    role: str
    mark_off: str
    order: str
    target: str
    target_s: tuple[int, int] | None
    since: datetime | None
    alerts: tuple[AlertView, ...]
    unread: bool
    left: str
    above: str
    text: str
    segments: tuple[Segment, ...]
    readings: tuple[ReadingView, ...]
    lines: tuple[Line, ...]
    check: CheckView
    waits: str
    options: tuple[OptionView, ...]
    outcome: str
    following: str
    previous: str


def view_of(state: RunState, step_id: str) -> StepView:
    """The view of one step as the run stands."""
    step, values = state.step(step_id), known_values(state)
    last, status = state.record(step_id).last, state.status_of(step_id)
    return StepView(
        step=step_id,
        attempt=last.number,
        status=status,
        current=state.current == step_id,
        number=step.number,
        role=state.procedure.role_name(step.role),
        mark_off=_mark_off(step),
        order=_order(state, step_id),
        target=target_words(step.target_s),
        target_s=step.target_s,
        since=_since(state, step_id),
        alerts=tuple(AlertView(a.kind, fill(a.text, values)) for a in step.alerts),
        unread=bool(unread_warnings(state, step)),
        left=_left(state, step_id),
        above=_above(state.procedure, step, values),
        text=fill(step.text, values),
        segments=_details(step, values),
        readings=_readings(state, step, last.number),
        lines=(
            *(Line(*told) for told in lines_between(state, step_id)),
            *_lines(state, step, values),
            *time_lines(state.procedure, step, values),
            *(Line("threshold", *told) for told in thresholds_told(state, step)),
        ),
        check=check_of(state, step),
        waits=waits_words(state, step_id),
        options=_options(state, step, last.option if last.pending is None else last.pending),
        outcome="" if status in _IN_CHECK else outcome_of(state, step_id),
        following=_following(state, step_id),
        previous=_previous(state, step_id),
    )


def _details(step: Step, values: Mapping[str, str]) -> tuple[Segment, ...]:
    languages = tuple(code.language for code in step.code)
    return segments(details_html(step, values), languages) if step.details else ()


def segments(html: str, languages: tuple[str, ...] = ()) -> tuple[Segment, ...]:
    """Safe HTML cut at its code blocks, so that each can be copied by a key."""
    found, at = [], 0
    for number, block in enumerate(_PRE.finditer(html)):
        found.append(Segment(html=html[at : block.start()].strip()))
        code = unescape(_TAG.sub("", block[1])).rstrip("\n")
        language = languages[number] if number < len(languages) else ""
        found.append(Segment(code=code, language=language))
        at = block.end()
    found.append(Segment(html=html[at:].strip()))
    return tuple(s for s in found if s.code or _TAG.sub("", s.html).strip())


def _since(state: RunState, step_id: str) -> datetime | None:
    """When the time on the step began to count: taken, or come to."""
    started = state.record(step_id).last.started
    return started or state.since.get(step_id)


def _order(state: RunState, step_id: str) -> str:
    """That a step needs no order with those beside it; ordered ones need no word."""
    free = needs_no_order(step_id, state.plan.path.get(step_id, ()))
    return translate("StepPanel", "In any order") if free else ""


def _mark_off(step: Step) -> str:
    if step.two_person is None:
        return ""
    return translate("StepPanel", "Two people, {how}").format(
        how=translate("StepPanel", "looking together")
        if step.two_person.value == "together"
        else translate("StepPanel", "each alone")
    )


def _left(state: RunState, step_id: str) -> str:
    """What the section before leaves undone, told at the first step of the next."""
    left = left_behind(state, step_id)
    if not left:
        return ""
    words = (f"{state.step(s).number} {outcome_of(state, s) or _open_word()}" for s in left)
    told = translate("StepPanel", "Not done in the section before: {steps}")
    return told.format(steps="; ".join(words))


def _open_word() -> str:
    return translate("StepPanel", "still open")


def _above(procedure: Procedure, step: Step, values: Mapping[str, str]) -> str:
    """The steps a sub-step is part of, outermost first."""
    names, parent = [], step.parent
    while parent is not None:
        above = procedure.by_id[parent]
        names.append(f"{above.number} {fill(above.text, values)}")
        parent = above.parent
    return " › ".join(reversed(names))


def _readings(state: RunState, step: Step, attempt: int) -> tuple[ReadingView, ...]:
    standing = {r.name: r for r in state.readings_of(step.id, attempt)}
    views = []
    for record in step.records:
        limits = limits_text(record)
        has_unit = bool(record.unit) and limits.endswith(record.unit)
        parts = (record.unit if not has_unit else "", limits)
        reading = standing.get(record.name)
        views.append(
            ReadingView(
                record=record,
                unit_and_limits=", ".join(part for part in parts if part),
                source=record.source,
                recorded=reading.value if reading else "",
                outside=reading.outside if reading else Outside.NO,
                accepted=reading.accepted if reading else "",
            )
        )
    return tuple(views)


def _lines(state: RunState, step: Step, values: Mapping[str, str]) -> Iterator[Line]:
    """The labelled words of a step, those for the eye first."""
    labelled = (
        ("say", translate("StepPanel", "Say"), script(state, step.say)),
        ("read_back", translate("StepPanel", "Read-back"), _read_back(step)),
        ("expect", translate("StepPanel", "Expect"), step.expect or ""),
        ("if_not", translate("StepPanel", "If not"), step.if_not.text if step.if_not else ""),
        ("repeat", translate("StepPanel", "Repeat"), step.repeat),
        ("stop", translate("StepPanel", "Stop when"), step.stop_when),
        ("evidence", translate("StepPanel", "Evidence"), step.evidence),
        ("needs", translate("StepPanel", "Needs"), ", ".join(step.needs)),
        ("brings_up", translate("StepPanel", "Brings up"), ", ".join(step.brings_up)),
        ("defer_to", translate("StepPanel", "May be put off to"), _link_words(step)),
        ("why", translate("StepPanel", "Why"), step.why),
    )
    for kind, label, text in labelled:
        if text:
            yield Line(kind, label, fill(text, values))


def _read_back(step: Step) -> str:
    if step.kind is not StepKind.TALK or not step.read_back:
        return ""
    return translate("StepPanel", "Have the message read back, and log the call: C.")


def _link_words(step: Step) -> str:
    return step.defer_to.text if step.defer_to else ""


def _options(state: RunState, step: Step, chosen: int | None) -> tuple[OptionView, ...]:
    if step.kind not in (StepKind.DECISION, StepKind.HOLD):
        return ()
    values = known_values(state)
    return tuple(
        OptionView(i, fill(o.label, values), option_effect(state, o), chosen == i)
        for i, o in enumerate(options_of(step))
    )


def _following(state: RunState, step_id: str) -> str:
    """The next step of the route, in words; the run's end when there is none."""
    if step_id not in state.route.position:
        return ""
    then = following(state, step_id)
    if then is None:
        return translate("StepPanel", "the end of the run")
    if ends_lane(state, step_id, then):
        joined = translate("StepPanel", "{step}, when all lanes are there")
        return joined.format(step=step_words(state, then))
    return step_words(state, then)


def _previous(state: RunState, step_id: str) -> str:
    """The step before it on the route, with how it ended."""
    before = previous(state, step_id)
    if before is None:
        return ""
    return f"{step_words(state, before)} {outcome_of(state, before)}".strip()
