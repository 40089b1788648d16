"""Links that lead nowhere: to ids not in the file, and to files not in the folder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from runbook.procedure.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from runbook.procedure.findings import Findings
    from runbook.procedure.model import Procedure, Step

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|\{\{|<")


def check_links(procedure: Procedure, folder: Path | None, findings: Findings) -> None:
    """Check every link of the file; links to files only where the folder is known."""
    anchors = {*procedure.by_id, *procedure.section_by_id, ""}
    ways = {way for step in procedure.steps for way in _ways(step)}
    for link in procedure.links:
        path, _, anchor = link.href.partition("#")
        if not path and link.href.startswith("#"):
            top = not anchor and link.href in ways  # no run can go to the top of a file
            if anchor not in anchors or top:
                firm = procedure.strict or link.href in ways
                _dead_anchor(link.line, link.column, link.href, findings, firm=firm)
        elif folder is not None and _missing(folder, path):
            report = findings.error if procedure.strict else findings.warning
            report(
                link.line, link.column, "dead-link",
                f"The file `{path[:120]}` does not exist. Correct the link or write the file.",
            )  # fmt: skip
    _check_related(procedure, folder, findings)
    _check_rto(procedure, findings)


def _dead_anchor(line: int, column: int, href: str, findings: Findings, *, firm: bool) -> None:
    severity = Severity.ERROR if firm else Severity.WARNING
    report = findings.error if severity is Severity.ERROR else findings.warning
    report(
        line, column, "dead-anchor",
        f"No step or section has the id `{href[1:120]}`. Correct the link or add the id.",
    )  # fmt: skip


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


def _check_related(procedure: Procedure, folder: Path | None, findings: Findings) -> None:
    line = procedure.front.lines.get("related", 1)
    for path in procedure.front.related if folder is not None else ():
        if folder is not None and _missing(folder, path):
            findings.warning(
                line, 1, "dead-link", f"`related` names `{path[:120]}`, which does not exist."
            )


def _check_rto(procedure: Procedure, findings: Findings) -> None:
    line = procedure.front.lines.get("rto", 1)
    for rto in procedure.front.rto:
        ends = (rto.start, rto.until) if rto.start != "declared" else (rto.until,)
        for end in ends:
            if end not in procedure.by_id and end not in procedure.section_by_id:
                findings.error(
                    line, 1, "rto-unknown-step",
                    f"`rto` of {rto.service} names the step `{end}`, which is not in this file.",
                )  # fmt: skip
