"""What a report tells of lanes: who worked them, from when to when, and who waited how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runbook.report.build import Format, write
from runbook.report.document import document
from runbook.run import commands as do

if TYPE_CHECKING:
    from tests.report.conftest import Desk, WriteDesk

TEXT = """---
roles: {plat: Platform, fac: Facilities}
---
# Power
## Buy time (parallel) <!-- id: buy -->
### Switch off (Platform) <!-- id: shed -->
- [ ] Shut down tier 4 <!-- id: four -->
### Generator (Facilities) <!-- id: generator -->
- [ ] Crank <!-- id: crank -->
### Copy <!-- id: copy -->
- [ ] Look <!-- id: look -->
## Then <!-- id: then -->
- [ ] Go on <!-- id: on -->
"""


@pytest.fixture
def begun(written: WriteDesk) -> Desk:
    """Two of three lanes at the join, the first of them since ten minutes."""
    desk = written(TEXT)
    desk.does(do.Start())
    desk.after(300).does(do.Confirm(step="four"))
    desk.after(600).does(do.Confirm(step="crank"))
    return desk


def test_every_lane_tells_its_times(begun: Desk) -> None:
    """From its start to its end, and how long it was idle until the last lane was there."""
    begun.after(60).does(do.Confirm(step="look"))
    shed, generator, copy = document(begun.material()).lanes
    assert (shed.section, shed.title, shed.role) == ("Buy time", "Switch off", "Platform")
    assert (shed.took, shed.idle) == ("5 min", "11 min")
    assert (generator.took, generator.idle) == ("15 min", "1 min")
    assert (copy.took, copy.idle) == ("16 min", "0 s")
    assert shed.ended.endswith("+01:00")


def test_a_lane_that_is_not_finished_says_so(begun: Desk) -> None:
    """Nobody's idle time is known before the last lane is there."""
    shed, _, copy = document(begun.material()).lanes
    assert (shed.idle, copy.ended, copy.took) == ("others not finished", "not finished", "")


@pytest.mark.parametrize("form", [Format.HTML, Format.MD, Format.JSON])
def test_every_format_tells_of_lanes(begun: Desk, form: Format) -> None:
    """The lane and what became of it stand in every document."""
    told = write(begun.material(), form).decode()
    for words in ("Switch off", "others not finished", "Idle" if form is Format.HTML else "idle"):
        assert words.casefold() in told.casefold()


def test_the_pdf_is_made(begun: Desk) -> None:
    """The printed report has the table, too."""
    assert write(begun.material(), Format.PDF).startswith(b"%PDF")


def test_a_run_without_lanes_tells_of_none(golden: Desk) -> None:
    """Nothing stands side by side: nothing is told."""
    assert document(golden.material()).lanes == ()
