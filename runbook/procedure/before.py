"""What may come before what, whichever way the decisions go.

The text is walked forward; sections on request are walked where a link leads into them, lanes
side by side. Only what comes first on no route at all counts as later, so that a route which
the author knows to be possible is never called a fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runbook.procedure.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.model import Procedure, Section, Step


@dataclass(frozen=True, slots=True)
class _Group:
    """Steps without an order of their own: `name` for all of them, `lane` for one row."""

    name: str = ""
    lane: str = ""


_IN_ORDER = _Group()
_MOST_ROUNDS = 20


class Before:
    """The earliest and latest place at which each step can stand.

    Places are twice the index in walking order, so that a section on request lies between
    the step that leads there and the next one.
    """

    def __init__(self, procedure: Procedure) -> None:
        self._plan = plan(procedure)
        self._groups = _step_groups(procedure)
        self._entries = {detour: (2 * a, 2 * a) for detour, (a, _) in self._plan.span.items()}
        self._enter(procedure)

    def may_precede(self, first: Step, then: Step) -> bool:
        """Whether there is a route on which one step is walked before another one."""
        if first is then:
            return False
        index, group = self._plan.index, self._groups[first.id]
        if group.name and group.name == self._groups[then.id].name:
            return not group.lane or group.lane != self._groups[then.id].lane or (
                index[first.id] < index[then.id]
            )  # fmt: skip
        detour = self._plan.detour.get(first.id)
        if detour is not None and detour == self._plan.detour.get(then.id):
            low, high = self._entries[detour]
            return index[first.id] < index[then.id] or high > low + 1
        return self._span(first)[0] < self._span(then)[1]

    def first_in(self, section: Section | None) -> Step | None:
        """The step that is walked first in a section, or in all; None where there is none."""
        by_id, flat = self._plan.procedure.by_id, self._plan.flat
        found = self._plan.target(f"#{section.id}") if section else flat[0] if flat else None
        return by_id[found] if found is not None else None

    def _span(self, step: Step) -> tuple[int, int]:
        """The first and the last place of a step."""
        detour = self._plan.detour.get(step.id)
        place = 2 * self._plan.index[step.id]
        return self._entries[detour] if detour is not None else (place, place)

    def _enter(self, procedure: Procedure) -> None:
        """Settle from where the sections on request are entered, also one from another.

        Where too many lead into each other to be followed, each may stand anywhere.
        """
        jumps = list(self._jumps(procedure))
        end = 2 * len(self._plan.flat)
        back = {self._plan.detour[step] for step in self._plan.way_back}
        for _ in range(_MOST_ROUNDS):
            found: dict[str, tuple[int, int]] = dict.fromkeys(back, (0, end + 1))
            for source, detour, lasting in jumps:
                low, high = self._span(source)
                before = found.get(detour, (low, 0))
                last = end if lasting else high
                found[detour] = (min(before[0], low), max(before[1], last | 1))
            settled = {**self._entries, **found}
            if settled == self._entries:
                return
            self._entries = settled
        self._entries = dict.fromkeys(self._entries, (0, end + 1))

    def _jumps(self, procedure: Procedure) -> Iterator[tuple[Step, str, bool]]:
        """Who leads into which section on request; a watch does so at any later time."""
        for step in procedure.steps:
            for go, lasting in _ways(step):
                target = self._plan.target(go) if go.startswith("#") else None
                detour = self._plan.detour.get(target) if target is not None else None
                if detour is not None and detour != self._plan.detour.get(step.id):
                    yield step, detour, lasting


def _ways(step: Step) -> Iterator[tuple[str, bool]]:
    """Where a step may lead, and whether that holds for longer than the step itself."""
    for option in step.options:
        yield option.go or "", False
    for when in step.whens:
        yield when.go or "", True
    if step.if_not is not None:
        yield step.if_not.go or "", False
    if step.hold is not None:
        yield step.hold.no_go_go or "", False
    if step.defer_to is not None:
        yield step.defer_to.href, True


def _step_groups(procedure: Procedure) -> dict[str, _Group]:
    """The group of each step, that of its section or of a step whose parts have no order."""
    sections: dict[str, _Group] = {"": _IN_ORDER}
    for section in procedure.sections:  # parents stand before their children
        sections[section.id] = _section_group(section, sections, procedure)
    groups: dict[str, _Group] = {}
    for step in procedure.steps:  # so do steps before their sub-steps
        group = sections.get(step.section, _IN_ORDER)
        parent = procedure.by_id.get(step.parent or "")
        if not group.name and parent is not None:
            above = groups[parent.id]
            group = _Group(parent.id) if parent.any_order and not above.name else above
        groups[step.id] = group
    return groups


def _section_group(section: Section, sections: dict[str, _Group], procedure: Procedure) -> _Group:
    above = sections.get(section.parent or "", _IN_ORDER)
    if not above.name:
        return _Group(section.id) if section.parallel or section.any_order else _IN_ORDER
    is_lane = not above.lane and procedure.section_by_id[above.name].parallel
    return _Group(above.name, section.id) if is_lane else above
