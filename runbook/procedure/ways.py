"""Where a text sends the reader: `go to [x](#id)`, `call [x](file.md)`, `stop here`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.procedure.labels import Words

_LINK = r"\s*:?\s+(?:\[(?P<text>[^\[\]]*)\]\(<?(?P<href>[^()<>\s]*)>?[^()]*\)|(?P<bare>#[\w-]+))"


@dataclass(frozen=True, slots=True)
class Way:
    """A verb (`go`, `call`, `leave`) and the address it leads to."""

    verb: str
    href: str


def find_way(text: str, words: Words) -> Way | None:
    """The first verb with a link in a text."""
    if "#" not in text and "](" not in text:
        return None
    found = words.compile(
        rf"(?<!\w)(?:(?P<leave><<leave for>>)|(?P<go><<go to>>)|(?P<call><<call>>)){_LINK}"
    ).search(text)
    if found is None:
        return None
    verb = "go" if found["go"] else "call" if found["call"] else "leave"
    return Way(verb, found["href"] or found["bare"] or "")
