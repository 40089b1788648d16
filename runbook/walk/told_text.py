"""Contacts, clocks of the law and what is due, as lines of text for a plain terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from runbook.procedure.site import Contact
from runbook.report.sentences_message import OUTCOME
from runbook.report.words import duration
from runbook.report.zone import clock_words, wall_of, zone_of
from runbook.run.callout import callout, ladder, number_of, role_name, roles_of
from runbook.run.declaration import aware_at
from runbook.run.prompts import Ask, Prompt, prompts
from runbook.run.regulatory import RegulatoryClock, clocks, rules_of
from runbook.run.state import RunState
from runbook.walk.text import one_line, wrapped


def contact_lines(state: RunState, word: str, now: datetime) -> Iterator[str]:
    """The roles with those who follow each other, or everybody whom a word finds."""
    if not state.site.contacts:
        yield "This run has no contacts: its site file names none."
        return
    wanted = word.casefold()
    roles = [r for r in roles_of(state) if not wanted or _is_role(state, r, wanted)]
    for role in roles:
        yield from _role_lines(state, role, now)
    if roles:
        return
    found = [c for c in state.site.contacts.values() if wanted in f"{c.key} {c.name}".casefold()]
    for contact in found:
        yield from _person_lines(state, contact, now)
    if not found:
        yield one_line(f"Nobody here is called “{word}”. Type contacts for all.")


def _is_role(state: RunState, role: str, wanted: str) -> bool:
    return wanted in (role.casefold(), role_name(state, role).casefold())


def _role_lines(state: RunState, role: str, now: datetime) -> Iterator[str]:
    found = callout(state, role)
    stands = ""
    if found.reached:
        at = clock_words(found.reached.at, now, wall_of(state))
        stands = f": {found.reached.name} answered at {at}"
    elif found.next:
        stands = f": nobody has answered; next is {found.next.name}"
    yield one_line(f"== {role_name(state, role)} ({role}){stands} ==")
    people = ladder(state, role)
    if not people:
        yield "  nobody is named"
    for number, contact in enumerate(people, start=1):
        yield from _person_lines(state, contact, now, f"{number}. ")


def _person_lines(
    state: RunState, contact: Contact, now: datetime, lead: str = ""
) -> Iterator[str]:
    yield one_line(f"{lead}{contact.key} {contact.name}, {verified(contact, now.date())}")
    for channel in contact.channels:
        number = number_of(state, contact, channel)
        needs = "[N] needs the hospital's network"
        way = needs if channel.hospital_network else "[o] works without the hospital's network"
        yield f"     {one_line(f'{channel.kind}: {number}')}  {way}"


def verified(contact: Contact, today: date) -> str:
    """When the channels were tried last, and how many days ago."""
    try:
        on = date.fromisoformat(contact.last_verified[:10])
    except ValueError:
        return "never verified"
    days = (today - on).days
    return f"verified {on.isoformat()}, {days} day{'' if days == 1 else 's'} ago"


def duty_lines(state: RunState, now: datetime) -> Iterator[str]:
    """Every clock of the law: due, sent or not required."""
    if aware_at(state) is None:
        yield "No clock runs: nobody has said when they became aware. declare starts them."
    for clock in clocks(state, zone_of(state)):
        yield from wrapped(_duty(state, clock, now), "      ", "  ")


def _duty(state: RunState, clock: RegulatoryClock, now: datetime) -> str:
    head = f"{clock.rule.key}, {clock.rule.label}: "
    zone = wall_of(state)
    due = f"due {clock_words(clock.due, now, zone)}" if clock.due else "does not run yet"
    if clock.duty and clock.duty.sent:
        sent = clock_words(clock.duty.sent, now, zone)
        return f"{head}SENT at {sent}, reference {clock.duty.reference}, {due}"
    if clock.duty:
        why = f"{clock.duty.reason}, judged by {clock.duty.judged_by}"
        return f"{head}NOT REQUIRED: {why}, {due}"
    if clock.due is None:
        return head + due
    left = int((clock.due - now).total_seconds())
    return f"{head}{due}, {f'{duration(left)} left' if left >= 0 else f'LATE by {duration(-left)}'}"


def prompt_lines(state: RunState, now: datetime) -> Iterator[str]:
    """What is due about declaring and telling, each with the command that answers it."""
    for prompt in prompts(state, now, zone_of(state)):
        yield from wrapped(_prompt(state, prompt, now), "   ", "!! ")


def _prompt(state: RunState, prompt: Prompt, now: datetime) -> str:
    due = clock_words(prompt.due, now, wall_of(state))
    match prompt.ask:
        case Ask.NEXT_CALL:
            who, role = state.site.contacts[prompt.whom].name, role_name(state, prompt.subject)
            how = f"called {prompt.subject} CHANNEL OUTCOME"
            return f"{role}: nobody has answered. Call {who} next: {how}"
        case Ask.DURATION:
            return f"{prompt.subject} h after declaring: how long will it last? assume 6h"
        case Ask.RELIEF:
            return f"Relief was due at {due}: relief WHO @HH:MM"
        case Ask.REPORT:
            return f"A situation report was due at {due}: report-draft, then sent TO"
        case Ask.DUTY:
            label = next(r.label for r in rules_of(state) if r.key == prompt.subject)
            verb = "is" if prompt.due > now else "was"
            return f"{label} {verb} due at {due}: clock {prompt.subject} sent REFERENCE"


def outcome_words() -> str:
    """The outcomes of a call as they are typed."""
    return ", ".join(words.replace(" ", "-") for words in OUTCOME.values())
