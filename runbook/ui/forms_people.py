"""The questions about people: who sits here, his PIN, roles, and the run's owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from runbook.operators import Claim, Signed, Witnessed
from runbook.run.commands import Close, Command, Refused
from runbook.run.commands_people import (
    AcceptHandover,
    CancelHandover,
    FillRole,
    PrepareHandover,
    ReadBack,
    SitDown,
    TakeOver,
    VacateRole,
)
from runbook.run.handover import role_name
from runbook.run.people import holder_of, same_person
from runbook.run.rules_people import OWNERS_ACTS
from runbook.run.state import RunState
from runbook.run.succession import next_in_line, succession
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate
_OFFERED = 8


def pin_form(refused: Refused, asked: Command | Signed | None) -> FormSpec | None:
    """The PIN of whoever signs a command; None when that is not what was missing."""
    if refused.needs != "pin" or not isinstance(asked, Signed):
        return None
    signed = asked

    def make(values: Values) -> Signed:
        return replace(signed, claim=replace(signed.claim, pin=values["pin"]))

    ask = Ask("pin", translate("Forms", "PIN"), required=False, secret=True)
    title = translate("Forms", "Who is {initials}?").format(initials=signed.claim.initials)
    return FormSpec(title, (ask,), make, refused.why, translate("Forms", "Go on"))


def instead_form(refused: Refused, command: Command) -> FormSpec | None:
    """Why somebody does what is the owner's to do; None when that is not what was missing."""
    if refused.needs != "instead" or not isinstance(command, OWNERS_ACTS):
        return None
    owners = command

    def make(values: Values) -> Command | Signed:
        done = replace(owners, instead=values["instead"])
        return signed_close(done) if isinstance(done, Close) else done

    words = (
        translate("Forms", "The owner cannot be reached"),
        translate("Forms", "The owner said so by telephone"),
    )
    ask = Ask("instead", translate("Forms", "Why in the owner's place?"), "", words)
    title = translate("Forms", "This is the owner's to do")
    return FormSpec(title, (ask,), make, refused.why)


def signed_close(close: Close) -> Command | Signed:
    """A closing with its second person asked to prove himself, where one is named."""
    return Witnessed(close, Claim(close.second)) if close.second else close


def keyboard_form(state: RunState, people: Mapping[str, str]) -> FormSpec:
    """Who sits at the keyboard from now on."""

    def make(values: Values) -> Signed:
        return Signed(SitDown(), Claim(values["person"]))

    others = [one for one in known_in(state, people) if one != state.at_keyboard]
    ask = Ask("person", translate("Forms", "Initials"), "", tuple(others[:_OFFERED]))
    explain = translate("Forms", "Everything from now on is recorded under this name.")
    title = translate("Forms", "Another person at the keyboard")
    return FormSpec(title, (ask,), make, explain, translate("Forms", "Sit down"))


def known_in(state: RunState, people: Mapping[str, str]) -> tuple[str, ...]:
    """Initials worth offering: who has part in the run first, then everybody known here."""
    inside = (state.owner, *state.roles.values())
    return tuple(dict.fromkeys(one for one in (*inside, *people) if one))


def initials_of(typed: str, people: Mapping[str, str]) -> str:
    """The initials somebody means: as listed where they or the name are, else as typed."""
    by_initials = (one for one in people if same_person(one, typed))
    by_name = (one for one, name in people.items() if name and same_person(name, typed))
    return next(by_initials, None) or next(by_name, None) or typed.strip()


def _why(words: tuple[str, ...]) -> Ask:
    return Ask("reason", translate("Forms", "Why?"), suggestions=words)


def _reasons() -> tuple[str, ...]:
    return (
        translate("Forms", "Does not answer"),
        translate("Forms", "End of the shift"),
        translate("Forms", "Is needed elsewhere"),
    )


def role_form(state: RunState, key: str, people: Mapping[str, str]) -> FormSpec:
    """Who answers for a role from now on; in place of another it asks why."""

    def make(values: Values) -> Command:
        person = initials_of(values["person"], people)
        return FillRole(key=key, person=person, reason=values.get("reason", ""))

    holder = holder_of(state, key)
    line = (*succession(state.site, key), *known_in(state, people))
    offered = [one for one in dict.fromkeys(line) if not same_person(one, holder)]
    ask = Ask("person", translate("Forms", "Initials"), "", tuple(offered[:_OFFERED]))
    title = translate("Forms", "Who is {role}?").format(role=role_name(state, key))
    return FormSpec(title, (ask, _why(_reasons())) if holder else (ask,), make)


