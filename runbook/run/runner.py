"""One run being worked: decide, record, evolve, in this order and never another.

The journal comes in as a protocol. Nothing here reports success before both are true: the
rules accepted the command, and the journal says its events are on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from runbook.procedure.model import Procedure
from runbook.run.commands import Command, Refused
from runbook.run.entry import PROGRAM, Actor, Entry
from runbook.run.events import Event, GapNoted, Mode, RunPrepared
from runbook.run.evolve import evolve, replay
from runbook.run.kept_site import kept_site
from runbook.run.people import in_role
from runbook.run.port import JournalPort, NotRecordedError, Receipt
from runbook.run.rules import decide
from runbook.run.state import ENDED, RunState

__all__ = [
    "JournalPort",
    "NotRecordedError",
    "Parse",
    "Receipt",
    "Recorded",
    "Runner",
    "prepare",
    "reopen",
]

Parse = Callable[[bytes, str, Mapping[str, str]], Procedure]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A command that was accepted and is on disk, and the state that follows from it."""

    entries: tuple[Entry, ...]
    state: RunState
    copies: int
    problem: str = ""

    @property
    def seq(self) -> int:
        """The number of the last entry."""
        return self.entries[-1].seq


class Runner:
    """Holds one run's latest state and the journal it is recorded in."""

    def __init__(self, journal: JournalPort, state: RunState) -> None:
        self._journal = journal
        self._state = state

    @property
    def state(self) -> RunState:
        """The state as recorded, never ahead of the disk."""
        return self._state

    def do(self, command: Command, actor: Actor) -> Recorded | Refused:
        """Carry out one command; raises NotRecordedError, and then nothing has moved."""
        actor = in_role(self._state, actor, getattr(command, "step", ""))
        decided = decide(self._state, command, actor, self._journal.now().astimezone(UTC))
        if isinstance(decided, Refused):
            return decided
        return self._record(decided, actor)

    def _record(self, events: Sequence[Event], actor: Actor) -> Recorded:
        """Make events durable, then move the state."""
        receipt = self._journal.append(self._state.run, self._state.mode, actor, events)
        for entry in receipt.entries:
            self._state = evolve(self._state, entry)
        return Recorded(receipt.entries, self._state, receipt.copies, receipt.problem)

    def note_gap(self, *, clean: bool) -> Recorded | None:
        """Record that the program was away from an open run; None when the run has ended."""
        state = self._state
        if state.status in ENDED or state.last_at is None:
            return None
        seconds = int((self._journal.now() - state.last_at).total_seconds())
        gap = GapNoted(
            after_seq=state.last_seq,
            last_utc=state.last_at.isoformat(),
            seconds=seconds,
            clean=clean,
            status=state.status,
        )
        return self._record((gap,), PROGRAM)


def prepare(
    journal: JournalPort,
    procedure: Procedure,
    data: bytes,
    header: RunPrepared,
    *,
    mode: Mode,
    actor: Actor,
) -> Runner:
    """Freeze a procedure's text into a new run; `header.sha256` must be the hash of `data`."""
    if journal.keep_text(data) != header.sha256:
        raise ValueError("the text to keep is not the text that was parsed")
    receipt = journal.append(journal.new_run(), mode, actor, (header,))
    site = kept_site(journal.text, header.site_sha256)
    return Runner(journal, replay(receipt.entries, procedure, site))


def reopen(journal: JournalPort, run: str, parse: Parse) -> Runner:
    """Take up a run from its entries and its kept text; KeyError when there is no such run."""
    entries = tuple(journal.entries(run))
    if not entries:
        raise KeyError(run)
    first = entries[0].event
    assert isinstance(first, RunPrepared)
    procedure = parse(journal.text(first.sha256), first.file, first.values)
    site = kept_site(journal.text, first.site_sha256)
    return Runner(journal, replay(entries, procedure, site))
