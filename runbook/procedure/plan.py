"""What the text alone says of the order: made once for a run or a check.

The steps stand in the order they are walked: a step that has sub-steps after them, and the
steps under a decision's option after the decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from runbook.procedure.lanes import Lane, Path, lanes_of, paths
from runbook.procedure.model import AlertKind, Procedure, Section, Step, StepKind


@dataclass(frozen=True)
class Plan:
    """The walking order of a procedure's text.

    `detour` maps the steps of sections walked on request (or as the way back) to the
    outermost such section; `span` gives each of these sections its half-open range.
    `warned` maps the line of a WARNING to the steps it protects. `lanes` are those of all
    parallel sections, `path` tells where each step stands among what has no order, `holds`
    are its hold points.
    """

    procedure: Procedure
    flat: tuple[str, ...]
    index: Mapping[str, int]
    detour: Mapping[str, str]
    span: Mapping[str, tuple[int, int]]
    way_back: tuple[str, ...]
    last_of_option: Mapping[tuple[str, int], str]
    warned: Mapping[int, tuple[str, ...]]
    lanes: Mapping[str, Lane]
    path: Mapping[str, Path]
    holds: tuple[str, ...]

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
        MappingProxyType(lanes_of(procedure)),
        MappingProxyType(paths(procedure)),
        tuple(step for step in flat if procedure.by_id[step].kind is StepKind.HOLD),
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
