"""Shared ways to say no: a missing part of a command, a time that cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from runbook.run.commands import Refused

CLOCK_SLACK = timedelta(seconds=60)


def need(part: str, why: str, code: str) -> Refused:
    """A refusal that a screen can answer by asking for one more part of the command."""
    return Refused(why, code, needs=part)


def performed_problem(performed: str, now: datetime) -> Refused | None:
    """Why a performed time cannot stand: unreadable, without a zone, or yet to come."""
    if not performed:
        return None
    try:
        at = datetime.fromisoformat(performed)
    except ValueError:
        return need("performed", f"“{performed}” is not a time.", "bad-time")
    if at.tzinfo is None:
        return need("performed", "The time needs its offset from UTC.", "bad-time")
    if at > now + CLOCK_SLACK:
        return need("performed", "That time is still to come.", "future-time")
    return None


def time_ahead(text: str, now: datetime) -> datetime | None:
    """A time with its offset that lies ahead, in UTC; None for any other text."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at > now else None
