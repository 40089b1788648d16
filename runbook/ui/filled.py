"""Words of a procedure as a person reads them in a run: with every known value filled in."""

from __future__ import annotations

from collections.abc import Mapping

from runbook.report.sentences import fill
from runbook.run.state import RunState


def known_values(state: RunState) -> Mapping[str, str]:
    """What may stand for `{{name}}`: the run's frozen values, then what was read."""
    read = {r.name: r.value for r in state.readings if not r.withdrawn}
    return {**state.prepared.values, **read}


def filled(state: RunState, text: str) -> str:
    """A text with its values; most have none and cost nothing."""
    return fill(text, known_values(state)) if "{{" in text else text


def step_words(state: RunState, step_id: str) -> str:
    """A step as it is named wherever it is mentioned: number and words."""
    step = state.step(step_id)
    return f"{step.number} {filled(state, step.text)}"
