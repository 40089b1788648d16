"""Parallel sections: lanes side by side, joined at the section's end, and any order."""

from __future__ import annotations

from textwrap import dedent

import pytest

from runbook.run.commands import Choose, Confirm, Defer, Retry, Skip, Take, TakeAlternative
from runbook.run.commands_people import FillRole, SitDown
from runbook.run.entry import Actor
from runbook.run.events import Status
from runbook.run.lanes import LaneView, in_lane, lanes_at_work, lanes_of_run, next_lane, waited_for
from tests.run.rig import Rig

LANES = """
    # Mains loss
    ## Confirm
    - [ ] Look <!-- id: look -->
    ## Buy time (parallel) <!-- id: buy -->
    ### Shed (Platform) <!-- id: shed -->
    - [ ] Tier 4 <!-- id: four -->
    - [ ] Tier 3 <!-- id: three -->
    ### Generator (Facilities) <!-- id: generator -->
    - [ ] Decide: does it run? <!-- id: runs -->
      - Yes: go to [Carry](#carry)
      - No
      - Never: stop here
    - [ ] Crank <!-- id: crank -->
      - Expect: noise
      - If not: go to [Estimate](#estimate)
    ### Copy <!-- id: copy -->
    - [ ] Ask (optional) <!-- id: wish -->
    - [ ] Look at the copy <!-- id: gap -->
      - Expect: seconds
      - If not: go to [Estimate](#estimate)
    ## Decide <!-- id: after -->
    - [ ] Shut down <!-- id: down -->
    - [ ] Carry on <!-- id: carry -->
    ## Estimate (only on request) <!-- id: estimate -->
    - [ ] Read the load <!-- id: load -->
    - [ ] Divide <!-- id: divide -->
"""


@pytest.fixture
def rig() -> Rig:
    """A run of three lanes, standing where they begin."""
    rig = Rig(LANES)
    rig.done("look")
    return rig


def currents(rig: Rig) -> dict[str, str]:
    """The current step of each lane."""
    return dict(rig.state.currents)


def view(rig: Rig, lane: str) -> LaneView:
    """One lane at work."""
    return next(v for v in lanes_at_work(rig.state) if v.lane.id == lane)


def test_every_lane_has_its_current_step(rig: Rig) -> None:
    """When a parallel section is reached the first step of every lane is current."""
    assert currents(rig) == {"shed": "four", "generator": "runs", "copy": "wish"}
    assert rig.here == "four"


def test_the_lane_acted_in_stays_in_hand(rig: Rig) -> None:
    """The next step is that of the lane in which somebody acted last."""
    rig.choose("runs", 1)
    assert rig.here == "crank"
    rig.done("four")
    assert rig.here == "three"


def test_another_lanes_step_is_in_order(rig: Rig) -> None:
    """A step of another lane passes nothing over."""
    rig.choose("runs", 1)
    rig.do(Take(step="crank"))
    rig.done("gap")
    assert rig.state.record("crank").last.passed_over == ()
    assert rig.state.record("gap").last.passed_over == ()


def test_within_a_lane_the_order_holds(rig: Rig) -> None:
    """A later step of the same lane passes over the earlier ones, and only these."""
    rig.do(Take(step="three"))
    assert rig.state.record("three").last.passed_over == ("four",)


def test_nothing_behind_the_join_is_current(rig: Rig) -> None:
    """What follows the section waits for every lane, whichever comes last."""
    rig.done("four", "three", "wish", "gap")
    rig.choose("runs", 1)
    assert currents(rig) == {"generator": "crank"}
    rig.done("crank")
    assert currents(rig) == {"": "down"}


def test_acting_past_the_join_is_out_of_order(rig: Rig) -> None:
    """It is possible, and says which steps of which lanes it passed over."""
    rig.do(Take(step="down"))
    passed = rig.state.record("down").last.passed_over
    assert passed == ("four", "three", "runs", "crank", "gap")
    assert rig.here == "down"
    rig.done("down")
    assert rig.here == "four"


def test_an_optional_step_holds_up_nobody_else(rig: Rig) -> None:
    """It is current in its lane, and the work goes on behind the join without it."""
    rig.done("four", "three", "gap")
    rig.choose("runs", 1)
    rig.done("crank")
    assert currents(rig) == {"copy": "wish", "": "down"}
    assert rig.here == "down"
    assert lanes_at_work(rig.state) == ()
    assert len(lanes_at_work(in_lane(rig.state, "copy"))) == 3


