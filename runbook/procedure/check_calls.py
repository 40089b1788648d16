"""Rules for calls: none of itself, and none in a circle over other files. Leaving is no call."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.procedure.others import MOST, calls_of, local_path

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.others import Others

MOST_BYTES = 8 * 1024 * 1024
"""No circle is looked for beyond so much text of other files."""


def check_calls(case: Case) -> None:
    """Follow every call until it comes back here, or ends."""
    procedure, folder = case.procedure, case.folder
    own = local_path(folder, Path(procedure.file).name) if folder is not None else None
    for at, href in calls_of(procedure):
        called = local_path(folder, href) if folder is not None else None
        if href.startswith("#") or (called is not None and called == own):
            case.findings.add(
                "call-itself",
                at,
                "This calls the procedure it stands in, which would never end."
                " Write `go to` and a link to one of its steps.",
            )
        elif called is not None and own is not None:
            chain = _circle(called, own, case.others)
            if chain:
                case.findings.add("call-circle", at, _message(procedure.title, chain))


def _message(title: str, chain: tuple[str, ...]) -> str:
    whole = " → ".join(name[:80] for name in (title, *chain, title))
    return f"These call each other in a circle: {whole}. Make one of the calls `Leave for:`."


def _circle(called: Path, own: Path, others: Others) -> tuple[str, ...]:
    """The titles on the shortest way of calls from one file back to another; else none."""
    waiting: deque[tuple[Path, tuple[str, ...]]] = deque([(called, ())])
    seen, left = {called}, MOST_BYTES
    while waiting and left > 0:
        path, before = waiting.popleft()
        other = others.at(path)
        if other is None:
            continue
        left -= other.size
        chain = (*before, other.title)
        if own in other.calls:
            return chain
        new = [file for file in dict.fromkeys(other.calls) if file not in seen]
        new = new[: MOST - len(seen)]
        seen.update(new)
        waiting.extend((file, chain) for file in new)
    return ()
