"""What a report is made from: the run's entries with their proof, its state and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from runbook.procedure.model import Procedure
from runbook.run.entry import Entry
from runbook.run.events import RunPrepared
from runbook.run.evolve import replay
from runbook.run.state import RunState

Parse = Callable[[bytes, str], Procedure]


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry with its hash and signature, in hex, as the journal keeps them."""

    entry: Entry
    hash: str
    sig: str = ""


class Source(Protocol):
    """Where a report takes its run from: a journal, or an exported copy of one."""

    def sealed(self, run: str) -> Iterable[SealedEntry]:
        """All entries of a run in their order, each with its proof."""
        ...

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """One run as a report needs it; nothing else is looked at."""

    sealed: tuple[SealedEntry, ...]
    state: RunState
    text: bytes

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The run's entries without their proof."""
        return tuple(sealed.entry for sealed in self.sealed)


def gather(source: Source, run: str, parse: Parse) -> Material:
    """Everything about a run; KeyError when the source has no such run."""
    sealed = tuple(source.sealed(run))
    if not sealed:
        raise KeyError(run)
    first = sealed[0].entry.event
    if not isinstance(first, RunPrepared):
        raise KeyError(f"{run} does not begin with its preparation")
    text = source.text(first.sha256)
    state = replay((s.entry for s in sealed), parse(text, first.file))
    return Material(sealed, state, text)
