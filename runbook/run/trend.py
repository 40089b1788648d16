"""How a reading moves: up, down or not, and by how much in an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from runbook.run.state import Reading, RunState

_HOUR = Decimal(3600)


@dataclass(frozen=True, slots=True)
class Movement:
    """The change between the last two readings of a name, for an hour, in the reading's unit."""

    per_hour: Decimal

    @property
    def arrow(self) -> str:
        """Up, down or level, as one sign."""
        if self.per_hour == 0:
            return "→"
        return "↑" if self.per_hour > 0 else "↓"


def movement(state: RunState, name: str) -> Movement | None:
    """How a number moved between its last two readings; None when that cannot be told."""
    taken = [r for r in state.readings if r.name == name and not r.withdrawn]
    if len(taken) < 2:  # noqa: PLR2004 - a change takes two
        return None
    before, last = taken[-2:]
    old, new, apart = number_in(before.value), number_in(last.value), _at(last) - _at(before)
    if old is None or new is None or apart <= timedelta():
        return None
    seconds = Decimal(apart // timedelta(milliseconds=1)) / 1000
    return Movement(((new - old) * _HOUR / seconds).quantize(Decimal("0.1")))


def number_in(text: str) -> Decimal | None:
    """A canonical value as a number; None for words."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _at(reading: Reading) -> timedelta:
    at = reading.performed or reading.at
    return at - at.min.replace(tzinfo=at.tzinfo)
