"""What is asked for about the people of a run: roles, the keyboard, the owner's handover."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRole:
    """Let a person answer for a role; in place of another it needs a reason."""

    key: str
    person: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VacateRole:
    """Let nobody answer for a role."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitDown:
    """Say that the actor sits at the keyboard now; `despite`: the identity was not proven."""

    despite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareHandover:
    """Begin to hand the run over to a person."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What the incoming person said to the next open question, and whether it is right."""

    said: str
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptHandover:
    """Take the run over as prepared; open questions need a `reason`."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelHandover:
    """Leave the owner as he is."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Own the run without its owner, who cannot be reached."""

    reason: str


PeopleCommand = (
    FillRole
    | VacateRole
    | SitDown
    | PrepareHandover
    | ReadBack
    | AcceptHandover
    | CancelHandover
    | TakeOver
)
