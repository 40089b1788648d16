"""Words of a procedure as a person reads them in a run: with every known value filled in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Procedure
from runbook.report.sentences import fill
from runbook.run.state import RunState


def known_values(state: RunState) -> Mapping[str, str]:
    """What may stand for `{{name}}`: the run's frozen values, then what was read.

    For a reading that nobody has taken stand its own words, so that nobody reads a name aloud.
    """
    read = {r.name: r.value for r in state.readings if not r.withdrawn}
    known = {**state.prepared.values, **read}
    used = {use.name for use in state.procedure.value_uses}.difference(known)
    return {**_not_read(state.procedure, used), **known} if used else known


def _not_read(procedure: Procedure, names: set[str]) -> dict[str, str]:
    words = QCoreApplication.translate("Filled", "({label}: not read yet)")
    records = (r for s in procedure.steps for r in s.records if r.name in names)
    return {r.name: words.format(label=r.label) for r in records}


def filled(state: RunState, text: str) -> str:
    """A text with its values; most have none and cost nothing."""
    return fill(text, known_values(state)) if "{{" in text else text


def step_words(state: RunState, step_id: str) -> str:
    """A step as it is named wherever it is mentioned: number and words."""
    step = state.step(step_id)
    return f"{step.number} {filled(state, step.text)}"
