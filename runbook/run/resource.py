"""Resource clocks: how long something lasts, worked out from its readings alone.

A reading that `runs down` (UPS minutes, diesel hours, litres, per cent) or `counts up` to a
limit (a temperature) becomes a clock that shows when it is gone. Only readings that stand
count, as corrected; their time is when they were performed, and a reading that moves away
from the end (a rise of what runs down) begins the clock anew. So does one taken when the
reading before it said that all would be gone by then: it cannot have run down all the while.

    ends = t + (v - e) / r

t and v are time and value of the newest reading, e is the end: 0 for what can be empty, the
limit for a temperature, a voltage, a pressure. r is the rate per second. With q, the last
digit that was typed (1 for "22", 0.1 for "7.5"), T, the time between the first and the newest
reading, and f, the slope of a straight line through them by least squares, in which each
reading counts half as much as the one after it:

    what is a time (s, min, h, d) is run down by the clock itself, second for second (c):
        r = c                     for one reading, for T < 2 q, or while the value stands still
        r = f                     when f >= c: a fall faster than the clock is believed at once
        r = min(c, f + q / T)     when f < c: a slower one only beyond what rounding can hide,
                                  and never slower than c / 2
    anything else:
        r = f                     from two readings on that lie a minute apart; before: unknown

So the clock is never more hopeful than its readings, and with no readings to the contrary it
runs like any clock. The uncertainty comes from rounding and scatter: with s, the greater of q
and the mean distance from the line, the end lies between

    t + (v - e - q / 2) / (r + s / T)   and   t + (v - e + q / 2) / (r - s / T)

A reading is stale when it is older than a quarter of the time that is left, and a minute.
Somebody who disagrees sets a figure of their own, which holds until the next reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from runbook.procedure.model import Procedure, Record, RecordKind, Trend
from runbook.run.disputes import standing
from runbook.run.points import Point, fitted, number_of, points_of, since_turn
from runbook.run.state import Dispute, RunState

SECONDS: Final = {
    "s": 1, "seconds": 1, "min": 60, "minutes": 60, "h": 3600, "hours": 3600, "d": 86400,
    "days": 86400,
}  # fmt: skip
"""The units of what is a time, in seconds."""

_CAN_BE_EMPTY: Final = frozenset({
    "%", "l", "L", "ml", "m3", "m³", "kg", "g", "t", "Ah", "Wh", "kWh", "MWh", "B", "kB", "MB",
    "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "pcs", "stk",
})  # fmt: skip
_CLOSEST_S: Final = 60
_FARTHEST_S: Final = 10 * 366 * 86400
_SLOWEST: Final = 2
_STALE_SHARE: Final = 0.25
_SAME: Final = 0.005


class Basis(StrEnum):
    """Where the rate of a clock comes from."""

    CLOCK = "clock"
    FITTED = "fitted"
    STILL = "still"
    UNKNOWN = "unknown"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ResourceClock:
    """What is known of a resource: its readings since the last rise, its rate, its end.

    `rate` and `spread` are in units per second towards `end`; `ends` is None while no rate is
    known, and for what stands still. `own` is the figure somebody set instead.
    """

    name: str
    label: str
    unit: str
    rises: bool
    end: float
    points: tuple[Point, ...]
    basis: Basis
    rate: float = 0.0
    spread: float = 0.0
    ends: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    own: Dispute | None = None

    @property
    def newest(self) -> Point:
        """The reading the clock counts from."""
        return self.points[-1]

    @property
    def distance(self) -> float:
        """How far the newest reading was from the end, in its unit."""
        newest = self.newest.value
        return max(0.0, self.end - newest if self.rises else newest - self.end)

    @property
    def is_time(self) -> bool:
        """True for what the clock itself runs down."""
        return self.unit in SECONDS and not self.rises

    @property
    def ratio(self) -> float:
        """How many times as fast as the clock it runs, for what is a time."""
        return self.rate * SECONDS.get(self.unit, 1)

    def left_s(self, now: datetime) -> float | None:
        """Seconds until it is gone, below zero after; None while nobody can tell."""
        return None if self.ends is None else (self.ends - now).total_seconds()

    def when(self, value: float) -> datetime | None:
        """When it reaches a value on its way to the end; the past when it has."""
        if self.own is not None or self.rate <= 0:
            return None
        newest = self.newest.value
        way = value - newest if self.rises else newest - value
        return _after(self.newest.at, way / self.rate)

    def age_s(self, now: datetime) -> float:
        """How old the newest reading is."""
        return (now - self.newest.at).total_seconds()

    @property
    def stale_from(self) -> datetime | None:
        """From when on the reading is too old for so little time left; None for never."""
        if self.ends is None or self.own is not None:
            return None
        share = _STALE_SHARE / (1 + _STALE_SHARE) * (self.ends - self.newest.at).total_seconds()
        return _after(self.newest.at, max(_CLOSEST_S, share))

    def is_stale(self, now: datetime) -> bool:
        """True when the reading is too old for so little time left."""
        stale = self.stale_from
        return stale is not None and now > stale


def resource_clocks(state: RunState) -> tuple[ResourceClock, ...]:
    """All clocks of a run that have a reading, in the order of the document.

    What was watched until the end of its watch, and not read since, is no clock any more.
    """
    found = (clock_of(state, record) for record in trending(state.procedure))
    return tuple(c for c in found if c is not None and not _is_over(state, c))


def _is_over(state: RunState, clock: ResourceClock) -> bool:
    """True when all watches that read it were ended, the last of them after its last reading."""
    reading = (w for w in state.watches if any(_reads(state, w.step, clock.name)))
    ends = [watch.ended for watch in reading]
    known = [end for end in ends if end is not None]
    return bool(known) and len(known) == len(ends) and max(known) >= clock.newest.at


def _reads(state: RunState, step: str, name: str) -> Iterator[bool]:
    return (record.name == name for record in state.step(step).records)


def trending(procedure: Procedure) -> Iterator[Record]:
    """The readings that move by themselves towards an end, each name once."""
    seen = set()
    for step in procedure.steps:
        for record in step.records:
            if record.name not in seen and _end_of(record) is not None:
                seen.add(record.name)
                yield record


def _end_of(record: Record) -> float | None:
    """The value at which it is gone; None for what is no clock.

    A range that begins at 0 says what can be typed, it is no limit that something rises to.
    """
    if record.kind is not RecordKind.NUMBER or record.trend is None:
        return None
    if record.trend is Trend.COUNTS_UP:
        is_range = record.low is not None and record.low == 0
        return None if record.high is None or is_range else float(record.high)
    if record.unit in SECONDS or record.unit in _CAN_BE_EMPTY or record.low is None:
        return 0.0
    return float(record.low)


def clock_of(state: RunState, record: Record) -> ResourceClock | None:
    """The clock of one reading; None before it was read."""
    named = (r for r in state.readings if r.name == record.name and not r.withdrawn)
    readings = [r for r in named if number_of(r) is not None]
    end = _end_of(record)
    if not readings or end is None:
        return None
    rises = record.trend is Trend.COUNTS_UP
    unit = readings[-1].unit
    lasts = float(SECONDS[unit]) if unit in SECONDS and not rises else 0.0
    points = since_turn(points_of(readings, unit), rises=rises, lasts=lasts)
    if not points:
        return None
    label = readings[-1].label or record.label
    bare = ResourceClock(record.name, label, unit, rises, end, points, Basis.UNKNOWN)
    own = standing(state, record.name)
    return _set_by_hand(bare, own) if own is not None else _timed(bare)


def _set_by_hand(bare: ResourceClock, own: Dispute) -> ResourceClock:
    """The clock as somebody set it, to stand until the next reading."""
    return replace(bare, basis=Basis.OWN, ends=own.until, own=own)


def _timed(bare: ResourceClock) -> ResourceClock:
    """The clock with its rate, its end and the band around it."""
    basis, rate, spread = _rate(bare)
    if rate <= 0:
        return replace(bare, basis=basis)
    half, newest, way = bare.newest.digit / 2, bare.newest.at, bare.distance
    slow = rate - spread
    return replace(
        bare,
        basis=basis,
        rate=rate,
        spread=spread,
        ends=_after(newest, way / rate),
        earliest=_after(newest, max(0.0, way - half) / (rate + spread)),
        latest=_after(newest, (way + half) / slow) if slow > 0 else None,
    )


def _rate(clock: ResourceClock) -> tuple[Basis, float, float]:
    """Basis, rate and spread of a clock, as the formula at the head of this module says."""
    points, digit = clock.points, min(p.digit for p in clock.points)
    span = (points[-1].at - points[0].at).total_seconds()
    own_pace = 1 / SECONDS[clock.unit] if clock.is_time else 0.0
    needed = 2 * digit / own_pace if own_pace else _CLOSEST_S
    if len(points) == 1 or span < needed:
        return (Basis.CLOCK if own_pace else Basis.UNKNOWN), own_pace, 0.0
    if points[0].value == points[-1].value:
        return (Basis.CLOCK if own_pace else Basis.STILL), own_pace, 0.0
    slope, scatter = fitted(points)
    pace = slope if clock.rises else -slope
    spread = max(digit, scatter) / span
    if pace < own_pace:
        pace = max(own_pace / _SLOWEST, min(own_pace, pace + digit / span))
    if own_pace and abs(pace / own_pace - 1) < _SAME:
        return Basis.CLOCK, pace, spread
    return (Basis.FITTED, pace, spread) if pace > 0 else (Basis.STILL, 0.0, 0.0)


def _after(at: datetime, seconds: float) -> datetime | None:
    """A moment so much later; None when it is out of sight."""
    return at + timedelta(seconds=seconds) if abs(seconds) <= _FARTHEST_S else None
