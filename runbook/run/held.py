"""What time still holds up: a wait that is not over, a step that waits for somebody outside."""

from __future__ import annotations

from datetime import datetime

from runbook.procedure.model import Step, StepKind
from runbook.run.commands import Refused
from runbook.run.event_base import Guard
from runbook.run.place import before, is_current
from runbook.run.refusals import need
from runbook.run.state import RunState
from runbook.run.statuses import Status
from runbook.run.step_facts import last_attempt, name

_BEFORE_ITS_END = (Status.OPEN, Status.ACTIVE, Status.WAITING)


def held_by_time(state: RunState, step: Step, deviation: str, now: datetime) -> Refused | None:
    """Why a step cannot be confirmed yet; words for what differs pass a wait and a watch."""
    wait = state.wait_of(step.id)
    if state.is_armed(step.id):
        return Refused(f"{name(step)} is being watched. End the watch instead.", "is-armed")
    if wait is not None and wait.is_outside:
        why = f"{name(step)} waits for {wait.what}. Say first what came of it."
        return need("answer", why, "waits-outside")
    if deviation:
        return None
    if step.kind is StepKind.WATCH:
        why = f"{name(step)} is a watch. Arm it, or say why it is not watched."
        return need("arm", why, "not-armed")
    if step.kind is not StepKind.WAIT:
        return None
    if wait is None:
        why = f"{name(step)} is a wait. Begin it, or say why there is nothing to wait for."
        return need("wait", why, "wait-not-begun")
    left = int((wait.due - now).total_seconds())
    if left > 0:
        why = f"{name(step)} has {time_words(left)} to go. Say why it ends sooner."
        return need("deviation", why, "not-due")
    return None


def behind_wait(state: RunState, step: Step) -> Refused | None:
    """Why a step may not be begun: a wait before it is not over. Taking it needs a reason."""
    waits = waits_in_the_way(state, step)
    if not waits:
        return None
    numbers = ", ".join(state.step(w).number for w in waits)
    why = f"Nothing may begin before the wait {numbers} is over. Take the step on, and say why."
    return need("past_wait", why, "behind-wait")


def waits_in_the_way(state: RunState, step: Step) -> tuple[str, ...]:
    """The waits before a step that are not over and that nobody has gone past for it."""
    last = last_attempt(state, step)
    if last.status is not Status.OPEN or is_current(state, step.id):
        return ()
    known = {o.about for o in last.overrides if o.guard is Guard.WAIT}
    return tuple(
        s
        for s in before(state, step.id)
        if state.step(s).kind is StepKind.WAIT
        and s not in known
        and state.status_of(s) in _BEFORE_ITS_END
    )


def time_words(seconds: int) -> str:
    """A length of time in at most two parts: `1 h 5 min`, `6 min 20 s`."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "min"), (0 if hours else rest, "s"))
    return " ".join(f"{n} {unit}" for n, unit in parts if n) or "0 s"
