"""Readings as points on a line: since when they count, and the line that lies through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from runbook.run.state import Reading


@dataclass(frozen=True, slots=True)
class Point:
    """One reading on the line: when, how much, and how much its last digit stands for."""

    seq: int
    at: datetime
    value: float
    digit: float
    shown: str


def points_of(readings: Iterable[Reading], unit: str) -> list[Point]:
    """Readings as points in the order they were performed; of two at one moment the later."""
    found: dict[datetime, Point] = {}
    for reading in sorted(readings, key=lambda r: (r.performed or r.at, r.seq)):
        value = number_of(reading)
        if reading.unit == unit and value is not None:
            at = reading.performed or reading.at
            digit = float(Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))))
            found[at] = Point(reading.seq, at, float(value), digit, reading.shown)
    return list(found.values())


def number_of(reading: Reading) -> Decimal | None:
    """A reading as a number; another step may record words under the same name."""
    try:
        return Decimal(reading.value)
    except InvalidOperation:
        return None


def since_turn(points: Sequence[Point], *, rises: bool, lasts: float) -> tuple[Point, ...]:
    """The points since the value last moved away from its end, or outlived it.

    `lasts` is how many seconds one unit stands for in what is a time, else 0.
    """
    begin = 0
    for place in range(1, len(points)):
        before, point = points[place - 1], points[place]
        turned = point.value < before.value if rises else point.value > before.value
        gap = (point.at - before.at).total_seconds()
        if turned or (lasts and gap >= before.value * lasts):
            begin = place
    return tuple(points[begin:])


def fitted(points: Sequence[Point]) -> tuple[float, float]:
    """Slope per second of the line through the points, and their mean distance from it.

    Each point counts half as much as the one after it. At least two points, not all at once.
    """
    begin, last = points[0].at, len(points) - 1
    times = [(p.at - begin).total_seconds() for p in points]
    weights = [0.5 ** (last - place) for place in range(len(points))]
    total = sum(weights)
    middle = sum(w * t for w, t in zip(weights, times, strict=True)) / total
    height = sum(w * p.value for w, p in zip(weights, points, strict=True)) / total
    wide = [t - middle for t in times]
    high = [p.value - height for p in points]
    square = sum(w * x * x for w, x in zip(weights, wide, strict=True))
    slope = sum(w * x * y for w, x, y in zip(weights, wide, high, strict=True)) / square
    off = (w * (y - slope * x) ** 2 for w, x, y in zip(weights, wide, high, strict=True))
    return slope, (sum(off) / total) ** 0.5
