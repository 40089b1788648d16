"""Rules for links: to ids that are not there, to files that are not, to their anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.findings import Spot
from runbook.procedure.others import local_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runbook.procedure.check_case import Case
    from runbook.procedure.findings import Placed
    from runbook.procedure.model import Link, Step


def check_links(case: Case) -> None:
    """Check every link of the file; links to files only where the folder is known."""
    procedure = case.procedure
    anchors = {*procedure.by_id, *procedure.section_by_id, ""}
    ways = {way for step in procedure.steps for way in _ways(step)}
    for link in procedure.links:
        if not link.href.startswith("#"):
            _check_file(link.href, link, case)
        elif link.href[1:] not in anchors or (link.href == "#" and link.href in ways):
            _dead_anchor(link, case, firm=link.href in ways)  # no run can go to the top of a file
    _check_named(case, {link.href for link in procedure.links})
    line = procedure.front.lines.get("related", 1)
    for path in procedure.front.related:
        _check_file(path, Spot(line), case)


def _check_named(case: Case, checked: set[str]) -> None:
    """What a step leads to by a name that is defined elsewhere: `[Paper][1]`."""
    for step in case.procedure.steps:
        for link in (step.link, step.defer_to):
            if link is not None and link.href not in checked:
                _check_file(link.href, step, case)


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


def _check_file(href: str, at: Placed, case: Case) -> None:
    """A file must be there, and have the step or heading that the link names."""
    path = local_path(case.folder, href) if case.folder is not None else None
    if path is None:
        return
    name, _, anchor = href.partition("#")
    if not _is_there(path):
        case.findings.add(
            "dead-link",
            at,
            f"The file `{name[:120]}` does not exist. Correct the link or write the file.",
        )
    elif anchor and path.suffix.casefold() == ".md":
        other = case.others.at(path)
        if other is not None and not other.has(anchor):
            message = f"`{name[:120]}` has no step or heading `{anchor[:120]}`. Correct the link."
            case.findings.add("dead-anchor", at, message)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name no file can have
        return False
