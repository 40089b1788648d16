"""How people's names are compared and kept: what cannot be seen makes no other person."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Fillers and selectors that count as letters or marks and show nothing.
_UNSEEN: Final = re.compile(
    "[\\u034f\\u115f\\u1160\\u180b-\\u180f\\u2800\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef]"
)


@lru_cache(maxsize=1024)
def folded_name(text: str) -> str:
    """A name as names are compared: its letters, digits and signs, nothing that is not seen.

    Case, blanks, dots and dashes make no other person, and signs without a picture neither.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(sign for sign in plain if _is_seen(sign))
    return unicodedata.normalize("NFKC", seen) or " ".join(plain.split())


def shown_name(text: str) -> str:
    """A name as it is recorded: without signs that nobody sees; empty when nothing is left."""
    kept = (sign for sign in text if unicodedata.category(sign) != "Cf" and not _UNSEEN.match(sign))
    return " ".join("".join(kept).split())


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CPZ" and not _UNSEEN.match(sign)
