"""The place where each subject's module registers how its events are told."""

from __future__ import annotations

from functools import singledispatch

from runbook.report.names import Names
from runbook.run.event_base import Event


@singledispatch
def parts(event: Event, names: Names) -> list[str]:
    """The sentences that tell one event; every class has its own."""
    raise TypeError(f"no sentence for {type(event).__name__}, {len(names.procedure.steps)} steps")
