"""Spans of time as people write them: `2 min`, `1h30m`, `10-15m`, `4 hours`, `6 months`.

Danish ones too: `4 timer`, `6 måneder`, and `2. minut` as in `Hvert 2. minut`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

_SECONDS = {
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "sek": 1, "sekund": 1, "sekunder": 1,
    "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "minut": 60, "minutter": 60,
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "t": 3600, "time": 3600,
    "timer": 3600, "d": 86400, "day": 86400, "days": 86400, "dag": 86400, "dage": 86400,
    "w": 604800, "week": 604800, "weeks": 604800, "uge": 604800, "uger": 604800,
}  # fmt: skip
_MONTHS = {
    "month": 1, "months": 1, "måned": 1, "måneder": 1, "md": 1,
    "year": 12, "years": 12, "år": 12,
}  # fmt: skip
_PART = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)(?:\.(?=\s))?\s*([^\W\d_]+)\.?")
_RANGE = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,3})?)\s*[-–]\s*(\d{1,6}(?:[.,]\d{1,3})?)\s*([^\W\d_]+)\.?"
)


def seconds(text: str) -> int | None:
    """The length of `2 min`, `1 h 30 min` or `hour` in seconds; None when it is not a length."""
    text = text.strip().casefold().removesuffix(".")
    if text in _SECONDS:
        return _SECONDS[text]
    at, total = 0, 0.0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None or part[2] not in _SECONDS:
            return None
        total += float(part[1].replace(",", ".")) * _SECONDS[part[2]]
        at = part.end() + len(text[part.end() :]) - len(text[part.end() :].lstrip(" "))
    return round(total) if text else None


def target(text: str) -> tuple[int, int] | None:
    """A target such as `~2m` or `~10-15m` as shortest and longest seconds."""
    text = text.strip().casefold().removeprefix("~").strip()
    span = _RANGE.fullmatch(text)
    if span is not None and span[3] in _SECONDS:
        low, high = (
            round(float(n.replace(",", ".")) * _SECONDS[span[3]]) for n in span.group(1, 2)
        )
        return (low, high) if low <= high else None
    one = seconds(text)
    return None if one is None else (one, one)


def after(day: date, length: str) -> date | None:
    """The day that lies `6 months`, `1 year` or `90 days` later; None when that is no length."""
    part = _PART.fullmatch(length.strip().casefold())
    if part is None or not part[1].isdigit():
        return None
    count = int(part[1])
    try:
        if part[2] in _MONTHS:
            return _months_later(day, count * _MONTHS[part[2]])
        if _SECONDS.get(part[2], 0) >= _SECONDS["day"]:
            return day + timedelta(seconds=count * _SECONDS[part[2]])
    except (OverflowError, ValueError):
        return None
    return None


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
