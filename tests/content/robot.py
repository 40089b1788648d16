"""Works a procedure to its end by the real rules, as people would: asked for more, it gives more.

It takes at every decision the option that was taken least, so that many walks take them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from runbook.procedure.model import Procedure, Record, RecordKind, Step, StepKind
from runbook.run.choices import is_decided, options_of
from runbook.run.commands import (
    Abort,
    Acknowledge,
    Choose,
    Command,
    Complete,
    Confirm,
    Fail,
    FinishAbort,
    Read,
    Refused,
    Settle,
    Start,
    TakeAlternative,
)
from runbook.run.commands_check import SignOff, TypeTarget
from runbook.run.commands_time import Arm, BeginWait
from runbook.run.entry import Actor
from runbook.run.events import Mode, RunPrepared, RunStatus, Status
from runbook.run.identity import wanted_text
from runbook.run.people import holder_of
from runbook.run.runner import Runner, prepare
from runbook.run.state import RunState
from tests.fakes import MemoryJournal

LEAD = Actor(operator="LTJ", role="lead")
SECOND = Actor(operator="KIM")
LONGEST = 1500
MOST_ANSWERS = 6
FIELDS: Final[Mapping[tuple[type, str], str]] = {
    (Choose, "override"): "override",
    (Choose, "criteria"): "accept",
    (Choose, "call"): "by_paper",
    (Confirm, "call"): "deviation",
    (Confirm, "deviation"): "deviation",
    (Confirm, "read_back"): "deviation",
}


class Walk:
    """One run, worked from its start to its end."""

    def __init__(
        self,
        procedure: Procedure,
        data: bytes,
        taken: Counter[tuple[str, int]],
        values: Mapping[str, str],
    ) -> None:
        self._taken = taken
        header = RunPrepared(
            procedure=procedure.id,
            title=procedure.title,
            revision=procedure.revision,
            sha256=procedure.sha256,
            file=procedure.file,
            owner=LEAD.operator,
            values=dict(values),
            roles={key: f"{key} person" for key in procedure.front.roles},
        )
        journal = self._journal = MemoryJournal()
        self.runner: Runner = prepare(journal, procedure, data, header, mode=Mode.DRILL, actor=LEAD)
        self.do(Start())

    @property
    def state(self) -> RunState:
        """The run as it stands."""
        return self.runner.state

    def do(self, command: Command, by: Actor = LEAD) -> Refused | None:
        """Carry out a command; what it was refused for."""
        done = self.runner.do(command, by)
        return done if isinstance(done, Refused) else None

    def _insist(self, command: Choose | Confirm) -> Refused | None:
        """Carry a command out as whoever answers for its step, giving what it lacks."""
        role = self.state.step(command.step).role
        by = Actor(operator=holder_of(self.state, role) or LEAD.operator)
        refused = self.do(command, by)
        for _ in range(MOST_ANSWERS):
            if refused is None:
                break
            command = self._answered(command, refused)
            refused = self.do(command, by)
        if refused is None and self.state.status_of(command.step) is Status.VERIFY:
            refused = self.do(SignOff(step=command.step, saw="the same"), SECOND)
        return refused

    def _answered(self, command: Choose | Confirm, refused: Refused) -> Choose | Confirm:
        """The same command with what was asked for."""
        if refused.needs == "typed":
            step = self.state.step(command.step)
            self.do(TypeTarget(step=step.id, typed=wanted_text(self.state, step)))
            return command
        part = FIELDS.get((type(command), refused.needs))
        assert part is not None, (self.state.step(command.step).number, refused)
        more: dict[str, Any] = {part: refused.why}
        return replace(command, **more)

    def to_the_end(self) -> RunState:
        """Work every step that comes, then end the run."""
        for _ in range(LONGEST):
            if self.state.current is None:
                return self._ended()
            self._work(self.state.step(self.state.current))
        raise AssertionError(f"no end in sight at {self.state.current}")

    def turn_back(self) -> None:
        """Give the goal up where the run stands."""
        assert self.do(Abort(reason="the walk turns back here")) is None

    def _work(self, step: Step) -> None:
        """Settle the step in hand."""
        self.do(Acknowledge(step=step.id))
        for record in step.records:
            self._read(step, record)
        before = self.state.last_seq
        refused = self._decide(step) if is_decided(step) else self._confirm(step)
        assert refused is None, (step.number, refused)
        assert self.state.last_seq > before

    def _read(self, step: Step, record: Record) -> None:
        refused = self.do(Read(step=step.id, name=record.name, typed=a_value(record)))
        if refused is not None:
            again = Read(step=step.id, name=record.name, typed=a_value(record), accept="as read")
            assert self.do(again) is None, (step.number, refused)

    def _decide(self, step: Step) -> Refused | None:
        option = min(range(len(options_of(step))), key=lambda n: self._taken[step.id, n])
        self._taken[step.id, option] += 1
        return self._insist(Choose(step=step.id, option=option, basis="the walk takes them all"))

    def _confirm(self, step: Step) -> Refused | None:
        """Confirm; where that fails by plan, fail and take the way the step names."""
        go = step.if_not.go if step.if_not else None
        if go and self.state.plan.target(go) and not self._taken[step.id, -1]:
            self._taken[step.id, -1] += 1
            assert self.do(Fail(step=step.id, observation="nothing to be seen")) is None
            return self.do(TakeAlternative(step=step.id))
        if step.kind is StepKind.WATCH:
            return self.do(Arm(step=step.id))
        if step.kind is StepKind.WAIT:
            assert self.do(BeginWait(step=step.id)) is None
            self._journal.wait(seconds=step.wait_s or 0)
        return self._insist(Confirm(step=step.id))

    def _ended(self) -> RunState:
        """End the run with a decision on everything that is still open."""
        items = tuple(
            Settle(step=s, owner="LTJ", reason="goes on tomorrow") for s in self.state.open_items()
        )
        aborting = self.state.status is RunStatus.ABORTING
        end = FinishAbort(safe_state="all off", items=items) if aborting else Complete(items=items)
        refused = self.do(end)
        assert refused is None, refused
        return self.state


def a_value(record: Record) -> str:
    """A value inside the limits of a reading."""
    match record.kind:
        case RecordKind.CHOICE:
            return record.choices[0]
        case RecordKind.TIME:
            return "18:02"
        case RecordKind.YES_NO:
            return "yes"
        case RecordKind.TEXT:
            return "as seen"
        case RecordKind.NUMBER:
            return f"{_inside(record):f}"


def _inside(record: Record) -> Decimal:
    low, high = record.warn_low or record.low, record.warn_high or record.high
    if low is not None and high is not None:
        return (low + high) / 2
    return low if low is not None else high if high is not None else Decimal(10)
