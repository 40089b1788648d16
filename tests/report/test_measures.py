"""A run worked by a script gives known figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from runbook.report.measures import Measures, measures
from runbook.run.events import Status

if TYPE_CHECKING:
    from tests.report.conftest import Desk


@pytest.fixture
def found(golden: Desk) -> Measures:
    """The figures of the scripted run."""
    return measures(golden.runner.state, golden.kept)


def test_lengths_come_from_entries(found: Measures) -> None:
    """Briefing, run and first call are as long as the script says."""
    assert found.prepared_to_started_s == 90
    assert found.started_to_ended_s == 440
    assert found.first_call_s == 360


def test_the_four_ways_of_not_doing_a_step_are_counted_apart(found: Measures) -> None:
    """Not applicable, skipped, deferred and not reached each have their own figure."""
    assert found.statuses[Status.NOT_APPLICABLE] == 2
    assert found.statuses[Status.SKIPPED] == 1
    assert found.statuses[Status.DEFERRED] == 1
    assert found.statuses[Status.NOT_REACHED] == 1
    assert sum(found.statuses.values()) == found.steps == 9


def test_what_went_otherwise_is_counted(found: Measures) -> None:
    """Deviations, failures, retries, corrections, late entries; the hold is not by hand."""
    assert (found.deviations, found.failed_attempts, found.retries) == (1, 1, 1)
    assert (found.corrections, found.withdrawn, found.late_entries) == (1, 0, 1)
    assert (found.decisions, found.decisions_changed, found.readings) == (2, 0, 1)
    assert sum(found.unenforced.values()) == 0


def test_steps_are_measured_by_when_they_were_performed(found: Measures) -> None:
    """The second attempt took 100 s though it was entered after 190 s."""
    times = {time.step: time for time in found.times}
    assert times["start"].actual_s == 100
    assert times["start"].over_s == 0
    assert times["runtime"].actual_s == 60


def test_a_recovery_objective_is_measured_to_its_step(found: Measures) -> None:
    """From the start until the generator was started, against ten minutes."""
    (objective,) = found.milestones
    assert (objective.service, objective.target_s, objective.actual_s) == ("EPJ", 600, 250)


def test_a_time_away_is_a_gap(found: Measures) -> None:
    """The program was away for the time since the last entry."""
    assert [(gap.seconds, gap.clean) for gap in found.gaps] == [(60, False)]


def test_a_moved_clock_shows_and_does_not_change_lengths(golden: Desk) -> None:
    """An hour back on the wall is told; the run is as long as it was."""
    back = [msgspec.structs.replace(e, wall=e.wall.replace("T18:0", "T17:0")) for e in golden.kept]
    moved = [*golden.kept[:5], *back[5:]]
    found = measures(golden.runner.state, moved)
    assert found.started_to_ended_s == 440
    first = found.clock_steps[0]
    assert (first.seq, first.seconds) == (46, -3600)
