"""How declaring and telling are told: the declaration, calls, duties, situation reports."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from runbook.report.names import Names, brief
from runbook.report.telling import parts
from runbook.report.words import duration, labelled, local, stop
from runbook.run import events_message as ev
from runbook.run.events_message import Outcome

OUTCOME: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.ANSWERED: "answered",
        Outcome.VOICEMAIL: "voicemail",
        Outcome.NO_ANSWER: "no answer",
        Outcome.WRONG_NUMBER: "wrong number",
    }
)


def minutes(count: int) -> str:
    """An assumed length of time; empty for none."""
    return duration(count * 60) if count else ""


@parts.register
def _declared(event: ev.IncidentDeclared, _names: Names) -> list[str]:
    level = f", level {event.level}" if event.level else ""
    what = "Declaration changed" if event.reason else "Incident declared"
    return [
        f"{what} by {event.declared_by}{level}: {stop(event.criteria)}",
        labelled("Aware at", local(event.aware)),
        labelled("Declared at", local(event.declared)),
        labelled("Assumed to last", minutes(event.assumed_min)),
        labelled("Reason", event.reason),
    ]


@parts.register
def _assumed(event: ev.DurationAssumed, _names: Names) -> list[str]:
    after = f"Asked again after {event.after_h} h: the" if event.after_h else "The"
    length = minutes(event.assumed_min) or "for an unknown time"
    return [f"{after} incident is assumed to last {length}.", labelled("Note", event.note)]


@parts.register
def _relief(event: ev.ReliefArranged, _names: Names) -> list[str]:
    return [
        f"Relief arranged: {event.who}.",
        labelled("Takes over at", local(event.at)),
        labelled("Relief was due at", local(event.due)),
    ]


@parts.register
def _call(event: ev.CallLogged, names: Names) -> list[str]:
    known = f" ({event.contact})" if event.contact not in ("", event.name) else ""
    role = f" for {names.procedure.role_name(event.role)}" if event.role else ""
    at = f" at step {names.number(event.step)}" if event.step else ""
    on = ", ".join(part for part in (event.channel, event.number) if part)
    read_back = {"yes": "Read back.", "no": "Not read back."}.get(event.read_back)
    return [
        f"Call to {event.name}{known}{role}{at}: {OUTCOME[event.outcome]}.",
        labelled("On", on),
        labelled("Message", event.message),
        labelled("Read back", event.read_back) if read_back is None else read_back,
        labelled("Note", event.note),
        labelled("Performed at", local(event.performed)),
    ]


def _clock(clock: str, label: str) -> str:
    return f"{label} ({clock})" if label else clock


@parts.register
def _sent(event: ev.RegulatorySent, _names: Names) -> list[str]:
    return [
        f"Sent to the authority: {_clock(event.clock, event.label)}.",
        labelled("Reference", event.reference),
        labelled("Sent at", local(event.sent)),
        labelled("Due at", local(event.due)),
    ]


@parts.register
def _not_required(event: ev.RegulatoryNotRequired, _names: Names) -> list[str]:
    return [
        f"Not required: {_clock(event.clock, event.label)}, judged by {event.judged_by}.",
        labelled("Reason", event.reason),
        labelled("Due at", local(event.due)),
    ]


@parts.register
def _report(event: ev.SituationReportSent, _names: Names) -> list[str]:
    return [
        f"Situation report {event.number} sent to {event.to}.",
        labelled("It was due at", local(event.due)),
        labelled("Next report at", local(event.next_at)),
        f"Text: “{brief(' '.join(event.text.split()))}”",
    ]
