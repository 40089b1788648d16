"""What applies and what comes next: derived from the text and the decisions, never stored.

`Plan` is what the text alone says: the steps in the order they are walked, a step with
sub-steps after them, the steps under a decision's option after the decision. `walk` lays a
`Route` through the plan with the decisions taken. Going forward makes what is passed over
not applicable; sections on request are entered by a link only and return to where it stood.
Going back starts new attempts, which `evolve` does: a route itself only ever goes forward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from runbook.procedure.model import AlertKind, Option, Procedure, Section, Step, StepKind

GO = "Go"
NO_GO = "No-go"
ON_REQUEST = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a step does not apply: the step that decided it, and the words of that decision.

    An empty step means a section on request to which no link has led.
    """

    step: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision as taken: the index of its option, -1 when it was skipped or put off."""

    option: int
    go: str | None = None
    stop: bool = False
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


@dataclass(frozen=True)
class Plan:
    """The walking order of a procedure's text, made once for a run.

    `detour` maps the steps of sections walked on request (or as the way back) to the
    outermost such section; `span` gives each of these sections its half-open range.
    `warned` maps the line of a WARNING to the steps it protects.
    """

    procedure: Procedure
    flat: tuple[str, ...]
    index: Mapping[str, int]
    detour: Mapping[str, str]
    span: Mapping[str, tuple[int, int]]
    way_back: tuple[str, ...]
    last_of_option: Mapping[tuple[str, int], str]
    warned: Mapping[int, tuple[str, ...]]

    def target(self, go: str) -> str | None:
        """The first step in walking order that `#id` (a step or a section) leads to."""
        anchor = go.removeprefix("#")
        if anchor in self.procedure.by_id:
            return self._first_within(anchor)
        if anchor not in self.procedure.section_by_id:
            return None
        inside = family(self.procedure, anchor)
        step = next((s for s in self.flat if self.procedure.by_id[s].section in inside), None)
        return step if step is not None else self._after_heading(anchor)

    def _first_within(self, step: str) -> str:
        """A step that has sub-steps is begun with the first of them."""
        first = self.procedure.children.get(step, ())
        before = [s for s in first if s.option is None]
        return self._first_within(before[0].id) if before else step

    def _after_heading(self, section: str) -> str | None:
        """A heading without steps of its own leads to the next step below it."""
        line = self.procedure.section_by_id[section].line
        return next((s for s in self.flat if self.procedure.by_id[s].line > line), None)


def options_of(step: Step) -> tuple[Option, ...]:
    """The ways out of a step: a decision's options; a hold point's Go and No-go."""
    if step.kind is not StepKind.HOLD:
        return step.options
    hold = step.hold
    return (Option(GO), Option(NO_GO, hold.no_go, go=hold.no_go_go) if hold else Option(NO_GO))


def is_decided(step: Step) -> bool:
    """True for steps that are settled by choosing: decisions, and hold points."""
    return bool(options_of(step)) and step.kind in (StepKind.DECISION, StepKind.HOLD)


def choice_of(step: Step, option: int) -> Choice:
    """What choosing an option does, after `treat as` has been followed."""
    options = options_of(step)
    if not 0 <= option < len(options):
        return Choice(-1)
    chosen, seen = option, {option}
    while options[chosen].same_as is not None:
        other = _labelled(options, options[chosen].same_as or "")
        if other is None or other in seen:
            break
        chosen = other
        seen.add(other)
    found = options[chosen]
    stop = found.stop or found.leave is not None
    return Choice(chosen, found.go, stop, options[option].label)


def _labelled(options: tuple[Option, ...], label: str) -> int | None:
    """The index of the option with that label, whatever its case."""
    wanted = label.casefold().strip()
    return next((i for i, o in enumerate(options) if o.label.casefold().strip() == wanted), None)


def family(procedure: Procedure, section: str) -> frozenset[str]:
    """A section and all sections below it."""
    inside = {section}
    for other in procedure.sections:  # parents stand before their children
        if other.parent in inside:
            inside.add(other.id)
    return frozenset(inside)


def plan(procedure: Procedure) -> Plan:
    """Work out the walking order of a procedure's text."""
    flat: list[str] = []
    for step in procedure.steps:
        if step.parent is None:
            _place(procedure, step, flat)
    index = {step: i for i, step in enumerate(flat)}
    detour = _detours(procedure, flat)
    return Plan(
        procedure,
        tuple(flat),
        MappingProxyType(index),
        MappingProxyType(detour),
        MappingProxyType(_spans(flat, detour)),
        _way_back(procedure, flat),
        MappingProxyType(_last_of_options(procedure, flat)),
        MappingProxyType(_warned(procedure)),
    )


def _warned(procedure: Procedure) -> dict[int, tuple[str, ...]]:
    """The steps that each WARNING protects, by its line."""
    found: dict[int, tuple[str, ...]] = {}
    for step in procedure.steps:
        for alert in step.alerts:
            if alert.kind is AlertKind.WARNING:
                found[alert.line] = (*found.get(alert.line, ()), step.id)
    return found


def _place(procedure: Procedure, step: Step, flat: list[str]) -> None:
    """Sub-steps first, then the step they make up, then what hangs on its options."""
    children = procedure.children.get(step.id, ())
    for child in children:
        if child.option is None:
            _place(procedure, child, flat)
    flat.append(step.id)
    for child in children:
        if child.option is not None:
            _place(procedure, child, flat)


def _detours(procedure: Procedure, flat: list[str]) -> dict[str, str]:
    """Which steps stand in a section that is only entered by a link, or to go back."""
    of_section: dict[str, str | None] = {}
    for section in procedure.sections:
        above = of_section.get(section.parent) if section.parent else None
        own = section.id if section.on_request or section.way_back else None
        of_section[section.id] = above or own
    steps = ((s, of_section.get(procedure.by_id[s].section)) for s in flat)
    return {step: section for step, section in steps if section}


def _spans(flat: list[str], detour: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """The range of walking order that each of these sections takes up."""
    spans: dict[str, tuple[int, int]] = {}
    for i, step in enumerate(flat):
        section = detour.get(step)
        if section:
            spans[section] = (spans.get(section, (i, i))[0], i + 1)
    return spans


def _way_back(procedure: Procedure, flat: list[str]) -> tuple[str, ...]:
    """The steps of the way back, in walking order."""
    inside: set[str] = set()
    for section in procedure.sections:
        if section.way_back or _under(section, inside):
            inside.add(section.id)
    return tuple(s for s in flat if procedure.by_id[s].section in inside)


def _under(section: Section, inside: set[str]) -> bool:
    """True when the section's parent is one of these."""
    return section.parent in inside


def _last_of_options(procedure: Procedure, flat: list[str]) -> dict[tuple[str, int], str]:
    """For each option with sub-steps, the last of them in walking order."""
    last: dict[tuple[str, int], str] = {}
    for step_id in flat:
        step: Step | None = procedure.by_id[step_id]
        while step is not None and step.parent is not None:
            if step.option is not None:
                last[step.parent, step.option] = step_id
            step = procedure.by_id.get(step.parent)
    return last


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

    Nothing else stops applying: it stays open and is not reached when the run ends.
    """
    laid = _Walk(plan, choices, gone)
    for section in dict.fromkeys(plan.detour[step] for step in plan.way_back):
        laid.begin_in(section)
        laid.to_the_end()
    order = [*laid.order, *(step for step in touched if step not in laid.seen)]
    return _route(order, laid.na, laid.back)


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
