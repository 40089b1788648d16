"""What runs of one incident know of each other, worked out from their states alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from runbook.called import named_by
from runbook.report.sentences import fill
from runbook.run.commands_calls import Receive
from runbook.run.events import RunStatus, Status
from runbook.run.rules_shared import is_to_redeem
from runbook.run.state import ENDED, Pin, RunState


@dataclass(frozen=True, slots=True)
class Kin:
    """Another run of the incident, or this one: enough to name it and to go there."""

    run: str
    title: str
    status: RunStatus

    @property
    def is_open(self) -> bool:
        """True while its steps can be done."""
        return self.status not in ENDED


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a run: who called it, outermost first; its incident's runs and pins."""

    stack: tuple[Kin, ...] = ()
    kin: tuple[Kin, ...] = ()
    pins: tuple[Pin, ...] = ()


def stack(state: RunState, by_run: Mapping[str, RunState], kin: Mapping[str, Kin]) -> Iterator[Kin]:
    """The runs that called each other down to this one, the outermost first."""
    chain = [state]
    while chain[-1].prepared.begun_as == "called":
        above = by_run.get(chain[-1].prepared.called_by_run)
        if above is None or above in chain:
            break
        chain.append(above)
    yield from (kin[one.run] for one in reversed(chain) if one.run in kin)


def filled(state: RunState, text: str) -> str:
    """A text of a run with its values and readings in their places."""
    if "{{" not in text:
        return text
    read = {r.name: r.value for r in state.readings if not r.withdrawn}
    return fill(text, {**state.prepared.values, **read})


def waiting_for(state: RunState, run: str) -> tuple[str, ...]:
    """The steps of a run that wait for another one."""
    called = ((step, record.last.called) for step, record in state.records.items())
    return tuple(s for s, c in called if c is not None and c.run == run and c.ended is None)


def put_off_to(here: RunState, states: Iterable[RunState]) -> Iterator[Receive]:
    """What other runs have put off to this one, or handed to it, and it does not hold yet."""
    held = {(item.run, item.step) for item in here.received}
    for other in states:
        if other.run == here.run:
            continue
        for step, anchor, reason in _pending(other, here):
            if (other.run, step) not in held:
                yield Receive(
                    origin_run=other.run,
                    origin_title=other.prepared.title,
                    origin_step=step,
                    number=other.step(step).number,
                    text=filled(other, other.step(step).text),
                    at=here.plan.target(anchor) or "" if anchor else "",
                    reason=reason,
                )


def _pending(other: RunState, here: RunState) -> Iterator[tuple[str, str, str]]:
    """Step, anchor and reason of what one run leaves to another."""
    for step, record in other.records.items():
        last = record.last
        if last.status is Status.DEFERRED and last.target:
            anchor = named_by(last.target, here.prepared)
            if anchor is not None:
                yield step, anchor, last.text
    if other.left_for == here.run:
        for item in other.items:
            if is_to_redeem(other, item.step):
                yield item.step, "", item.reason
