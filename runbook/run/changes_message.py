"""What declaring and telling change in a run's state."""

from __future__ import annotations

from msgspec.structs import replace

from runbook.run.changes import Stamp, instant
from runbook.run.event_base import Event
from runbook.run.events_message import (
    CallLogged,
    DurationAssumed,
    IncidentDeclared,
    RegulatoryNotRequired,
    RegulatorySent,
    ReliefArranged,
    SituationReportSent,
)
from runbook.run.events_people import HandoverAccepted
from runbook.run.messages import Assumption, Call, Declaration, Duty, Messages, Relief, Report
from runbook.run.state import RunState


def messages_changed(state: RunState, event: Event, stamp: Stamp) -> RunState:
    """The state after something was declared or told; any other event changes nothing here."""
    changed = _changed(state.messages, event, stamp)
    return state if changed is state.messages else replace(state, messages=changed)


def _changed(known: Messages, event: Event, stamp: Stamp) -> Messages:
    match event:
        case IncidentDeclared():
            return _declared(known, event, stamp)
        case DurationAssumed(after_h=after, assumed_min=minutes):
            assumption = Assumption(stamp.seq, stamp.at, after, minutes, stamp.by)
            return replace(known, assumptions=(*known.assumptions, assumption))
        case ReliefArranged(who=who, at=at):
            when = instant(at) if at else None
            relief = Relief(stamp.seq, stamp.at, who, when, stamp.by)
            return replace(known, reliefs=(*known.reliefs, relief))
        case HandoverAccepted(owner=owner):  # whoever leads was relieved
            relief = Relief(stamp.seq, stamp.at, owner, stamp.at, stamp.by)
            return replace(known, reliefs=(*known.reliefs, relief))
        case CallLogged():
            return replace(known, calls=(*known.calls, _call(event, stamp)))
        case RegulatorySent() | RegulatoryNotRequired():
            return replace(known, duties=(*known.duties, _duty(event, stamp)))
        case SituationReportSent():
            return replace(known, reports=(*known.reports, _report(event, stamp)))
        case _:
            return known


def _declared(known: Messages, event: IncidentDeclared, stamp: Stamp) -> Messages:
    declaration = Declaration(
        seq=stamp.seq,
        level=event.level,
        criteria=event.criteria,
        aware=instant(event.aware),
        declared=instant(event.declared),
        declared_by=event.declared_by,
        by=stamp.by,
    )
    known = replace(known, declaration=declaration)
    if not event.assumed_min:
        return known
    assumption = Assumption(stamp.seq, stamp.at, 0, event.assumed_min, stamp.by)
    return replace(known, assumptions=(*known.assumptions, assumption))


def _call(event: CallLogged, stamp: Stamp) -> Call:
    return Call(
        seq=stamp.seq,
        at=instant(event.performed) if event.performed else stamp.at,
        by=stamp.by,
        contact=event.contact,
        name=event.name,
        role=event.role,
        channel=event.channel,
        number=event.number,
        outcome=event.outcome,
        message=event.message,
        read_back=event.read_back,
        note=event.note,
        step=event.step,
        attempt=event.attempt,
    )


def _duty(event: RegulatorySent | RegulatoryNotRequired, stamp: Stamp) -> Duty:
    due = instant(event.due) if event.due else None
    duty = Duty(stamp.seq, event.clock, stamp.at, stamp.by, label=event.label, due=due)
    if isinstance(event, RegulatorySent):
        return replace(duty, sent=instant(event.sent), reference=event.reference)
    return replace(duty, reason=event.reason, judged_by=event.judged_by)


def _report(event: SituationReportSent, stamp: Stamp) -> Report:
    return Report(
        seq=stamp.seq,
        number=event.number,
        at=stamp.at,
        by=stamp.by,
        text=event.text,
        to=event.to,
        due=instant(event.due) if event.due else None,
        next_at=instant(event.next_at) if event.next_at else None,
    )
