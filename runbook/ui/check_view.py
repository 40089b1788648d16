"""What a step is held to, in words: its decider and criteria, a second person, its target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import Step, StepKind, TwoPerson
from runbook.report.words import duration
from runbook.run.criteria import criteria_of
from runbook.run.event_base import Criterion, Verdict
from runbook.run.events import Status
from runbook.run.filling import unknown_places
from runbook.run.holds import Decider, deputy, holder, holds_without_go
from runbook.run.identity import is_proved, wanted_text
from runbook.run.state import SETTLED, Attempt, RunState
from runbook.ui.step_words import condition_words, time_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line and its tone: good, warn, bad, dim or strong."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class TargetView:
    """What has to be typed to prove the target, and what was; `unknown` when no value is set."""

    step: str
    attempt: int
    wanted: str
    typed: str
    is_proved: bool
    unknown: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    """All that a step is held to, beyond its readings and warnings."""

    lines: tuple[CheckLine, ...] = ()
    target: TargetView | None = None


def check_of(state: RunState, step: Step) -> CheckView:
    """What a step is held to as the run stands; nothing for one that is settled."""
    if state.status_of(step.id) in SETTLED:
        return CheckView()
    return CheckView(tuple(_lines(state, step)), _target(state, step))


def _target(state: RunState, step: Step) -> TargetView | None:
    last = state.record(step.id).last
    if not step.type_text or last.status is Status.VERIFY:
        return None
    wanted = wanted_text(state, step)
    proved = is_proved(state, step)
    unknown = bool(unknown_places(wanted))
    return TargetView(step.id, last.number, wanted, last.typed, proved, unknown)


def _lines(state: RunState, step: Step) -> Iterator[CheckLine]:
    last = state.record(step.id).last
    yield from _behind(state, step)
    if step.kind is StepKind.HOLD:
        yield from _hold(state, step, last)
    if last.status is Status.VERIFY:
        yield from _to_verify(step, last)
    elif last.objection:
        words = translate("Check", "Not confirmed: {what}").format(what=last.objection)
        yield CheckLine(words, "bad")
    elif step.two_person is not None:
        yield CheckLine(_two(step), "dim")


def _behind(state: RunState, step: Step) -> Iterator[CheckLine]:
    shut = holds_without_go(state, step)
    if shut:
        numbers = ", ".join(state.step(hold).number for hold in shut)
        words = translate("Check", "Behind the hold point {numbers}, which has no go.")
        yield CheckLine(words.format(numbers=numbers), "bad")


def _two(step: Step) -> str:
    if step.two_person is TwoPerson.SEPARATELY:
        return translate("Check", "A second person looks separately afterwards; others go on.")
    return translate("Check", "A second person looks with you and confirms it after you.")


def _to_verify(step: Step, last: Attempt) -> Iterator[CheckLine]:
    words = translate("Check", "{who} says it is done, {time}. Somebody else confirms it.")
    if last.pending is not None:
        words = translate(
            "Check", "{who} has decided “{label}”, {time}. Somebody else confirms it."
        )
    told = words.format(who=last.by, time=time_words(last.submitted), label=last.label)
    yield CheckLine(told, "strong")
    if step.two_person is TwoPerson.SEPARATELY:
        words = translate("Check", "Look for yourself, without {who}, then press V.")
    else:
        words = translate("Check", "Look together, then press V.")
    yield CheckLine(words.format(who=last.by), "dim")


def _hold(state: RunState, step: Step, last: Attempt) -> Iterator[CheckLine]:
    if last.status is Status.HOLD:
        words = translate("Check", "◆ HOLD. Asked {time}.").format(time=time_words(last.asked))
        yield CheckLine(words, "strong")
    elif last.status is not Status.VERIFY:
        yield CheckLine(translate("Check", "Hold point: ask for the decision."), "strong")
    yield from _deciders(state, step)
    for criterion in criteria_of(state, step):
        yield _criterion(state, criterion)


def _deciders(state: RunState, step: Step) -> Iterator[CheckLine]:
    first, second = holder(state, step), deputy(state, step)
    words = translate("Check", "Decides: {who}").format(who=named(first))
    yield CheckLine(words, "" if first.name else "bad")
    if second is None:
        return
    if second.since is None:
        after = duration((step.hold.deputy_after_s or 0) if step.hold else 0)
        words = translate("Check", "No answer after {time}: {who}")
        yield CheckLine(words.format(time=after, who=named(second)), "dim")
    else:
        words = translate("Check", "From {time} also: {who}")
        yield CheckLine(words.format(time=time_words(second.since), who=named(second)), "dim")


def named(decider: Decider) -> str:
    """A person with the role; that nobody holds it when so."""
    if not decider.name:
        words = translate("Check", "{role} (nobody holds this role)")
        return words.format(role=decider.role)
    return f"{decider.name} ({decider.role})" if decider.role else decider.name


def _criterion(state: RunState, found: Criterion) -> CheckLine:
    text = condition_words(state.procedure, found.text)
    match found.verdict:
        case Verdict.MET:
            words, tone = translate("Check", "✓ Go when {text}: met ({seen})"), "good"
        case Verdict.NOT_MET:
            words, tone = translate("Check", "✗ Go when {text}: not met ({seen})"), "bad"
        case Verdict.UNREAD:
            words, tone = translate("Check", "? Go when {text}: no reading yet"), "warn"
        case Verdict.JUDGED:
            words, tone = translate("Check", "○ Go when {text}"), ""
    return CheckLine(words.format(text=text, seen=found.seen), tone)
