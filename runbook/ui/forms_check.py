"""The questions about checks: who confirms, who decides, and why it goes on without."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from runbook.operators import Claim, Signed
from runbook.run.choices import options_of
from runbook.run.commands import Choose, Command, Confirm, Fail, Refused, Take
from runbook.run.commands_check import AcceptUnverified, AskDecision, Disagree, SignOff
from runbook.run.holds import deputy, holder
from runbook.run.people import same_person
from runbook.run.state import RunState
from runbook.ui.filled import filled
from runbook.ui.forms_people import known_in
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate
_OFFERED = 6
People = Mapping[str, str]


def sign_form(state: RunState, step: str, people: People) -> FormSpec:
    """Who confirms a step as the second person, in the room or on the phone."""

    def make(values: Values) -> Signed:
        command = SignOff(step=step, saw=values["saw"])
        return Signed(command, Claim(values["person"], by_phone=bool(values["saw"])))

    found, last = state.step(step), state.record(step).last
    title = translate("Forms", "{number}: who confirms it beside {who}?")
    expect = filled(state, found.expect or found.text)
    explain = translate("Forms", "They have seen: {what}").format(what=expect)
    if last.pending is not None:
        explain = translate("Forms", "They agree with: {what}").format(what=last.label)
    asks = (_second(state, last.by, people), _on_phone())
    words = translate("Forms", "Confirm as second person")
    return FormSpec(title.format(number=found.number, who=last.by), asks, make, explain, words)


def _second(state: RunState, performer: str, people: People) -> Ask:
    others = [one for one in known_in(state, people) if not same_person(one, performer)]
    label = translate("Forms", "Initials of the second person")
    return Ask("person", label, "", tuple(others[:_OFFERED]))


def _on_phone() -> Ask:
    label = translate("Forms", "Only if they are on the phone: what did they read back?")
    return Ask("saw", label, required=False)


def disagree_form(state: RunState, step: str, people: People) -> FormSpec:
    """Who does not confirm a step, and what was seen instead."""

    def make(values: Values) -> Signed:
        command = Disagree(step=step, observation=values["observation"])
        return Signed(command, Claim(values["person"]))

    found, last = state.step(step), state.record(step).last
    asks = (
        replace(_second(state, last.by, people), label=translate("Forms", "Initials")),
        Ask("observation", translate("Forms", "What was seen instead?")),
    )
    title = translate("Forms", "{number} is not confirmed").format(number=found.number)
    explain = translate("Forms", "The step is to be worked again. What was recorded stays.")
    return FormSpec(title, asks, make, explain)


def unverified_form(state: RunState, step: str) -> FormSpec:
    """Why the owner accepts a step without a second person."""

    def make(values: Values) -> Command:
        return AcceptUnverified(step=step, reason=values["reason"])

    words = (
        translate("Forms", "Nobody else is here"),
        translate("Forms", "No time: people or data come first"),
    )
    title = translate("Forms", "{number} without a second person").format(
        number=state.step(step).number
    )
    explain = translate("Forms", "Only {owner}, who owns the run, may. It is marked UNVERIFIED.")
    ask = Ask("reason", translate("Forms", "Why?"), suggestions=words)
    return FormSpec(title, (ask,), make, explain.format(owner=state.owner))


def untyped_form(state: RunState, step: str) -> FormSpec:
    """Why a step is done although its target was not typed."""

    def make(values: Values) -> Command:
        return Confirm(step=step, deviation=values["deviation"], untyped=True)

    words = (
        translate("Forms", "It shows no name; two of us read it aloud"),
        translate("Forms", "It has another name here"),
    )
    ask = Ask("deviation", translate("Forms", "Why? How do you know it is the one?"), "", words)
    title = translate("Forms", "{number} done without typing the target").format(
        number=state.step(step).number
    )
    explain = translate("Forms", "The step counts as done with a deviation, and this is kept.")
    return FormSpec(title, (ask,), make, explain)


def check_form(
    refused: Refused, asked: Command | Signed | None, state: RunState, people: People
) -> FormSpec | None:
    """The question that turns a refusal about a check into an accepted command, if any."""
    command = asked.command if isinstance(asked, Signed) else asked
    match command:
        case Choose() if refused.needs == "decider" and not isinstance(asked, Signed):
            return _decider_form(refused, command, state, people)
        case Choose() if refused.needs == "criteria":
            return _accept_form(refused, command, asked, state)
        case Choose() if refused.needs in ("typed", "untyped"):
            return _untyped_choice_form(refused, command, asked, state)
        case Take() | Confirm() | Fail() | Choose() | AskDecision() if refused.needs == "past_hold":
            return past_hold_form(state, command.step, refused.why)
        case _:
            return None


def _decider_form(refused: Refused, command: Choose, state: RunState, people: People) -> FormSpec:
    """Who decided, when that is not for the person at the keyboard."""

    def make(values: Values) -> Signed:
        chosen = replace(
            command,
            basis=values["told"] or command.basis,
            override=values["override"],
            authority=values["authority"],
        )
        return Signed(chosen, Claim(values["person"], by_phone=bool(values["told"])))

    step = state.step(command.step)
    first, second = holder(state, step), deputy(state, step)
    likely = (first.name, second.name if second else "", *known_in(state, people))
    offered = tuple(dict.fromkeys(one for one in likely if one))[:_OFFERED]
    phone = translate("Forms", "Only if they are on the phone: what did they say?")
    place = translate("Forms", "Only if it is not theirs to decide: why do they?")
    whose = translate("Forms", "and on whose authority (their own if empty)")
    asks = (
        Ask("person", translate("Forms", "Initials of who decided"), "", offered),
        Ask("told", phone, required=False),
        Ask("override", place, required=False),
        Ask("authority", whose, required=False),
    )
    title = translate("Forms", "Who decided “{option}” at {number}?").format(
        option=options_of(step)[command.option].label, number=step.number
    )
    return FormSpec(title, asks, make, refused.why)


def _accept_form(
    refused: Refused, command: Choose, asked: Command | Signed | None, state: RunState
) -> FormSpec:
    """Why it is a go although a criterion is open."""

    def make(values: Values) -> Command | Signed:
        return _again(replace(command, accept=values["accept"]), asked)

    number = state.step(command.step).number
    title = translate("Forms", "Go at {number} although a criterion is open").format(number=number)
    ask = Ask("accept", translate("Forms", "Why?"))
    return FormSpec(title, (ask,), make, refused.why)


def _untyped_choice_form(
    refused: Refused, command: Choose, asked: Command | Signed | None, state: RunState
) -> FormSpec:
    """Why it is decided although the target was not typed."""

    def make(values: Values) -> Command | Signed:
        return _again(replace(command, untyped=values["untyped"]), asked)

    number = state.step(command.step).number
    title = translate("Forms", "Decide {number} without typing the target").format(number=number)
    return FormSpec(title, (Ask("untyped", translate("Forms", "Why?")),), make, refused.why)


def _again(command: Command, asked: Command | Signed | None) -> Command | Signed:
    """The same asked for once more, by the same person."""
    return Signed(command, asked.claim) if isinstance(asked, Signed) else command


def past_hold_form(state: RunState, step: str, why: str) -> FormSpec:
    """Why a step behind a hold point without a go is taken on, and on whose authority."""

    def make(values: Values) -> Command:
        return Take(step=step, reason=values["reason"], authority=values["authority"])

    authority = translate("Forms", "On whose authority (yours if empty)")
    asks = (
        Ask("reason", translate("Forms", "Why?")),
        Ask("authority", authority, required=False),
    )
    title = translate("Forms", "Take {number} without a go?").format(number=state.step(step).number)
    return FormSpec(title, asks, make, why, translate("Forms", "Take the step"))
