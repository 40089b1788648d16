"""The procedures that a procedure leads to: read once each, bounded, and never a fault."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from runbook.procedure.attributes import take_comments
from runbook.procedure.ids import github_slug
from runbook.procedure.model import StepKind
from runbook.procedure.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.findings import Placed
    from runbook.procedure.model import Procedure

MOST = 200
LARGEST = 1024 * 1024
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|\{\{|<")
_LONGEST_LINE = 1000
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.+?)\s*#*\s*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_HTML_ID = re.compile(r"\b(?:id|name)=[\"']?([\w.-]{1,100})")
_COUNTED = re.compile(r"-\d{1,4}$")


@dataclass(frozen=True, slots=True)
class Other:
    """What one file needs to know of another: its title, its anchors, and what it calls."""

    title: str
    anchors: frozenset[str]
    calls: tuple[Path, ...]
    size: int

    def has(self, anchor: str) -> bool:
        """Whether a link may lead to this anchor; GitHub counts headings of one name."""
        folded = anchor.casefold()
        return folded in self.anchors or _COUNTED.sub("", folded) in self.anchors


class Others:
    """Files by path, each read again only when it has changed; `MOST` are kept."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int], Other]] = {}

    def at(self, path: Path) -> Other | None:
        """The file at a path; None for one that is missing, too large or cannot be read."""
        try:
            facts = path.stat()
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST:
                return None
            stamp = (facts.st_mtime_ns, facts.st_size)
            known = self._known.get(path)
            if known is None or known[0] != stamp:
                known = stamp, digest(path.read_bytes(), path)
                self._keep(path, known)
        except (OSError, ValueError):  # not there, or a name no file can have
            return None
        return known[1]

    def _keep(self, path: Path, known: tuple[tuple[int, int], Other]) -> None:
        if len(self._known) >= MOST:
            self._known.pop(next(iter(self._known)))
        self._known[path] = known


def digest(data: bytes, path: Path) -> Other:
    """What other files need to know of the file with these bytes."""
    procedure = parse(data, path.name)
    calls = (local_path(path.parent, href) for _, href in calls_of(procedure))
    return Other(
        procedure.title,
        frozenset(_anchors(procedure, data)),
        tuple(called for called in calls if called is not None),
        len(data),
    )


def _anchors(procedure: Procedure, data: bytes) -> Iterator[str]:
    """Ids, and whatever else may be an anchor on GitHub; rather too many than too few."""
    yield ""
    yield from procedure.by_id
    yield from procedure.section_by_id
    yield from (github_slug(section.title) for section in procedure.sections)
    for line in data.decode("utf-8", "replace").splitlines():
        heading = _HEADING.match(line[:_LONGEST_LINE])
        if heading is not None:
            yield github_slug(_LINK.sub(r"\1", take_comments(heading[1]).text)).casefold()
        elif "=" in line:
            yield from (found[1].casefold() for found in _HTML_ID.finditer(line[:_LONGEST_LINE]))


def calls_of(procedure: Procedure) -> Iterator[tuple[Placed, str]]:
    """Every call of another procedure, by a step or an option, with its address."""
    for step in procedure.steps:
        if step.kind is StepKind.CALL and step.link is not None:
            yield step, step.link.href
        for option in step.options:
            if option.call is not None:
                yield option, option.call


def local_path(folder: Path, href: str) -> Path | None:
    """The file that an address leads to; None for the web, and for anchors of the same file."""
    path = href.partition("#")[0].partition("?")[0]
    if not path or _ELSEWHERE.match(path):
        return None
    return Path(os.path.normpath(folder / unquote(path)))
