"""The criteria of a hold point beside what was read: met, not met, not read yet, or words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from runbook.procedure.conditions import parse_condition
from runbook.procedure.labels import words_for
from runbook.procedure.model import Step
from runbook.procedure.step_model import Comparator, Comparison, Condition
from runbook.run.event_base import Criterion, Verdict
from runbook.run.filling import fill, values_of
from runbook.run.mend import record_of
from runbook.run.readings import NotAValue, canonical
from runbook.run.state import Reading, RunState

OPEN_VERDICTS = (Verdict.NOT_MET, Verdict.UNREAD)


def criteria_of(state: RunState, step: Step) -> tuple[Criterion, ...]:
    """Every `Go when` of a hold point as it stands now; none for other steps."""
    return tuple(_criterion(state, text) for text in step.hold.go_when) if step.hold else ()


def open_criteria(criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Those that speak against a go: not met, or without a reading."""
    return tuple(c for c in criteria if c.verdict in OPEN_VERDICTS)


def holds(state: RunState, condition: Condition) -> bool:
    """True when the latest readings make a condition true; what was not read makes none true."""
    return _verdict(state, condition) is Verdict.MET


def _criterion(state: RunState, text: str) -> Criterion:
    filled = fill(text, values_of(state))
    condition = parse_condition(text, words_for(state.procedure.front.lang))
    if condition is None:
        return Criterion(text=filled, verdict=Verdict.JUDGED)
    return Criterion(
        text=filled, verdict=_verdict(state, condition), seen="; ".join(_seen(state, condition))
    )


def _verdict(state: RunState, condition: Condition) -> Verdict:
    """Any alternative that holds is enough; one that lacks a reading may still come to hold."""
    found = [_all(state, group) for group in condition.any_of]
    if any(found):
        return Verdict.MET
    return Verdict.UNREAD if None in found else Verdict.NOT_MET


def _all(state: RunState, group: tuple[Comparison, ...]) -> bool | None:
    """Whether all of these hold; None while a reading is missing and none is false."""
    found = [_holds(state, comparison) for comparison in group]
    if False in found:
        return False
    return None if None in found else True


def _holds(state: RunState, comparison: Comparison) -> bool | None:
    reading = state.latest(comparison.name)
    left = reading.value if reading else state.prepared.values.get(comparison.name)
    right = fill(comparison.value, values_of(state))
    if left is None or "{{" in right:
        return None
    return _compare(left, comparison.comparator, _alike(state, reading, right))


def _alike(state: RunState, reading: Reading | None, right: str) -> str:
    """A written value in the form in which readings are kept: `ja` as yes, `22,5` as 22.5."""
    record = record_of(state, reading.step, reading.name) if reading else None
    value = canonical(record, right) if record else right
    return right if isinstance(value, NotAValue) else value


def _compare(left: str, how: Comparator, right: str) -> bool | None:
    """Numbers as numbers, all else as words; words have no order, times of day do."""
    order = _order(left, right)
    match how:
        case Comparator.EQ:
            return order == 0
        case Comparator.NE:
            return order != 0
        case Comparator.LE:
            return order <= 0
        case Comparator.LT:
            return order < 0
        case Comparator.GE:
            return order >= 0
        case Comparator.GT:
            return order > 0


def _order(left: str, right: str) -> int:
    one, other = _number(left), _number(right)
    if one is not None and other is not None:
        return (one > other) - (one < other)
    first, second = left.casefold(), right.casefold()
    return (first > second) - (first < second)


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _seen(state: RunState, condition: Condition) -> Iterator[str]:
    """The readings that a condition was held against, each told once."""
    names = dict.fromkeys(c.name for group in condition.any_of for c in group)
    for name in names:
        reading = state.latest(name)
        if reading is not None:
            yield f"{reading.label or name} {reading.shown}"
        elif name in state.prepared.values:
            yield f"{name} {state.prepared.values[name]}"
        else:
            yield f"{_label(state, name)}: no reading yet"


def _label(state: RunState, name: str) -> str:
    """How a reading is called that nobody has taken."""
    labels = (r.label for s in state.procedure.steps for r in s.records if r.name == name)
    return next(labels, "") or name
