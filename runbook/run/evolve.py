"""How a state follows from the one before and the next entry: the fold behind everything.

`evolve` takes what happened as given: it was decided by the rules of its time, and a record
is never refused. `replay` is the fold over all entries of one run.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from runbook.procedure.model import Procedure
from runbook.procedure.plan import plan
from runbook.procedure.site import Site
from runbook.run import changes, changes_check
from runbook.run.changes import Stamp, instant, offset
from runbook.run.changes_calls import between_runs
from runbook.run.changes_clock import disputed
from runbook.run.changes_message import messages_changed
from runbook.run.changes_people import people_changed
from runbook.run.changes_time import let_go, time_changed
from runbook.run.entry import Entry
from runbook.run.events import (
    AbortBegan,
    AlternativeTaken,
    EntryCorrected,
    Event,
    NoteAdded,
    OptionChosen,
    ReadingTaken,
    RunAborted,
    RunCancelled,
    RunClosed,
    RunCompleted,
    RunPaused,
    RunPrepared,
    RunResumed,
    RunStarted,
    RunStatus,
    StepDeferred,
    StepDone,
    StepEvent,
    StepFailed,
    StepJudgedNotApplicable,
    StepReopened,
    StepRetried,
    StepSkipped,
    StepTaken,
    WarningAcknowledged,
)
from runbook.run.events_check import (
    DecisionAsked,
    StepAcceptedUnverified,
    StepDisagreed,
    StepSignedOff,
    StepSubmitted,
    TargetTyped,
)
from runbook.run.events_clock import AdviceDisputed
from runbook.run.events_people import PersonAtKeyboard
from runbook.run.lanes import own_step
from runbook.run.mend import corrected
from runbook.run.order import walk
from runbook.run.place import (
    current_steps,
    is_armed,
    is_current,
    reached,
    step_in_hand,
)
from runbook.run.routing import routed
from runbook.run.state import NO_SITE, RunState


class BrokenRunError(ValueError):
    """A run whose first entry is not the one that prepared it: part of its record is missing."""


def replay(entries: Iterable[Entry], procedure: Procedure, site: Site = NO_SITE) -> RunState:
    """The state of a run from all its entries, the first of which prepared it."""
    rest = iter(entries)
    state = _prepared(next(rest), procedure, site)
    for entry in rest:
        state = evolve(state, entry)
    return state


def evolve(state: RunState, entry: Entry) -> RunState:
    """The state after one more entry.

    An act at a step that the text does not have, as another version of the parser may have
    named it, moves nothing; it stays in the record and is told.
    """
    event, stamp = entry.event, _stamp(entry)
    if _is_elsewhere(state, event):
        return replace(state, last_seq=stamp.seq, last_at=stamp.at, offset_s=stamp.offset_s)
    moved = _run_changed(_step_changed(state, event, stamp), event, stamp)
    moved = people_changed(moved, event)
    moved = messages_changed(moved, event, stamp)
    moved = let_go(time_changed(between_runs(moved, event, stamp), event, stamp), stamp)
    return _placed(state, moved, event, stamp)


def _is_elsewhere(state: RunState, event: Event) -> bool:
    """True for an act at a step that is not in the run's text."""
    step = getattr(event, "step", "")
    free = isinstance(event, NoteAdded | EntryCorrected)
    return bool(step) and not free and step not in state.procedure.by_id


def _stamp(entry: Entry) -> Stamp:
    actor, wall = entry.actor, entry.wall
    return Stamp(entry.seq, instant(wall), actor.operator, actor.role, offset(wall))


def _placed(before: RunState, after: RunState, event: Event, stamp: Stamp) -> RunState:
    """Find the current step of each lane, and the one in hand."""
    acted, settled, currents = _acted(before, event), before.reached, before.currents
    if not _stands_still(before, after):
        settled = reached(after, before, getattr(event, "step", ""))
        currents = current_steps(after, settled)
    place = step_in_hand(after, currents, acted)
    since = before.since
    if currents != before.currents:
        since = {step: since.get(step, stamp.at) for _, step in currents}
    same = before.current_since if place == before.current else stamp.at
    return replace(
        after,
        acted=acted,
        reached=settled,
        currents=currents,
        since=since,
        current=place,
        current_since=since[place] if place else same,
        last_seq=stamp.seq,
        last_at=stamp.at,
        offset_s=stamp.offset_s,
    )


def _stands_still(before: RunState, after: RunState) -> bool:
    """True when nothing happened that could move any lane."""
    return (
        after.records is before.records
        and after.route is before.route
        and after.status is before.status
        and after.taken is before.taken
        and after.put_off is before.put_off
    )


