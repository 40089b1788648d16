"""The questions about declaring and telling, and the commands that their answers make."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.procedure.durations import seconds
from runbook.procedure.site import Channel, Contact
from runbook.report.words import duration
from runbook.report.zone import zone_of
from runbook.run.callout import number_of, role_name, script
from runbook.run.commands import Close, Command, Confirm
from runbook.run.commands_message import (
    ArrangeRelief,
    AssumeDuration,
    Declare,
    LogCall,
    MarkNotRequired,
    MarkSent,
)
from runbook.run.declaration import assumed_min, aware_at, declared_at
from runbook.run.events_message import Outcome
from runbook.run.regulatory import RegulatoryClock
from runbook.run.state import RunState
from runbook.ui.filled import filled
from runbook.ui.forms import time_ahead
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate
_NOT_A_LENGTH: Final = -1


def outcome_words() -> dict[str, Outcome]:
    """The outcomes of a call by the words that name them."""
    return {
        translate("Forms", "answered"): Outcome.ANSWERED,
        translate("Forms", "voicemail"): Outcome.VOICEMAIL,
        translate("Forms", "no answer"): Outcome.NO_ANSWER,
        translate("Forms", "wrong number"): Outcome.WRONG_NUMBER,
    }


def outcome_typed(typed: str) -> str:
    """The outcome whose word begins as typed; else what was typed, for the rules to refuse."""
    wanted = typed.strip().casefold()
    found = (value for word, value in outcome_words().items() if word.startswith(wanted))
    return next(found, typed) if wanted else typed


def time_before(typed: str, now: datetime) -> str:
    """A time of day, or a date and a time, in the past, as RFC 3339; else as typed."""
    local = now.astimezone()
    for form in ("%H:%M", "%H.%M", "%Y-%m-%d %H:%M"):
        try:
            at = datetime.strptime(typed.strip(), form)  # noqa: DTZ007 - the zone is put in below
        except ValueError:
            continue
        if "%Y" in form:
            return at.astimezone().isoformat()
        found = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return (found if found <= local else found - timedelta(days=1)).isoformat()
    return typed


def minutes_typed(typed: str) -> int:
    """A length of time in whole minutes, 0 for none, -1 for what is no length."""
    if not typed.strip():
        return 0
    found = seconds(typed)
    return _NOT_A_LENGTH if found is None else max(1, round(found / 60))


def _clock(at: datetime | None, now: datetime) -> str:
    """A moment as it is typed."""
    if at is None:
        return ""
    local, today = at.astimezone(), now.astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"


def declare_form(state: RunState, now: datetime) -> FormSpec:
    """What is met, when it was known and declared; once declared, why it changes."""
    said = state.messages.declaration
    aware, declared = _clock(aware_at(state), now), _clock(declared_at(state) or now, now)

    def make(values: Values) -> Command:
        return Declare(
            criteria=values["criteria"],
            level=values["level"],
            aware=_typed(values["aware"], aware, aware_at(state), now),
            declared=_typed(values["declared"], declared, declared_at(state) or now, now),
            declared_by=values["by"],
            assumed_min=minutes_typed(values["assumed"]),
            reason=values.get("reason", ""),
        )

    met = tuple(filled(state, use) for use in state.procedure.front.use_when)
    hint = translate("Forms", "for example 18:05")
    asks = (
        Ask("criteria", translate("Forms", "What is met?"), said.criteria if said else "", met),
        Ask(
            "aware", translate("Forms", "Aware since (the law counts from then)"), aware, hint=hint
        ),
        Ask("declared", translate("Forms", "Declared at"), declared),
        Ask("level", translate("Forms", "Level"), said.level if said else "", required=False),
        Ask(
            "by",
            translate("Forms", "Declared by (you if empty)"),
            said.declared_by if said else "",
            required=False,
        ),
        _length(state),
    )
    if said is None:
        title = translate("Forms", "Declare an incident")
        explain = translate("Forms", "It starts the clocks of the services and of the law.")
        return FormSpec(title, asks, make, explain, translate("Forms", "Declare"))
    why = Ask("reason", translate("Forms", "Why does the declaration change?"))
    title = translate("Forms", "Change the declaration")
    return FormSpec(title, (*asks, why), make, focus="criteria")


def _typed(typed: str, offered: str, known: datetime | None, now: datetime) -> str:
    """What was offered and left alone is exact to the second; anything else is read anew."""
    if typed == offered and known is not None:
        return known.isoformat()
    return time_before(typed, now)


def _length(state: RunState) -> Ask:
    minutes = assumed_min(state)
    label = translate("Forms", "How long will it last? (empty: nobody can tell)")
    words = ("1 h", "4 h", "8 h", "24 h")
    return Ask("assumed", label, duration(minutes * 60) if minutes else "", words, required=False)


def duration_form(state: RunState) -> FormSpec:
    """How long the incident is assumed to last by now."""

    def make(values: Values) -> Command:
        minutes = minutes_typed(values["assumed"])
        return AssumeDuration(assumed_min=minutes, note=values["note"])

    asks = (_length(state), Ask("note", translate("Forms", "On what basis?"), required=False))
    explain = translate("Forms", "Most outages last longer than was thought. Plan people for it.")
    title = translate("Forms", "How long will it last by now?")
    return FormSpec(title, asks, make, explain, focus="assumed")


def relief_form() -> FormSpec:
    """Who relieves those at work, and when."""

    def make(values: Values) -> Command:
        return ArrangeRelief(who=values["who"], at=time_ahead(values["at"]) if values["at"] else "")

    asks = (
        Ask("who", translate("Forms", "Who takes over?")),
        Ask("at", translate("Forms", "At (a time, for example 02:00)"), required=False),
    )
    return FormSpec(translate("Forms", "Arrange relief"), asks, make)


def duty_form(clock: RegulatoryClock, state: RunState, now: datetime) -> FormSpec:
    """The reference of what was sent, or why nothing has to be."""
    due = clock.due.astimezone(zone_of(state)).isoformat() if clock.due else ""
    key = clock.rule.key

    def make(values: Values) -> Command:
        if values["reason"] and not values["reference"]:
            judge = values["by"]
            return MarkNotRequired(clock=key, reason=values["reason"], judged_by=judge, due=due)
        sent = time_before(values["sent"], now) if values["sent"] else ""
        return MarkSent(clock=key, reference=values["reference"], sent=sent, due=due)

    asks = (
        Ask("reference", translate("Forms", "Sent: its reference"), required=False),
        Ask("sent", translate("Forms", "Sent at (now if empty)"), required=False),
        Ask("reason", translate("Forms", "or not required: why"), required=False),
        Ask("by", translate("Forms", "Judged by (you if empty)"), required=False),
    )
    return FormSpec(clock.rule.label, asks, make, focus="reference")


def call_form(state: RunState, contact: Contact, role: str, step: str) -> FormSpec:
    """What came of a call, with the script of the step where there is one."""
    said = script(state, filled(state, state.step(step).say)) if step else ""

    def make(values: Values) -> Command:
        outcome = outcome_typed(values["outcome"])
        heard = outcome in (Outcome.ANSWERED, Outcome.VOICEMAIL)
        return LogCall(
            contact=contact.key,
            outcome=outcome,
            channel=values["channel"].partition(":")[0].strip(),
            role=role,
            message=values.get("message", said if heard else ""),
            read_back=yes_no(values.get("read_back", "")),
            note=values["note"],
            step=step,
        )

    ways = tuple(f"{c.kind}: {number_of(state, contact, c)}" for c in _ways(contact))
    way = ways[0] if ways else ""
    message = Ask("message", translate("Forms", "Message given"), required=False)
    asks = (
        Ask("outcome", translate("Forms", "What came of it?"), "", tuple(outcome_words())),
        Ask("channel", translate("Forms", "On which channel?"), way, ways),
        *_read_back(state, step),
        *(() if said else (message,)),
        Ask("note", translate("Forms", "Note"), required=False),
    )
    for_role = f", {role_name(state, role)}" if role else ""
    title = translate("Forms", "Call {name}{role}").format(name=contact.name, role=for_role)
    return FormSpec(title, asks, make, _script(state, step), focus="outcome")


def _ways(contact: Contact) -> list[Channel]:
    """The channels of a contact, those that need no network of the hospital first."""
    return sorted(contact.channels, key=lambda channel: channel.hospital_network)


def _read_back(state: RunState, step: str) -> tuple[Ask, ...]:
    """Whether the message was read back, where the step asks for it."""
    if not step or not state.step(step).read_back:
        return ()
    words = (translate("Forms", "yes"), translate("Forms", "no"))
    return (Ask("read_back", translate("Forms", "Read back?"), "", words, required=False),)


def yes_no(typed: str) -> str:
    """`yes` or `no` as typed in the language of the program; else as typed."""
    wanted = typed.strip().casefold()
    words = {translate("Forms", "yes"): "yes", translate("Forms", "no"): "no"}
    found = (value for word, value in words.items() if wanted and word.startswith(wanted))
    return next(found, typed)


def _script(state: RunState, step: str) -> str:
    """What is to be said, with the exercise first in a drill."""
    say = filled(state, state.step(step).say) if step else ""
    return translate("Forms", "Say: {words}").format(words=script(state, say)) if say else ""


def read_back_form(state: RunState, step: str, why: str) -> FormSpec:
    """Who read a message back, or why it is done without."""

    def make(values: Values) -> Command:
        if values["reason"]:
            return Confirm(step=step, deviation=values["reason"])
        return LogCall(
            contact=values["contact"],
            outcome=Outcome.ANSWERED,
            channel=values["channel"],
            read_back="yes",
            message=script(state, filled(state, state.step(step).say)),
            step=step,
        )

    reasons = (
        translate("Forms", "Told face to face"),
        translate("Forms", "Nobody can be reached"),
    )
    asks = (
        Ask("contact", translate("Forms", "Who read it back?"), required=False),
        Ask("channel", translate("Forms", "On which channel?"), required=False),
        Ask("reason", translate("Forms", "or why it is done without"), "", reasons, required=False),
    )
    title = translate("Forms", "Read-back at {number}").format(number=state.step(step).number)
    explain = "\n".join(part for part in (why, _script(state, step)) if part)
    return FormSpec(title, asks, make, explain, focus="contact")


def close_despite_form(command: Close, why: str) -> FormSpec:
    """Why a run is closed although something is still to be decided."""

    def make(values: Values) -> Command:
        return replace(command, override=values["override"])

    words = (translate("Forms", "It is kept in another run of the incident"),)
    ask = Ask("override", translate("Forms", "Why is it closed all the same?"), "", words)
    return FormSpec(translate("Forms", "Not everything is decided"), (ask,), make, why)
