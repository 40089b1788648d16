"""Who signed off and how, who decided and on what, and what was gone past, as a report tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runbook.report.document import Document, document
from runbook.run import commands as do
from runbook.run import commands_check as check
from runbook.run.entry import Actor, Assurance

if TYPE_CHECKING:
    from tests.report.conftest import Desk, WriteDesk

TEXT = """---
roles: {lead: Incident lead, exec: Executive on call}
---
# Move
- [ ] Open the breaker (two-person) <!-- id: open -->
  - Type: BRK-7
- [ ] Set the valve (two-person separately) <!-- id: valve -->
- [ ] Decide: is it up? (two-person) <!-- id: ask -->
  - Yes
  - No
- [ ] Hold: move it (Incident lead) <!-- id: hold -->
  - Go when: runtime >= 14
  - No-go: go to [Last](#last)
- [ ] Last <!-- id: last -->
"""


@pytest.fixture
def desk(written: WriteDesk) -> Desk:
    """A run with a sign-off of each kind, an objection, an override of each kind."""
    desk = written(TEXT)
    phone = Actor(operator="Bo Friis", assurance=Assurance.PHONE)
    desk.does(do.Start())
    desk.does(do.Confirm(step="open", untyped=True, deviation="label gone"))
    desk.does(check.Disagree(step="open", observation="half way"), desk.bo)
    desk.does(check.TypeTarget(step="open", typed="BRK-7"))
    desk.after(30).does(do.Confirm(step="open"))
    desk.after(60).does(check.SignOff(step="open", saw="open"), phone)
    desk.does(do.Confirm(step="valve"))
    desk.does(check.AcceptUnverified(step="valve", reason="alone in the room"))
    desk.does(do.Choose(step="ask", option=0))
    desk.does(check.SignOff(step="ask"), desk.bo)
    desk.does(check.AskDecision(step="hold"))
    go = do.Choose(step="hold", option=0, override="no answer", accept="the generator runs")
    desk.does(go, desk.bo)
    return desk


@pytest.fixture
def made(desk: Desk) -> Document:
    """The report of that run."""
    return document(desk.material())


def fact(made: Document, label: str) -> str:
    """What a measure says."""
    return next(f.text for f in made.measures if f.label == label)


def lines(made: Document, step: str) -> str:
    """All that is said of the last attempt at a step."""
    told = next(s for section in made.sections for s in section.steps if s.id == step)
    return " ".join(told.attempts[-1].lines)


def test_the_measures_count_the_checks(made: Document) -> None:
    """By how the second looked; an objection and a step without a second stand apart."""
    assert fact(made, "Confirmed by a second person") == ("2: by phone 1, both looked together 1")
    assert fact(made, "Accepted without a second person") == "1"
    assert fact(made, "Not confirmed by the second person") == "1"
    assert made.figures.decisions == 2


def test_the_measures_list_every_override_with_its_reason(made: Document) -> None:
    """Who, what, why and on whose authority."""
    told = fact(made, "Overrides of checks")
    assert "1 identity by Anna Holm: label gone" in told
    assert "2 second person by Anna Holm: alone in the room" in told
    assert "4 decider by Bo Friis: no answer, on the authority of Bo Friis" in told
    assert "4 criteria by Bo Friis: the generator runs" in told


def test_the_measures_tell_who_decided_at_a_hold(made: Document) -> None:
    """And in what capacity."""
    assert "4 Go by Bo Friis, as an override" in fact(made, "Hold points decided")


def test_a_step_tells_who_confirmed_it_and_how(made: Document) -> None:
    """The performer did it; the second read it back, typed by another."""
    told = lines(made, "open")
    assert "Target typed: “BRK-7”." in told
    assert "Confirmed by Bo Friis as second person, by phone. Read back: open." in told
    assert "By phone, typed by: Anna Holm." in told
    assert "Not confirmed before: half way." in told
    assert "UNVERIFIED" in lines(made, "valve")


def test_a_hold_tells_its_criteria_with_what_was_read_then(made: Document) -> None:
    """As they stood at that moment."""
    told = lines(made, "hold")
    assert "Criterion “runtime >= 14”: NO READING YET" in told
    assert "OVERRIDE, decided in place of whoever decides: no answer." in told


def test_what_was_gone_past_is_among_the_exceptions(made: Document) -> None:
    """A go that went past something needs a reader's eye, though it is done."""
    assert {"1", "2", "4"} <= {item.number for item in made.exceptions}


def test_the_time_on_a_step_ends_when_its_performer_was_done(desk: Desk) -> None:
    """Waiting for the second person is not work."""
    made = document(desk.material())
    times = {t.step: t.actual_s for t in made.figures.times}
    assert times["open"] == 30
