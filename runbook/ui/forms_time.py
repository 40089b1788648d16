"""The questions about time: a look at a watch, its trigger and end, waiting, repetitions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.run.commands import Command, Refused, Take
from runbook.run.commands_time import (
    Answer,
    Arm,
    Await,
    BeginWait,
    Check,
    EndWatch,
    Repeat,
    Trigger,
    Typed,
)
from runbook.run.readings import limits_text
from runbook.run.state import RunState
from runbook.run.triggers import offered
from runbook.ui.filled import filled
from runbook.ui.forms import time_ahead
from runbook.ui.inline_form import Ask, FormSpec, Values
from runbook.ui.step_words import condition_words

translate = QCoreApplication.translate
_LONGEST: Final = 5


def check_form(state: RunState, step: str) -> FormSpec:
    """What is read at a look; all of it may be left out."""

    def make(values: Values) -> Command:
        return Check(step=step, readings=_typed(state, step, values), remark=values["remark"])

    title = translate("Forms", "A look at {number}").format(number=state.step(step).number)
    words = (translate("Forms", "Nothing new"), translate("Forms", "Could not be read"))
    remark = Ask("remark", translate("Forms", "Remark"), "", words, required=False)
    asks = (*_readings(state, step), remark)
    explain = filled(state, state.step(step).text)
    save = translate("Forms", "I have looked")
    return FormSpec(title, asks, make, explain, save, focus=asks[0].name)


def repeat_form(state: RunState, step: str) -> FormSpec:
    """One repetition, with what is read."""

    def make(values: Values) -> Command:
        return Repeat(step=step, readings=_typed(state, step, values), remark=values["remark"])

    found = state.step(step)
    title = translate("Forms", "{number} once more").format(number=found.number)
    stop = translate("Forms", "Stop when: {what}").format(what=filled(state, found.stop_when))
    remark = Ask("remark", translate("Forms", "Remark"), required=False)
    asks = (*_readings(state, step), remark)
    save = translate("Forms", "Done once more")
    explain = stop if found.stop_when else ""
    return FormSpec(title, asks, make, explain, save, focus=asks[0].name)


def _readings(state: RunState, step: str) -> tuple[Ask, ...]:
    """A field for each reading of a step."""
    asks = []
    for record in state.step(step).records:
        limits = limits_text(record)
        label = ", ".join(part for part in (record.label, limits or record.unit) if part)
        asks.append(Ask(f"reading_{record.name}", label, required=False))
    return tuple(asks)


def _typed(state: RunState, step: str, values: Values) -> Typed:
    names = (record.name for record in state.step(step).records)
    return tuple((name, typed) for name in names if (typed := values[f"reading_{name}"]))


def trigger_form(state: RunState, step: str, back: str) -> FormSpec | None:
    """Which condition of a watch is true; where it leads is told before it is confirmed."""
    found = state.step(step)
    if not found.whens:
        return None

    def make(values: Values) -> Command:
        number = values["when"].partition(" ")[0]
        when = int(number) - 1 if number.isascii() and number.isdigit() else -1
        return Trigger(step=step, when=when, back=back)

    lines = tuple(
        f"{n} {filled(state, condition_words(state.procedure, w.text))}: {filled(state, w.then)}"
        for n, w in enumerate(found.whens, start=1)
    )
    likely = offered(state, step)
    first = lines[likely[0]] if likely else lines[0] if len(lines) == 1 else ""
    title = translate("Forms", "Triggered: {number}").format(number=found.number)
    ask = Ask("when", translate("Forms", "Which condition is true? Its number:"), first, lines)
    explain = translate("Forms", "The work goes there. The step in hand comes back after it.")
    save = translate("Forms", "It is true")
    return FormSpec(title, (ask,), make, explain, save)


def end_form(state: RunState, step: str) -> FormSpec:
    """What was seen that ends a watch."""

    def make(values: Values) -> Command:
        return EndWatch(step=step, observation=values["observation"])

    found = state.step(step)
    until = filled(state, found.until)
    explain = translate("Forms", "Until: {what}").format(what=until) if until else ""
    title = translate("Forms", "End the watch {number}").format(number=found.number)
    ask = Ask("observation", translate("Forms", "What did you see, or why does it end?"))
    return FormSpec(title, (ask,), make, explain)


def await_form(state: RunState, step: str) -> FormSpec:
    """For whom or what a step waits, and the estimated end."""

    def make(values: Values) -> Command:
        return Await(step=step, what=values["what"], until=_until(values["until"]))

    what = Ask("what", translate("Forms", "For whom or what?"))
    until = Ask("until", translate("Forms", "Until when, at the latest? 19:30, or 20 min"))
    title = translate("Forms", "{number} waits for somebody").format(number=state.step(step).number)
    explain = translate("Forms", "It stays open. An alert comes when the time is over.")
    return FormSpec(title, (what, until), make, explain)


def _until(typed: str) -> str:
    """A time of day still to come, or so many minutes from now, as RFC 3339."""
    minutes = typed.casefold().removesuffix("min").strip()
    if minutes.isascii() and minutes.isdigit() and len(minutes) < _LONGEST:
        return (datetime.now().astimezone() + timedelta(minutes=int(minutes))).isoformat()
    return time_ahead(typed)


def answer_form(state: RunState, step: str) -> FormSpec:
    """What came of the waiting."""

    def make(values: Values) -> Command:
        return Answer(step=step, answer=values["answer"])

    wait = state.wait_of(step)
    words = (translate("Forms", "They are here"), translate("Forms", "Nobody came"))
    label = translate("Forms", "What came of waiting for {what}?").format(
        what=wait.what if wait else ""
    )
    title = translate("Forms", "{number} back in hand").format(number=state.step(step).number)
    return FormSpec(title, (Ask("answer", label, "", words),), make)


def time_form(refused: Refused, command: object, state: RunState) -> FormSpec | None:
    """The question that would turn a refusal about time into an accepted command."""
    match command:
        case Take(step=step) if refused.needs == "past_wait":
            return _past_wait(state, step, refused.why)
        case BeginWait(step=step) | Arm(step=step) if refused.needs == "minutes":
            return _minutes(state, command, refused.why)
        case Check(step=step, readings=readings, remark=remark) if refused.needs == "accept":
            return _accept(step, readings, remark, refused.why)
        case _:
            return None


def _past_wait(state: RunState, step: str, why: str) -> FormSpec:
    def make(values: Values) -> Command:
        return Take(step=step, reason=values["reason"])

    title = translate("Forms", "Take {number} before the wait is over?")
    ask = Ask("reason", translate("Forms", "Why?"))
    return FormSpec(title.format(number=state.step(step).number), (ask,), make, why)


def _minutes(state: RunState, command: BeginWait | Arm, why: str) -> FormSpec:
    def make(values: Values) -> Command:
        typed = values["minutes"]
        minutes = int(typed) if typed.isascii() and typed.isdigit() else 0
        return type(command)(step=command.step, minutes=minutes)

    title = translate("Forms", "How long? {number}")
    ask = Ask("minutes", translate("Forms", "Minutes"))
    return FormSpec(title.format(number=state.step(command.step).number), (ask,), make, why)


def _accept(step: str, readings: Typed, remark: str, why: str) -> FormSpec:
    def make(values: Values) -> Command:
        return Check(step=step, readings=readings, remark=remark, accept=values["accept"])

    words = (translate("Forms", "Read twice, it is right"),)
    ask = Ask("accept", translate("Forms", "Why is it right? Esc to type it again."), "", words)
    return FormSpec(translate("Forms", "Keep the value?"), (ask,), make, why)
