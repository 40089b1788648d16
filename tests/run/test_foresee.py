"""What is worked out ahead is what comes, or is not used."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from runbook.run.commands import Confirm, Note
from runbook.run.entry import Actor
from runbook.run.foresee import Foreseen, foresee
from runbook.run.runner import Recorded
from tests.run.rig import ANN, Rig

TWO = "# Two\n\n- [ ] First <!-- id: one -->\n- [ ] Second <!-- id: two -->\n"


def foreseen(rig: Rig, by: Actor = ANN) -> Foreseen:
    """What confirming the first step would bring."""
    found = foresee(rig.state, Confirm(step="one"), by, rig.journal.now())
    assert found is not None
    return found


def test_what_was_foreseen_came_true() -> None:
    """The state worked out ahead stands where the recorded one stands."""
    rig = Rig(TWO)
    before, ahead = rig.state, foreseen(rig)
    done = rig.runner.do(Confirm(step="one"), ANN)
    assert isinstance(done, Recorded)
    assert ahead.came_true(before, done.entries)
    assert (ahead.after.current, ahead.after.last_confirmed) == ("two", "one")
    assert ahead.after.records.keys() == done.state.records.keys()


def test_nothing_is_recorded_by_looking_ahead() -> None:
    """Working it out leaves run and journal as they were."""
    rig = Rig(TWO)
    before, count = rig.state, len(rig.journal.kept)
    foreseen(rig)
    assert (rig.state, len(rig.journal.kept)) == (before, count)


def test_another_act_is_not_what_was_foreseen() -> None:
    """A note, another person or another minute means that it did not come true."""
    rig = Rig(TWO)
    before, ahead = rig.state, foreseen(rig)
    noted = rig.runner.do(Note(text="radio on 4"), ANN)
    assert isinstance(noted, Recorded)
    assert not ahead.came_true(before, noted.entries)
    done = rig.runner.do(Confirm(step="one"), ANN)
    assert isinstance(done, Recorded)
    assert not ahead.came_true(rig.state, done.entries)
    entry = done.entries[0]
    assert not ahead.came_true(before, [replace(entry, actor=Actor(operator="BO"))])
    later = foreseen(Rig(TWO)).at + timedelta(minutes=2)
    assert not ahead.came_true(before, [replace(entry, wall=later.isoformat())])


def test_a_refused_command_has_no_future() -> None:
    """What would be refused is not foreseen."""
    rig = Rig(TWO)
    assert foresee(rig.state, Confirm(step="none"), ANN, rig.journal.now()) is None
