"""Who goes on to another section is told what was left in the one before."""

from __future__ import annotations

from runbook.run.commands import Choose, Confirm, Defer, Skip, Take
from runbook.run.leaving import ends_lane, following, left_behind, previous
from tests.run.rig import Rig

TWO = """
    # Two sections

    ## Look <!-- id: look -->

    - [ ] Read the panel <!-- id: panel -->
    - [ ] Read the meter <!-- id: meter -->
    - [ ] Decide: is it dark? <!-- id: dark -->
      - Yes: go on
        - [ ] Fetch a torch <!-- id: torch -->
      - No: go on

    ## Act <!-- id: act -->

    - [ ] Start the engine <!-- id: engine -->
    - [ ] Close the door <!-- id: door -->
    """


def test_what_was_not_done_is_named_at_the_next_section() -> None:
    """Skipped and put off steps of the section before stand at the first step of the next."""
    rig = Rig(TWO)
    rig.do(Skip(step="panel", reason="no panel here"))
    rig.do(Defer(step="meter", target="door", reason="no light"))
    rig.do(Choose(step="dark", option=1))
    assert rig.here == "engine"
    assert left_behind(rig.state, "engine") == ("panel", "meter")
    rig.do(Confirm(step="engine"))
    assert left_behind(rig.state, "door") == ()


def test_done_steps_and_other_branches_leave_nothing() -> None:
    """A section that was worked through leaves nothing behind."""
    rig = Rig(TWO)
    rig.do(Confirm(step="panel"))
    rig.do(Confirm(step="meter"))
    rig.do(Choose(step="dark", option=1))
    assert left_behind(rig.state, "engine") == ()


def test_open_steps_are_named_when_work_begins_elsewhere() -> None:
    """A step taken on in another section shows what is still open in the one before it."""
    rig = Rig(TWO)
    rig.do(Confirm(step="panel"))
    rig.do(Take(step="engine"))
    assert left_behind(rig.state, "engine") == ("meter", "dark", "torch")


LANES = """
    # Lanes
    - [ ] First <!-- id: first -->
    ## Side by side (parallel) <!-- id: side -->
    ### One <!-- id: one -->
    - [ ] a <!-- id: a -->
    - [ ] b <!-- id: b -->
    ### Two <!-- id: two -->
    - [ ] c <!-- id: c -->
    ## Then <!-- id: then -->
    - [ ] d <!-- id: d -->
    """


def test_the_steps_around_one_are_those_of_its_lane() -> None:
    """Next and before are found in the lane, then behind the join and before the fork."""
    state = Rig(LANES).state
    assert [following(state, s) for s in ("first", "a", "b", "c", "d")] == [
        "a",
        "b",
        "d",
        "d",
        None,
    ]
    assert [previous(state, s) for s in ("first", "a", "c", "d")] == [None, "first", "first", "c"]
    assert ends_lane(state, "b", "d")
    assert not ends_lane(state, "a", "b")


def test_behind_the_join_all_lanes_are_left() -> None:
    """What any lane left undone is named at the first step behind the join, and not before."""
    rig = Rig(LANES)
    rig.done("first")
    rig.do(Skip(step="a", reason="no time"))
    rig.do(Skip(step="c", reason="no time"))
    assert left_behind(rig.state, "c") == ()
    rig.do(Confirm(step="b"))
    assert left_behind(rig.state, "d") == ("a", "c")
