"""Events of what is checked: sign-off by a second person, typed identity, hold points."""

from __future__ import annotations

from enum import StrEnum

from runbook.run.event_base import Capacity, Criterion, Event, Override, StepEvent


class Method(StrEnum):
    """How a second person came to confirm a step."""

    TOGETHER = "concurrent"
    SEPARATELY = "independent"
    PHONE = "by_phone"


class TargetTyped(Event, frozen=True, kw_only=True, tag="target_typed"):
    """What the target shows was typed, to prove that it is the right one."""

    step: str
    attempt: int = 1
    typed: str


class StepSubmitted(StepEvent, frozen=True, kw_only=True, tag="step_submitted"):
    """The performer says it is done, or decided; a second person has yet to confirm it.

    `how` is what the procedure asks for. `option` is what was decided, -1 at other steps.
    """

    how: str
    started: str = ""
    confirmed: str = ""
    deviation: str = ""
    option: int = -1
    label: str = ""
    effect: str = ""
    basis: str = ""
    decided_as: Capacity = Capacity.NONE
    criteria: tuple[Criterion, ...] = ()
    overrides: tuple[Override, ...] = ()
    unenforced: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    performed: str = ""
    typed_by: str = ""


class StepSignedOff(StepEvent, frozen=True, kw_only=True, tag="step_signed_off"):
    """A second person confirmed what the performer had said; that settles the step.

    `saw` is what the second person saw or, by phone, read back; `typed_by` then typed it.
    """

    performer: str
    method: Method
    saw: str = ""
    typed_by: str = ""


class StepDisagreed(StepEvent, frozen=True, kw_only=True, tag="step_disagreed"):
    """A second person saw something else, or the performer took it back: it is to be worked."""

    performer: str
    observation: str
    typed_by: str = ""


class StepAcceptedUnverified(StepEvent, frozen=True, kw_only=True, tag="step_accepted_unverified"):
    """The owner accepted the performer's word alone, for a reason."""

    performer: str
    reason: str


class DecisionAsked(StepEvent, frozen=True, kw_only=True, tag="decision_asked"):
    """A hold point was reached and its go asked for, of `asked` in `role`."""

    role: str = ""
    asked: str = ""
    criteria: tuple[Criterion, ...] = ()
    started: str = ""
    passed_over: tuple[str, ...] = ()
