"""Declaring and telling as a report shows them: figures, the call-out, duties, reports sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from runbook.report.sentences_message import OUTCOME, minutes
from runbook.report.told import Teller
from runbook.report.words import duration, instant, local
from runbook.report.zone import zone_of
from runbook.run.callout import role_name
from runbook.run.declaration import assumed_min, aware_at, declared_at
from runbook.run.events_message import Outcome
from runbook.run.messages import Call
from runbook.run.regulatory import RegulatoryClock, clocks
from runbook.run.state import RunState


@dataclass(frozen=True, slots=True)
class CallTold:
    """One call: who was called for which role, on which channel, and what came of it."""

    entry: int
    local: str
    utc: str
    who: str
    role: str
    called: str
    channel: str
    outcome: str
    read_back: str
    message: str
    note: str


@dataclass(frozen=True, slots=True)
class DutyTold:
    """One duty to an authority: when it was due, what came of it, and with what margin."""

    name: str
    label: str
    start: str
    due: str
    result: str
    settled: str
    margin: str
    evidence: str
    who: str
    entry: int


@dataclass(frozen=True, slots=True)
class SitrepTold:
    """One situation report as it went out."""

    entry: int
    number: int
    local: str
    utc: str
    who: str
    to: str
    margin: str
    text: str


def declaration_figures(state: RunState) -> Iterable[tuple[str, str]]:
    """From awareness to the declaration and on to the first call that was answered."""
    aware, declared = aware_at(state), declared_at(state)
    if aware is None and declared is None and not state.messages.calls:
        return
    first = first_answered(state)
    yield "Aware to declared", _between(aware, declared, "not declared")
    yield "Declared to first call answered", _between(declared, first, "none answered")
    yield "Aware to first call answered", _between(aware, first, "none answered")
    calls = state.messages.calls
    answered = sum(1 for call in calls if call.outcome is Outcome.ANSWERED)
    yield "Calls", f"{len(calls)}, of which answered {answered}"
    if assumed_min(state):
        yield "Assumed to last, in the end", minutes(assumed_min(state))


def first_answered(state: RunState) -> datetime | None:
    """When the first call was answered; before a declaration it may be earlier than that."""
    since = declared_at(state)
    times = sorted(c.at for c in state.messages.calls if c.outcome is Outcome.ANSWERED)
    after = (at for at in times if since is None or at >= since)
    return next(after, times[0] if times else None)


def _between(start: datetime | None, end: datetime | None, otherwise: str) -> str:
    if start is None:
        return "start not known"
    return otherwise if end is None else duration(int((end - start).total_seconds()))


def calls_told(state: RunState, teller: Teller) -> tuple[CallTold, ...]:
    """The call-out log, in the order of its entries."""
    return tuple(_call(state, teller, call) for call in state.messages.calls)


def _call(state: RunState, teller: Teller, call: Call) -> CallTold:
    return CallTold(
        entry=call.seq,
        local=teller.wall.local(call.at),
        utc=instant(call.at),
        who=call.by,
        role=role_name(state, call.role) if call.role else "",
        called=call.name,
        channel=", ".join(part for part in (call.channel, call.number) if part),
        outcome=OUTCOME[call.outcome],
        read_back=call.read_back,
        message=call.message,
        note=call.note,
    )


def duties_told(state: RunState, teller: Teller) -> tuple[DutyTold, ...]:
    """Every duty that ran, or was settled all the same."""
    zone = zone_of(state)
    found = clocks(state, zone)
    return tuple(_duty(teller, clock, zone) for clock in found if clock.start or clock.duty)


def _duty(teller: Teller, clock: RegulatoryClock, zone: tzinfo) -> DutyTold:
    duty, both = clock.duty, teller.wall.both
    margin = clock.margin
    return DutyTold(
        name=clock.rule.key,
        label=clock.rule.label,
        start=both(clock.start),
        due=local(clock.due.astimezone(zone).isoformat()) if clock.due else "",
        result=_result(clock),
        settled=both(duty.sent or duty.at) if duty else "",
        margin=_margin(int(margin.total_seconds())) if margin is not None else "",
        evidence=_evidence(clock),
        who=duty.by if duty else "",
        entry=duty.seq if duty else 0,
    )


def _result(clock: RegulatoryClock) -> str:
    if clock.duty is None:
        return "not decided"
    return "sent" if clock.duty.sent else "not required"


def _evidence(clock: RegulatoryClock) -> str:
    duty = clock.duty
    if duty is None:
        return ""
    return duty.reference if duty.sent else f"{duty.reason}, judged by {duty.judged_by}"


def _margin(seconds: int) -> str:
    return f"{duration(seconds)} before" if seconds >= 0 else f"LATE by {duration(-seconds)}"


def sitreps_told(state: RunState, teller: Teller) -> tuple[SitrepTold, ...]:
    """The situation reports in their very words."""
    return tuple(
        SitrepTold(
            entry=report.seq,
            number=report.number,
            local=teller.wall.local(report.at),
            utc=instant(report.at),
            who=report.by,
            to=report.to,
            margin=_margin(int((report.due - report.at).total_seconds())) if report.due else "",
            text=report.text,
        )
        for report in state.messages.reports
    )
