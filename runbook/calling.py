"""The runs of one journal together: what goes from one to another is recorded in both.

The window and the terminal carry every command out through here. A call begins the called
run and makes the caller wait; the end of a run is told to whoever called it; a step put off
to another procedure stands in that run as soon as both are there. Each such entry is made by
the person whose act led to it, and what a crash left out is made up for at the next start.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from pathlib import Path

from runbook.called import find_called, find_named
from runbook.folders import Folders
from runbook.inhibits import Inhibits, Journal
from runbook.kin import put_off_to, waiting_for
from runbook.known_runs import Clean, KnownRuns
from runbook.run.commands import Command, Refused
from runbook.run.commands_calls import (
    Call,
    EndCall,
    Leave,
    Redeem,
    RedeemStep,
)
from runbook.run.entry import Actor
from runbook.run.events import Mode, StepDeferred
from runbook.run.rules import decide
from runbook.run.rules_calls import way_out
from runbook.run.rules_shared import is_to_redeem
from runbook.run.runner import Recorded, Runner
from runbook.run.state import ENDED, RunState
from runbook.starting import ALONE, Briefing, Origin, StartingError, begin, load


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was carried out, and the run in which work goes on after it."""

    run: str
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Wanted:
    """A run to be begun: with what, for what, from where; `reason` overrides obstacles."""

    briefing: Briefing
    mode: Mode
    reason: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    origin: Origin = ALONE
    allowed: tuple[str, ...] = ()


