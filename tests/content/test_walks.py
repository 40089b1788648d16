"""Every shipped procedure is walked to its end by the real rules, along every option."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from runbook.procedure.frozen import parse_with
from runbook.procedure.model import Procedure
from runbook.procedure.site import Site
from runbook.run.choices import is_decided, options_of
from runbook.run.events import RunStatus
from tests.content.robot import Walk

MOST_WALKS = 300
ENDED = (RunStatus.COMPLETE, RunStatus.COMPLETE_OPEN)


def all_ways(procedure: Procedure) -> set[tuple[str, int]]:
    """Every option of every decision and hold point."""
    decided = [step for step in procedure.steps if is_decided(step)]
    return {(step.id, number) for step in decided for number in range(len(options_of(step)))}


def at_this_site(procedure: Procedure, site: Site) -> tuple[Procedure, bytes]:
    """The procedure as a run of the example site carries it, and its text."""
    data = Path(procedure.file).read_bytes()
    return parse_with(data, procedure.file, dict(site.values)), data


def test_every_option_leads_to_an_end(procedure: Procedure, site: Site) -> None:
    """Whatever is decided, the run comes to its end; and in the end all has been decided."""
    filled, data = at_this_site(procedure, site)
    taken: Counter[tuple[str, int]] = Counter()
    open_ways = all_ways(filled)
    for number in range(MOST_WALKS):
        walk = Walk(filled, data, taken, site.values)
        if number % 4 == 3:
            walk.turn_back()  # the way back has decisions of its own
            assert walk.to_the_end().status is RunStatus.ABORTED
        else:
            assert walk.to_the_end().status in ENDED
        open_ways -= set(taken)
        if not open_ways:
            break
    assert open_ways == set()
