"""What an operator may do at the step on screen: one table, each act with words and a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from runbook.procedure.model import StepKind
from runbook.run.choices import is_decided
from runbook.run.events import RunStatus, Status
from runbook.run.state import RunState
from runbook.ui.step_view import StepView
from runbook.ui.step_words import place_words

translate = QCoreApplication.translate
WORKED = (RunStatus.RUNNING, RunStatus.ABORTING)
_UNDONE = (Status.OPEN, Status.ACTIVE, Status.DEFERRED, Status.FAILED)
_SETTLED = (Status.DONE, Status.DONE_DEV, Status.SKIPPED, Status.NOT_APPLICABLE)


class What(StrEnum):
    """The acts at a step and at the run; the values are part of object names."""

    START = "start"
    DONE = "done"
    ACKNOWLEDGE = "acknowledge"
    FAIL = "fail"
    RETRY = "retry"
    ALTERNATIVE = "alternative"
    SKIP = "skip"
    DEFER = "defer"
    NOTE = "note"
    READ = "read"
    TAKE = "take"
    NOT_APPLICABLE = "not_applicable"
    REOPEN = "reopen"
    RESUME = "resume"
    COMPLETE = "complete"
    FINISH_ABORT = "finish_abort"
    CLOSE = "close"
    SAME = "same"
    REPORT = "report"
    FILL = "fill"
    STEP_UP = "step_up"
    VACATE = "vacate"
    PREPARE = "prepare"
    ANSWER = "answer"
    ACCEPT = "accept"
    GIVE_UP = "give_up"
    TAKE_OVER = "take_over"
    SHEET = "sheet"
    CALL = "call"
    LEAVE = "leave"
    BY_PAPER = "by_paper"
    GO_CALLED = "go_called"
    GO_ON = "go_on"
    RETURN = "return"
    GATE = "gate"
    ASK = "ask"
    TYPE = "type"
    UNTYPED = "untyped"
    SIGN = "sign"
    DISAGREE = "disagree"
    UNVERIFIED = "unverified"
    AWAIT = "await"
    CAME = "came"
    REPEAT = "repeat"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Act:
    """One button: what it does, its words, its key, and whether it may be pressed now."""

    what: What
    words: str
    key: str
    enabled: bool = True
    primary: bool = False
    minor: bool = False
    detail: str = ""

    @property
    def kind(self) -> str:
        """How much it weighs on screen."""
        return "primary" if self.primary else "minor" if self.minor else "act"


def acts_of(state: RunState, view: StepView) -> tuple[Act, ...]:
    """The acts at a step as the run stands, the likeliest first."""
    if state.status is RunStatus.PREPARED:
        return (Act(What.START, translate("Acts", "Begin the run"), "Enter", primary=True),)
    if state.status is RunStatus.PAUSED:
        resume = Act(What.RESUME, translate("Acts", "Resume the run"), "P", primary=True)
        return (resume, _note())
    if state.status not in WORKED:
        return (_note(),)
    return tuple(_in_hand(state, view) if view.current else _looking(state, view))


def _in_hand(state: RunState, view: StepView) -> Iterator[Act]:
    if view.status is Status.VERIFY:
        yield from _to_verify()
        return
    if view.status is Status.FAILED:
        yield from _after_failure(state, view)
    else:
        yield from _work(state, view)
    yield Act(What.SKIP, translate("Acts", "Skip…"), "S", minor=True)
    yield Act(What.DEFER, translate("Acts", "Defer…"), "D", minor=True)
    if _may_wait(state, view):
        yield Act(What.AWAIT, translate("Acts", "Wait for somebody…"), "H", minor=True)
    if view.readings and view.status is not Status.FAILED:
        yield Act(What.READ, translate("Acts", "Reading"), "R", minor=True)
    yield _note()
    if view.status is Status.OPEN:
        yield Act(What.TAKE, translate("Acts", "Take the step"), "T", minor=True)
    if view.status is not Status.FAILED:
        yield Act(What.NOT_APPLICABLE, translate("Acts", "Does not apply…"), "X", minor=True)


def _may_wait(state: RunState, view: StepView) -> bool:
    """True for a step that can be put to waiting for somebody outside."""
    workable = view.status in (Status.OPEN, Status.ACTIVE, Status.DEFERRED)
    return workable and state.step(view.step).kind is not StepKind.WATCH


def _work(state: RunState, view: StepView) -> Iterator[Act]:
    wait = state.wait_of(view.step)
    if wait is not None and wait.is_outside:
        yield Act(What.CAME, translate("Acts", "The answer came…"), "Enter", primary=True)
        yield Act(What.AWAIT, translate("Acts", "Wait longer…"), "H", minor=True)
        return
    yield from _worked(state, view)
    step = state.step(view.step)
    if step.repeat or step.stop_when:
        yield Act(What.REPEAT, translate("Acts", "Once more…"), "+")
    if step.missed_go and step.missed_go.startswith("#"):
        place = place_words(state, step.missed_go)
        yield Act(What.MISSED, translate("Acts", "Missed: go to {place}").format(place=place), "L")


def _worked(state: RunState, view: StepView) -> Iterator[Act]:
    if view.unread:
        words = translate("Acts", "I have read the warning")
        yield Act(What.ACKNOWLEDGE, words, "A", primary=True)
    target = view.check.target
    untyped = target is not None and not target.is_proved
    if untyped:
        words, first = translate("Acts", "Type the target"), not view.unread
        yield Act(What.TYPE, words, "Enter", enabled=first, primary=first)
    if is_decided(state.step(view.step)):
        yield from _to_decide(state, view)
        return
    may = not view.unread and not untyped
    yield Act(
        What.DONE,
        _done_words(state, view),
        "" if untyped else "Enter",
        enabled=may,
        primary=may,
        detail=_why_not(view, untyped=untyped),
    )
    yield Act(What.FAIL, translate("Acts", "Not as expected…"), "F")
    if untyped:
        yield Act(What.UNTYPED, translate("Acts", "Without typing…"), "!", minor=True)


def _why_not(view: StepView, *, untyped: bool) -> str:
    """Why Done is not open yet; empty when it is."""
    if view.unread:
        return translate("Acts", "after you have read the warning")
    return translate("Acts", "after you have typed the target") if untyped else ""


def _to_decide(state: RunState, view: StepView) -> Iterator[Act]:
    """At a hold point that nobody has asked about, the asking comes first."""
    if state.step(view.step).kind is StepKind.HOLD and view.status is not Status.HOLD:
        yield Act(What.ASK, translate("Acts", "Ask for the decision"), "Enter", primary=True)


def _to_verify() -> Iterator[Act]:
    """What a second person may say, and the way on without one."""
    yield Act(What.SIGN, translate("Acts", "Second person confirms…"), "V", primary=True)
    yield Act(What.DISAGREE, translate("Acts", "Not so…"), "F")
    yield Act(What.UNVERIFIED, translate("Acts", "No second person…"), "!", minor=True)
    yield _note()


def _done_words(state: RunState, view: StepView) -> str:
    step = state.step(view.step)
    if step.kind is StepKind.WATCH:
        return translate("Acts", "Watch it from now on")
    if step.kind is StepKind.WAIT and state.wait_of(view.step) is None:
        return translate("Acts", "Begin the wait")
    expect = state.step(view.step).expect
    if not expect:
        return translate("Acts", "Done")
    filled = next((line.text for line in view.lines if line.kind == "expect"), expect)
    return translate("Acts", "Done: {expected}").format(expected=filled)


def _after_failure(state: RunState, view: StepView) -> Iterator[Act]:
    yield Act(What.RETRY, translate("Acts", "Try again"), "Y", primary=True)
    step = state.step(view.step)
    go = step.if_not.go if step.if_not else None
    if go and state.plan.target(go) is not None:
        words = translate("Acts", "Go to {place}").format(place=place_words(state, go))
        yield Act(What.ALTERNATIVE, words, "L")


def _looking(state: RunState, view: StepView) -> Iterator[Act]:
    """Acts at a step that is only looked at: each opens a form, none settles by one key."""
    if view.status is Status.VERIFY:
        yield from _to_verify()
        return
    if view.status in _UNDONE and state.status in WORKED:
        yield Act(What.TAKE, translate("Acts", "Take this step…"), "T")
    own = state.record(view.step).last.status
    if own in _SETTLED:
        yield Act(What.REOPEN, translate("Acts", "Reopen…"), "O")
    yield _note()


def _note() -> Act:
    return Act(What.NOTE, translate("Acts", "Note"), "N", minor=True)
