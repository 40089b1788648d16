"""Cuts what follows a command's word into its parts: names, quoted texts, reasons, times."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_BECAUSE = re.compile(r"(?:^|\s)because\s+", re.IGNORECASE)
_CLOCK = re.compile(r"@?(\d{1,2})[:.](\d{2})")
_AT = re.compile(r"@(\d{1,2})[:.](\d{2})(?=\s|$)")
_LIKE_TIME = re.compile(r"@-?\d+[:.]\d+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
LONGEST_LINE = 10_000


def decoded(line: bytes) -> str:
    """A typed line as text: UTF-8, else Windows-1252, without line end and control characters."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return _CONTROL.sub("", text).replace("\t", " ").strip()


def first_word(text: str) -> tuple[str, str]:
    """The first word, or the first text in double quotes, and the rest."""
    text = text.strip()
    if text.startswith('"') and text.find('"', 1) > 0:
        word, _, rest = text[1:].partition('"')
        return word.strip(), rest.strip()
    word, _, rest = text.partition(" ")
    return word, rest.strip()


def before_because(text: str) -> tuple[str, str]:
    """What stands before the first `because`, and the reason after it."""
    found = _BECAUSE.search(text)
    if found is None:
        return text.strip(), ""
    return text[: found.start()].strip(), text[found.end() :].strip()


def before_last_because(text: str) -> tuple[str, str]:
    """What stands before the last `because`, and the reason after it."""
    found = list(_BECAUSE.finditer(text))
    if not found:
        return text.strip(), ""
    return text[: found[-1].start()].strip(), text[found[-1].end() :].strip()


def performed_at(text: str, now: datetime) -> tuple[str, str]:
    """A leading `@HH:MM` as RFC 3339, the latest such time not after `now`, and the rest."""
    found = _AT.match(text.strip())
    if found is None:
        return "", text.strip()
    at = clock_before(found[0], now)
    return (at, text.strip()[found.end() :].strip()) if at else ("", text.strip())


def no_time(text: str) -> str:
    """The first word that is written as a time behind an `@` and is none, such as @25:61."""
    found = (word for word in text.split() if _LIKE_TIME.fullmatch(word))
    return next((word for word in found if not _is_clock(word)), "")


def _is_clock(text: str) -> bool:
    found = _CLOCK.fullmatch(text)
    return found is not None and int(found[1]) < 24 and int(found[2]) < 60  # noqa: PLR2004 - a clock


def clock_before(text: str, now: datetime) -> str:
    """The latest moment at this time of day that is not after `now`; empty for no time."""
    at = _on_the_day(text, now)
    if at is None:
        return ""
    return (at if at <= now else at - timedelta(days=1)).isoformat()


def clock_after(text: str, now: datetime) -> str:
    """The next moment at this time of day; empty for no time."""
    at = _on_the_day(text, now)
    if at is None:
        return ""
    return (at if at > now else at + timedelta(days=1)).isoformat()


def _on_the_day(text: str, now: datetime) -> datetime | None:
    found = _CLOCK.fullmatch(text.strip())
    if found is None or not _is_clock(found[0]):
        return None
    return now.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
