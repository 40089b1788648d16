"""The questions about people: who sits here, his PIN, roles, and the run's owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from runbook.operators import Claim, Signed
from runbook.run.commands import Command, Refused
from runbook.run.commands_people import SitDown
from runbook.run.state import RunState
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate
_OFFERED = 8


def pin_form(refused: Refused, asked: Command | Signed | None) -> FormSpec | None:
    """The PIN of whoever signs a command; None when that is not what was missing."""
    if refused.needs != "pin" or not isinstance(asked, Signed):
        return None
    signed = asked

    def make(values: Values) -> Signed:
        return Signed(signed.command, replace(signed.claim, pin=values["pin"]))

    ask = Ask("pin", translate("Forms", "PIN"), required=False, secret=True)
    title = translate("Forms", "Who is {initials}?").format(initials=signed.claim.initials)
    return FormSpec(title, (ask,), make, refused.why, translate("Forms", "Go on"))


def keyboard_form(state: RunState, offered: Mapping[str, str]) -> FormSpec:
    """Who sits at the keyboard from now on."""

    def make(values: Values) -> Signed:
        return Signed(SitDown(), Claim(values["person"]))

    others = [one for one in known_in(state, offered) if one != state.at_keyboard]
    ask = Ask("person", translate("Forms", "Initials"), "", tuple(others[:_OFFERED]))
    explain = translate("Forms", "Everything from now on is recorded under this name.")
    title = translate("Forms", "Another person at the keyboard")
    return FormSpec(title, (ask,), make, explain, translate("Forms", "Sit down"))


def known_in(state: RunState, offered: Mapping[str, str]) -> tuple[str, ...]:
    """Initials worth offering: who has part in the run first, then everybody known here."""
    inside = (state.owner, *state.roles.values())
    return tuple(dict.fromkeys(one for one in (*inside, *offered) if one))
