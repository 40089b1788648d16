"""What the law asks to be told, and by when. Pure: the zone is handed in.

Periods follow Regulation (EEC, Euratom) No 1182/71, Article 3, in its strictest reading. A
period in hours is counted as time that passes, from the very minute of awareness: the change
to or from summer time neither lengthens nor shortens it. A period in months ends on the same
date of the later month, at the same time of day in local civil time, or on the last day of a
month that has no such date. The Regulation lets a period run to the end of its last hour or
day, and past a weekend or holiday; no such respite is counted on here.

The duties are those of Directive (EU) 2022/2555 (NIS2), Article 23(4), and of Regulation (EU)
2016/679 (GDPR), Article 33(1). A site adds its own, or replaces one of the same name.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from runbook.procedure.site import Regulatory
from runbook.run.declaration import aware_at, declared_at
from runbook.run.messages import Duty
from runbook.run.state import RunState

BY_LAW = (
    Regulatory("nis2-24h", "NIS2 early warning", hours=24),
    Regulatory("nis2-72h", "NIS2 incident notification", hours=72),
    Regulatory("nis2-final", "NIS2 final report", months=1, start="nis2-72h"),
    Regulatory("gdpr-72h", "GDPR notification", hours=72),
)


@dataclass(frozen=True, slots=True)
class RegulatoryClock:
    """One duty in a run: from when it counts, when it is due, and how it was settled.

    A clock that counts from the sending of another has no start before that was sent.
    """

    rule: Regulatory
    start: datetime | None
    due: datetime | None
    duty: Duty | None

    @property
    def is_open(self) -> bool:
        """True while it runs and nobody has settled it."""
        return self.start is not None and self.duty is None

    @property
    def margin(self) -> timedelta | None:
        """How long before its due time it was sent; negative when it was late."""
        if self.duty is None or self.duty.sent is None or self.due is None:
            return None
        return self.due - self.duty.sent


def due_at(rule: Regulatory, start: datetime, zone: tzinfo) -> datetime:
    """When a period that begins at `start` is over, in UTC."""
    if rule.months:
        return _months_later(start, rule.months, zone)
    return start.astimezone(UTC) + timedelta(hours=rule.hours)


def _months_later(start: datetime, months: int, zone: tzinfo) -> datetime:
    """The same local time on the same date of a later month, or on the last day of it.

    A time of day that the change of the clocks leaves out is read as if they had not changed
    yet; of one that comes twice the first is meant.
    """
    local = start.astimezone(zone)
    years, month = divmod(local.month - 1 + months, 12)
    year = local.year + years
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day, fold=0).astimezone(UTC)


def rules_of(state: RunState) -> tuple[Regulatory, ...]:
    """The duties by law and those of the site, which replace one of the same name."""
    own = {rule.key: rule for rule in state.site.regulatory}
    by_law = tuple(own.pop(rule.key, rule) for rule in BY_LAW)
    return (*by_law, *own.values())


def clocks(state: RunState, zone: tzinfo) -> tuple[RegulatoryClock, ...]:
    """Every duty of a run with its times, in the order of their rules."""
    return tuple(_clock(state, rule, zone) for rule in rules_of(state))


def _clock(state: RunState, rule: Regulatory, zone: tzinfo) -> RegulatoryClock:
    start = start_of(state, rule)
    due = due_at(rule, start, zone) if start else None
    return RegulatoryClock(rule, start, due, state.messages.duty(rule.key))


def start_of(state: RunState, rule: Regulatory) -> datetime | None:
    """From when a duty counts; None while that is not known."""
    match rule.start:
        case "aware":
            return aware_at(state)
        case "declared":
            return declared_at(state)
        case other:
            duty = state.messages.duty(other)
            return duty.sent if duty else None


def undecided(state: RunState) -> tuple[Regulatory, ...]:
    """The duties that run and that nobody has settled."""
    known = state.messages
    return tuple(
        rule
        for rule in rules_of(state)
        if known.duty(rule.key) is None and start_of(state, rule) is not None
    )
