"""What an operator asks for between runs: to call, leave and return, to pin, to redeem.

`run`, `title` and `file` of the other run are filled in by `runbook.calling`, which begins it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Begin the procedure that a step, or an option of it, calls; it is worked first.

    `reason` overrides what speaks against beginning it. `join` is the run to take instead of
    a new one, or "new" when an open run of that procedure is not wanted.
    """

    step: str
    option: int = -1
    basis: str = ""
    reason: str = ""
    join: str = ""
    run: str = ""
    title: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoOn:
    """Go on without waiting for the called run."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCall:
    """Note at a calling step that its run ended; made when the called run is ended."""

    step: str
    status: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Confirm a step whose called run ended; with `deviation` whatever became of that run."""

    step: str
    deviation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Go on in another procedure for good, from a step, an option or any place (step empty).

    What was begun or passed over is handed to the new run, where `owner` answers for it.
    """

    step: str = ""
    option: int = -1
    to: str = ""
    reason: str = ""
    owner: str = ""
    despite: str = ""
    join: str = ""
    run: str = ""
    title: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PinNote:
    """Raise a note for the rest of the incident."""

    text: str
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpin:
    """Take a pinned note down; `pin` names it within the run that raised it."""

    run: str
    pin: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """Note in this run a step that another run of the incident put off to it."""

    origin_run: str
    origin_title: str
    origin_step: str
    number: str
    text: str
    at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    """Say that a step of another run was done here, and what was seen."""

    origin_run: str
    origin_step: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemStep:
    """Settle a step that was put off to another run and has been done there."""

    step: str
    in_run: str
    in_title: str
    how: str


CallsCommand = (
    Call | GoOn | EndCall | Return | Leave | PinNote | Unpin | Receive | Redeem | RedeemStep
)
