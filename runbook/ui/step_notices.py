"""What a step asks for that Runbook shows but does not hold anybody to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Procedure, Step, StepKind
from runbook.report.sentences import fill
from runbook.report.words import duration
from runbook.ui.step_words import condition_words, deadline_words

translate = QCoreApplication.translate


def notices_of(procedure: Procedure, step: Step, values: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence for each such thing, in the order it is met; empty for a plain step."""
    told = (fill(text, values) for text in _told(procedure, step))
    return tuple(text for text in told if text)


def _told(procedure: Procedure, step: Step) -> Iterator[str]:
    yield from _by_kind(procedure, step)
    if step.within is not None:
        missed = step.within.if_missed
        yield translate("StepPanel", "Deadline: {within}.").format(
            within=deadline_words(procedure, step.within)
        )
        yield translate("StepPanel", "If missed: {what}").format(what=missed) if missed else ""


def _by_kind(procedure: Procedure, step: Step) -> Iterator[str]:
    match step.kind:
        case StepKind.WATCH:
            yield from _watch(procedure, step)
        case StepKind.WAIT if step.wait_s is not None:
            yield translate("StepPanel", "Nothing may follow before {time} have passed.").format(
                time=duration(step.wait_s)
            )
            yield _if_missed(step)
        case StepKind.TALK if step.read_back:
            yield translate("StepPanel", "Have the message read back, and log the call: C.")


def _watch(procedure: Procedure, step: Step) -> Iterator[str]:
    if step.every_s is not None:
        yield translate("StepPanel", "Keep watching: look again every {time}.").format(
            time=duration(step.every_s)
        )
    if step.until:
        yield translate("StepPanel", "Until: {what}").format(what=step.until)
    for when in step.whens:
        yield translate("StepPanel", "When {condition}: {then}").format(
            condition=condition_words(procedure, when.text), then=when.then
        )
    yield _if_missed(step)


def _if_missed(step: Step) -> str:
    return (
        translate("StepPanel", "If missed: {what}").format(what=step.if_missed)
        if step.if_missed
        else ""
    )
