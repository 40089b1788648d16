"""What applies and what comes next: derived from the text and the decisions, never stored.

`walk` lays a `Route` through a plan with the decisions taken. Going forward makes what is
passed over not applicable; sections on request are entered by a link only and return to
where it stood. Going back starts new attempts, which `evolve` does: a route itself only ever
goes forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from runbook.procedure.plan import Plan
from runbook.run.choices import Choice

ON_REQUEST = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a step does not apply: the step that decided it, and the words of that decision.

    An empty step means a section on request to which no link has led.
    """

    step: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The steps that apply, in walking order, and why the others do not.

    `back` is a decision whose option leads back once its own sub-steps are settled: the
    decision, the target step and the last of these sub-steps.
    """

    order: tuple[str, ...]
    not_applicable: Mapping[str, Why]
    position: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    back: tuple[str, str, str] | None = None


def walk(plan: Plan, choices: Mapping[str, Choice], gone: Mapping[str, str]) -> Route:
    """Lay the route that these decisions and alternatives make.

    `choices` are the decisions as they stand, by step; `gone` maps a failed step to the
    `#id` that was taken instead of trying again.
    """
    return _Walk(plan, choices, gone).route()


def walk_back(
    plan: Plan, choices: Mapping[str, Choice], gone: Mapping[str, str], touched: Iterable[str]
) -> Route:
    """The route of an aborting run: the way back, then what was touched before.

    What did not apply before does not apply now, unless the way back leads there. Nothing else
    stops applying: it stays open and is not reached when the run ends.
    """
    before = walk(plan, choices, gone).not_applicable
    laid = _Walk(plan, choices, gone)
    for section in dict.fromkeys(plan.detour[step] for step in plan.way_back):
        laid.begin_in(section)
        laid.to_the_end()
    ours = laid.seen.union(plan.way_back)
    na = {step: why for step, why in before.items() if step not in ours} | laid.na
    order = [*laid.order, *(step for step in touched if step not in laid.seen | na.keys())]
    return _route(order, na, laid.back)


def _route(order: list[str], na: dict[str, Why], back: tuple[str, str, str] | None) -> Route:
    position = {step: i for i, step in enumerate(order)}
    return Route(tuple(order), MappingProxyType(na), MappingProxyType(position), back)


class _Walk:
    """One walk along the plan, with the places to return to from sections on request."""

    def __init__(self, plan: Plan, choices: Mapping[str, Choice], gone: Mapping[str, str]) -> None:
        self.plan = plan
        self.choices = choices
        self.gone = gone
        self.order: list[str] = []
        self.seen: set[str] = set()
        self.na: dict[str, Why] = {}
        self.returns: list[tuple[int, int]] = []
        self.at = 0
        self.end = len(plan.flat)
        self.inside: str | None = None
        self.after: dict[str, tuple[str, Choice]] = {}
        self.back: tuple[str, str, str] | None = None

    def route(self) -> Route:
        """Walk to the end and say why the rest does not apply."""
        self.to_the_end()
        for step in self.plan.flat:
            if step not in self.seen and step not in self.na:
                self.na[step] = Why(ON_REQUEST)
        return _route(self.order, self.na, self.back)

    def begin_in(self, section: str) -> None:
        """Begin in a section that is otherwise entered by a link."""
        self.inside, self.returns = section, []
        self.at, self.end = self.plan.span[section]

    def to_the_end(self) -> None:
        """Walk until nothing is left to return to."""
        while self._forward():
            pass

    def _forward(self) -> bool:
        """Take one place further; False at the end."""
        if self.at >= self.end:
            if not self.returns:
                return False
            self.at, self.end = self.returns.pop()
            self.inside = self._detour_at(self.at - 1)
            return True
        step = self.plan.flat[self.at]
        section = self.plan.detour.get(step)
        if section and section != self.inside:
            self.at = self.plan.span[section][1]
        elif step in self.seen or self._ruled_out(step):
            self.at += 1
        else:
            self._visit(step)
        return True

    def _detour_at(self, index: int) -> str | None:
        """The section on request in which a place of the plan lies."""
        return self.plan.detour.get(self.plan.flat[index]) if index >= 0 else None

    def _ruled_out(self, step_id: str) -> bool:
        """True when the step hangs on an option that was not taken; notes why."""
        step = self.plan.procedure.by_id[step_id]
        if step.parent is None:
            return False
        above = self.na.get(step.parent)
        choice = self.choices.get(step.parent)
        if above is None and step.option is not None and choice is not None:
            above = Why(step.parent, choice.label) if choice.option != step.option else None
        if above is not None:
            self.na[step_id] = above
        return above is not None

    def _visit(self, step: str) -> None:
        """The step applies; then follow what was decided at it."""
        self.na.pop(step, None)
        self.order.append(step)
        self.seen.add(step)
        self.at += 1
        choice = self.choices.get(step)
        last = self.plan.last_of_option.get((step, choice.option)) if choice else None
        if choice is not None and last is not None:
            self.after[last] = (step, choice)
        elif choice is not None:
            self._follow(step, step, choice)
        if step in self.gone:
            self._follow(step, step, Choice(0, self.gone[step]))
        if step in self.after:
            decision, chosen = self.after.pop(step)
            self._follow(decision, step, chosen)

    def _follow(self, decision: str, last: str, choice: Choice) -> None:
        """Stop, or go where the decision leads once its own sub-steps are behind."""
        if choice.stop:
            self._rule_out(self.at, len(self.plan.flat), Why(decision, choice.label))
            self.at, self.end, self.returns = 0, 0, []
            return
        target = self.plan.target(choice.go) if choice.go else None
        if target is None:
            return
        if target in self.seen and not self._enters(target):
            self.back = (decision, target, last)
            return
        self._go(target, Why(decision, choice.label))

    def _enters(self, target: str) -> bool:
        """True when going there enters a section on request, perhaps once more."""
        section = self.plan.detour.get(target)
        return section is not None and section != self.inside

    def _go(self, target: str, why: Why) -> None:
        """Jump ahead, or into a section on request."""
        there = self.plan.index[target]
        section = self.plan.detour.get(target)
        if section and section != self.inside:
            self._forget(section)
            self.returns.append((self.at, self.end))
            self.inside = section
            self.at, self.end = there, self.plan.span[section][1]
            return
        if not section and self.inside:
            self.at = self.returns[0][0] if self.returns else self.at
            self.returns, self.inside, self.end = [], None, len(self.plan.flat)
        self._rule_out(self.at, there, why)
        self.at = there

    def _forget(self, section: str) -> None:
        """A section entered once more stands where it is entered last."""
        start, end = self.plan.span[section]
        again = self.seen.intersection(self.plan.flat[start:end])
        if again:
            self.order = [step for step in self.order if step not in again]
            self.seen -= again

    def _rule_out(self, start: int, end: int, why: Why) -> None:
        """What is passed over does not apply; other sections on request are left alone."""
        here = (None, self.inside)
        for step in self.plan.flat[start:end]:
            passed = step not in self.seen and step not in self.na
            if passed and self.plan.detour.get(step) in here:
                self.na[step] = why
