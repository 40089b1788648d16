"""What a watch says of its thresholds: when the readings so far will have run into them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Step, StepKind
from runbook.run.resource import resource_clocks
from runbook.run.safe_start import thresholds
from runbook.run.state import RunState
from runbook.ui.step_words import time_words

translate = QCoreApplication.translate


def thresholds_told(state: RunState, step: Step) -> Iterator[tuple[str, str]]:
    """Label and words for each threshold that a reading runs into: when it will be there."""
    if step.kind is not StepKind.WATCH:
        return
    clocks = {clock.name: clock for clock in resource_clocks(state)}
    for found in thresholds(state, clocks):
        if found.step == step.id and found.at is not None:
            value = f"{found.clock.label} {found.value:g} {found.clock.unit}".strip()
            words = translate("Clocks", "about {time}, by the readings so far")
            yield value, words.format(time=time_words(found.at))
