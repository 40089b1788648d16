"""What happened, in the past tense: the closed list of events a run is made of.

An event becomes an entry when the journal has given it its place. The names of the classes
are, in snake case, the `kind` words of the journal; they are kept for ever. A field may be
added with a default; none is renamed or removed. Values are texts and whole numbers: a
reading keeps the digits as typed, never a binary fraction.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from runbook.run.event_base import Capacity, Criterion, Override
from runbook.run.event_base import Event as Event  # noqa: PLC0414
from runbook.run.event_base import StepEvent as StepEvent  # noqa: PLC0414
from runbook.run.event_items import ItemDecision as ItemDecision  # noqa: PLC0414
from runbook.run.events_calls import CallsEvent
from runbook.run.events_check import (
    DecisionAsked,
    StepAcceptedUnverified,
    StepDisagreed,
    StepSignedOff,
    StepSubmitted,
    TargetTyped,
)
from runbook.run.events_clock import AdviceDisputed
from runbook.run.events_message import MessageEvent
from runbook.run.events_people import PeopleEvent
from runbook.run.events_time import TimeEvent
from runbook.run.statuses import Mode as Mode  # noqa: PLC0414 - asked for from here as well
from runbook.run.statuses import RunStatus as RunStatus  # noqa: PLC0414
from runbook.run.statuses import Status as Status  # noqa: PLC0414


class NoteAbout(StrEnum):
    """What a free entry is: the shared picture of the situation is made of these."""

    NOTE = "note"
    OBSERVATION = "observation"
    CALL = "call"
    DECISION = "decision"
    ASSUMPTION = "assumption"


class Outside(StrEnum):
    """Where a reading lies against its limits. LOW and HIGH are outside, WARN_* inside."""

    NO = ""
    LOW = "low"
    HIGH = "high"
    WARN_LOW = "warn_low"
    WARN_HIGH = "warn_high"

    @property
    def beyond_limit(self) -> bool:
        """True when the value is outside what the procedure accepts."""
        return self in (Outside.LOW, Outside.HIGH)


class Field(StrEnum):
    """What of an entry a correction replaces. WITHDRAWN: it should not stand at all."""

    TEXT = "text"
    VALUE = "value"
    PERFORMED = "performed"
    WITHDRAWN = "withdrawn"


class RunPrepared(Event, frozen=True, kw_only=True, tag="run_prepared"):
    """A procedure was chosen for a site in a mode; the run carries exactly this text.

    `values` are the site's and the file's values as they were, `roles` maps a role's key to
    the person who answers for it. In a drill no numbers are kept, but for those of the
    `allowed_contacts`.
    the person who answers for it. `incident` is the id of the run with which the incident
    began, empty for that run itself; `begun_as` says how it came from `called_by_run`.
    """

    procedure: str
    title: str
    revision: str
    sha256: str
    file: str
    lang: str = "en"
    site: str = ""
    site_sha256: str = ""
    values: dict[str, str] = msgspec.field(default_factory=dict)
    roles: dict[str, str] = msgspec.field(default_factory=dict)
    owner: str
    allowed_contacts: tuple[str, ...] = ()
    folder: str = ""
    incident: str = ""
    begun_as: str = "main"
    called_by_run: str = ""
    called_by_step: str = ""


class RunStarted(Event, frozen=True, kw_only=True, tag="run_started"):
    """The owner acknowledged the briefing: time zero. `despite` says what was overridden."""

    despite: str = ""
    reason: str = ""


class RunPaused(Event, frozen=True, kw_only=True, tag="run_paused"):
    """Work was deliberately held; clocks go on. `resume_by` is RFC 3339 or empty."""

    reason: str
    resume_by: str = ""


class RunResumed(Event, frozen=True, kw_only=True, tag="run_resumed"):
    """Work went on after a pause."""


class AbortBegan(Event, frozen=True, kw_only=True, tag="abort_began"):
    """The goal was given up; the way back is being worked."""

    reason: str


class RunAborted(Event, frozen=True, kw_only=True, tag="run_aborted"):
    """The run ended before its goal, in the safe state described."""

    safe_state: str
    items: tuple[ItemDecision, ...] = ()


class RunCompleted(Event, frozen=True, kw_only=True, tag="run_completed"):
    """Every step is settled; `items` are those that stay open, each with its owner."""

    items: tuple[ItemDecision, ...] = ()


class RunClosed(Event, frozen=True, kw_only=True, tag="run_closed"):
    """The run was reviewed and locked, by `second` beside the owner or alone for a reason.

    `assurance` is how the program knew the second person.
    `undecided` is what was still to be decided, `override` why it was closed all the same.
    """

    second: str = ""
    reason: str = ""
    assurance: str = ""
    undecided: str = ""
    override: str = ""


class RunCancelled(Event, frozen=True, kw_only=True, tag="run_cancelled"):
    """A prepared run was given up before its start."""

    reason: str


class GapNoted(Event, frozen=True, kw_only=True, tag="gap_noted"):
    """The program was gone and came back; nobody acted through it in between.

    `seconds` is by the wall clock; `clean` says whether it was left in good order.
    """

    after_seq: int
    last_utc: str
    seconds: int
    clean: bool
    status: RunStatus


class StepTaken(StepEvent, frozen=True, kw_only=True, tag="step_taken"):
    """A named person took the step on; `passed_over` are open steps it came before."""

    passed_over: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()


class StepDone(StepEvent, frozen=True, kw_only=True, tag="step_done"):
    """A person confirmed what the step expects.

    `unenforced` names what the program showed but did not hold the person to
    (hold, sign-off, wait …). `performed` is RFC 3339 when it differs from the entry's time.
    """

    started: str = ""
    confirmed: str = ""
    unenforced: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    performed: str = ""
    overrides: tuple[Override, ...] = ()


class StepDoneDeviating(StepDone, frozen=True, kw_only=True, tag="step_done_deviating"):
    """Performed, but differently, or outside a limit that was accepted; `deviation` says how."""

    deviation: str


class StepFailed(StepEvent, frozen=True, kw_only=True, tag="step_failed"):
    """Attempted, and the expected result was not seen."""

    observation: str
    started: str = ""
    performed: str = ""


class StepRetried(StepEvent, frozen=True, kw_only=True, tag="step_retried"):
    """A new attempt at a failed step began; `attempt` is the new one."""


class AlternativeTaken(StepEvent, frozen=True, kw_only=True, tag="alternative_taken"):
    """Instead of retrying, work went where the step's `If not` leads (`#id`)."""

    go: str


