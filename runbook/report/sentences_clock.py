"""How disagreement with what was worked out is told."""

from __future__ import annotations

from runbook.report.names import Names
from runbook.report.telling import parts
from runbook.report.words import labelled, local
from runbook.run.events_clock import AdviceDisputed


@parts.register
def _disputed(event: AdviceDisputed, _names: Names) -> list[str]:
    own = f"“{event.own}”, that is {local(event.until)}" if event.until else f"“{event.own}”"
    return [
        f"Disagreed with a time that was worked out: {event.label or event.advice}.",
        labelled("Shown", local(event.shown) or "not known"),
        labelled("Own figure", own),
        labelled("Reason", event.reason),
    ]