def role_reason_form(refused: Refused, command: Command) -> FormSpec | None:
    """Why somebody takes a role; None when that is not what was missing."""
    if refused.needs != "reason" or not isinstance(command, FillRole):
        return None
    filled = command

    def make(values: Values) -> Command:
        return replace(filled, reason=values["reason"])

    title = translate("Forms", "This role gives the go")
    return FormSpec(title, (_why(_reasons()),), make, refused.why)


def step_up_form(state: RunState, key: str) -> FormSpec | None:
    """The next in line takes a role; None when there is nobody left."""
    holder, after = holder_of(state, key), next_in_line(state, key)

    def make(values: Values) -> Command:
        return FillRole(key=key, person=after, reason=values.get("reason", ""))

    words = translate("Forms", "{person} steps up as {role}")
    title = words.format(person=after, role=role_name(state, key))
    asks = (_why(_reasons()),) if holder else ()
    save = translate("Forms", "Step up")
    return FormSpec(title, asks, make, save=save) if after else None


def vacate_form(state: RunState, key: str) -> FormSpec | None:
    """Why nobody holds a role any more; None when nobody does."""

    def make(values: Values) -> Command:
        return VacateRole(key=key, reason=values["reason"])

    words = translate("Forms", "{person} is {role} no longer")
    holder = holder_of(state, key)
    title = words.format(person=holder, role=role_name(state, key))
    explain = translate("Forms", "The role stands empty until somebody is named.")
    return FormSpec(title, (_why(_reasons()),), make, explain) if holder else None


def handover_form(state: RunState, people: Mapping[str, str]) -> FormSpec:
    """Who takes the run over."""

    def make(values: Values) -> Command:
        return PrepareHandover(to=initials_of(values["to"], people))

    others = [one for one in known_in(state, people) if not same_person(one, state.owner)]
    ask = Ask("to", translate("Forms", "Initials"), "", tuple(others[:_OFFERED]))
    words = translate("Forms", "{owner} stays responsible until the other person accepts.")
    title = translate("Forms", "Hand the run over to")
    return FormSpec(title, (ask,), make, words.format(owner=state.owner))


def read_back_form(state: RunState) -> FormSpec | None:
    """The next question to the incoming person, and how the outgoing one judges the answer."""
    if state.handover is None or not state.handover.open_questions:
        return None
    question, answer = state.handover.open_questions[0]
    right, wrong = translate("Forms", "Right"), translate("Forms", "Wrong")

    def make(values: Values) -> Command:
        judged = values["judged"].casefold()
        return ReadBack(said=values["said"], right=right.casefold().startswith(judged))

    said = Ask("said", translate("Forms", "What {to} says").format(to=state.handover.to))
    label = translate("Forms", "{owner}: is that right? R or W").format(owner=state.owner)
    asks = (said, Ask("judged", label, "", (right, wrong)))
    told = translate("Forms", "The run says: {answer}").format(answer=answer)
    return FormSpec(question, asks, make, told)


def accept_handover_form(state: RunState) -> FormSpec | None:
    """The incoming person takes the run over, under his own name."""
    if state.handover is None:
        return None
    left = len(state.handover.open_questions)

    def make(values: Values) -> Signed:
        command = AcceptHandover(reason=values.get("reason", ""))
        return Signed(command, Claim(values["accepted_by"]))

    person = Ask("accepted_by", translate("Forms", "Initials of who takes over"))
    why = Ask("reason", translate("Forms", "Why with {n} questions open?").format(n=left))
    title = translate("Forms", "{to} owns the run from now on").format(to=state.handover.to)
    explain = translate("Forms", "Typed by {to}, not by {owner}.").format(
        to=state.handover.to, owner=state.owner
    )
    asks = (person, why) if left else (person,)
    return FormSpec(title, asks, make, explain, translate("Forms", "Take over"))


def cancel_handover_form(state: RunState) -> FormSpec | None:
    """Why the owner stays who he is."""
    if state.handover is None:
        return None

    def make(values: Values) -> Command:
        return CancelHandover(reason=values["reason"])

    ask = Ask("reason", translate("Forms", "Why?"), required=False)
    title = translate("Forms", "Cancel the handover to {to}").format(to=state.handover.to)
    words = translate("Forms", "{owner} stays the owner.").format(owner=state.owner)
    return FormSpec(title, (ask,), make, words, translate("Forms", "Cancel the handover"))


def take_over_form(state: RunState) -> FormSpec:
    """Why the run is taken over without its owner."""

    def make(values: Values) -> Command:
        return TakeOver(reason=values["reason"])

    words = (
        translate("Forms", "Does not answer on both channels"),
        translate("Forms", "Is hurt or ill"),
        translate("Forms", "Has left the site"),
    )
    title = translate("Forms", "Take over without {owner}").format(owner=state.owner)
    explain = translate("Forms", "The person at the keyboard owns the run from now on.")
    return FormSpec(title, (_why(words),), make, explain)
