"""Several procedures in a folder, and runs of them on a journal in memory."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from runbook.calling import Done, Runs
from runbook.folders import Folders
from runbook.inhibits import Journal
from runbook.run.commands import Command, Complete, Confirm, Refused, Settle
from runbook.run.commands_calls import Call, Return
from runbook.run.entry import Actor
from runbook.run.events import Mode
from runbook.run.runner import Runner
from runbook.run.state import RunState
from tests.fakes import MemoryJournal

ANN = Actor(operator="ANN", role="lead")
FILES = {
    "mains.md": """
        ---
        id: mains
        inhibits: [core]
        ---
        # Mains loss
        - [ ] Look at the panel <!-- id: look -->
          - Pin: the panel is live
        - [ ] Call: [Vendor escalation](vendor.md) <!-- id: vendor -->
        - [ ] Note the time <!-- id: note -->
          - Defer to: [Review](review.md#facts)
        - [ ] Decide: fire? <!-- id: fire -->
          - Yes: leave for [Fire](fire.md)
          - No
          - Cannot tell: treat as No
        - [ ] Call: [Not written](missing.md) <!-- id: missing -->
        """,
    "vendor.md": """
        # Vendor escalation
        - [ ] Find the contract <!-- id: contract -->
        - [ ] Call: [Remote access](remote.md) <!-- id: remote -->
        - [ ] Write it down <!-- id: write -->
        """,
    "remote.md": """
        # Remote access
        - [ ] Open the gate <!-- id: gate -->
        - [ ] Call: [Key box](key.md) <!-- id: key -->
        """,
    "key.md": "# Key box\n- [ ] Take the key <!-- id: take -->\n",
    "fire.md": "# Fire\n- [ ] Get out <!-- id: out -->\n",
    "core.md": "---\nid: core\n---\n# Core\n- [ ] Stop it <!-- id: stop -->\n",
    "review.md": """
        # Review
        - [ ] Gather people <!-- id: gather -->

        ## Facts
        - [ ] Read the journal <!-- id: facts-read -->
        """,
}


class Incident:
    """Runs of the procedures above; `do` insists on acceptance, `refuse` on refusal."""

    def __init__(self, folder: Path, journal: Journal | None = None) -> None:
        self.folders = Folders(data=folder / "data", shipped=folder)
        self.procedures = folder / "runbooks"
        self.procedures.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            (self.procedures / name).write_text(dedent(text).lstrip(), encoding="utf-8")
        self.kept = MemoryJournal()
        self.journal: Journal = journal or self.kept
        self.runs = Runs(self.journal, self.folders, lambda _state: True)

    def again(self) -> Incident:
        """The same journal in a program that was started anew."""
        return Incident(self.procedures.parent, self.journal)

    def start(self, name: str, mode: Mode = Mode.LIVE) -> str:
        """Begin a run by itself."""
        begun = self.begin(name, mode, reason="a test")
        assert isinstance(begun, Runner), begun
        return begun.state.run

    def begin(self, name: str, mode: Mode = Mode.LIVE, reason: str = "") -> Runner | Refused:
        """Ask to begin a run by itself."""
        return self.runs.start(self.procedures / name, mode, ANN, reason=reason)

    def do(self, run: str, command: Command) -> str:
        """Carry a command out; the run in which work goes on."""
        done = self.runs.do(run, command, ANN)
        assert isinstance(done, Done), done
        return done.run

    def refuse(self, run: str, command: Command) -> Refused:
        """Ask for something that must be refused."""
        done = self.runs.do(run, command, ANN)
        assert isinstance(done, Refused), done
        return done

    def state(self, run: str) -> RunState:
        """A run as recorded."""
        return self.runs.state(run)

    def done(self, run: str, *steps: str) -> None:
        """Confirm these steps."""
        for step in steps:
            self.do(run, Confirm(step=step))

    def call(self, run: str, step: str) -> str:
        """Call what a step calls, whatever speaks against it; the called run."""
        return self.do(run, Call(step=step, reason="a test"))

    def finish(self, run: str) -> None:
        """Confirm what is left and complete a run, giving what stays open an owner."""
        while (step := self.state(run).current) is not None:
            waits = self.state(run).record(step).last.called
            self.do(run, Return(step=step) if waits else Confirm(step=step))
        items = tuple(
            Settle(step=s, owner="BO", reason="later") for s in self.state(run).open_items()
        )
        self.do(run, Complete(items=items))