def test_going_ahead_of_the_join_leaves_other_lanes(rig: Rig) -> None:
    """What is passed over behind the join does not apply; the other lanes go on."""
    rig.choose("runs", 0)
    assert currents(rig) == {"shed": "four", "copy": "wish"}
    assert rig.state.status_of("crank") is Status.NOT_APPLICABLE
    assert rig.state.status_of("down") is Status.NOT_APPLICABLE
    rig.done("four", "three", "wish", "gap")
    assert rig.here == "carry"


def test_stop_in_a_lane_leaves_other_lanes(rig: Rig) -> None:
    """Nothing follows the join any more, but no lane loses steps without being asked."""
    rig.choose("runs", 2)
    assert currents(rig) == {"shed": "four", "copy": "wish"}
    assert rig.state.status_of("carry") is Status.NOT_APPLICABLE
    rig.done("four", "three", "wish", "gap")
    assert rig.here is None


def test_a_section_on_request_returns_to_its_lane(rig: Rig) -> None:
    """It is walked in the lane that asked for it, beside the others, before the join."""
    rig.choose("runs", 1)
    rig.fail("crank")
    rig.do(TakeAlternative(step="crank"))
    assert currents(rig) == {"shed": "four", "generator": "load", "copy": "wish"}
    assert rig.here == "load"
    rig.done("load", "four", "three", "wish", "gap")
    assert currents(rig) == {"generator": "divide"}
    rig.done("divide")
    assert rig.here == "down"


def test_a_section_on_request_follows_who_asks_last(rig: Rig) -> None:
    """Asked for from a second lane it is walked again there, whichever comes first in the text."""
    rig.do(Skip(step="wish", reason="no time"))
    rig.choose("runs", 1)
    for step in ("gap", "crank"):
        rig.fail(step)
        rig.do(TakeAlternative(step=step))
    assert currents(rig) == {"shed": "four", "generator": "load"}
    other = Rig(LANES)
    other.done("look")
    other.do(Skip(step="wish", reason="no time"))
    other.choose("runs", 1)
    for step in ("crank", "gap"):
        other.fail(step)
        other.do(TakeAlternative(step=step))
    assert currents(other) == {"shed": "four", "copy": "load"}


def test_a_go_to_out_of_a_detour_leaves_other_lanes() -> None:
    """A section on request that leads behind the join rules nothing out in the other lanes."""
    rig = Rig(
        LANES
        + "    - [ ] Decide: enough? <!-- id: enough -->\n"
        + "      - Yes: go to [Carry](#carry)\n      - No\n"
    )
    rig.done("look", "four")
    rig.choose("runs", 1)
    rig.fail("crank")
    rig.do(TakeAlternative(step="crank"))
    rig.done("load", "divide")
    rig.choose("enough", 0)
    assert currents(rig) == {"shed": "three", "copy": "wish"}
    assert rig.state.status_of("down") is Status.NOT_APPLICABLE


def test_a_lane_says_what_it_waits_for(rig: Rig) -> None:
    """A lane at the join names the lanes that are not there yet, with their current steps."""
    rig.done("four")
    at = rig.journal.at
    rig.done("three")
    waiting = view(rig, "shed")
    assert waiting.is_waiting
    assert (waiting.waits_for, waiting.ended) == (("generator", "copy"), at)
    assert [(lane.id, step) for lane, step in waited_for(rig.state, waiting)] == [
        ("generator", "runs"),
        ("copy", "wish"),
    ]
    assert rig.here == "runs"


def test_a_lane_has_the_role_of_its_section_or_of_its_steps() -> None:
    """The default role stands for a lane, else those its steps name."""
    rig = Rig(
        "---\nroles: {fac: Facilities, dba: Database}\n---\n# P\n## Side (parallel)\n"
        "### One (Facilities)\n- [ ] a (Database) <!-- id: a -->\n"
        "### Two\n- [ ] b (Database) <!-- id: b -->\n- [ ] c (Facilities) <!-- id: c -->\n"
    )
    assert [v.lane.roles for v in lanes_at_work(rig.state)] == [("fac",), ("dba", "fac")]


def test_turning_to_another_lane_records_nothing(rig: Rig) -> None:
    """The next lane's step is in hand to look at and to confirm, and the run stays what it is."""
    lane = next_lane(rig.state)
    turned = in_lane(rig.state, lane)
    assert (lane, turned.current) == ("generator", "runs")
    assert next_lane(turned, -1) == "shed"
    assert next_lane(in_lane(rig.state, "copy")) == "shed"
    assert turned.last_seq == rig.state.last_seq


