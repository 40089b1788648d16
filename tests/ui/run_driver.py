"""A run page with a run behind it: rules and states are real, the journal is in memory."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from runbook.operators import Claim, Operators, Signed, Witnessed
from runbook.procedure.model import Procedure
from runbook.procedure.parse import parse
from runbook.report.sentences import sentence
from runbook.run.commands import Close, Command, Refused, Start
from runbook.run.entry import Actor
from runbook.run.events import Event, Mode, RunPrepared
from runbook.run.port import NotRecordedError
from runbook.run.runner import Recorded, Runner, prepare
from runbook.ui.run_page import RunPage
from tests.fakes import MemoryJournal

HRM = Actor(operator="HRM", role="lead")


class Driver:
    """Answers a run page as the window does: `answers` can be held back until `answer`."""

    def __init__(
        self,
        text: str,
        mode: Mode = Mode.LIVE,
        *,
        started: bool = True,
        people: Operators | None = None,
        site: str = "",
    ) -> None:
        self.journal = MemoryJournal()
        self.runner = self._prepared(text, mode, site)
        self.commands: list[Command] = []
        self.people = people or Operators(Path("/nowhere"))
        self.who: Actor | Claim = HRM
        self.second: Claim | None = None
        self.sitting = HRM
        self.seconds = 1000.0
        self.holds = False
        self.page = RunPage(now=self._now, ticks=self._ticks)
        self.page.requested.connect(self._asked)
        if started:
            self.runner.do(Start(), HRM)

    def _prepared(self, text: str, mode: Mode, site: str) -> Runner:
        data = text.encode()
        procedure = parse(data, "test.md")
        header = RunPrepared(
            procedure=procedure.id,
            title=procedure.title,
            revision=procedure.revision,
            sha256=procedure.sha256,
            file=procedure.file,
            owner="HRM",
            site_sha256=self.journal.keep_text(site.encode()) if site else "",
            values=dict(procedure.front.values),
        )
        return prepare(self.journal, procedure, data, header, mode=mode, actor=HRM)

    @property
    def procedure(self) -> Procedure:
        """What is being run."""
        return self.runner.state.procedure

    @property
    def kinds(self) -> list[str]:
        """The names of all events so far."""
        return [type(entry.event).__name__ for entry in self.journal.kept]

    @property
    def last(self) -> Event:
        """The newest event."""
        return self.journal.kept[-1].event

    def show(self) -> None:
        """Show the state as the window does, and let it be seen long enough to act on."""
        self.page.show_state(self.runner.state, tuple(self.journal.kept))
        self.seen()

    def seen(self) -> None:
        """Let half a second go by on the page's clock."""
        self.seconds += 0.5

    def do(self, command: Command) -> Recorded | Refused:
        """Act as another window or the terminal would."""
        return self.runner.do(command, HRM)

    def _done(self) -> Recorded | Refused:
        command = self.commands[-1]
        if self.second is not None and isinstance(command, Close):
            witnessed = self.people.witness(command, self.second, self.journal.at)
            if isinstance(witnessed, Refused):
                return witnessed
            self.commands[-1] = witnessed
        signed = self.people.sign(self.commands[-1], self.who, self.journal.at)
        return signed if isinstance(signed, Refused) else self.runner.do(*signed)

    def _now(self) -> datetime:
        return self.journal.at

    def _ticks(self) -> float:
        return self.seconds

    def _asked(self, asked: Command | Signed) -> None:
        self.who = asked.claim if isinstance(asked, Signed) else self.sitting
        if isinstance(asked, Witnessed):
            self.who = self.sitting
        self.second = asked.claim if isinstance(asked, Witnessed) else None
        self.commands.append(asked.command if isinstance(asked, Signed) else asked)
        if not self.holds:
            self.answer()

    def answer(self) -> None:
        """Answer the newest command."""
        try:
            done = self._done()
        except NotRecordedError as error:
            self.page.show_not_recorded(str(error))
            return
        if isinstance(done, Refused):
            self.page.show_refused(done)
            return
        if self.runner.state.at_keyboard != self.sitting.operator:
            self.sitting = done.entries[-1].actor
        self.page.show_state(done.state, tuple(self.journal.kept))
        said = sentence(done.entries[-1].event, self.procedure)
        self.page.show_saved(f"{done.seq}. {said}", done.copies, done.problem)
        QApplication.processEvents()
