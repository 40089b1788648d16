"""What an operator asks for about time: waits, watches, repetitions."""

from __future__ import annotations

from dataclasses import dataclass

Typed = tuple[tuple[str, str], ...]
"""Names of readings, each with what was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginWait:
    """Begin a wait; `minutes` where the procedure does not say how long, else 0."""

    step: str
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Await:
    """Put a step to waiting for somebody or something; `until` is the estimated end, RFC 3339."""

    step: str
    what: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Take a step back in hand, because what it waited for came or will not come."""

    step: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Put a watch in force; `minutes` where the procedure does not say how often, else 0."""

    step: str
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Say that a watch was looked at, with readings as typed or without any."""

    step: str
    readings: Typed = ()
    remark: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Say that a condition of a watch is true; `when` counts them from 0.

    `back` is the step to come back to; empty for the one in hand.
    """

    step: str
    when: int = 0
    back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWatch:
    """End a watch, with what was seen or why."""

    step: str
    observation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Say that a repeated step was done once more, with readings as typed or without."""

    step: str
    readings: Typed = ()
    remark: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMissedWay:
    """Go where the `If missed` of an overdue step leads, and back to `back` or what is in hand."""

    step: str
    back: str = ""


TimeCommand = BeginWait | Await | Answer | Arm | Check | Trigger | EndWatch | Repeat | TakeMissedWay
