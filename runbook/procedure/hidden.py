"""Takes the numbers of real people out of a site file, so that a drill never holds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from runbook.procedure.site import Site, parse_site

HIDDEN = "hidden in a drill"
"""What stands where a number stood."""

_TELEPHONE = re.compile(r"(?<![\w.:/-])\+?\d(?:[ ]?\d){7,14}(?![\w.:/-])")
_LONG_ENOUGH = 5  # shorter words are replaced where they stand as a whole value only


def hidden_site(data: bytes, allowed: Collection[str] = ()) -> bytes:
    """A site file without the numbers of its contacts and whatever looks like a telephone's.

    The contacts whose keys are `allowed` keep theirs.
    """
    text = data.decode("utf-8-sig", "replace")
    site = parse_site(text)
    kept = _numbers(site, allowed)
    for number in sorted(_numbers(site) - kept, key=len, reverse=True):
        text = _without(text, number)
    return _telephones(text, kept).encode()


def hidden_text(text: str) -> str:
    """A text without whatever looks like a telephone number."""
    return _telephones(text, frozenset())


def hidden_values(values: Mapping[str, str]) -> dict[str, str]:
    """Values without whatever looks like a telephone number."""
    return {name: hidden_text(value) for name, value in values.items()}


def _numbers(site: Site, only: Collection[str] | None = None) -> frozenset[str]:
    """The numbers of all contacts, or of some."""
    return frozenset(
        channel.number
        for key, contact in site.contacts.items()
        if only is None or key in only
        for channel in contact.channels
    )


def _without(text: str, number: str) -> str:
    """A text in which a number, or a value that is nothing else, is hidden."""
    if len(number) >= _LONG_ENOUGH:
        return text.replace(number, HIDDEN)
    return re.sub(rf"(['\"]){re.escape(number)}\1", f'"{HIDDEN}"', text)


def _telephones(text: str, kept: Collection[str]) -> str:
    return _TELEPHONE.sub(lambda found: found[0] if found[0] in kept else HIDDEN, text)
