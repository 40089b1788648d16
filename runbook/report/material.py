"""What a report is made from: the run's entries with their proof, its state and its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from runbook.journal.codec import Sealed, decode
from runbook.procedure.model import Procedure
from runbook.report.earlier import earlier_lengths
from runbook.report.stack import stack_of
from runbook.run.entry import Entry
from runbook.run.events import RunPrepared
from runbook.run.evolve import BrokenRunError, replay
from runbook.run.kept_site import kept_site
from runbook.run.state import RunState

Parse = Callable[[bytes, str, Mapping[str, str]], Procedure]


class Source(Protocol):
    """Where a report takes its run from: a journal, or a reader of one."""

    def sealed(self, run: str) -> Iterable[Sealed]:
        """All entries of a run in their order, as they lie on disk."""
        ...

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        ...


@dataclass(frozen=True, slots=True)
class Material:
    """One run as a report needs it; nothing else is looked at.

    `sealed` and `entries` are the same acts in the same order, as kept and as understood.
    """

    sealed: tuple[Sealed, ...]
    entries: tuple[Entry, ...]
    state: RunState
    text: bytes
    typical: Mapping[str, int] = field(default_factory=dict)
    stack: tuple[str, ...] = ()


def gather(source: Source, run: str, parse: Parse) -> Material:
    """Everything about a run; KeyError when the source has no such run."""
    sealed = tuple(source.sealed(run))
    if not sealed:
        raise KeyError(run)
    entries = tuple(decode(s.raw) for s in sealed)
    first = entries[0].event
    if not isinstance(first, RunPrepared):
        raise BrokenRunError(f"The record of run {run} does not begin with its preparation.")
    text = source.text(first.sha256)
    procedure = parse(text, first.file, first.values)
    site = kept_site(source.text, first.site_sha256)
    state = replay(entries, procedure, site)
    typical = earlier_lengths(source, state, parse)
    stack = stack_of(state.run, state.prepared, lambda other: _first(source, other))
    return Material(sealed, entries, state, text, typical, stack)


def _first(source: Source, run: str) -> Entry | None:
    """The entry that a run begins with."""
    sealed = next(iter(source.sealed(run)), None)
    return decode(sealed.raw) if sealed is not None else None
