"""The state of a run: what every step is, where the run stands, what was read and said.

A state is frozen and derived: `replay` makes it from entries and the procedure's text, and
nothing else is ever saved. Times are aware datetimes in UTC. They are structs because every act
makes a new state: one is copied ten times as fast as a dataclass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from runbook.procedure.site import Site
from runbook.run.event_base import Capacity, Criterion, Override
from runbook.run.events import (
    EntryCorrected,
    Field,
    ItemDecision,
    Mode,
    NoteAbout,
    Outside,
    RunPrepared,
    RunStatus,
    Status,
)
from runbook.run.grown import Grown
from runbook.run.messages import Messages
from runbook.run.timed import Jump, Repetition, Waiting, Watch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from runbook.procedure.model import Procedure, Step
    from runbook.procedure.plan import Plan
    from runbook.run.order import Route

SETTLED = frozenset(
    {Status.DONE, Status.DONE_DEV, Status.SKIPPED, Status.NOT_APPLICABLE, Status.NOT_REACHED}
)
PENDING = frozenset(
    {
        Status.OPEN,
        Status.ACTIVE,
        Status.FAILED,
        Status.DEFERRED,
        Status.WAITING,
        Status.VERIFY,
        Status.HOLD,
    }
)
ENDED = frozenset(
    {
        RunStatus.ABORTED,
        RunStatus.COMPLETE,
        RunStatus.COMPLETE_OPEN,
        RunStatus.TRANSFERRED,
        RunStatus.CLOSED,
        RunStatus.CANCELLED,
    }
)


NO_SITE = Site()
NO_MESSAGES = Messages()


class Called(msgspec.Struct, frozen=True):
    """The run that a step called, and what became of it; `ended` is None while it is worked.

    `went_on` is why the caller did not wait for it, empty while it does.
    """

    run: str
    title: str
    at: datetime | None = None
    went_on: str = ""
    ended: RunStatus | None = None
    words: str = ""


class Pin(msgspec.Struct, frozen=True):
    """A note that stays in sight for the rest of the incident; `key` names it in its run."""

    run: str
    key: str
    text: str
    by: str
    step: str = ""
    at: datetime | None = None


class Received(msgspec.Struct, frozen=True):
    """A step of another run that is to be done in this one, before `at` or at the start."""

    run: str
    title: str
    step: str
    number: str
    text: str
    at: str = ""
    reason: str = ""
    redeemed: str = ""


class Attempt(msgspec.Struct, frozen=True):
    """One try at a step: when it began and ended, by whom, with what words.

    `text` is the deviation, observation or reason; `target` where a deferred step goes;
    `go` where the alternative to a failed step led, and `went` the entry that led there.
    `option` is set for decisions and holds, -1 when one was skipped or put off. `seq` is the
    entry that settled it, 0 while open.

    `asked` is when the go of a hold point was asked for, `submitted` when the performer said
    it was done and a second person had yet to confirm; `pending` is what was decided then.
    `by` stays the performer; `second` confirmed it, `method` and `saw` say how. `due` is when
    the wait it began last is over.
    """

    number: int
    status: Status = Status.OPEN
    started: datetime | None = None
    settled: datetime | None = None
    performed: datetime | None = None
    by: str = ""
    role: str = ""
    text: str = ""
    confirmed: str = ""
    authority: str = ""
    target: str = ""
    go: str | None = None
    went: int = 0
    option: int | None = None
    label: str = ""
    basis: str = ""
    warnings_read: bool = False
    unenforced: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    called: Called | None = None
    done_in: str = ""
    seq: int = 0
    typed: str = ""
    asked: datetime | None = None
    submitted: datetime | None = None
    pending: int | None = None
    second: str = ""
    method: str = ""
    saw: str = ""
    typed_by: str = ""
    objection: str = ""
    unverified: bool = False
    decided_as: Capacity = Capacity.NONE
    criteria: tuple[Criterion, ...] = ()
    overrides: tuple[Override, ...] = ()
    due: datetime | None = None


class StepRecord(msgspec.Struct, frozen=True):
    """All attempts at one step; the last one counts."""

    attempts: tuple[Attempt, ...] = (Attempt(1),)

    @property
    def last(self) -> Attempt:
        """The attempt that counts."""
        return self.attempts[-1]


class Reading(msgspec.Struct, frozen=True):
    """A recorded value as it is to be read now; `corrected` tells that it was mended.

    `value` is canonical (a decimal, a choice, a time HH:MM, yes or no), `typed` as entered.
    `offset_s` is how many seconds the local clock was ahead of UTC.
    """

    seq: int
    step: str
    attempt: int
    name: str
    label: str
    typed: str
    value: str
    unit: str
    source: str
    limits: str
    outside: Outside
    accepted: str
    at: datetime
    by: str
    performed: datetime | None = None
    corrected: bool = False
    withdrawn: bool = False
    offset_s: int = 0

    @property
    def shown(self) -> str:
        """Value and unit, as a person reads them."""
        return f"{self.value} {self.unit}".strip()


class NoteRecord(msgspec.Struct, frozen=True):
    """A free entry as it is to be read now."""

    seq: int
    text: str
    about: NoteAbout
    step: str
    at: datetime
    by: str
    corrected: bool = False
    withdrawn: bool = False


class Correction(msgspec.Struct, frozen=True):
    """What a later entry says about an earlier one."""

    seq: int
    target: int
    field: Field
    old: str
    new: str
    reason: str
    at: datetime
    by: str

    @classmethod
    def of(cls, event: EntryCorrected, seq: int, at: datetime, by: str) -> Correction:
        """The correction that an entry records."""
        return cls(seq, event.target, event.field, event.old, event.new, event.reason, at, by)


class Handover(msgspec.Struct, frozen=True):
    """A handover that was prepared: to whom, and what is read back before it is accepted.

    `right` holds the questions that were answered rightly.
    """

    to: str
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    right: tuple[str, ...] = ()

    @property
    def open_questions(self) -> tuple[tuple[str, str], ...]:
        """Questions not answered rightly yet, each with what the run says to it."""
        both = zip(self.questions, self.answers, strict=False)
        return tuple((q, answer) for q, answer in both if q not in self.right)


class Dispute(msgspec.Struct, frozen=True):
    """A time that a person set in place of one that was worked out; None: it does not end."""

    seq: int
    advice: str
    own: str
    until: datetime | None
    reason: str
    at: datetime
    by: str


NO_READINGS: Grown[Reading] = Grown()
NO_NOTES: Grown[NoteRecord] = Grown()


class RunState(msgspec.Struct, frozen=True):
    """Everything known of one run. Ask it; never change it.

    `currents` are the current steps of all lanes, as pairs of lane and step, and `since` when
    each of them became it; `current` is the one in hand. `acted` is the step acted at last.
    `reached` counts for each row of the route the steps at its beginning that wait for nobody.
    `read_at` gives the places of each step's readings among all, `newest` the one of each
    name that stands.
    `site` is the site file as kept with the run, `offset_s` the local offset of the last entry.
    """

    run: str
    mode: Mode
    prepared: RunPrepared
    procedure: Procedure
    plan: Plan
    route: Route
    status: RunStatus = RunStatus.PREPARED
    owner: str = ""
    roles: Mapping[str, str] = msgspec.field(default_factory=dict)
    at_keyboard: str = ""
    handover: Handover | None = None
    current: str | None = None
    current_since: datetime | None = None
    currents: tuple[tuple[str, str], ...] = ()
    since: Mapping[str, datetime] = msgspec.field(default_factory=dict)
    acted: str = ""
    prepared_at: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    paused_for: str = ""
    paused_at: datetime | None = None
    resume_by: str = ""
    safe_state: str = ""
    abort_reason: str = ""
    records: Mapping[str, StepRecord] = msgspec.field(default_factory=dict)
    taken: tuple[str, ...] = ()
    put_off: tuple[str, ...] = ()
    reached: tuple[int, ...] = ()
    readings: Grown[Reading] = NO_READINGS
    notes: Grown[NoteRecord] = NO_NOTES
    read_at: Mapping[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    newest: Mapping[str, Reading] = msgspec.field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    items: tuple[ItemDecision, ...] = ()
    pins: tuple[Pin, ...] = ()
    taken_down: tuple[tuple[str, str], ...] = ()
    received: tuple[Received, ...] = ()
    left_for: str = ""
    left_title: str = ""
    last_seq: int = 0
    last_at: datetime | None = None
    last_confirmed: str | None = None
    last_by: str = ""
    offset_s: int = 0
    waits: tuple[Waiting, ...] = ()
    watches: tuple[Watch, ...] = ()
    repetitions: tuple[Repetition, ...] = ()
    jumps: tuple[Jump, ...] = ()
    site: Site = NO_SITE
    messages: Messages = NO_MESSAGES

    @property
    def shown_status(self) -> RunStatus:
        """The status a screen shows: a handover is a flag on a run that goes on meanwhile."""
        is_handed = self.handover is not None and self.status is RunStatus.RUNNING
        return RunStatus.HANDOVER if is_handed else self.status

    @property
    def incident(self) -> str:
        """The id of the incident: the run with which it began."""
        return self.prepared.incident or self.run

    def step(self, step_id: str) -> Step:
        """The step as written; KeyError for an unknown id."""
        return self.procedure.by_id[step_id]

    def record(self, step_id: str) -> StepRecord:
        """What was done at a step; an untouched step has one open attempt."""
        return self.records.get(step_id, UNTOUCHED)

    def status_of(self, step_id: str) -> Status:
        """The one status of a step, with what follows from decisions and the run's end."""
        status = self.record(step_id).last.status
        if status in SETTLED or status is Status.FAILED:
            return status
        if step_id in self.route.not_applicable:
            return Status.NOT_APPLICABLE
        ended = self.status in ENDED and status is not Status.DEFERRED
        return Status.NOT_REACHED if ended else status

    def is_armed(self, step_id: str) -> bool:
        """True for a watch in force: it is looked at in time and holds nothing up."""
        if self.status_of(step_id) is not Status.WAITING:
            return False
        watch = self.watch_of(step_id)
        return watch is not None and watch.ended is None

    def watch_of(self, step_id: str) -> Watch | None:
        """The watch of a step's last attempt."""
        number = self.record(step_id).last.number
        mine = (w for w in reversed(self.watches) if (w.step, w.attempt) == (step_id, number))
        return next(mine, None)

    def wait_of(self, step_id: str) -> Waiting | None:
        """What a step waits for now; None when it does not wait, or is a watch."""
        if self.status_of(step_id) is not Status.WAITING:
            return None
        mine = (w for w in reversed(self.waits) if w.step == step_id and w.ended is None)
        return next(mine, None)

    def is_abandoned(self, step_id: str) -> bool:
        """True for a step that was settled on a branch which a changed decision left."""
        done = (Status.DONE, Status.DONE_DEV, Status.FAILED)
        return step_id in self.route.not_applicable and self.record(step_id).last.status in done

    def readings_of(self, step_id: str, attempt: int | None = None) -> tuple[Reading, ...]:
        """The standing readings of a step, oldest first, of one attempt or of all."""
        standing = (self.readings[at] for at in self.read_at.get(step_id, ()))
        return tuple(r for r in standing if not r.withdrawn and attempt in (None, r.attempt))

    def latest(self, name: str) -> Reading | None:
        """The newest standing reading of that name, from any step."""
        return self.newest.get(name)

    def open_items(self) -> tuple[str, ...]:
        """Ids of the steps that need a decision before the run can end, in walking order."""
        return tuple(
            s
            for s in self.route.order
            if self.status_of(s) in PENDING and not self.record(s).last.go
        )

    def to_verify(self) -> tuple[str, ...]:
        """Ids of the steps that wait for a second person, in walking order."""
        waiting = (s for s, r in self.records.items() if r.last.status is Status.VERIFY)
        found = [s for s in waiting if self.status_of(s) is Status.VERIFY]
        return tuple(sorted(found, key=lambda s: self.route.position.get(s, -1)))


UNTOUCHED = StepRecord()
