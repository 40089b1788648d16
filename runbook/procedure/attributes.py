"""What the last parenthesis of a step or heading says, and the data in its comment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runbook.procedure import durations
from runbook.procedure.model import TwoPerson

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from runbook.procedure.labels import Words

_LAST = re.compile(r"(?<!\])\(([^()\n]{1,300})\)\s*$")
_DATA = re.compile(r"\s*([A-Za-z][\w-]*)\s*:\s*([^;]*?)\s*(?:;|$)", re.DOTALL)


@dataclass(slots=True)
class StepAttributes:
    """The attributes of a step; `unknown` names the part that kept a list from being read."""

    role: str | None = None
    target_s: tuple[int, int] | None = None
    optional: bool = False
    two_person: TwoPerson | None = None
    point_of_no_return: bool = False
    any_order: bool = False
    read_back: bool = False


@dataclass(slots=True)
class SectionAttributes:
    """The attributes of a heading, and the words they were written with."""

    written: tuple[str, ...] = ()
    role: str | None = None
    any_order: bool = False
    parallel: bool = False
    bound_to: str | None = None
    point_of_no_return: bool = False
    way_back: bool = False
    on_request: bool = False


@dataclass(frozen=True, slots=True)
class Attributed:
    """A line without its comment; `data` is what the comment held."""

    text: str
    data: Mapping[str, str]


def take_comments(text: str) -> Attributed:
    """Cut comments out of a line and read their `key: value; key: value` data."""
    shown: list[str] = []
    data: dict[str, str] = {}
    at = 0
    for start, end in comment_spans(text):
        shown.append(text[at:start])
        data.update({pair[1]: pair[2] for pair in _DATA.finditer(text, start + 4, end - 3)})
        at = end
    return Attributed(("".join(shown) + text[at:]).strip(), data)


def comment_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where comments begin and end; a pattern would take a time squared on unclosed ones."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end + 3)


def find_role(text: str, roles: Mapping[str, str]) -> str | None:
    """The key of a declared role given by key or name, with or without @."""
    wanted = " ".join(text.strip().removeprefix("@").casefold().split())
    for key, name in roles.items():
        if wanted in (key.casefold(), name.casefold()):
            return key
    return None


def step_attributes(
    text: str, roles: Mapping[str, str], words: Words
) -> tuple[str, StepAttributes | None, tuple[str, ...]]:
    """Split a first line into text, attributes and the parts not known among known ones."""
    last = _LAST.search(text)
    if last is None:
        return text, None, ()
    found = StepAttributes()
    parts = [part.strip() for part in last[1].split(",")]
    unknown = tuple(part for part in parts if not _step_part(part, found, roles, words))
    if not unknown:
        return text[: last.start()].rstrip(), found, ()
    return text, None, unknown if len(unknown) < len(parts) else ()


def _step_part(part: str, found: StepAttributes, roles: Mapping[str, str], words: Words) -> bool:
    role = find_role(part, roles)
    if role is not None:
        found.role = found.role or role
    elif part.startswith("~"):
        found.target_s = durations.target(part)
        return found.target_s is not None
    elif words.is_("two-person", part):
        found.two_person = TwoPerson.TOGETHER
    elif words.is_("two-person separately", part):
        found.two_person = TwoPerson.SEPARATELY
    else:
        return _step_flag(part, found, words)
    return True


def _step_flag(part: str, found: StepAttributes, words: Words) -> bool:
    if words.is_("optional", part):
        found.optional = True
    elif words.is_("point of no return", part):
        found.point_of_no_return = True
    elif words.is_("any order", part):
        found.any_order = True
    elif words.is_("Read-back", part):
        found.read_back = True
    else:
        return False
    return True


def section_attributes(
    text: str, roles: Mapping[str, str], words: Words
) -> tuple[str, SectionAttributes]:
    """Split a heading into its title and what its trailing parenthesis says."""
    last = _LAST.search(text)
    if last is None:
        return text, SectionAttributes()
    parts = tuple(part.strip() for part in last[1].split(","))
    found = SectionAttributes(written=parts)
    if all(_section_part(part, found, roles, words) for part in parts):
        return text[: last.start()].rstrip(), found
    return text, SectionAttributes()


def _section_part(
    part: str, found: SectionAttributes, roles: Mapping[str, str], words: Words
) -> bool:
    role = find_role(part, roles)
    clock = words.compile(r"<<before>>\s+([\w.-]+)\s+<<runs out>>").fullmatch(part)
    if role is not None:
        found.role = found.role or role
    elif clock is not None:
        found.bound_to = clock[1]
    else:
        return _section_flag(part, found, words)
    return True


def _section_flag(part: str, found: SectionAttributes, words: Words) -> bool:
    if words.is_("any order", part):
        found.any_order = True
    elif words.is_("parallel", part):
        found.parallel = True
    elif words.is_("point of no return", part):
        found.point_of_no_return = True
    elif words.is_("way back", part):
        found.way_back = True
    elif words.is_("only on request", part):
        found.on_request = True
    else:
        return False
    return True
