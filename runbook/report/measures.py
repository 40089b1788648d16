"""Figures about a run, worked out from its entries alone. Lengths of time are in seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from runbook.procedure.model import Rto, StepKind
from runbook.report.checks import Checks, checks
from runbook.report.elapsed import ClockStep, between, clock_steps, elapsed, paused
from runbook.run import events as ev
from runbook.run.declaration import declared_at
from runbook.run.entry import Entry
from runbook.run.events import Status
from runbook.run.events_check import StepAcceptedUnverified, StepSubmitted
from runbook.run.events_message import CallLogged, Outcome
from runbook.run.state import Attempt, RunState


@dataclass(frozen=True, slots=True)
class StepTime:
    """How long a step took against its target; `over` is by how much it was exceeded."""

    step: str
    number: str
    actual_s: int
    target_s: tuple[int, int] | None
    over_s: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """A recovery time objective, and the time from its start to its end where both are known."""

    service: str
    target_s: int | None
    actual_s: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which the program was away."""

    seq: int
    seconds: int
    clean: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures. A length is None while its end has not come."""

    prepared_to_started_s: int | None
    started_to_ended_s: int | None
    paused_s: int
    first_call_s: int | None
    statuses: Mapping[Status, int]
    times: tuple[StepTime, ...]
    milestones: tuple[Milestone, ...]
    steps: int
    deviations: int
    failed_attempts: int
    retries: int
    reopened: int
    alternatives: int
    corrections: int
    withdrawn: int
    out_of_order: int
    decisions: int
    decisions_changed: int
    readings: int
    readings_outside: int
    readings_missing: int
    overrides: int
    checks: Checks
    unenforced: Mapping[str, int]
    warnings_read: int
    late_entries: int
    notes: int
    gaps: tuple[Gap, ...]
    clock_steps: tuple[ClockStep, ...]

    @property
    def overdue(self) -> int:
        """How many steps took longer than their target."""
        return sum(1 for time in self.times if time.over_s > 0)


def measures(state: RunState, entries: Iterable[Entry]) -> Measures:
    """All figures of a run."""
    kept = tuple(entries)
    count = Counter(type(entry.event) for entry in kept)
    passed = elapsed(kept)
    return Measures(
        prepared_to_started_s=between(kept, passed, ev.RunPrepared, ev.RunStarted),
        started_to_ended_s=between(kept, passed, ev.RunStarted, *_ENDS),
        paused_s=paused(kept, passed),
        first_call_s=_first_call(state, kept, passed),
        statuses=_statuses(state),
        times=tuple(_times(state)),
        milestones=tuple(_milestone(state, rto) for rto in state.procedure.front.rto),
        steps=len(state.procedure.steps),
        deviations=count[ev.StepDoneDeviating],
        failed_attempts=count[ev.StepFailed],
        retries=count[ev.StepRetried],
        reopened=count[ev.StepReopened],
        alternatives=count[ev.AlternativeTaken],
        corrections=len(state.corrections),
        withdrawn=sum(1 for c in state.corrections if c.field is ev.Field.WITHDRAWN),
        out_of_order=len(set(_out_of_order(kept))),
        decisions=count[ev.OptionChosen] + count[ev.OptionChanged] + _submitted_choices(kept),
        decisions_changed=count[ev.OptionChanged],
        readings=sum(1 for r in state.readings if not r.withdrawn),
        readings_outside=sum(
            1 for r in state.readings if r.outside.beyond_limit and not r.withdrawn
        ),
        readings_missing=_missing(state),
        overrides=sum(1 for e in kept if _is_override(e.event)),
        checks=checks(state, kept),
        unenforced=_unenforced(kept),
        warnings_read=count[ev.WarningAcknowledged],
        late_entries=len(set(_late(kept))),
        notes=sum(1 for n in state.notes if not n.withdrawn),
        gaps=tuple(_gaps(kept)),
        clock_steps=tuple(clock_steps(kept)),
    )


_PERFORMED = ev.Field.PERFORMED
_TIMED = (Status.DONE, Status.DONE_DEV, Status.FAILED)
_ENDS = (ev.RunAborted, ev.RunCompleted, ev.RunCancelled)


def _first_call(
    state: RunState, entries: tuple[Entry, ...], passed: tuple[float, ...]
) -> int | None:
    """Seconds from the start to the first call noted, or the first message passed on."""
    start = next((i for i, e in enumerate(entries) if isinstance(e.event, ev.RunStarted)), None)
    if start is None:
        return None
    calls = (i for i, e in enumerate(entries) if i > start and _is_call(state, e.event))
    first = next(calls, None)
    return None if first is None else int(passed[first] - passed[start])


def _is_call(state: RunState, event: ev.Event) -> bool:
    if isinstance(event, CallLogged):
        return event.outcome is Outcome.ANSWERED
    if isinstance(event, ev.NoteAdded):
        return event.about is ev.NoteAbout.CALL
    step = state.procedure.by_id.get(event.step) if isinstance(event, ev.StepDone) else None
    return step is not None and step.kind is StepKind.TALK


def _statuses(state: RunState) -> Mapping[Status, int]:
    """How many steps are in each status; every status has its own figure, zero or not."""
    found = Counter(state.status_of(step.id) for step in state.procedure.steps)
    return {status: found[status] for status in Status}


def _times(state: RunState) -> Iterable[StepTime]:
    for step in state.procedure.steps:
        last = state.record(step.id).last
        actual = length(last) if last.status in _TIMED else None
        if actual is not None:
            high = step.target_s[1] if step.target_s else actual
            over = max(0, actual - high)
            yield StepTime(step.id, step.number, actual, step.target_s, over)


def length(attempt: Attempt) -> int | None:
    """Seconds an attempt took, by the times of the acts; None where these do not say it."""
    end = attempt.performed or attempt.submitted or attempt.settled
    if attempt.started is None or end is None or end < attempt.started:
        return None
    return int((end - attempt.started).total_seconds())


def _milestone(state: RunState, rto: Rto) -> Milestone:
    start = _declared(state) if rto.start in ("", "declared") else _moment(state, rto.start)
    end = _moment(state, rto.until)
    known = start is not None and end is not None
    actual = int((end - start).total_seconds()) if known and start and end else None
    return Milestone(rto.service, rto.target_s, actual)


def _declared(state: RunState) -> datetime | None:
    """When the incident was declared: as was said, else its step, else the start of the run."""
    return declared_at(state) or _moment(state, "declared") or state.started


def _moment(state: RunState, step: str) -> datetime | None:
    """When a step was done; None when it was not."""
    last = state.record(step.removeprefix("#")).last
    done = last.status in (Status.DONE, Status.DONE_DEV)
    return (last.performed or last.settled) if done else None


def _missing(state: RunState) -> int:
    """Readings that a step asks for, and that is done without them."""
    done = (Status.DONE, Status.DONE_DEV)
    steps = (s for s in state.procedure.steps if s.records and state.status_of(s.id) in done)
    return sum(
        len({r.name for r in step.records} - {r.name for r in state.readings_of(step.id)})
        for step in steps
    )


def _submitted_choices(entries: tuple[Entry, ...]) -> int:
    """Decisions of two persons, which stand once the second has confirmed them."""
    said = (e.event for e in entries if isinstance(e.event, StepSubmitted))
    return sum(1 for event in said if event.option >= 0)


def _is_override(event: ev.Event) -> bool:
    """True where a person went past what the program advised, with a reason."""
    match event:
        case ev.RunStarted(despite=despite):
            return bool(despite)
        case ev.ReadingTaken(accepted=accepted):
            return bool(accepted)
        case ev.RunClosed(second=second, override=override):
            return not second or bool(override)
        case StepAcceptedUnverified():
            return True
        case _:
            return bool(getattr(event, "overrides", ()))


def _out_of_order(entries: tuple[Entry, ...]) -> Iterable[tuple[str, int]]:
    """Attempts at steps before their turn; taking one on and settling it is one of them."""
    for entry in entries:
        passed_over: tuple[str, ...] = getattr(entry.event, "passed_over", ())
        if isinstance(entry.event, ev.StepEvent) and passed_over:
            yield entry.event.step, entry.event.attempt


def _unenforced(entries: tuple[Entry, ...]) -> Mapping[str, int]:
    """What was confirmed by hand though the program did not hold anyone to it, by its name."""
    found = Counter(what for e in entries for what in getattr(e.event, "unenforced", ()))
    return dict(sorted(found.items()))


def _late(entries: tuple[Entry, ...]) -> Iterable[int]:
    """Entries about an act at another time: said at once, or by a later correction."""
    for entry in entries:
        if getattr(entry.event, "performed", ""):
            yield entry.seq
        elif isinstance(entry.event, ev.EntryCorrected) and entry.event.field is _PERFORMED:
            yield entry.event.target


def _gaps(entries: tuple[Entry, ...]) -> Iterable[Gap]:
    for entry in entries:
        if isinstance(entry.event, ev.GapNoted):
            yield Gap(entry.seq, entry.event.seconds, entry.event.clean)
