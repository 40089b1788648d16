"""Who answers for what in a run."""

from __future__ import annotations

from runbook.run.state import RunState


def holder_of(state: RunState, role: str | None) -> str:
    """The person who answers for a role now; empty when nobody does."""
    return state.prepared.roles.get(role, "") if role else ""
