"""Who called whom, down to one run: read from the first entries of the runs above it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from runbook.run.entry import Entry
from runbook.run.events import RunPrepared

First = Callable[[str], Entry | None]
_DEEPEST: Final = 20


def stack_of(run: str, header: RunPrepared, first_of: First) -> tuple[str, ...]:
    """The runs that called each other down to this one, outermost first, each with its id."""
    chain = [f"{header.title} ({run})"]
    while header.begun_as == "called" and len(chain) < _DEEPEST:
        entry = first_of(header.called_by_run)
        if entry is None or not isinstance(entry.event, RunPrepared):
            chain.append(header.called_by_run)
            break
        header = entry.event
        chain.append(f"{header.title} ({entry.run})")
    return tuple(reversed(chain))