def test_both_lanes_are_begun_when_the_section_is(rig: Rig) -> None:
    """A step of another lane was begun when it became current, not when it was looked at."""
    at = rig.state.last_at
    rig.journal.wait(minutes=5)
    rig.done("four")
    rig.done("gap")
    assert rig.state.record("gap").last.started != at
    rig.choose("runs", 1)
    assert rig.state.record("runs").last.started == at


def test_lanes_are_measured_from_the_record(rig: Rig) -> None:
    """Start, end and nothing else is taken from what was done."""
    began = rig.state.last_at
    rig.journal.wait(minutes=5)
    rig.done("four", "three")
    shed = next(v for v in lanes_of_run(rig.state) if v.lane.id == "shed")
    assert (shed.began, shed.ended) == (began, rig.state.last_at)


def test_going_back_before_the_lanes_leaves_other_lanes() -> None:
    """A decision that leads back begins again what came before it, not what others did beside."""
    rig = Rig(
        "# P\n- [ ] Look <!-- id: look -->\n## Side (parallel)\n### One\n- [ ] a <!-- id: a -->\n"
        "### Two\n- [ ] b <!-- id: b -->\n- [ ] Decide: well? <!-- id: well -->\n  - Yes\n"
        "  - No: go to [Look](#look)\n"
    )
    rig.done("look", "a", "b")
    rig.choose("well", 1)
    assert rig.here == "look"
    assert rig.state.status_of("a") is Status.DONE
    rig.done("look")
    assert currents(rig) == {"two": "b"}


def test_two_lanes_may_both_be_led_back() -> None:
    """Each follows its own decision when its own sub-steps are settled."""
    text = "# P\n## Side (parallel)\n"
    for lane in "ab":
        text += (
            f"### {lane}\n- [ ] Do <!-- id: {lane}1 -->\n- [ ] Decide: well? <!-- id: {lane}2 -->\n"
            f"  - Yes\n  - No: go to [Do](#{lane}1)\n    - [ ] Mend <!-- id: {lane}3 -->\n"
        )
    rig = Rig(text)
    for lane in "ab":
        rig.done(f"{lane}1")
        rig.choose(f"{lane}2", 1)
    rig.done("a3")
    assert currents(rig) == {"a": "a1", "b": "b3"}
    rig.done("b3")
    assert currents(rig) == {"a": "a1", "b": "b1"}


def test_a_go_to_into_another_lane_ends_the_own_one() -> None:
    """The other lane's steps stay as they are, whichever lane comes first in the text."""
    text = "# P\n## Side (parallel)\n"
    for lane, other in ("ab", "ba"):
        text += (
            f"### {lane}\n- [ ] Decide: help? <!-- id: {lane}1 -->\n"
            f"  - Yes: go to [Second](#{other}2)\n  - No\n"
            f"- [ ] Second <!-- id: {lane}2 -->\n"
        )
    for lane, other in ("ab", "ba"):
        rig = Rig(text + "## End\n- [ ] End <!-- id: end -->\n")
        rig.choose(f"{lane}1", 0)
        assert currents(rig) == {other: f"{other}1"}
        assert rig.state.status_of(f"{lane}2") is Status.NOT_APPLICABLE
        rig.choose(f"{other}1", 1)
        rig.done(f"{other}2")
        assert rig.here == "end"


def test_lanes_within_a_lane() -> None:
    """A lane may be divided itself; its own join comes before the outer one."""
    rig = Rig(
        "# P\n## Out (parallel)\n### One\n- [ ] a <!-- id: a -->\n"
        "### Two (parallel) <!-- id: two -->\n- [ ] first <!-- id: first -->\n"
        "#### In\n- [ ] b <!-- id: b -->\n#### Also in\n- [ ] c <!-- id: c -->\n"
        "## End\n- [ ] end <!-- id: end -->\n"
    )
    assert currents(rig) == {"one": "a", "two": "first"}
    rig.done("first")
    assert currents(rig) == {"one": "a", "in": "b", "also-in": "c"}
    assert [v.lane.id for v in lanes_at_work(rig.state)] == ["one", "in", "also-in"]
    rig.done("b")
    assert rig.here == "a"
    rig.done("c", "a")
    assert rig.here == "end"


