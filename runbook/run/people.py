"""Who answers for what in a run, who owns it, and in which role a person acts."""

from __future__ import annotations

from msgspec.structs import replace

from runbook.run.entry import Actor
from runbook.run.names import folded_name
from runbook.run.state import RunState


def holder_of(state: RunState, role: str | None) -> str:
    """The person who answers for a role now; empty when nobody does."""
    return state.roles.get(role, "") if role else ""


def same_person(one: str, other: str) -> bool:
    """True when both are the same person's initials, however they are typed."""
    return folded_name(one) == folded_name(other)


def is_owner(state: RunState, actor: Actor) -> bool:
    """True for the one person who owns the run."""
    return same_person(state.owner, actor.operator)


def roles_of(state: RunState) -> tuple[str, ...]:
    """The keys of all roles of a run in the procedure's order, those without a holder too."""
    used = [section.role for section in state.procedure.sections]
    used += [step.role for step in state.procedure.steps]
    keys = (*state.procedure.front.roles, *(role for role in used if role), *state.roles)
    return tuple(dict.fromkeys(keys))


def held_by(state: RunState, person: str) -> tuple[str, ...]:
    """The keys of the roles a person answers for."""
    return tuple(key for key in roles_of(state) if same_person(holder_of(state, key), person))


def in_role(state: RunState, actor: Actor, step: str) -> Actor:
    """The actor in the role of the step where that is his, else as he came.

    Who came without a role acts in the first one he holds.
    """
    if not actor.is_person:
        return actor
    found = state.procedure.by_id.get(step)
    role = found.role if found else None
    if role and same_person(holder_of(state, role), actor.operator):
        return replace(actor, role=role)
    if not actor.role and (held := held_by(state, actor.operator)):
        return replace(actor, role=held[0])
    return actor
