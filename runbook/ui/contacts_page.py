"""Whom to call: each role in its succession with every channel, to be searched and called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from runbook.procedure.model import StepKind
from runbook.procedure.site import Channel, Contact
from runbook.run.callout import callout, ladder, number_of, role_name, roles_of
from runbook.run.events_message import Outcome
from runbook.run.messages import Call
from runbook.run.state import RunState
from runbook.ui.aside_page import AsideLine, AsidePage
from runbook.ui.forms_message import call_form, outcome_words
from runbook.ui.step_words import time_words
from runbook.ui.times import age


class ContactsPage(AsidePage):
    """Enter on a person logs a call to that person; a step of telling is bound to it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("contacts_page", parent, searches=True)
        self.search.setPlaceholderText(self.tr("Find a role or a name"))
        self.search.setAccessibleName(self.tr("Find a role or a name"))
        self.items.setAccessibleName(self.tr("People to call"))

    @property
    def searches(self) -> bool:
        """People are searched for."""
        return True

    def title(self, state: RunState) -> tuple[str, str]:
        """What the calls are for, and how a call is logged."""
        if not state.site.contacts:
            return self.tr("Contacts"), self.tr("This run has no contacts: its site names none.")
        step = self._talking(state)
        words = self.tr("Contacts, for step {number}") if step else self.tr("Contacts")
        title = words.format(number=state.step(step).number) if step else words
        how = self.tr("Dial yourself. Enter logs a call. Home returns to the step.")
        return title, how

    def _talking(self, state: RunState) -> str:
        """The step in hand when it is one of telling somebody something."""
        is_talk = self.step and state.step(self.step).kind is StepKind.TALK
        return self.step if is_talk else ""

    def lines(self, state: RunState, now: datetime) -> Iterator[AsideLine]:
        """Every role with those who follow each other, then everybody else."""
        wanted = self.search.text().strip().casefold()
        today = now.astimezone().date()
        inside: set[str] = set()
        for role in roles_of(state):
            people = ladder(state, role)
            inside |= {person.key for person in people}
            name = role_name(state, role)
            found = [p for p in people if wanted in f"{name} {role} {p.key} {p.name}".casefold()]
            if found:
                yield AsideLine("", self._role_words(state, role))
            for person in found:
                place = people.index(person) + 1
                yield self._person(state, person, role, f"{place}. ", today)
        others = [c for c in state.site.contacts.values() if c.key not in inside]
        others = [c for c in others if wanted in f"{c.key} {c.name}".casefold()]
        if others:
            yield AsideLine("", self.tr("Others"))
        for person in others:
            yield self._person(state, person, "", "", today)

    def _role_words(self, state: RunState, role: str) -> str:
        """A role, and how far its call-out has come."""
        name, found = role_name(state, role), callout(state, role)
        if found.reached is not None:
            words = self.tr("{role}: ✓ {name} answered at {time}")
            at = time_words(found.reached.at)
            return words.format(role=name, name=found.reached.name, time=at)
        if found.next is not None:
            words = self.tr("{role}: nobody has answered, next is {name}")
            return words.format(role=name, name=found.next.name)
        return name

    def _person(
        self, state: RunState, person: Contact, role: str, lead: str, today: date
    ) -> AsideLine:
        ways = "\n".join(self._way(state, person, channel) for channel in person.channels)
        last = _last_call(state, person.key)
        called = f"   {self._called(last)}" if last else ""
        words = f"{lead}{person.name} ({person.key}), {self._verified(person, today)}{called}"
        return AsideLine(f"{role}\t{person.key}", words, ways)

    def _way(self, state: RunState, person: Contact, channel: Channel) -> str:
        number = f"{channel.kind}: {number_of(state, person, channel)}"
        if channel.hospital_network:
            return self.tr("   ▲ {number}   needs the hospital's network").format(number=number)
        return self.tr("   ● {number}   works without the hospital's network").format(number=number)

    def _verified(self, person: Contact, today: date) -> str:
        """When the numbers were tried last."""
        try:
            on = date.fromisoformat(person.last_verified[:10])
        except ValueError:
            return self.tr("never verified")
        return self.tr("verified {day}, {age}").format(day=on.isoformat(), age=age(on, today))

    def _called(self, call: Call) -> str:
        word = next(word for word, outcome in outcome_words().items() if outcome is call.outcome)
        sign = "✓" if call.outcome is Outcome.ANSWERED else "✗"
        return self.tr("{sign} {word} {time}").format(
            sign=sign, word=word, time=time_words(call.at)
        )

    def choose(self, key: str) -> None:
        """Ask what came of a call to that person."""
        role, _, person = key.partition("\t")
        if self.state is not None:
            contact = self.state.site.contacts[person]
            self.form.ask(call_form(self.state, contact, role, self._talking(self.state)))


def _last_call(state: RunState, contact: str) -> Call | None:
    """The last call to a person."""
    return next((c for c in reversed(state.messages.calls) if c.contact == contact), None)
