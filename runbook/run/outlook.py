"""Everything that is worked out for a run at one moment, so that a screen asks once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from runbook.run.forecast import Forecast, forecast
from runbook.run.resource import ResourceClock, resource_clocks
from runbook.run.safe_start import SafeStart, Threshold, safe_starts, thresholds
from runbook.run.state import ENDED, RunState
from runbook.run.work import NO_TYPICAL, Typical


@dataclass(frozen=True)
class Outlook:
    """Resources, latest safe starts, thresholds and the forecast, seen from one moment."""

    now: datetime
    clocks: Mapping[str, ResourceClock]
    starts: tuple[SafeStart, ...]
    thresholds: tuple[Threshold, ...]
    ahead: Forecast | None


def outlook(state: RunState, now: datetime, typical: Typical = NO_TYPICAL) -> Outlook:
    """What is to be expected of a run from now on; nothing once it has ended."""
    if state.status in ENDED:
        return Outlook(now, {}, (), (), None)
    clocks = {clock.name: clock for clock in resource_clocks(state)}
    starts = safe_starts(state, clocks, now, typical)
    return Outlook(now, clocks, starts, thresholds(state, clocks), forecast(state, now, typical))
