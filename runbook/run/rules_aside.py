"""The rules about leaving a step aside, and opening it again."""

from __future__ import annotations

from datetime import datetime

from runbook.procedure.model import Step
from runbook.run.commands import (
    Defer,
    JudgeNotApplicable,
    Refused,
    Reopen,
    Skip,
)
from runbook.run.entry import Actor
from runbook.run.events import (
    Event,
    Status,
    StepDeferred,
    StepJudgedNotApplicable,
    StepReopened,
    StepSkipped,
)
from runbook.run.holds import not_entitled
from runbook.run.people import is_owner
from runbook.run.refusals import need
from runbook.run.state import RunState
from runbook.run.step_facts import last_attempt, may_fail, name, ways_on, wrong_status

Decided = tuple[Event, ...] | Refused


def skip(state: RunState, command: Skip, actor: Actor, now: datetime) -> Decided:
    """Leave an applicable step undone, with a reason and who answers for it."""
    step = state.step(command.step)
    refused = wrong_status(state, step, ways_on(state, step))
    refused = refused or not_entitled(state, step, actor, now)
    if refused:
        return refused
    reason, authority = command.reason.strip(), command.authority.strip()
    if not reason:
        return need("reason", f"Say why {name(step).lower()} is skipped.", "no-reason")
    if not authority and not is_owner(state, actor):
        why = f"{state.owner} owns this run. Name who allows that {name(step).lower()} is skipped."
        return need("authority", why, "no-authority")
    return (
        StepSkipped(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.SKIPPED,
            reason=reason,
            authority=authority or actor.operator,
        ),
    )


def defer(state: RunState, command: Defer, actor: Actor, now: datetime) -> Decided:
    """Put a step off; a step of this run as target makes it come up again before that."""
    step = state.step(command.step)
    refused = wrong_status(state, step, ways_on(state, step))
    refused = refused or not_entitled(state, step, actor, now)
    if refused:
        return refused
    target, reason = command.target.strip(), command.reason.strip()
    if not target:
        return need("target", "Say where or when it will be done.", "no-target")
    if not reason:
        return need("reason", f"Say why {name(step).lower()} is put off.", "no-reason")
    later = _later_step(state, target)
    if later is not None and not _comes_later(state, step, later):
        why = f"Step {later.number} does not come after {name(step).lower()}. Name a later step."
        return Refused(why, "not-later", needs="target")
    return (
        StepDeferred(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.DEFERRED,
            target=later.id if later else target,
            reason=reason,
        ),
    )


def _later_step(state: RunState, target: str) -> Step | None:
    """The step of this procedure that a target names, by number or id."""
    procedure = state.procedure
    key = target.removeprefix("#")
    return procedure.by_number.get(target) or procedure.by_id.get(key)


def _comes_later(state: RunState, step: Step, later: Step) -> bool:
    """True when the target lies ahead on the route, or in a part not yet entered."""
    position = state.route.position
    if later.id == step.id:
        return False
    here, there = position.get(step.id), position.get(later.id)
    return here is None or there is None or there > here


def reopen(state: RunState, command: Reopen) -> Decided:
    """Open a settled step again as a new attempt; the earlier one stays in the record."""
    step = state.step(command.step)
    last = last_attempt(state, step)
    settled = (Status.DONE, Status.DONE_DEV, Status.SKIPPED, Status.NOT_APPLICABLE)
    if last.status not in settled:
        if state.status_of(step.id) is Status.NOT_APPLICABLE:
            why = f"{name(step)} does not apply on the path that was chosen. Change the decision."
            return Refused(why, "is-na")
        return Refused(f"{name(step)} is not settled: nothing to reopen.", f"is-{last.status}")
    reason = command.reason.strip()
    if not reason:
        return need("reason", f"Say why {name(step).lower()} is opened again.", "no-reason")
    return (
        StepReopened(
            step=step.id,
            attempt=last.number + 1,
            was=last.status,
            now=Status.ACTIVE,
            reason=reason,
        ),
    )


def judge_not_applicable(
    state: RunState, command: JudgeNotApplicable, actor: Actor, now: datetime
) -> Decided:
    """Record a person's judgement that an open step does not apply."""
    step = state.step(command.step)
    refused = wrong_status(state, step, may_fail(state, step)) or not_entitled(
        state, step, actor, now
    )
    if refused:
        return refused
    reason = command.reason.strip()
    if not reason:
        return need("reason", f"Say why {name(step).lower()} does not apply.", "no-reason")
    return (
        StepJudgedNotApplicable(
            step=step.id,
            attempt=last_attempt(state, step).number,
            was=state.status_of(step.id),
            now=Status.NOT_APPLICABLE,
            reason=reason,
        ),
    )
