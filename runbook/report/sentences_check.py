"""How checks are told: typed targets, sign-off by a second person, hold points, overrides."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from runbook.report.names import Names, fill
from runbook.report.telling import parts
from runbook.report.words import labelled, local, stop
from runbook.run.event_base import Capacity, Criterion, Guard, Override, Verdict
from runbook.run.events_check import (
    DecisionAsked,
    Method,
    StepAcceptedUnverified,
    StepDisagreed,
    StepSignedOff,
    StepSubmitted,
    TargetTyped,
)

VERDICT: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.MET: "met",
        Verdict.NOT_MET: "NOT MET",
        Verdict.UNREAD: "NO READING YET",
        Verdict.JUDGED: "for the decider to judge",
    }
)
METHOD: Final[Mapping[str, str]] = MappingProxyType(
    {
        Method.TOGETHER.value: "both looked together",
        Method.SEPARATELY.value: "looked separately",
        Method.PHONE.value: "by phone",
    }
)
GUARD: Final[Mapping[Guard, str]] = MappingProxyType(
    {
        Guard.HOLD: "worked behind a hold point without a go",
        Guard.DECIDER: "decided in place of whoever decides",
        Guard.CRITERIA: "go although a criterion is open",
        Guard.IDENTITY: "done without typing the target",
        Guard.WAIT: "worked before a wait was over",
    }
)
CAPACITY: Final[Mapping[Capacity, str]] = MappingProxyType(
    {
        Capacity.NONE: "",
        Capacity.HOLDER: "as the one who decides here",
        Capacity.DEPUTY: "as deputy, after no answer came",
        Capacity.OVERRIDE: "as an override",
    }
)


def overrides(found: tuple[Override, ...], names: Names) -> list[str]:
    """What was gone past, why and on whose authority."""
    return [override(one, names) for one in found]


def override(one: Override, names: Names) -> str:
    """One guard that was gone past, as a sentence."""
    about = (
        f"step {names.number(one.about)}" if one.guard in (Guard.HOLD, Guard.WAIT) else one.about
    )
    named = f" ({about})" if one.about else ""
    whose = f" On the authority of {stop(one.authority)}" if one.authority else ""
    return f"OVERRIDE, {GUARD[one.guard]}{named}: {stop(one.reason)}{whose}"


def criteria(found: tuple[Criterion, ...]) -> list[str]:
    """Every criterion as it stood, with the readings at that moment."""
    return [criterion(one) for one in found]


def criterion(one: Criterion) -> str:
    """One criterion as it stood, as a sentence."""
    seen = f" ({one.seen})" if one.seen else ""
    return f"Criterion “{one.text}”: {VERDICT[one.verdict]}{seen}."


def typed_for(typist: str) -> str:
    """Who typed for somebody on the phone; empty for nobody."""
    return labelled("By phone, typed by", typist)


def decided_as(capacity: Capacity) -> str:
    """In what capacity somebody decided; empty at a decision that is anybody's."""
    return labelled("Decided", CAPACITY[capacity])


@parts.register
def _typed(event: TargetTyped, names: Names) -> list[str]:
    return [f"Target of step {names.number(event.step)} typed: “{event.typed}”."]


@parts.register
def _submitted(event: StepSubmitted, names: Names) -> list[str]:
    said = "decided" if event.option >= 0 else "done"
    told = f"{said}, a second person has yet to confirm"
    return [
        names.step(event.step, told),
        labelled("To be confirmed", event.how),
        labelled("Choice", event.label),
        labelled("Effect", event.effect),
        labelled("Basis", event.basis),
        labelled("Deviation", event.deviation),
        labelled("Confirmed", fill(event.confirmed, names.values)),
        decided_as(event.decided_as),
        *criteria(event.criteria),
        *overrides(event.overrides, names),
        typed_for(event.typed_by),
        labelled("Confirmed by hand, not enforced by the program", ", ".join(event.unenforced)),
        labelled("Out of order, before", names.numbers(event.passed_over)),
        labelled("Performed at", local(event.performed)) if event.performed else "",
    ]


@parts.register
def _signed(event: StepSignedOff, names: Names) -> list[str]:
    told = f"confirmed by a second person, {METHOD[event.method.value]}"
    saw = "Read back" if event.method is Method.PHONE else "Saw"
    return [
        names.step(event.step, told),
        labelled("Done by", event.performer),
        labelled(saw, event.saw),
        labelled("Typed by", event.typed_by),
    ]


@parts.register
def _disagreed(event: StepDisagreed, names: Names) -> list[str]:
    return [
        names.step(event.step, "not confirmed, to be worked again"),
        labelled("Done by", event.performer),
        labelled("Observed", event.observation),
        typed_for(event.typed_by),
    ]


@parts.register
def _accepted(event: StepAcceptedUnverified, names: Names) -> list[str]:
    return [
        names.step(event.step, "accepted UNVERIFIED, without a second person"),
        labelled("Done by", event.performer),
        labelled("Reason", event.reason),
    ]


@parts.register
def _asked(event: DecisionAsked, names: Names) -> list[str]:
    who = event.asked or "nobody, for nobody holds the role"
    role = f" ({names.procedure.role_name(event.role)})" if event.role else ""
    return [
        names.step(event.step, "waits for its go or no-go"),
        f"Asked of: {who}{role}.",
        *criteria(event.criteria),
        labelled("Out of order, before", names.numbers(event.passed_over)),
    ]
