"""Events of declaring and telling: the declaration, calls, duties to authorities, reports."""

from __future__ import annotations

from enum import StrEnum

from runbook.run.event_base import Event


class Outcome(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


class IncidentDeclared(Event, frozen=True, kw_only=True, tag="incident_declared"):
    """Somebody declared an incident, or changed what was declared for a `reason`.

    `aware` and `declared` are RFC 3339; `assumed_min` is how long it is assumed to last, 0
    when nobody can tell.
    """

    level: str = ""
    criteria: str
    aware: str
    declared: str
    declared_by: str
    assumed_min: int = 0
    reason: str = ""


class DurationAssumed(Event, frozen=True, kw_only=True, tag="duration_assumed"):
    """The assumed duration was thought over when it was due `after_h` hours after declaring."""

    after_h: int = 0
    assumed_min: int = 0
    note: str = ""


class ReliefArranged(Event, frozen=True, kw_only=True, tag="relief_arranged"):
    """Who takes over from those at work, and when; `due` is when it had to be arranged."""

    who: str
    at: str = ""
    due: str = ""


class CallLogged(Event, frozen=True, kw_only=True, tag="call_logged"):
    """A person was called: on which channel, what came of it, and what was said.

    `contact` is a key of the site file, empty for anybody else. `read_back` is yes, no, or
    empty where nothing was to be read back. `number` is empty in a drill.
    """

    contact: str = ""
    name: str
    role: str = ""
    channel: str = ""
    number: str = ""
    outcome: Outcome
    message: str = ""
    read_back: str = ""
    note: str = ""
    step: str = ""
    attempt: int = 0
    performed: str = ""


class RegulatorySent(Event, frozen=True, kw_only=True, tag="regulatory_sent"):
    """What the law asks for was sent; `reference` proves it, `sent` and `due` are RFC 3339."""

    clock: str
    label: str = ""
    reference: str
    sent: str
    due: str = ""


class RegulatoryNotRequired(Event, frozen=True, kw_only=True, tag="regulatory_not_required"):
    """Somebody judged that nothing has to be sent, and said why."""

    clock: str
    label: str = ""
    reason: str
    judged_by: str
    due: str = ""


class SituationReportSent(Event, frozen=True, kw_only=True, tag="situation_report_sent"):
    """A situation report went out, in these very words, to these people."""

    number: int = 1
    text: str
    to: str
    due: str = ""
    next_at: str = ""


MessageEvent = (
    IncidentDeclared
    | DurationAssumed
    | ReliefArranged
    | CallLogged
    | RegulatorySent
    | RegulatoryNotRequired
    | SituationReportSent
)
