"""What is too heavy to be turned into a page: too large, too deep, or slow for its size."""

from __future__ import annotations

import re

LARGEST = 1024 * 1024
"""Fragments beyond this many characters are shown as plain text."""

_MOST_OF = {
    "[": 400,
    "*": 2000,
    "_": 2000,
    "`": 2000,
    "<": 1000,
    "!": 1000,
    "&": 4000,
    "\\": 4000,
    "|": 20_000,
}
_SLOWEST_LINE = 20_000
_DEEPEST_LIST = 12
_DEEPEST_QUOTE = 12
_INDENT = re.compile(r"^( *)(?:[-+*]|\d{1,9}[.)])\s", re.MULTILINE)
_QUOTES = re.compile(r"^[ >]*>", re.MULTILINE)


def is_too_heavy(text: str) -> bool:
    """Whether a fragment is beyond what the converter and the page do in a moment.

    Python-Markdown takes time that grows with the square of brackets, stars and the like.
    """
    if len(text) > LARGEST or any(text.count(sign) > most for sign, most in _MOST_OF.items()):
        return True
    if max(map(len, text.split("\n"))) > _SLOWEST_LINE:
        return True
    deepest = max((len(found[1]) for found in _INDENT.finditer(text)), default=0)
    quotes = max((found[0].count(">") for found in _QUOTES.finditer(text)), default=0)
    return deepest > 4 * _DEEPEST_LIST or quotes > _DEEPEST_QUOTE
