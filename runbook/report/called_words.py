"""The run that a step called, in words."""

from __future__ import annotations

from runbook.report.words import RUN_STATUS, labelled
from runbook.run.state import Called


def called_words(called: Called | None) -> str:
    """Which run was called, how it ended, and why it was not waited for; empty for none."""
    if called is None:
        return ""
    how = RUN_STATUS[called.ended].lower() if called.ended else "not ended"
    told = f"Called: {called.title}, run {called.run}, {how}."
    return " ".join(p for p in (told, labelled("Not waited for", called.went_on)) if p)
