"""What each event about people changes: who holds a role, who sits here, who owns the run."""

from __future__ import annotations

from msgspec.structs import replace

from runbook.run.event_base import Event
from runbook.run.events_people import (
    HandoverAccepted,
    HandoverCancelled,
    HandoverPrepared,
    OwnerTakenOver,
    PersonAtKeyboard,
    ReadBackGiven,
    RoleFilled,
    RoleVacated,
)
from runbook.run.state import Handover, RunState


def people_changed(state: RunState, event: Event) -> RunState:
    """The state with the people as they are after an event; others change nothing here."""
    match event:
        case RoleFilled(key=key, person=person):
            return replace(state, roles={**state.roles, key: person})
        case RoleVacated(key=key):
            return replace(state, roles={k: v for k, v in state.roles.items() if k != key})
        case PersonAtKeyboard(person=person):
            return replace(state, at_keyboard=person)
        case HandoverPrepared(to=to, questions=questions, answers=answers):
            return replace(state, handover=Handover(to, questions, answers))
        case ReadBackGiven():
            return _read_back(state, event)
        case HandoverCancelled():
            return replace(state, handover=None)
        case HandoverAccepted(owner=owner) | OwnerTakenOver(owner=owner):
            return replace(state, owner=owner, handover=None)
        case _:
            return state


def _read_back(state: RunState, event: ReadBackGiven) -> RunState:
    """One more question is answered rightly, or stays open."""
    handover = state.handover
    if handover is None or not event.right:
        return state
    return replace(state, handover=replace(handover, right=(*handover.right, event.question)))
