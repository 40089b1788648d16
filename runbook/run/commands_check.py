"""Commands of what is checked: sign-off by a second person, typed identity, hold points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeTarget:
    """Type what the target itself shows, to prove that it is the right one."""

    step: str
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Confirm, as a second person, what the performer has said.

    `alone` tells whether the second looked separately; None means as the step asks for.
    Somebody on the phone reads back, as `saw`, and `typed_by` types it.
    """

    step: str
    saw: str = ""
    alone: bool | None = None
    typed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagree:
    """Say, as a second person, that it is not so; or take back what one has said oneself."""

    step: str
    observation: str
    typed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptUnverified:
    """Accept a step without a second person, as the run's owner, for a reason."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDecision:
    """Ask for the decision at a hold point that is reached."""

    step: str


CheckCommand = TypeTarget | SignOff | Disagree | AcceptUnverified | AskDecision
