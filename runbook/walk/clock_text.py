"""The clocks of a run and its forecast in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from runbook.report.formula import Working, clock, formula
from runbook.report.names import fill
from runbook.report.told import target
from runbook.report.words import STATUS, duration
from runbook.run.disputes import BACK, END, goal_key, start_key
from runbook.run.filling import values_of
from runbook.run.forecast import Forecast, Objective, declared_at, times_of
from runbook.run.outlook import Outlook, outlook
from runbook.run.resource import ResourceClock
from runbook.run.safe_start import Level, SafeStart, Threshold
from runbook.run.state import RunState
from runbook.run.work import NO_TYPICAL, Typical
from runbook.walk.text import one_line

_LEVEL = {Level.GREEN: "in time", Level.AMBER: "SOON", Level.RED: "TOO LATE"}


def clocks_lines(state: RunState, now: datetime, typical: Typical = NO_TYPICAL) -> Iterator[str]:
    """Every clock in a line, each with the name under which its formula is asked for."""
    told = Working(state, now, typical, clock)
    seen = told.seen
    since = declared_at(state)
    if since is not None:
        yield f"Since {clock(since)}: {span(now, since)}"
    for found in seen.clocks.values():
        yield _resource(found, now)
    for start in seen.starts:
        yield one_line(_start(start, told, now))
    yield from (_threshold(state, t, now) for t in seen.thresholds)
    yield from _ahead(seen)
    yield "clocks NAME shows how it is worked out. disagree NAME TIME because WHY sets your own."


def formula_lines(
    state: RunState, name: str, now: datetime, typical: Typical = NO_TYPICAL
) -> tuple[str, ...] | None:
    """How one clock is worked out; None when there is none of that name."""
    found = formula(state, name, now, typical)
    return None if found is None else (found.title, *(f"  {line}" for line in found.lines))


def forecast_lines(state: RunState, now: datetime, typical: Typical = NO_TYPICAL) -> Iterator[str]:
    """Every step of the route with its target, what is expected of it, and what came of it."""
    seen = outlook(state, now, typical)
    for step_id in state.route.order:
        step, times = state.step(step_id), times_of(state, step_id, seen.ahead, typical)
        wanted = target(times.target_s) or "no target"
        if times.typical_s is not None:
            wanted += f", typical {duration(times.typical_s)}"
        came = f"done {clock(times.ended)}" if times.ended else ""
        if times.starts and times.ends:
            came = f"{clock(times.starts)} to {clock(times.ends)}"
        last = STATUS[state.status_of(step_id)].word.lower()
        text = fill(step.text, values_of(state))
        yield f"  {step.number:6} {one_line(f'{wanted}, {came or last}: {text}')}"
    yield from _ahead(seen)


def span(later: datetime, earlier: datetime) -> str:
    """The time between two moments, in words."""
    return duration(int((later - earlier).total_seconds()))


def _left(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "nobody can tell when"
    return f"{clock(at)}, in {span(at, now)}" if at >= now else f"{clock(at)}, PAST"


def _resource(found: ResourceClock, now: datetime) -> str:
    what = "reaches its limit" if found.rises else "runs out"
    notes = [f"{found.newest.shown} read at {clock(found.newest.at)}"]
    notes += ["STALE, read it again"] if found.is_stale(now) else []
    notes += [f"own figure of {found.own.by}"] if found.own else []
    return f"[{found.name}] {found.label} {what}: {_left(found.ends, now)} ({'; '.join(notes)})"


def _start(start: SafeStart, told: Working, now: datetime) -> str:
    name, work = start_key(start.name), duration(int(start.laid.end_s))
    level = start.level(now)
    head = f"[{name}] {told.sections(start)}: {work} of work, begin by"
    if level is None:
        return f"{head} … {start.label} has not been read."
    late = start.misfits(now)
    numbers = ", ".join(told.numbers(late))
    tail = f" Does not fit any more: {numbers}." if late else ""
    return f"{head} {_left(start.latest, now)}: {_LEVEL[level]}.{tail}"


def _threshold(state: RunState, found: Threshold, now: datetime) -> str:
    unit, number = found.clock.unit, state.step(found.step).number
    limit = f"{found.clock.label} {found.comparator} {found.value:g} {unit}".strip()
    return f"Watch {number}: {limit} at {_left(found.at, now)}"


def _ahead(seen: Outlook) -> Iterator[str]:
    ahead = seen.ahead
    if ahead is None:
        yield "The run has ended."
        return
    yield f"[{END}] End of the run: {_left(ahead.ends, seen.now)}"
    for goal in ahead.objectives:
        yield _goal(goal)
    yield from _back(ahead)


def _goal(goal: Objective) -> str:
    wanted = duration(goal.target_s) if goal.target_s is not None else "no time"
    head = f"[{goal_key(goal.service)}] {goal.service} within {wanted}: by {clock(goal.due)}"
    if goal.margin_s is None:
        return f"{head}; nothing says when it will be back"
    spare = duration(abs(int(goal.margin_s)))
    how = f"{spare} to spare" if goal.margin_s >= 0 else f"LATE by {spare}"
    when = f"back {clock(goal.reached)}" if goal.reached else f"at this pace {clock(goal.forecast)}"
    return f"{head}, {when}, {how}"


def _back(ahead: Forecast) -> Iterator[str]:
    back = ahead.back_out
    if back is None:
        return
    head = f"[{BACK}] Turning back now: done by {clock(back.done)}"
    if back.is_passed:
        yield f"{head}. The point of no return has been passed."
    elif back.latest is not None:
        worst = f"at worst done by {clock(back.worst)}"
        yield f"{head}; latest moment to turn {clock(back.latest)}, {worst}."
    else:
        yield f"{head}."
