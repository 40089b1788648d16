"""Whom to call for a role, one after the other, and how far the call-out has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from runbook.procedure.hidden import HIDDEN
from runbook.procedure.site import Channel, Contact
from runbook.run.declaration import span
from runbook.run.events_message import Outcome
from runbook.run.messages import Call
from runbook.run.people import holder_of
from runbook.run.state import RunState
from runbook.run.statuses import Mode

EXERCISE = "ØVELSE ØVELSE ØVELSE / EXERCISE"
"""What is said first, aloud and in writing, in a drill."""


@dataclass(frozen=True, slots=True)
class CallOut:
    """How the call-out of one role stands.

    `reached` is the call that was answered. While nobody has answered, `next` is who is to be
    called and `due` from when on; both are None before the first call.
    """

    role: str
    ladder: tuple[Contact, ...]
    calls: tuple[Call, ...] = ()
    reached: Call | None = None
    next: Contact | None = None
    due: datetime | None = None


def role_name(state: RunState, role: str) -> str:
    """What a role is called: by the procedure, else by the site."""
    known = state.procedure.front.roles.get(role)
    held = state.site.roles.get(role)
    return known or (held.name if held else role)


def roles_of(state: RunState) -> tuple[str, ...]:
    """The roles of the procedure, then the site's others."""
    return tuple(dict.fromkeys((*state.procedure.front.roles, *state.site.roles)))


def ladder(state: RunState, role: str) -> tuple[Contact, ...]:
    """The one who answers for a role now, then those who follow in succession."""
    held = state.site.roles.get(role)
    holder = find_contact(state, holder_of(state, role))
    keys = (*held.people, *held.succession) if held else ()
    found = (holder, *(state.site.contacts.get(key) for key in keys))
    return tuple(dict.fromkeys(contact for contact in found if contact is not None))


def find_contact(state: RunState, word: str) -> Contact | None:
    """The contact of that key or name, in any case of letters."""
    wanted = word.strip().casefold()
    known = state.site.contacts.values()
    return next((c for c in known if wanted in (c.key.casefold(), c.name.casefold())), None)


def shows_number(state: RunState, contact: str) -> bool:
    """False in a drill, unless the run's header allows this contact to be called."""
    return state.mode is not Mode.DRILL or contact in state.prepared.allowed_contacts


def number_of(state: RunState, contact: Contact, channel: Channel) -> str:
    """The number to dial, or the words that stand for it in a drill."""
    return channel.number if shows_number(state, contact.key) else HIDDEN


def script(state: RunState, text: str) -> str:
    """What is to be said, with the exercise named first in a drill."""
    if not text or state.mode is not Mode.DRILL or text.startswith(EXERCISE):
        return text
    return f"{EXERCISE}. {text}"


def no_answer_after(state: RunState) -> timedelta:
    """How long to wait for a call back before the next in succession is called."""
    return span(state, "comms.no_answer", timedelta(minutes=3))


def callout(state: RunState, role: str) -> CallOut:
    """How far the call-out of a role has come."""
    people = ladder(state, role)
    keys = {person.key for person in people}
    calls = tuple(c for c in state.messages.calls if _counts(c, role, keys))
    if not calls:
        return CallOut(role, people)
    reached = next((c for c in reversed(calls) if c.outcome is Outcome.ANSWERED), None)
    if reached is not None:
        return CallOut(role, people, calls, reached)
    following = _following(people, calls)
    due = _began(calls) + no_answer_after(state)
    return CallOut(role, people, calls, None, following, due if following else None)


def _counts(call: Call, role: str, keys: set[str]) -> bool:
    """A call counts for the role it was made for, else for every role of the one called."""
    return call.role == role if call.role else call.contact in keys


def _began(calls: tuple[Call, ...]) -> datetime:
    """When the last of those called was tried first."""
    last = calls[-1].contact
    return next(call.at for call in calls if call.contact == last)


def _following(people: tuple[Contact, ...], calls: tuple[Call, ...]) -> Contact | None:
    """The first in succession who was not tried yet; after all were, the first again."""
    tried = {call.contact for call in calls}
    untried = (person for person in people if person.key not in tried)
    return next(untried, people[0] if people else None)


def callouts(state: RunState) -> Iterator[CallOut]:
    """The call-outs that were begun, in the order of the roles."""
    for role in roles_of(state):
        found = callout(state, role)
        if found.calls:
            yield found


def read_back_at(state: RunState, step: str) -> Call | None:
    """The call of the step's attempt in which the message was read back, if any."""
    number = state.record(step).last.number
    return next(
        (
            call
            for call in reversed(state.messages.calls)
            if (call.step, call.attempt) == (step, number)
            and call.outcome is Outcome.ANSWERED
            and call.read_back == "yes"
        ),
        None,
    )
