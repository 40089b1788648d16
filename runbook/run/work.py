"""How much work is left: open steps laid one after the other, and parallel lanes side by side.

A step takes its typical time where one is known from earlier runs, else the upper bound of its
target; a wait takes at least as long as it says. A step with sub-steps takes what its own time
leaves beyond theirs. A step without any of these takes no time, and is counted as unknown.
The lanes of a parallel section end with the longest of them; of the steps that hang on the
options of an open decision the longest option counts. Times are seconds from now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from runbook.procedure.model import Procedure, Step, StepKind
from runbook.run.events import Status
from runbook.run.state import SETTLED, Attempt, RunState

Typical = Mapping[str, int]
FARTHEST: Final = timedelta(days=36500)
NO_TYPICAL: Final[Typical] = MappingProxyType({})
_IN_HAND: Final = (Status.ACTIVE, Status.WAITING, Status.VERIFY, Status.HOLD, Status.FAILED)


def later(at: datetime, seconds: float) -> datetime:
    """A moment so many seconds later, or earlier; a hundred years away at most."""
    most = FARTHEST.total_seconds()
    return at + timedelta(seconds=max(-most, min(most, seconds)))


@dataclass(frozen=True, slots=True)
class Slot:
    """When an open step is expected to begin and to end, in seconds from now.

    `length_s` is what it takes from its beginning, None when nothing says so; `rest_s` is
    what is left of it.
    """

    step: str
    start_s: float
    end_s: float
    length_s: int | None
    rest_s: float
    in_hand: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """Open steps laid out in time: when all is done, and the steps nobody may be late with."""

    slots: Mapping[str, Slot]
    end_s: float
    critical: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """How many of the steps nothing says the length of."""
        return sum(1 for slot in self.slots.values() if slot.length_s is None)

    @property
    def longest_s(self) -> int:
        """The length of the longest step."""
        return max((slot.length_s or 0 for slot in self.slots.values()), default=0)


class Work:
    """Knows the steps of one run: which are open, how long each takes, and in which lane."""

    def __init__(self, state: RunState, now: datetime, typical: Typical = NO_TYPICAL) -> None:
        self._state = state
        self._now = now
        self._lengths = Lengths(state.procedure, typical)
        self._chains = Chains(state.procedure)

    def left(self, only: frozenset[str] | None = None) -> Laid:
        """The open steps of the route laid out from now; of some sections, or of all."""
        steps = self._state.procedure.by_id
        open_steps = (s for s in open_work(self._state) if only is None or steps[s].section in only)
        return self._lay(open_steps, fresh=False)

    def of(self, steps: Iterable[str]) -> Laid:
        """These steps laid out from now, as if none of them had been begun."""
        return self._lay(steps, fresh=True)

    def _lay(self, steps: Iterable[str], *, fresh: bool) -> Laid:
        items: list[_Item] = []
        chain: _Chain = ()
        for step in steps:
            chain = chain if step in self._state.plan.detour else self._chains.of(step)
            items.append(self._item(step, chain, fresh=fresh))
        return _lay(items)

    def _item(self, step: str, chain: _Chain, *, fresh: bool) -> _Item:
        length = self._lengths.of(step)
        record = None if fresh else self._state.records.get(step)
        begun = None if fresh else self._state.since.get(step)
        if record is not None and record.last.status in _IN_HAND:
            begun = record.last.started or begun
        if begun is None:
            return _Item(step, chain, length)
        gone = max(0.0, (self._now - begun).total_seconds())
        due = due_of(record.last) if record is not None else None
        wait = None if due is None else (due - self._now).total_seconds()
        return _Item(step, chain, length, gone, wait)


_Chain = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """A step to lay: the lanes it stands in, its length, how long it is in hand, its due time."""

    step: str
    chain: _Chain
    length: int | None
    gone: float | None = None
    due: float | None = None

    def at(self, start: float) -> Slot:
        """The step in its place."""
        rest = max(0.0, (self.length or 0) - (self.gone or 0.0))
        if self.due is not None:
            rest = max(0.0, self.due - start)
        begins = start if self.gone is None else -self.gone
        return Slot(self.step, begins, start + rest, self.length, rest, self.gone is not None)


def _lay(items: Sequence[_Item]) -> Laid:
    slots: dict[str, Slot] = {}
    end, critical = _sequence(items, 0, 0.0, slots)
    return Laid(slots, end, tuple(critical))


def _sequence(
    items: Sequence[_Item], depth: int, at: float, slots: dict[str, Slot]
) -> tuple[float, list[str]]:
    """Lay steps one after the other, and what stands in lanes at this depth side by side."""
    critical: list[str] = []
    place = 0
    while place < len(items):
        item = items[place]
        if len(item.chain) <= depth:
            slots[item.step] = item.at(at)
            at = slots[item.step].end_s
            critical.append(item.step)
            place += 1
            continue
        block = list(_block(items, place, depth))
        at, longest = _side_by_side(block, depth, at, slots)
        critical += longest
        place += len(block)
    return at, critical


def _block(items: Sequence[_Item], place: int, depth: int) -> Iterator[_Item]:
    """The items from a place on that belong to one parallel section."""
    name = items[place].chain[depth][0]
    for item in items[place:]:
        if len(item.chain) <= depth or item.chain[depth][0] != name:
            return
        yield item


def _side_by_side(
    block: Sequence[_Item], depth: int, at: float, slots: dict[str, Slot]
) -> tuple[float, list[str]]:
    """Lay lanes that begin together; the longest tells when all are done."""
    lanes: dict[str, list[_Item]] = {}
    for item in block:
        lanes.setdefault(item.chain[depth][1], []).append(item)
    laid = [_sequence(lane, depth + 1, at, slots) for lane in lanes.values()]
    return max(laid, key=lambda end_and_steps: end_and_steps[0])


def open_work(state: RunState) -> Iterator[str]:
    """The steps of the route that somebody still has to do, in walking order.

    One that was put off to a later step of this run comes before that step; one put off to
    another place or time is no work of this route. A watch in force holds nobody up.
    """
    late: dict[str, list[str]] = {}
    for step in state.put_off:
        last = state.record(step).last
        if last.status is Status.DEFERRED and last.target in state.route.position:
            late.setdefault(last.target, []).append(step)
    for step in state.route.order:
        yield from (s for s in late.get(step, ()) if s != step)
        record = state.records.get(step)
        if record is None or _is_open(state.step(step), record.last):
            yield step


def _is_open(step: Step, last: Attempt) -> bool:
    if last.status in SETTLED or last.status is Status.DEFERRED or last.go:
        return False
    return not (step.kind is StepKind.WATCH and last.status is Status.WAITING)


def due_of(attempt: Attempt) -> datetime | None:
    """When a wait is over, as it was recorded; None for a step that waits for nothing."""
    return attempt.due if attempt.status is Status.WAITING else None


class Lengths:
    """How long each step of a procedure is expected to take."""

    def __init__(self, procedure: Procedure, typical: Typical = NO_TYPICAL) -> None:
        self._procedure = procedure
        self._typical = typical

    def of(self, step_id: str) -> int | None:
        """Seconds a step takes by itself, without its sub-steps; None when nothing says so."""
        whole = self._whole(self._procedure.by_id[step_id])
        children = self._procedure.children.get(step_id, ())
        if whole is None or not children:
            return whole
        below = (self._family(c) for c in children if c.option is None)
        return max(0, whole - sum(below))

    def _whole(self, step: Step) -> int | None:
        """What a step takes with everything that makes it up."""
        known = self._typical.get(step.id)
        if known is None:
            known = step.target_s[1] if step.target_s else None
        wait = step.wait_s if step.kind is StepKind.WAIT else None
        return known if wait is None else max(known or 0, wait)

    def _family(self, step: Step) -> int:
        """A sub-step with its own sub-steps: its own time, or theirs when they say more."""
        below = (self._family(c) for c in self._procedure.children.get(step.id, ()))
        return max(self._whole(step) or 0, sum(below))


class Chains:
    """In which lanes each step stands, from the outermost parallel section inwards."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._of_section: dict[str, _Chain] = {"": ()}
        parallel = {s.id for s in procedure.sections if s.parallel}
        for section in procedure.sections:
            above = self._of_section.get(section.parent or "", ())
            if section.parent is not None and section.parent in parallel:
                above = (*above, (section.parent, section.id))
            self._of_section[section.id] = above

    def of(self, step_id: str) -> _Chain:
        """The lanes of a step; the options of a decision stand side by side as well."""
        step = self._procedure.by_id[step_id]
        chain = self._of_section.get(step.section, ())
        return chain if step.parent is None else (*chain, *self._options(step))

    def _options(self, step: Step) -> _Chain:
        if step.parent is None:
            return ()
        above = self._options(self._procedure.by_id[step.parent])
        return above if step.option is None else (*above, (step.parent, str(step.option)))
