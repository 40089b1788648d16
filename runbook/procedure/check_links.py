"""Links that lead nowhere: to ids not in the file, and to files not in the folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from runbook.procedure.findings import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Link, Step

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|\{\{|<")


def check_links(case: Case) -> None:
    """Check every link of the file; links to files only where the folder is known."""
    procedure = case.procedure
    anchors = {*procedure.by_id, *procedure.section_by_id, ""}
    ways = {way for step in procedure.steps for way in _ways(step)}
    for link in procedure.links:
        if link.href.startswith("#"):
            top = link.href == "#"  # no run can go to the top of a file
            if link.href[1:] not in anchors or (top and link.href in ways):
                _dead_anchor(link, case, firm=link.href in ways)
        elif case.folder is not None and _missing(case.folder, link.href.partition("#")[0]):
            path = link.href.partition("#")[0]
            case.findings.add(
                "dead-link",
                link,
                f"The file `{path[:120]}` does not exist. Correct the link or write the file.",
            )
    _check_related(case)


def _dead_anchor(link: Link, case: Case, *, firm: bool) -> None:
    case.findings.add(
        "dead-anchor",
        link,
        f"No step or section has the id `{link.href[1:120]}`. Correct the link or add the id.",
        firm=firm,
    )


def _ways(step: Step) -> Iterator[str]:
    for option in step.options:
        yield option.go or ""
    for when in step.whens:
        yield when.go or ""
    if step.if_not is not None:
        yield step.if_not.go or ""
    if step.hold is not None:
        yield step.hold.no_go_go or ""


def _missing(folder: Path, path: str) -> bool:
    if not path or _SCHEME.match(path):
        return False
    try:
        return not (folder / unquote(path.partition("?")[0])).exists()
    except (OSError, ValueError):  # a name no file can have
        return True


def _check_related(case: Case) -> None:
    front = case.procedure.front
    for path in front.related:
        if case.folder is not None and _missing(case.folder, path):
            case.findings.add(
                "dead-link",
                Spot(front.lines.get("related", 1)),
                f"`related` names `{path[:120]}`, which does not exist.",
            )