class Runs(KnownRuns):
    """Begins runs, takes them up, and carries commands out in them."""

    def __init__(self, journal: Journal, folders: Folders, clean: Clean) -> None:
        super().__init__(journal, clean)
        self._folders = folders
        self._inhibits = Inhibits(journal)

    # Beginning

    def start(
        self,
        path: Path,
        mode: Mode,
        actor: Actor,
        *,
        reason: str = "",
        roles: Mapping[str, str] | None = None,
    ) -> Runner | Refused:
        """Begin a run by itself with a procedure as its file stands now."""
        wanted = Wanted(load(path, self._folders, self._today()), mode, reason, roles or {})
        return self.begin(wanted, actor)

    def _today(self) -> date:
        return self._journal.now().astimezone().date()

    def against(self, wanted: Wanted) -> tuple[str, ...]:
        """What open runs say against beginning this one beside them."""
        procedure = wanted.briefing.procedure.id
        return tuple(self._inhibits.against(procedure, wanted.mode, wanted.origin))

    def begin(self, wanted: Wanted, actor: Actor) -> Runner | Refused:
        """Begin a run, unless an open one speaks against it and no reason is given."""
        against = self.against(wanted)
        briefing = wanted.briefing
        runner = begin(
            self._journal,
            replace(briefing, obstacles=(*briefing.obstacles, *against)),
            wanted.mode,
            actor,
            reason=wanted.reason,
            roles=wanted.roles,
            allowed=wanted.allowed,
            origin=wanted.origin,
        )
        if isinstance(runner, Refused):
            return runner
        self.keep(runner)
        self._deliver(runner.state, actor)
        return runner

    def take_up(self, run: str) -> tuple[Runner, Recorded | None]:
        """Go on with a run where it was left; a gap is recorded once."""
        runner = self.runner(run)
        noted = self.note_gap(run)
        self._make_up(runner.state)
        return runner, noted

    # Working

    def do(self, run: str, command: Command, actor: Actor) -> Done | Refused:
        """Carry out one command in a run, and whatever follows from it in others."""
        match command:
            case Call():
                return self._call(run, command, actor)
            case Leave():
                return self._leave(run, command, actor)
            case Redeem():
                return self._redeem(run, command, actor)
            case _:
                return self._plain(run, command, actor)

    def _plain(self, run: str, command: Command, actor: Actor) -> Done | Refused:
        was_open = self.state(run).status not in ENDED
        done = self.record(run, command, actor)
        if isinstance(done, Refused):
            return done
        state = self.state(run)
        if was_open and state.status in ENDED:
            self._tell_callers(state, actor)
        if any(isinstance(entry.event, StepDeferred) for entry in done.entries):
            self._deliver(state, actor)
        return Done(run, done)

    def _would(self, run: str, command: Command, actor: Actor) -> Refused | None:
        """Why a command would be refused, asked before anything else is begun."""
        now = self._journal.now().astimezone(UTC)
        decided = decide(self.state(run), command, actor, now)
        return decided if isinstance(decided, Refused) else None

    def _call(self, run: str, command: Call, actor: Actor) -> Done | Refused:
        refused = self._would(run, replace(command, run="?"), actor)
        if refused:
            return refused
        state = self.state(run)
        href = way_out(state, command.step, command.option)
        path = find_called(state.prepared, href, self._folders)
        origin = Origin(state.incident, "called", run, command.step)
        other = self._other(state, path, command, actor, origin)
        if isinstance(other, Refused):
            return other
        title, file = other.prepared.title, other.prepared.file
        done = self.record(run, replace(command, run=other.run, title=title, file=file), actor)
        return done if isinstance(done, Refused) else Done(other.run, done)

    def _leave(self, run: str, command: Leave, actor: Actor) -> Done | Refused:
        state = self.state(run)
        href = way_out(state, command.step, command.option)
        if not href and not command.to.strip():
            return Refused("Say which procedure to go on with.", "no-target", needs="to")
        refused = self._would(run, replace(command, run="?"), actor)
        if refused:
            return refused
        find = find_called if href else find_named
        path = find(state.prepared, href or command.to.strip(), self._folders)
        origin = Origin(state.incident, "left", run, command.step)
        other = self._other(state, path, command, actor, origin)
        if isinstance(other, Refused):
            return other
        title, file = other.prepared.title, other.prepared.file
        done = self._plain(run, replace(command, run=other.run, title=title, file=file), actor)
        if isinstance(done, Refused):
            return done
        self._deliver(self.state(run), actor)
        return Done(other.run, done.recorded)

    def _other(
        self,
        state: RunState,
        path: Path | Refused,
        command: Call | Leave,
        actor: Actor,
        origin: Origin,
    ) -> RunState | Refused:
        """The run to go on in: one that is open already, or a new one."""
        if isinstance(path, Refused):
            return path
        try:
            briefing = load(path, self._folders, self._today())
        except StartingError as error:
            return Refused(f"{error} Work it from the printed copy.", "no-file", needs="paper")
        if not briefing.procedure.steps:
            why = f"{path.name} has no steps that can be worked. Work it from the printed copy."
            return Refused(why, "no-steps", needs="paper")
        found = self._open_already(state, briefing, command.join)
        if found is not None:
            return found
        why = command.reason if isinstance(command, Call) else command.despite
        allowed = state.prepared.allowed_contacts
        wanted = Wanted(briefing, state.mode, why, state.roles, origin, allowed)
        begun = self.begin(wanted, actor)
        return begun if isinstance(begun, Refused) else begun.state

    def _open_already(
        self, state: RunState, briefing: Briefing, join: str
    ) -> RunState | Refused | None:
        """The open run of that procedure in the incident, which is offered before a second."""
        if join == "new":
            return None
        wanted = briefing.procedure.id
        for other in self.incident(state):
            beside = other.run != state.run and other.status not in ENDED
            if beside and other.prepared.procedure == wanted:
                if join == other.run:
                    return other
                why = f"“{other.prepared.title}” is open already as run {other.run}."
                return Refused(why, "open-already", needs=f"join {other.run}")
        return None

    def _redeem(self, run: str, command: Redeem, actor: Actor) -> Done | Refused:
        """Settle a step of another run here: first there, where it counts."""
        refused = self._would(run, command, actor)
        if refused:
            return refused
        title = self.state(run).prepared.title
        there = RedeemStep(step=command.origin_step, in_run=run, in_title=title, how=command.how)
        with suppress(StartingError):
            if is_to_redeem(self.state(command.origin_run), command.origin_step):
                self.record(command.origin_run, there, actor)
        return self._plain(run, command, actor)

    # What follows in other runs

    def _tell_callers(self, ended: RunState, actor: Actor) -> None:
        """Note at every step that waits for a run how it ended."""
        words = ended.safe_state or ended.left_title
        for state in tuple(self.incident(ended)):
            for step in waiting_for(state, ended.run):
                told = EndCall(step=step, status=ended.status.value, words=words)
                self.record(state.run, told, actor)

    def _deliver(self, state: RunState, actor: Actor) -> None:
        """Bring every step that was put off to an open run of the incident into that run."""
        states = tuple(self.incident(state))
        for here in states:
            if here.status not in ENDED:
                for item in put_off_to(here, states):
                    self.record(here.run, item, actor)

    def _make_up(self, state: RunState) -> None:
        """Record what a crash kept from the other side, in the name of the run's owner."""
        actor = Actor(operator=state.owner)
        for other in tuple(self.incident(state)):
            if other.status in ENDED:
                self._tell_callers(other, actor)
        self._deliver(state, actor)
