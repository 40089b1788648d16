"""What a step says of time: how long it waits, what is watched, by when it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Procedure, Step, StepKind
from runbook.report.sentences import fill
from runbook.report.words import duration
from runbook.run.changes_time import repetitions_of
from runbook.run.state import RunState
from runbook.run.timed import Repetition
from runbook.ui.step_words import Line, condition_words, deadline_words

translate = QCoreApplication.translate
_LAST = 3


def time_lines(procedure: Procedure, step: Step, values: Mapping[str, str]) -> Iterator[Line]:
    """The labelled words about time, in the order they are met."""
    for kind, label, text in _told(procedure, step):
        if text:
            yield Line(kind, label, fill(text, values))


def _told(procedure: Procedure, step: Step) -> Iterator[tuple[str, str, str]]:
    if step.kind is StepKind.WAIT and step.wait_s is not None:
        words = translate("StepPanel", "{time}; nothing after it begins before it is over")
        wait = words.format(time=duration(step.wait_s))
        yield "wait", translate("StepPanel", "Wait"), wait
    if step.kind is StepKind.WATCH and step.every_s is not None:
        yield "every", translate("StepPanel", "Look every"), duration(step.every_s)
    yield "until", translate("StepPanel", "Until"), step.until
    for when in step.whens:
        condition = condition_words(procedure, when.text)
        yield "when", translate("StepPanel", "When"), f"{condition}: {when.then}".strip(": ")
    if step.within is not None:
        yield "within", translate("StepPanel", "Due"), deadline_words(procedure, step.within)
    yield "if_missed", translate("StepPanel", "If missed"), step.if_missed


def waits_words(state: RunState, step: str) -> str:
    """What a step waits for and until when, and how often a repeated step was done."""
    found = (_wait(state, step), _repeated(state, step))
    return "\n".join(words for words in found if words)


def _wait(state: RunState, step: str) -> str:
    wait = state.wait_of(step)
    if wait is None:
        return ""
    at = wait.due.astimezone().strftime("%H:%M:%S")
    if wait.is_outside:
        words = translate("StepPanel", "… Waiting for {what}, expected by {time}.")
        return words.format(what=wait.what, time=at)
    return translate("StepPanel", "… Waiting until {time}.").format(time=at)


def _repeated(state: RunState, step: str) -> str:
    """The repetitions so far, the last ones with what was read."""
    done = repetitions_of(state, step, state.record(step).last.number)
    if not done:
        return ""
    last = "   ".join(_repetition(one) for one in done[-_LAST:])
    return translate("StepPanel", "Done {n} times. {last}").format(n=len(done), last=last)


def _repetition(one: Repetition) -> str:
    values = ", ".join(value for _, value in one.values)
    told = " ".join(part for part in (values, one.remark) if part)
    return f"{one.number}: {one.at.astimezone():%H:%M:%S} {told}".strip()