class StepSkipped(StepEvent, frozen=True, kw_only=True, tag="step_skipped"):
    """Applicable, but deliberately not done."""

    reason: str
    authority: str = ""


class StepDeferred(StepEvent, frozen=True, kw_only=True, tag="step_deferred"):
    """To be done later: at a step of this run (its id), elsewhere or at a time, in words."""

    target: str
    reason: str


class StepReopened(StepEvent, frozen=True, kw_only=True, tag="step_reopened"):
    """A settled step is open again as a new attempt; the earlier one keeps its record."""

    reason: str = ""


class StepJudgedNotApplicable(
    StepEvent, frozen=True, kw_only=True, tag="step_judged_not_applicable"
):
    """A person judged that the step does not apply here."""

    reason: str


class WarningAcknowledged(Event, frozen=True, kw_only=True, tag="warning_acknowledged"):
    """A person read the warnings before a step; `texts` are the words that were shown."""

    step: str
    attempt: int = 1
    texts: tuple[str, ...]


class OptionChosen(StepEvent, frozen=True, kw_only=True, tag="option_chosen"):
    """A decision was taken. `option` counts from 0; `effect` says where it leads.

    At a hold point `decided_as` says in what capacity, `criteria` what spoke for it then.
    """

    option: int
    label: str
    effect: str = ""
    basis: str = ""
    started: str = ""
    unenforced: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    decided_as: Capacity = Capacity.NONE
    criteria: tuple[Criterion, ...] = ()
    overrides: tuple[Override, ...] = ()
    typed_by: str = ""


class OptionChanged(OptionChosen, frozen=True, kw_only=True, tag="option_changed"):
    """A decision was taken anew, for a reason; the first one stays in the record."""

    was_option: int
    was_label: str
    reason: str


class ReadingTaken(Event, frozen=True, kw_only=True, tag="reading_taken"):
    """A value was read and typed. `value` is canonical, `typed` as it was entered.

    `accepted` is the reason given for a value beyond its limit or held to be implausible.
    """

    step: str
    attempt: int = 1
    name: str
    label: str
    typed: str
    value: str
    unit: str = ""
    source: str = ""
    limits: str = ""
    outside: Outside = Outside.NO
    accepted: str = ""
    performed: str = ""


class NoteAdded(Event, frozen=True, kw_only=True, tag="note_added"):
    """A free entry at any time, bound to a step or to the run as a whole (step empty)."""

    text: str
    about: NoteAbout = NoteAbout.NOTE
    step: str = ""
    attempt: int = 0
    performed: str = ""


class EntryCorrected(Event, frozen=True, kw_only=True, tag="entry_corrected"):
    """An earlier entry of this run is to be read differently; the earlier one stays."""

    target: int
    field: Field
    old: str
    new: str
    reason: str
    step: str = ""
    attempt: int = 0


class Unknown(Event, frozen=True, kw_only=True, tag="unknown"):
    """An event of a newer program: kept, shown raw, and it stops nothing."""

    name: str
    raw: str


AnyEvent = (
    RunPrepared
    | RunStarted
    | RunPaused
    | RunResumed
    | AbortBegan
    | RunAborted
    | RunCompleted
    | RunClosed
    | RunCancelled
    | GapNoted
    | StepTaken
    | StepDone
    | StepDoneDeviating
    | StepFailed
    | StepRetried
    | AlternativeTaken
    | StepSkipped
    | StepDeferred
    | StepReopened
    | StepJudgedNotApplicable
    | WarningAcknowledged
    | OptionChosen
    | OptionChanged
    | ReadingTaken
    | NoteAdded
    | EntryCorrected
    | PeopleEvent
    | MessageEvent
    | CallsEvent
    | AdviceDisputed
    | TargetTyped
    | StepSubmitted
    | StepSignedOff
    | StepDisagreed
    | StepAcceptedUnverified
    | DecisionAsked
    | TimeEvent
)
