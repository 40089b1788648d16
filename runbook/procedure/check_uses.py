"""Rules for what is asked for: conditions and `{{values}}` need a reading taken before them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from runbook.procedure.conditions import parse_condition
from runbook.procedure.model import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.check_case import Case
    from runbook.procedure.findings import Placed
    from runbook.procedure.model import Condition, Section, ValueUse

_BEFOREHAND = frozenset({"Expect", "Say", "Type", "Within", "Why"})
"""Labels whose words are read before the readings of their own step are taken."""
_MOST_TAKERS = 50


def check_uses(case: Case) -> None:
    """Check all conditions, then all values in the text."""
    for step in case.procedure.steps:
        for condition, at in _conditions(step, case):
            for name in sorted({c.name for group in condition.any_of for c in group}):
                _check_asked(name, step, at, case)
    _check_values(case)


def _check_asked(name: str, step: Step, at: Placed, case: Case) -> None:
    if name not in case.takers:
        case.findings.add(
            "reading-unknown",
            at,
            f"`{name}` is asked for here, but no step records it. Add `Record: {name} = …`.",
        )
    elif not _is_taken(name, step, case, in_step=True):
        message = f"`{name}` is asked for here but recorded only further down."
        case.findings.add("reading-later", at, message)


def _is_taken(name: str, step: Step, case: Case, *, in_step: bool) -> bool:
    """Whether a reading may have been taken when a step is worked."""
    takers = case.takers[name]
    if in_step and any(taker is step for taker in takers):
        return True
    return any(case.before.may_precede(taker, step) for taker in takers[:_MOST_TAKERS])


def _conditions(step: Step, case: Case) -> Iterator[tuple[Condition, Placed]]:
    for when in step.whens:
        if when.condition is not None:
            yield when.condition, when
    if step.hold is None:
        return
    labels = [label for label in step.labels if label.key == "Go when"]
    for text, label in zip(step.hold.go_when, labels, strict=True):
        condition = parse_condition(text, case.words)
        if condition is not None:
            yield condition, label


def _check_values(case: Case) -> None:
    """Every `{{name}}` must be a value of the file or site, or a reading taken before."""
    set_here = {**case.procedure.front.values, **(case.site.values if case.site else {})}
    text = _Text(case)
    for use in case.procedure.value_uses:
        if use.name in set_here:
            continue
        if use.name in case.takers:
            _check_use(use, text, case)
        elif case.site is not None:
            case.findings.add(
                "value-unset",
                use,
                f"`{{{{{use.name}}}}}` has no value here. Set it under `values` or in site.toml.",
            )


def _check_use(use: ValueUse, text: _Text, case: Case) -> None:
    step, in_step = text.reader_of(use)
    if step is not None and not _is_taken(use.name, step, case, in_step=in_step):
        case.findings.add(
            "reading-later",
            use,
            f"`{{{{{use.name}}}}}` stands here, but the reading is taken only further down.",
        )


class _Text:
    """Which step is at work when a line of the text is read."""

    def __init__(self, case: Case) -> None:
        self._before = case.before
        parts: list[Section | Step] = [*case.procedure.sections, *case.procedure.steps]
        self._parts = sorted(parts, key=lambda part: part.line)
        self._lines = [part.line for part in self._parts]

    def reader_of(self, use: ValueUse) -> tuple[Step | None, bool]:
        """The step that is worked then, and whether it may have taken its own readings."""
        place = bisect_right(self._lines, use.line) - 1
        part = self._parts[place] if place >= 0 else None
        if not isinstance(part, Step):
            return self._before.first_in(part), False
        before = [label.key for label in part.labels if label.line <= use.line]
        return part, bool(before) and before[-1] not in _BEFOREHAND
