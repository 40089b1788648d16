"""How decisions lay the route anew, and how going back begins new attempts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from runbook.procedure.lanes import side_by_side, track
from runbook.run.choices import Choice, choice_of
from runbook.run.order import Route, walk, walk_back
from runbook.run.place import track_of
from runbook.run.route import Back
from runbook.run.state import SETTLED, Attempt, RunState, StepRecord
from runbook.run.timed import Jump


def routed(state: RunState) -> RunState:
    """Lay the route anew from the decisions that stand."""
    choices, gone = _standing(state)
    if state.abort_reason:
        touched = (s for s in state.plan.flat if s in state.records)
        back = walk_back(state.plan, choices, gone, touched, state.jumps)
        return replace(state, route=back)
    entered = {step: _entry(state.records[step].last) for step in (*choices, *gone)}
    return replace(state, route=walk(state.plan, choices, gone, entered, state.jumps))


def _entry(attempt: Attempt) -> int:
    """The entry that led where the route goes on from a step."""
    return attempt.went or attempt.seq


def _standing(state: RunState) -> tuple[dict[str, Choice], dict[str, str]]:
    """The decisions and alternatives of the attempts that count."""
    choices: dict[str, Choice] = {}
    gone: dict[str, str] = {}
    for step_id, record in state.records.items():
        last = record.last
        if last.option is not None:
            choices[step_id] = choice_of(state.step(step_id), last.option)
        if last.go:
            gone[step_id] = last.go
    return choices, gone


def with_attempt(state: RunState, step: str, attempt: Attempt) -> RunState:
    """Put an attempt in its place: a new one at the end, a known one in its stead."""
    known = state.record(step).attempts
    kept = tuple(a for a in known if a.number < attempt.number)
    return _with_records(state, {step: StepRecord((*kept, attempt))})


def _with_records(state: RunState, changed: Mapping[str, StepRecord]) -> RunState:
    return replace(state, records={**state.records, **changed})


def _begin_again(state: RunState, steps: Iterable[str]) -> RunState:
    """Give each of these steps that was touched a new, open attempt; armed watches go on."""
    fresh = {}
    for step in steps:
        record = state.records.get(step)
        if record is None or state.is_armed(step):
            continue
        if record.last != Attempt(record.last.number):
            fresh[step] = StepRecord((*record.attempts, Attempt(record.last.number + 1)))
    taken = tuple(s for s in state.taken if s not in fresh)
    return _with_records(replace(state, taken=taken), fresh) if fresh else state


def led_back(state: RunState) -> RunState:
    """Follow a decision that leads back as soon as its own sub-steps are settled.

    What other lanes did meanwhile is left to them.
    """
    for back in state.route.backs:
        if all(_lets_back(state, s) for s in _own(state.route, back)):
            return routed(_begin_again(state, _from_there(state, back)))
    return state


def _lets_back(state: RunState, step: str) -> bool:
    return state.status_of(step) in SETTLED or state.is_armed(step)


def _own(route: Route, back: Back) -> tuple[str, ...]:
    """The sub-steps of the option that leads back."""
    decision, _, last = back
    return route.order[route.position[decision] + 1 : route.position[last] + 1]


def _from_there(state: RunState, back: Back) -> tuple[str, ...]:
    """The steps that begin again: from the target to the last of the option's own."""
    decision, target, last = back
    route, lanes = state.route, state.plan.lanes
    here = track(route.path.get(decision, ()), lanes)
    steps = route.order[route.position[target] : route.position[last] + 1]
    return tuple(s for s in steps if not side_by_side(track(route.path.get(s, ()), lanes), here))


def entered_again(state: RunState, before: Route, step: str, go: str | None) -> RunState:
    """What is entered once more begins new attempts.

    That is a section on request to which a link from elsewhere leads again, and in an
    aborting run everything from the step on to which the way back leads.
    """
    target = state.plan.target(go) if go else None
    if target is None or target not in before.position:
        return state
    section = state.plan.detour.get(target)
    if section is not None and section == state.plan.detour.get(step):
        return state  # going back within the section, which the route follows by itself
    if section is not None:
        start, end = state.plan.span[section]
        return routed(_begin_again(state, state.plan.flat[start:end]))
    if not state.abort_reason:
        return state
    rest = state.plan.flat[state.plan.index[target] :]
    return routed(_begin_again(state, (s for s in rest if s not in state.plan.detour)))


def jumped(state: RunState, jump: Jump) -> RunState:
    """Leave the step in hand for where a watch or a missed time leads.

    What lies behind begins new attempts; what lies ahead is gone to, passing over what is
    between; a section on request is walked and comes back to the step that was in hand.
    """
    target = state.plan.target(jump.go) if jump.go else None
    if target is None or target == jump.at:
        return state
    here = track_of(state, jump.at)
    state = replace(state, taken=tuple(s for s in state.taken if track_of(state, s) != here))
    if side_by_side(here, track_of(state, target)):
        return state
    behind = _behind(state, jump, target)
    if behind:
        return routed(_begin_again(state, behind))
    moved = routed(replace(state, jumps=(*state.jumps, jump)))
    return entered_again(moved, state.route, jump.at, jump.go)


def _behind(state: RunState, jump: Jump, target: str) -> tuple[str, ...]:
    """The steps from the target to the one in hand, when the target lies before it."""
    section, here = state.plan.detour.get(target), state.plan.detour.get(jump.at)
    order, position = state.route.order, state.route.position
    if target not in position or (section is not None and section != here):
        return ()
    steps = order[position[target] : position.get(jump.at, len(order))]
    lane = track_of(state, jump.at)
    return tuple(s for s in steps if not side_by_side(track_of(state, s), lane))