def test_a_lane_emptied_by_a_decision_holds_nobody_up() -> None:
    """The lane's steps do not apply, and the join does not wait for them."""
    rig = Rig(
        "# P\n- [ ] Decide: alone? <!-- id: alone -->\n  - Yes: go to [b](#b)\n  - No\n"
        "## Side (parallel)\n### One\n- [ ] Decide: which? <!-- id: a -->\n"
        "  - Out: go to [End](#end)\n  - In\n- [ ] More <!-- id: more -->\n"
        "### Two\n- [ ] b <!-- id: b -->\n## End\n- [ ] end <!-- id: end -->\n"
    )
    rig.choose("alone", 0)
    assert currents(rig) == {"one": "a", "two": "b"}
    rig.choose("a", 0)
    assert currents(rig) == {"two": "b"}
    rig.done("b")
    assert rig.here == "end"


def test_what_is_put_off_comes_up_in_the_lane_of_its_target(rig: Rig) -> None:
    """A step put off to a step of another lane is current there when that step is next."""
    rig.do(Defer(step="four", target="crank", reason="hands are needed there"))
    assert currents(rig) == {"shed": "three", "generator": "runs", "copy": "wish"}
    rig.choose("runs", 1)
    assert currents(rig)["generator"] == "four"
    rig.done("four")
    assert currents(rig)["generator"] == "crank"


def test_a_step_taken_on_stays_in_hand_in_its_lane(rig: Rig) -> None:
    """A step in hand in one lane does not call the other lanes' people back to it."""
    rig.do(Take(step="three"))
    rig.choose("runs", 1)
    assert rig.here == "crank"
    assert currents(rig) == {"shed": "three", "generator": "crank", "copy": "wish"}
    assert rig.refuse(Take(step="three")).code == "is-active"


def test_a_failed_step_keeps_its_lane_only(rig: Rig) -> None:
    """The failed step is current in its lane; the other lanes go on."""
    rig.choose("runs", 1)
    rig.fail("crank")
    rig.done("four", "three", "wish", "gap")
    assert currents(rig) == {"generator": "crank"}
    rig.do(Retry(step="crank"))
    rig.done("crank")
    assert rig.here == "down"


def test_a_changed_decision_opens_the_lane_again(rig: Rig) -> None:
    """Decided anew, the steps of the lane apply and the join waits for them."""
    rig.choose("runs", 0)
    rig.done("four", "three", "wish", "gap")
    assert rig.here == "carry"
    rig.do(Choose(step="runs", option=1, reason="it stopped"))
    assert currents(rig) == {"generator": "crank"}


ANY_ORDER = """
    # Looks
    ## Look (any order) <!-- id: looks -->
    - [ ] North <!-- id: north -->
    - [ ] South <!-- id: south -->
      - [ ] Door <!-- id: door -->
      - [ ] Roof <!-- id: roof -->
    ### Inside <!-- id: inside -->
    - [ ] Rack <!-- id: rack -->
    - [ ] Floor <!-- id: floor -->
    ## Then <!-- id: then -->
    - [ ] Lists (any order) <!-- id: lists -->
      - [ ] One <!-- id: one -->
      - [ ] Two <!-- id: two -->
    - [ ] Last <!-- id: last -->
"""


@pytest.mark.parametrize(
    ("step", "passed"),
    [
        ("north", ()),
        ("roof", ()),
        ("south", ("door", "roof")),
        ("rack", ()),
        ("floor", ("rack",)),
        ("one", ("north", "door", "roof", "south", "rack", "floor")),
    ],
)
def test_any_order_passes_over_nothing(step: str, passed: tuple[str, ...]) -> None:
    """Parts of an (any order) section come without warning; within a part the order holds."""
    rig = Rig(ANY_ORDER)
    rig.do(Take(step=step))
    assert rig.state.record(step).last.passed_over == passed


def test_sub_steps_in_any_order() -> None:
    """The sub-steps of an (any order) step come in any order, before the step itself."""
    rig = Rig(ANY_ORDER)
    rig.done("roof", "door", "north", "south", "rack", "floor", "two")
    assert rig.state.record("two").last.passed_over == ()
    assert rig.here == "one"
    rig.do(Confirm(step="lists", deviation="one list is enough"))
    assert rig.state.record("lists").last.passed_over == ("one",)


def test_whoever_sits_down_has_his_own_lane_in_hand() -> None:
    """The lane of a role that the person holds; nobody without one is moved."""
    rig = Rig("---\nroles: {plat: Platform, fac: Facilities}\n---\n" + dedent(LANES).strip())
    rig.do(FillRole(key="fac", person="BO"))
    rig.done("look")
    assert rig.here == "four"
    rig.runner.do(SitDown(), Actor(operator="CY"))
    assert rig.here == "four"
    rig.runner.do(SitDown(), Actor(operator="BO"))
    assert rig.here == "runs"
    rig.done("four")
    assert rig.here == "three"