def _acted(state: RunState, event: Event) -> str:
    """The step acted at last, in whose lane the hands are.

    A look at an armed watch, a note and what comes from another run are no act of a lane.
    Whoever sits down at the keyboard has his hands in his own lane.
    """
    if isinstance(event, PersonAtKeyboard):
        return own_step(state, event.person) or state.acted
    if not isinstance(event, StepEvent | ReadingTaken | WarningAcknowledged):
        return state.acted
    if is_armed(state, event.step):
        return state.acted
    return (
        event.step if isinstance(event, StepEvent) or is_current(state, event.step) else state.acted
    )


def _prepared(entry: Entry, procedure: Procedure, site: Site) -> RunState:
    event = entry.event
    if not isinstance(event, RunPrepared):
        raise BrokenRunError(entry.run)
    laid = plan(procedure)
    at = instant(entry.wall)
    return RunState(
        run=entry.run,
        mode=entry.mode,
        prepared=event,
        procedure=procedure,
        plan=laid,
        route=walk(laid, {}, {}),
        owner=event.owner,
        roles=dict(event.roles),
        at_keyboard=event.owner,
        prepared_at=at,
        last_seq=entry.seq,
        last_at=at,
        offset_s=offset(entry.wall),
        site=site,
    )


def _step_changed(state: RunState, event: Event, stamp: Stamp) -> RunState:
    """What an event changes at a step; events about the run as a whole change nothing here."""
    match event:
        case StepTaken():
            return changes.taken(state, event, stamp)
        case StepDone():
            return changes.done(state, event, stamp)
        case StepFailed():
            return changes.failed(state, event, stamp)
        case StepSkipped() | StepDeferred() | StepJudgedNotApplicable():
            return changes.set_aside(state, event, stamp)
        case StepRetried() | StepReopened():
            return changes.begun_again(state, event, stamp)
        case AlternativeTaken():
            return changes.alternative(state, event, stamp)
        case OptionChosen():
            return changes.chosen(state, event, stamp)
        case ReadingTaken():
            return changes.read(state, event, stamp)
        case NoteAdded():
            return changes.noted(state, event, stamp)
        case WarningAcknowledged():
            return changes.acknowledged(state, event)
        case EntryCorrected():
            return corrected(state, event, stamp.seq, stamp.at, stamp.by)
        case AdviceDisputed():
            return disputed(state, event, stamp)
        case _:
            return _check_changed(state, event, stamp)


def _check_changed(state: RunState, event: Event, stamp: Stamp) -> RunState:
    """What an event about a check changes at a step."""
    match event:
        case TargetTyped():
            return changes_check.typed(state, event)
        case StepSubmitted():
            return changes_check.submitted(state, event, stamp)
        case StepSignedOff():
            return changes_check.signed_off(state, event, stamp)
        case StepAcceptedUnverified():
            return changes_check.accepted(state, event, stamp)
        case StepDisagreed():
            return changes_check.disagreed(state, event)
        case DecisionAsked():
            return changes_check.asked(state, event, stamp)
        case _:
            return state


def _run_changed(state: RunState, event: Event, stamp: Stamp) -> RunState:
    """What an event changes of the run as a whole."""
    match event:
        case RunStarted():
            return replace(state, status=RunStatus.RUNNING, started=stamp.at)
        case RunPaused(reason=reason, resume_by=until):
            held = replace(state, paused_for=reason, resume_by=until, paused_at=stamp.at)
            return replace(held, status=RunStatus.PAUSED)
        case RunResumed():
            gone_on = replace(state, paused_for="", resume_by="", paused_at=None)
            return replace(gone_on, status=RunStatus.RUNNING)
        case AbortBegan(reason=reason):
            aborting = RunStatus.ABORTING
            return routed(replace(state, status=aborting, abort_reason=reason, taken=()))
        case RunAborted(safe_state=safe, items=items):
            ended = replace(state, safe_state=safe, items=items, ended=stamp.at)
            return replace(ended, status=RunStatus.ABORTED)
        case RunCompleted(items=items):
            status = RunStatus.COMPLETE_OPEN if items else RunStatus.COMPLETE
            kept = items or state.items  # completed again when the last item was redeemed
            return replace(state, status=status, items=kept, ended=state.ended or stamp.at)
        case RunCancelled():
            return replace(state, status=RunStatus.CANCELLED, ended=stamp.at)
        case RunClosed():
            return replace(state, status=RunStatus.CLOSED)
        case _:
            return state
