"""What a report tells of time: waits, watches and deadlines, what was late, and repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runbook.report.build import Format, write
from runbook.report.document import document
from runbook.run import commands as do
from runbook.run import commands_time as time

if TYPE_CHECKING:
    from tests.report.conftest import Desk, WriteDesk

TEXT = """# Power
- [ ] Look <!-- id: look -->
- [ ] Every 2 min: read the inlet <!-- id: inlet -->
  - When: it smells: tell the lead
- [ ] Wait 15 min: the mains must stay <!-- id: stable -->
- [ ] Call <!-- id: call -->
  - Within: 10 min of look
  - If missed: call the deputy
- [ ] Open every board <!-- id: boards -->
  - Record: board = board, text
  - Repeat: once for each board
"""


@pytest.fixture
def worked(written: WriteDesk) -> Desk:
    """A run in which a wait was overdue, a watch was missed and a call came late."""
    desk = written(TEXT)
    desk.does(do.Start())
    desk.does(do.Confirm(step="look"))
    desk.does(time.Arm(step="inlet"))
    desk.does(time.BeginWait(step="stable"))
    desk.after(600).does(time.Check(step="inlet"))
    desk.does(time.Trigger(step="inlet", when=0))
    desk.after(600).does(do.Confirm(step="stable"))
    desk.does(do.Confirm(step="call"))
    desk.does(time.Repeat(step="boards", readings=(("board", "A1"),)))
    desk.does(time.Repeat(step="boards", readings=(("board", "A2"),), remark="stiff"))
    return desk


def test_every_time_that_ran_is_told(worked: Desk) -> None:
    """From when to when, how long, and what of it was late."""
    watch, wait, deadline = document(worked.material()).times
    assert (watch.ended, watch.late) == ("still watched", "MISSED 8 times")
    assert "Looks: 1. Triggered, entry" in watch.note
    assert (wait.took, wait.late) == ("20 min", "OVERDUE by 5 min")
    assert deadline.late.startswith("LATE by 10 min")
    assert deadline.note == "If missed: call the deputy"


def test_repetitions_are_a_table_of_their_own(worked: Desk) -> None:
    """Each with its number, its values and its remark."""
    first, second = document(worked.material()).repetitions
    assert (first.count, first.values) == (1, "board A1")
    assert (second.count, second.values, second.note) == (2, "board A2", "stiff")


def test_the_figures_count_what_was_late(worked: Desk) -> None:
    """Waits, deadlines, rechecks, and the time waited in all."""
    found = {fact.label: fact.text for fact in document(worked.material()).measures}
    assert found["Waits that were overdue"] == "1"
    assert found["Deadlines missed"] == "1"
    assert found["Rechecks missed"] == "8"
    assert found["Waited in all"] == "20 min"


@pytest.mark.parametrize("form", [Format.HTML, Format.MD, Format.JSON])
def test_every_format_tells_of_times(worked: Desk, form: Format) -> None:
    """The flags and the values stand in every document, and the step says it was late."""
    told = write(worked.material(), form).decode()
    for words in ("OVERDUE by 5 min", "MISSED 8 times", "LATE by 10 min", "board A2"):
        assert words in told
    assert "LATE: its deadline was over by 10 min" in told


def test_the_pdf_is_made(worked: Desk) -> None:
    """The printed report has the tables, too."""
    assert write(worked.material(), Format.PDF).startswith(b"%PDF")
