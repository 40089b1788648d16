"""How long the clocks of a run take to work out, against the time of one frame on screen."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import pytest

from runbook.run.forecast import forecast
from runbook.run.resource import resource_clocks
from runbook.run.safe_start import safe_starts, thresholds
from tests.benchmarks.rounds import Ratio, tell
from tests.run.rig import Rig

STEPS, ROUNDS, FRAME_MS = 500, 31, 16.0


def _text() -> str:
    """Five hundred steps: a watch, lanes side by side, and half of them bound to a resource."""
    lines = [
        "# Long\n",
        "- [ ] Read it (~1m) <!-- id: read -->",
        "  - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down",
        "- [ ] Every 2 min: read it again <!-- id: watch -->",
        "  - When: ups <= 14: tell somebody",
    ]
    for place in range(STEPS - 2):
        if place % 50 == 0:
            bound = ", before ups runs out" if place >= STEPS // 2 else ""
            lines.append(f"\n## Part {place} (parallel{bound})")
        if place % 10 == 0:
            lines.append(f"\n### Lane {place}\n")
        lines.append(f"- [ ] Do thing {place} (~{place % 7}m) <!-- id: s{place} -->")
    return "\n".join(lines) + "\n"


@pytest.mark.bench
def bench_forecast() -> None:
    """Resource clocks, latest safe start, thresholds and forecast of five hundred steps."""
    rig = Rig(_text())
    for minutes in (27, 25, 22, 18):
        rig.journal.wait(minutes=2)
        rig.read("read", "ups", str(minutes))
    rig.done("read")
    taken = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        now = rig.journal.now()
        clocks = {clock.name: clock for clock in resource_clocks(rig.state)}
        found = safe_starts(rig.state, clocks, now), thresholds(rig.state, clocks)
        ahead = forecast(rig.state, now)
        taken.append((perf_counter() - begun) * 1000)
        assert all(found)
        assert ahead is not None
        assert len(ahead.laid.slots) == STEPS - 1
    tell(Ratio("clocks: 500 steps against a frame", median(taken), FRAME_MS, 1.0, "ms"))
