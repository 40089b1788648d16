"""Which steps stand side by side: the lanes of parallel sections, and what needs no order.

A path tells where a step stands: pairs of a group and of the part of it in which the step
lies, outermost first. Groups are parallel sections, whose parts are lanes, and what may be
done in any order. Two steps whose paths part within one group have no order between them;
all others come in the order of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from runbook.procedure.model import Procedure, Section, Step

Path = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A sub-section of a parallel section, worked beside the others up to that section's end.

    `section` is the parallel section, `roles` the lane's default role or those of its steps.
    """

    id: str
    title: str
    section: str
    roles: tuple[str, ...]


def side_by_side(one: Path, other: Path) -> bool:
    """True when neither of two places comes before the other."""
    for here, there in zip(one, other, strict=False):
        if here != there:
            return here[0] == there[0]
    return False


def lanes_of(procedure: Procedure) -> dict[str, Lane]:
    """The lanes of a procedure by the id of their section, in the order of the text."""
    found: dict[str, Lane] = {}
    for section in procedure.sections:
        if _is_lane(procedure, section):
            roles = _roles(procedure, section)
            found[section.id] = Lane(section.id, section.title, section.parent or "", roles)
    return found


def _is_lane(procedure: Procedure, section: Section) -> bool:
    above = procedure.section_by_id.get(section.parent or "")
    return above is not None and above.parallel and not _is_aside(section)


def _is_aside(section: Section) -> bool:
    """True for a section that a link leads into: it stands where the link does."""
    return section.on_request or section.way_back


def _roles(procedure: Procedure, section: Section) -> tuple[str, ...]:
    if section.role is not None:
        return (section.role,)
    inside = {section.id}
    for other in procedure.sections:  # parents stand before their children
        if other.parent in inside:
            inside.add(other.id)
    roles = (step.role for step in procedure.steps if step.section in inside)
    return tuple(dict.fromkeys(role for role in roles if role))


def paths(procedure: Procedure) -> dict[str, Path]:
    """The path of every step; in a section on request it begins at that section."""
    sections = _section_paths(procedure)
    found: dict[str, Path] = {}
    for step in procedure.steps:  # a step stands before its sub-steps
        found[step.id] = _path(procedure, step, sections, found)
    return found


def _section_paths(procedure: Procedure) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for section in procedure.sections:
        above = procedure.section_by_id.get(section.parent or "")
        path = () if _is_aside(section) or above is None else found[above.id]
        if above is not None and not _is_aside(section) and (above.parallel or above.any_order):
            path = (*path, (above.id, section.id))
        found[section.id] = path
    return found


def _path(
    procedure: Procedure, step: Step, sections: Mapping[str, Path], known: Mapping[str, Path]
) -> Path:
    """Below its parent or in its section; where these need no order it is a part by itself."""
    section = procedure.section_by_id.get(step.section)
    is_free = section is not None and section.any_order
    if step.parent is None:
        above = sections.get(step.section, ())
        return (*above, (step.section, step.id)) if is_free else above
    is_free = is_free or procedure.by_id[step.parent].any_order
    above = known[step.parent]
    return (*above, (step.parent, step.id)) if is_free else above


def needs_no_order(step: str, path: Path) -> bool:
    """True for a step that may be done before or after those beside it, as it comes."""
    return bool(path) and path[-1][1] == step


def track(path: Path, lanes: Mapping[str, Lane]) -> Path:
    """The lanes of a path, outermost first, without what is merely in any order."""
    if not path or not lanes:
        return ()
    return tuple((group, part) for group, part in path if _names_lane(group, part, lanes))


def _names_lane(group: str, part: str, lanes: Mapping[str, Lane]) -> bool:
    lane = lanes.get(part)
    return lane is not None and lane.section == group
