"""Disagreeing with a time that was worked out: always possible, with a reason, for ever."""

from __future__ import annotations

import pytest

from runbook.run.commands_clock import Dispute
from runbook.run.events_clock import AdviceDisputed
from runbook.run.rules_clock import advice
from tests.run.rig import Rig

TEXT = """
    ---
    rto: [{service: EPJ, target: 30 min, from: declared, until: up}]
    ---
    # Power
    - [ ] Read it <!-- id: a -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
    ## Stop (before ups runs out)
    - [ ] Stop it (~4m) <!-- id: stop -->
    - [ ] Bring it up (~9m) <!-- id: up -->
    ## Undo (way back)
    - [ ] Undo it (~7m) <!-- id: undo -->
"""


@pytest.fixture
def rig() -> Rig:
    """A run with one reading."""
    made = Rig(TEXT)
    made.read("a", "ups", "27")
    return made


def test_everything_that_is_worked_out_can_be_disputed(rig: Rig) -> None:
    """Resources, latest starts, objectives, the end and the way back, each by its name."""
    names = set(advice(rig.state, rig.journal.now()))
    assert names == {"ups", "start ups", "end", "rto EPJ", "back out"}
    for name in names:
        rig.do(Dispute(advice=name, own="none", reason="seen otherwise"))
        assert advice(rig.state, rig.journal.now())[name].at is None


def test_the_record_holds_what_was_shown_and_what_was_said(rig: Rig) -> None:
    """An investigator finds both figures, and why."""
    rig.do(
        Dispute(advice="ups", own="12 min", until="2026-11-21T18:14:00+00:00", reason="weak string")
    )
    event = rig.journal.kept[-1].event
    assert isinstance(event, AdviceDisputed)
    assert event.shown == "2026-11-21T18:27:02+00:00"
    assert (event.own, event.reason, event.label) == (
        "12 min",
        "weak string",
        "UPS runtime runs out",
    )


def test_what_is_missing_is_asked_for(rig: Rig) -> None:
    """A figure, a moment that can be read, a reason, and a name that is shown."""
    assert rig.refuse(Dispute(advice="ups", own=" ", reason="x")).needs == "own"
    assert rig.refuse(Dispute(advice="ups", own="12 min", reason=" ")).needs == "reason"
    soon = Dispute(advice="ups", own="soon", until="soon", reason="x")
    assert rig.refuse(soon).code == "not-a-time"
    refused = rig.refuse(Dispute(advice="diesel", own="none", reason="x"))
    assert refused.code == "no-such-advice"
    assert "ups" in refused.why
