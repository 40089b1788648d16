"""The runs of one journal that are at hand, and which of them belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from msgspec.structs import replace as restruct

from runbook.inhibits import Journal
from runbook.kin import Around, Kin, filled, stack
from runbook.run.commands import Command, Refused
from runbook.run.entry import Actor, Entry
from runbook.run.pins import standing
from runbook.run.runner import Recorded, Runner
from runbook.run.state import ENDED, RunState
from runbook.starting import StartingError, take_up

Clean = Callable[[RunState], bool]


class KnownRuns:
    """Runs by id, each taken up when it is first needed; `clean` tells how one was left."""

    def __init__(self, journal: Journal, clean: Clean) -> None:
        self._journal = journal
        self._clean = clean
        self._runners: dict[str, Runner] = {}
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._here: set[str] = set()
        self._members: dict[str, list[str]] | None = None

    def state(self, run: str) -> RunState:
        """A run as recorded; StartingError when it cannot be taken up."""
        return self.runner(run).state

    def entries(self, run: str) -> tuple[Entry, ...]:
        """Everything recorded in a run, oldest first."""
        self.runner(run)
        return self._entries[run]

    def around(self, run: str) -> Around:
        """Who called a run, and what it shares with the others of its incident."""
        state = self.state(run)
        states = tuple(self.incident(state))
        kin = {s.run: Kin(s.run, s.prepared.title, s.status) for s in states}
        by_run = {s.run: s for s in states}
        pins = (restruct(p, text=filled(by_run[p.run], p.text)) for p in standing(states))
        return Around(tuple(stack(state, by_run, kin)), tuple(kin.values()), tuple(pins))

    def incident(self, state: RunState) -> Iterator[RunState]:
        """All runs of an incident that can be read, the oldest first."""
        for run in self.of_incident(state):
            with suppress(StartingError):
                yield self.state(run)

    def of_incident(self, state: RunState) -> list[str]:
        """The runs of an incident, the oldest first; listed once and then kept."""
        if self._members is None:
            self._members = {}
            for one in reversed(self._journal.runs()):
                self._members.setdefault(one.incident, []).append(one.run)
        members = self._members.setdefault(state.incident, [])
        if state.run not in members:
            members.append(state.run)
        return members

    def open_ids(self) -> list[str]:
        """The ids of all open runs, the latest first."""
        return [one.run for one in self._journal.runs() if one.state not in ENDED]

    def runner(self, run: str) -> Runner:
        """The runner of a run, which is taken up when first asked for."""
        if run not in self._runners:
            self._runners[run] = take_up(self._journal, run)
            self._entries[run] = tuple(self._journal.entries(run))
        return self._runners[run]

    def keep(self, runner: Runner) -> None:
        """Know a run that was begun or taken up here."""
        run = runner.state.run
        self._runners[run] = runner
        self._entries[run] = tuple(self._journal.entries(run))
        self._here.add(run)
        self.of_incident(runner.state)

    def note_gap(self, run: str) -> Recorded | None:
        """Record once that the program was away from a run, before anything else is."""
        if run in self._here:
            return None
        self._here.add(run)
        runner = self.runner(run)
        noted = runner.note_gap(clean=self._clean(runner.state))
        if noted is not None:
            self._entries[run] += noted.entries
        return noted

    def record(self, run: str, command: Command, actor: Actor) -> Recorded | Refused:
        """Carry one command out in one run."""
        self.note_gap(run)
        done = self.runner(run).do(command, actor)
        if isinstance(done, Recorded):
            self._entries[run] += done.entries
        return done
