"""Works a small procedure on a journal in memory, for tests that read as a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from textwrap import dedent
from types import MappingProxyType

from runbook.procedure.model import Procedure, StepKind
from runbook.procedure.parse import parse
from runbook.procedure.site import parse_site
from runbook.run.commands import Choose, Command, Confirm, Fail, Read, Refused, Start
from runbook.run.entry import Actor
from runbook.run.events import Mode, RunPrepared, Status
from runbook.run.runner import Recorded, Runner, prepare
from runbook.run.state import RunState
from tests.fakes import MemoryJournal

ANN = Actor(operator="ANN", role="lead")
BO = Actor(operator="BO", role="fac")


def procedure_of(text: str) -> Procedure:
    """Parse the text of a test, which may be indented."""
    return parse(dedent(text).strip().encode() + b"\n", "test.md")


class Rig:
    """One run of one procedure; `do` insists on acceptance, `refuse` on refusal."""

    def __init__(
        self,
        text: str,
        mode: Mode = Mode.LIVE,
        *,
        started: bool = True,
        site: str = "",
        roles: Mapping[str, str] = MappingProxyType({}),
        values: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        site_data = dedent(site).encode()
        data = dedent(text).strip().encode() + b"\n"
        self.journal = MemoryJournal()
        procedure = parse(data, "test.md")
        header = RunPrepared(
            procedure=procedure.id,
            title=procedure.title,
            revision=procedure.revision,
            sha256=sha256(data).hexdigest(),
            file="test.md",
            site_sha256=self.journal.keep_text(site_data) if site else "",
            values={**parse_site(site_data.decode()).values, **values},
            owner="ANN",
            roles=dict(roles),
        )
        self.runner: Runner = prepare(self.journal, procedure, data, header, mode=mode, actor=ANN)
        if started:
            self.do(Start())

    @property
    def state(self) -> RunState:
        """The state as recorded."""
        return self.runner.state

    @property
    def here(self) -> str | None:
        """The id of the step in hand."""
        return self.state.current

    def do(self, command: Command, actor: Actor = ANN) -> Recorded:
        """Carry a command out; a refusal fails the test with its reason."""
        result = self.runner.do(command, actor)
        assert isinstance(result, Recorded), result
        return result

    def refuse(self, command: Command, actor: Actor = ANN) -> Refused:
        """Ask for something that must be refused."""
        result = self.runner.do(command, actor)
        assert isinstance(result, Refused), result
        return result

    def done(self, *steps: str) -> None:
        """Confirm these steps one after the other; waits and watches not begun, with words."""
        for step in steps:
            timed = self.state.step(step).kind in (StepKind.WAIT, StepKind.WATCH)
            begun = self.state.status_of(step) is Status.WAITING
            self.do(Confirm(step=step, deviation="not here" if timed and not begun else ""))

    def choose(self, step: str, option: int, reason: str = "") -> None:
        """Take a decision, or change it for a reason."""
        self.do(Choose(step=step, option=option, reason=reason))

    def fail(self, step: str) -> None:
        """Say that the expected result is not there."""
        self.do(Fail(step=step, observation="not seen"))

    def read(self, step: str, name: str, typed: str, accept: str = "") -> None:
        """Record a reading."""
        self.do(Read(step=step, name=name, typed=typed, accept=accept))

    def statuses(self) -> dict[str, Status]:
        """The status of every step."""
        return {s.id: self.state.status_of(s.id) for s in self.state.procedure.steps}
