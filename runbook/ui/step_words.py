"""Short words about steps: targets, where options lead, how a step ended."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Option, Procedure, Within
from runbook.report.words import duration
from runbook.run.choices import choice_of
from runbook.run.events import Status
from runbook.run.state import Attempt, RunState
from runbook.ui.filled import filled, step_words
from runbook.ui.status_words import mark_of

translate = QCoreApplication.translate
_MINUTE: Final = 60
_HOUR: Final = 3600
_COMPARED: Final = re.compile(r"\s*(\w+)\s*(<=|>=|!=|<|>|==?)\s*")
_SIGNS: Final = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line: what is expected, why, what to say; `kind` is a word for styles."""

    kind: str
    label: str
    text: str


def target_words(target_s: tuple[int, int] | None) -> str:
    """A target time, `4 min` or `10 min to 15 min`; empty for none."""
    if target_s is None:
        return ""
    low, high = target_s
    return duration(low) if low == high else f"{duration(low)} – {duration(high)}"


def clock_words(seconds: float) -> str:
    """Time gone by as a clock shows it: `1:52`, or `0:33:02` with hours; never below zero."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, _MINUTE)
    if whole < _HOUR:
        return f"{minutes}:{rest:02}"
    return f"{minutes // _MINUTE}:{minutes % _MINUTE:02}:{rest:02}"


def time_words(at: datetime | None) -> str:
    """The local time of day, to the minute; empty for none."""
    return at.astimezone().strftime("%H:%M") if at else ""


def option_effect(state: RunState, option: Option) -> str:
    """Where an option leads, in words."""
    if option.stop:
        return translate("StepPanel", "stops here: the run ends")
    if option.go:
        return translate("StepPanel", "goes to {place}").format(place=place_words(state, option.go))
    if option.call:
        return translate("StepPanel", "calls {file}, then goes on").format(file=option.call)
    if option.leave:
        return translate("StepPanel", "leaves for {file}").format(file=option.leave)
    if option.same_as:
        return translate("StepPanel", "treated as {label}").format(label=option.same_as)
    return filled(state, option.text) or translate("StepPanel", "goes on with the next step")


def place_words(state: RunState, go: str) -> str:
    """A link's target as a person finds it: number and words, or the heading, or the file."""
    anchor = go.removeprefix("#")
    if anchor in state.procedure.by_id:
        return step_words(state, anchor)
    section = state.procedure.section_by_id.get(anchor)
    return filled(state, section.title) if section is not None else go


def condition_words(procedure: Procedure, text: str) -> str:
    """A comparison with the reading's own words, `UPS runtime ≤ 14 min`; else as written."""
    found = _COMPARED.match(text)
    labels = (r.label for s in procedure.steps for r in s.records if found and r.name == found[1])
    label = next(labels, "")
    if found is None or not label:
        return text
    return f"{label} {_SIGNS.get(found[2], found[2])} {text[found.end() :]}"


def deadline_words(procedure: Procedure, within: Within) -> str:
    """A deadline with the number of the step, or the name of the section, it counts from."""
    step, section = procedure.by_id.get(within.of), procedure.section_by_id.get(within.of)
    place = step.number if step else section.title if section else within.of
    text = within.text.rstrip(".")
    return translate("StepPanel", "within {time}").format(
        time=text.replace(within.of, place) if within.of else text
    )


def outcome_of(state: RunState, step_id: str) -> str:
    """How a step stands in one line: the word, when, who, and the reason given."""
    status, last = state.status_of(step_id), state.record(step_id).last
    if status is Status.NOT_APPLICABLE and step_id in state.route.not_applicable:
        return _not_applicable(state, step_id)
    if status in (Status.OPEN, Status.ACTIVE):
        return _before(state, step_id)
    word = mark_of(status).word
    chosen, until = _chosen(state, step_id, last), _until(state, last)
    parts = (time_words(last.settled), last.by, chosen, until)
    head = ", ".join((word, *(part for part in (*parts, _second(last)) if part)))
    return f"{head}: {last.text}" if last.text else head


def _second(last: Attempt) -> str:
    """Who confirmed it as the second person, or that nobody did."""
    if last.unverified:
        return translate("StepPanel", "UNVERIFIED")
    words = translate("StepPanel", "confirmed by {who}")
    return words.format(who=last.second) if last.second else ""


def _until(state: RunState, last: Attempt) -> str:
    """Where or when a step that was put off comes up again."""
    if not last.target:
        return ""
    later = state.procedure.by_id.get(last.target)
    words = later.number if later else last.target
    return translate("StepPanel", "until {target}").format(target=words)


def _before(state: RunState, step_id: str) -> str:
    """What an open step's earlier attempts came to."""
    attempts = state.record(step_id).attempts
    if len(attempts) == 1:
        return ""
    return translate("StepPanel", "Attempt {n}. Before: {word} {time}").format(
        n=len(attempts),
        word=mark_of(attempts[-2].status).word,
        time=time_words(attempts[-2].settled),
    )


def _chosen(state: RunState, step_id: str, last: Attempt) -> str:
    if last.option is None or last.option < 0:
        return ""
    choice = choice_of(state.step(step_id), last.option)
    return choice.label or last.label


def _not_applicable(state: RunState, step_id: str) -> str:
    why = state.route.not_applicable[step_id]
    word = mark_of(Status.NOT_APPLICABLE).word
    if state.is_abandoned(step_id):
        done = mark_of(state.record(step_id).last.status).word
        word = translate("StepPanel", "{done}, on a branch that was left").format(done=done)
    decided = state.procedure.by_id.get(why.step)
    if decided is None:
        return translate("StepPanel", "{word}: only on request").format(word=word)
    return translate("StepPanel", "{word}: {number} was decided as {label}").format(
        word=word, number=decided.number, label=why.label
    )
