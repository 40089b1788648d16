"""The rule about times that were worked out: who knows better says so, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from runbook.run.commands import Refused
from runbook.run.commands_clock import Dispute
from runbook.run.disputes import BACK, END, goal_key, start_key
from runbook.run.events import Event
from runbook.run.events_clock import AdviceDisputed
from runbook.run.outlook import outlook
from runbook.run.refusals import need
from runbook.run.state import ENDED, RunState

Decided = tuple[Event, ...] | Refused


@dataclass(frozen=True, slots=True)
class Advice:
    """A time that is shown: its words, and the moment; None while it is not known."""

    label: str
    at: datetime | None


def advice(state: RunState, now: datetime) -> Mapping[str, Advice]:
    """Every time that is worked out for a run now, by the name it has in the record."""
    seen = outlook(state, now)
    found = {name: Advice(f"{c.label} runs out", c.ends) for name, c in seen.clocks.items()}
    for start in seen.starts:
        label = f"latest safe start before {start.label} runs out"
        found[start_key(start.name)] = Advice(label, start.latest)
    ahead = seen.ahead
    if ahead is None:
        return found
    found[END] = Advice("end of the run", ahead.ends)
    for goal in ahead.objectives:
        found[goal_key(goal.service)] = Advice(f"{goal.service} back in use", goal.forecast)
    if ahead.back_out is not None:
        found[BACK] = Advice("latest moment to turn back", ahead.back_out.latest)
    return found


def dispute(state: RunState, command: Dispute, now: datetime) -> Decided:
    """Set a time of one's own in place of what is shown; both stay in the record."""
    if state.status in ENDED:
        return Refused("The run has ended. Its clocks stand still.", "not-running")
    shown = advice(state, now)
    found = shown.get(command.advice)
    if found is None:
        names = ", ".join(shown) or "none yet"
        why = f"Nothing called “{command.advice}” is worked out. There is: {names}."
        return Refused(why, "no-such-advice")
    reason, own = command.reason.strip(), command.own.strip()
    if not own:
        return need("own", "Say what it is in your view: 12 min, 18:40, or none.", "no-figure")
    if not reason:
        return need("reason", "Say what your own figure rests on.", "no-reason")
    if command.shown and not _is_moment(command.shown):
        return Refused(f"“{command.shown}” is no time that was shown.", "not-a-time")
    if command.until and not _is_moment(command.until):
        return need("own", f"“{own}” is no time. Type 12 min, 18:40, or none.", "not-a-time")
    return (
        AdviceDisputed(
            advice=command.advice,
            label=found.label,
            shown=command.shown or _text(found.at),
            own=own,
            until=command.until,
            reason=reason,
        ),
    )


def _text(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at is not None else ""


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
