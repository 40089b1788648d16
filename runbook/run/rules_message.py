"""The rules about declaring and telling: they advise and record, and hold nobody back for long."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from runbook.procedure.hidden import hidden_text
from runbook.run.callout import find_contact, roles_of, script, shows_number
from runbook.run.commands import Refused
from runbook.run.commands_message import (
    ArrangeRelief,
    AssumeDuration,
    Declare,
    LogCall,
    MarkNotRequired,
    MarkSent,
    MessageCommand,
    SendReport,
)
from runbook.run.declaration import (
    AWARE,
    DECLARED,
    declared_at,
    duration_due,
    read_moment,
    relief_due,
)
from runbook.run.entry import Actor
from runbook.run.event_base import Event
from runbook.run.events import Mode, RunStatus
from runbook.run.events_message import (
    CallLogged,
    DurationAssumed,
    IncidentDeclared,
    Outcome,
    RegulatoryNotRequired,
    RegulatorySent,
    ReliefArranged,
    SituationReportSent,
)
from runbook.run.prompts import next_report_at, report_due
from runbook.run.refusals import need, performed_problem
from runbook.run.regulatory import rules_of, start_of
from runbook.run.state import RunState

Decided = tuple[Event, ...] | Refused
_NOT_NOW = {
    RunStatus.PREPARED: "The run has not started. Acknowledge the briefing first.",
    RunStatus.CLOSED: "The run is closed. Write it down as a note.",
    RunStatus.CANCELLED: "The run was cancelled. Write it down as a note.",
}
_LONGEST_MIN = 60 * 24 * 366


def decide_message(
    state: RunState, command: MessageCommand, actor: Actor, now: datetime
) -> Decided:
    """What follows from declaring or telling something; also after the run has ended."""
    if state.status in _NOT_NOW:
        return Refused(_NOT_NOW[state.status], "not-running")
    match command:
        case Declare():
            return declare(state, command, actor, now)
        case AssumeDuration():
            return assume_duration(state, command, now)
        case ArrangeRelief():
            return arrange_relief(state, command)
        case LogCall():
            return log_call(state, command, now)
        case MarkSent():
            return mark_sent(state, command, now)
        case MarkNotRequired():
            return mark_not_required(state, command, actor)
        case SendReport():
            return send_report(state, command, now)


def declare(state: RunState, command: Declare, actor: Actor, now: datetime) -> Decided:
    """Declare an incident, or change what was declared for a reason."""
    criteria, reason = command.criteria.strip(), command.reason.strip()
    if not criteria:
        return need("criteria", "Say what is met: why is this an incident?", "no-criteria")
    if state.messages.declaration is not None and not reason:
        why = "It is declared already. Say why the declaration changes."
        return need("reason", why, "is-declared")
    if not 0 <= command.assumed_min <= _LONGEST_MIN:
        return need("assumed_min", "That is no length of time to assume.", "bad-duration")
    aware = command.aware or _known(state, AWARE)
    declared = command.declared or _known(state, DECLARED) or _text(state, now)
    refused = _times_problem(aware, declared, now)
    if refused:
        return refused
    return (
        IncidentDeclared(
            level=command.level.strip(),
            criteria=criteria,
            aware=aware,
            declared=declared,
            declared_by=command.declared_by.strip() or actor.operator,
            assumed_min=command.assumed_min,
            reason=reason,
        ),
    )


def _known(state: RunState, name: str) -> str:
    """The moment that was declared before, else the one that was read; empty for none."""
    said = state.messages.declaration
    at = (said.aware if name == AWARE else said.declared) if said else read_moment(state, name)
    return _text(state, at)


def _times_problem(aware: str, declared: str, now: datetime) -> Refused | None:
    """Why two times cannot stand: missing, unreadable, still to come, or the wrong way round."""
    if not aware:
        return need(
            "aware", "Say when you became aware of it: the law counts from then.", "no-time"
        )
    for part, text in (("aware", aware), ("declared", declared)):
        problem = performed_problem(text, now)
        if problem is not None:
            return Refused(problem.why, problem.code, needs=part)
    if datetime.fromisoformat(declared) < datetime.fromisoformat(aware):
        why = "It cannot be declared before anybody was aware of it. Correct one of the times."
        return need("declared", why, "times-crossed")
    return None


def assume_duration(state: RunState, command: AssumeDuration, now: datetime) -> Decided:
    """Record how long the incident is assumed to last by now."""
    if declared_at(state) is None:
        return Refused("Nothing is declared yet. Declare the incident first.", "not-declared")
    if not 0 <= command.assumed_min <= _LONGEST_MIN:
        return need("assumed_min", "That is no length of time to assume.", "bad-duration")
    due = duration_due(state, now)
    after = due[0] if due else max((a.after_h for a in state.messages.assumptions), default=0)
    note = command.note.strip()
    return (DurationAssumed(after_h=after, assumed_min=command.assumed_min, note=note),)


def arrange_relief(state: RunState, command: ArrangeRelief) -> Decided:
    """Record who relieves those at work."""
    who = command.who.strip()
    if not who:
        return need("who", "Say who takes over.", "no-name")
    if command.at and not _is_time(command.at):
        return need("at", "That is not a time.", "bad-time")
    due = relief_due(state)
    return (ReliefArranged(who=who, at=command.at, due=_text(state, due)),)


def log_call(state: RunState, command: LogCall, now: datetime) -> Decided:
    """Record a call, and bind it to the step that asked for it."""
    wanted = command.contact.strip()
    if not wanted:
        return need("contact", "Say who was called.", "no-contact")
    refused = _call_problem(state, command) or performed_problem(command.performed, now)
    if refused:
        return refused
    outcome = Outcome(command.outcome)
    contact = find_contact(state, wanted)
    kind, number = _channel(state, wanted, command.channel.strip())
    return (
        CallLogged(
            contact=contact.key if contact else "",
            name=contact.name if contact else wanted,
            role=command.role,
            channel=kind,
            number=number,
            outcome=outcome,
            message=command.message.strip(),
            read_back=command.read_back if outcome is Outcome.ANSWERED else "",
            note=command.note.strip(),
            step=command.step,
            attempt=state.record(command.step).last.number if command.step else 0,
            performed=command.performed,
        ),
    )


def _call_problem(state: RunState, command: LogCall) -> Refused | None:
    """Why a call cannot be recorded as it is told."""
    if command.step and command.step not in state.procedure.by_id:
        return Refused(f"There is no step “{command.step}” in this procedure.", "no-such-step")
    if command.role and command.role not in roles_of(state):
        return Refused(f"There is no role “{command.role}” here.", "no-such-role")
    if command.outcome not in set(Outcome):
        why = "Say what came of it: answered, voicemail, no answer or wrong number."
        return need("outcome", why, "no-outcome")
    asked = bool(command.step) and state.step(command.step).read_back
    answers = ("yes", "no") if asked and command.outcome == Outcome.ANSWERED else ("", "yes", "no")
    if command.read_back not in answers:
        return need("read_back", "Was the message read back? Answer yes or no.", "no-answer-given")
    return None


def _channel(state: RunState, wanted: str, named: str) -> tuple[str, str]:
    """The kind of a channel and its number, when the contact has it; else as it was named."""
    contact = find_contact(state, wanted)
    if contact is None:
        return _shown(state, named), ""
    for channel in contact.channels:
        if named.casefold() in (channel.kind.casefold(), channel.number.casefold()):
            return channel.kind, channel.number if shows_number(state, contact.key) else ""
    return _shown(state, named), ""


def _shown(state: RunState, named: str) -> str:
    """A channel as typed; in a drill without a number."""
    return hidden_text(named) if state.mode is Mode.DRILL else named


def mark_sent(state: RunState, command: MarkSent, now: datetime) -> Decided:
    """Record that what the law asks for was sent, with the reference that proves it."""
    refused = _clock_problem(state, command.clock)
    if refused:
        return refused
    reference = command.reference.strip()
    if not reference:
        why = "Give the reference of what was sent: a case number, or where the receipt lies."
        return need("reference", why, "no-reference")
    problem = performed_problem(command.sent, now)
    if problem:
        return Refused(problem.why, problem.code, needs="sent")
    return (
        RegulatorySent(
            clock=command.clock,
            label=_label(state, command.clock),
            reference=reference,
            sent=command.sent or _text(state, now),
            due=command.due,
        ),
    )


def mark_not_required(state: RunState, command: MarkNotRequired, actor: Actor) -> Decided:
    """Record that nothing has to be sent, why, and who judged it."""
    refused = _clock_problem(state, command.clock)
    if refused:
        return refused
    reason = command.reason.strip()
    if not reason:
        return need("reason", "Say why nothing has to be sent.", "no-reason")
    return (
        RegulatoryNotRequired(
            clock=command.clock,
            label=_label(state, command.clock),
            reason=reason,
            judged_by=command.judged_by.strip() or actor.operator,
            due=command.due,
        ),
    )


def _clock_problem(state: RunState, key: str) -> Refused | None:
    """Why a clock cannot be settled: there is none of that name, or it does not run yet."""
    rules = {rule.key: rule for rule in rules_of(state)}
    if key not in rules:
        known = ", ".join(rules)
        return need("clock", f"There is no clock “{key}”. There are: {known}.", "no-such-clock")
    if start_of(state, rules[key]) is not None:
        return None
    if rules[key].start in rules:
        why = f"It counts from the sending of {rules[rules[key].start].label}. Settle that first."
        return Refused(why, "no-start")
    why = "Nobody has said when they became aware. Declare the incident first."
    return Refused(why, "no-start", needs="aware")


def _label(state: RunState, key: str) -> str:
    return next(rule.label for rule in rules_of(state) if rule.key == key)


def send_report(state: RunState, command: SendReport, now: datetime) -> Decided:
    """Record a situation report in its very words, and to whom it went."""
    text, to = script(state, command.text.strip()), command.to.strip()
    if not text:
        return need("text", "The report is empty.", "no-text")
    if not to:
        return need("to", "Say to whom it went.", "no-receiver")
    return (
        SituationReportSent(
            number=len(state.messages.reports) + 1,
            text=text,
            to=to,
            due=_text(state, report_due(state)),
            next_at=_text(state, next_report_at(state, now)),
        ),
    )


def _text(state: RunState, at: datetime | None) -> str:
    """A moment as the run's local clock shows it, in RFC 3339; empty for none."""
    zone = timezone(timedelta(seconds=state.offset_s))
    return at.astimezone(zone).isoformat(timespec="seconds") if at else ""


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
