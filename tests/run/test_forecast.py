"""What is to be expected of a run: steps, lanes, objectives, and the way back."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from runbook.run.commands import Take
from runbook.run.commands_clock import Dispute
from runbook.run.commands_time import Await, BeginWait
from runbook.run.events import Mode
from runbook.run.forecast import Forecast, forecast, times_of
from runbook.run.lanes import in_lane
from runbook.run.outlook import outlook
from runbook.run.state import RunState
from runbook.run.typical import typical_lengths
from runbook.run.work import Work
from tests.run.rig import Rig

PLAN = """
    ---
    rto: [{service: EPJ, target: 30 min, from: declared, until: up}]
    ---
    # Plan
    ## First
    - [ ] Look (~2m) <!-- id: look -->
    - [ ] Wait 5 min: let it cool <!-- id: cool -->
    - [ ] Call them <!-- id: call -->
    ## Side by side (parallel)
    ### Power
    - [ ] Start (~3-4m) <!-- id: start -->
    - [ ] Load (~4m) <!-- id: load -->
    ### Network
    - [ ] Switch (~6m) <!-- id: switch -->
    ## After
    - [ ] Bring up (~10m, point of no return) <!-- id: up -->
      - [ ] Database (~4m) <!-- id: db -->
      - [ ] Application <!-- id: app -->
    ## Undo (way back)
    - [ ] Undo it (~7m) <!-- id: undo -->
"""
MIN = 60


def ahead(rig: Rig, **typical: int) -> Forecast:
    """The forecast now."""
    found = forecast(rig.state, rig.journal.now(), typical)
    assert found is not None
    return found


def minutes(rig: Rig, **typical: int) -> float:
    """Minutes until all is done."""
    return ahead(rig, **typical).laid.end_s / MIN


def started(mode: Mode = Mode.LIVE) -> Rig:
    """A run at its first step, on a clock that stands."""
    rig = Rig(PLAN, mode)
    rig.journal.step = timedelta()
    rig.journal.wait(seconds=-1)
    return rig


def test_steps_take_the_upper_bound_and_lanes_the_longest() -> None:
    """2 + 5 + 0 minutes, then 8 beside 6, then 10 of which 4 are a sub-step's."""
    rig = started()
    found = ahead(rig)
    assert found.laid.end_s == (2 + 5 + 8 + 10) * MIN
    assert found.laid.unknown == 2  # the call and the application
    assert found.starts("switch") == rig.journal.now() + timedelta(minutes=7)
    assert found.finishes("load") == rig.journal.now() + timedelta(minutes=15)
    assert "switch" not in found.laid.critical
    assert {"start", "load", "up"} <= set(found.laid.critical)


def test_typical_times_come_before_targets() -> None:
    """What a step took in earlier runs says more than what it should take."""
    assert minutes(started(), look=60, switch=20 * MIN) == 1 + 5 + 20 + 10


def test_it_slides_with_the_time() -> None:
    """A step within its time changes nothing; one over it pushes everything behind it."""
    rig = started()
    end = ahead(rig).ends
    rig.journal.wait(seconds=90)
    assert ahead(rig).ends == end
    rig.journal.wait(seconds=60)
    assert end is not None
    assert ahead(rig).ends == end + timedelta(seconds=30)


def test_lanes_go_on_side_by_side() -> None:
    """Steps taken on in two lanes count down together."""
    rig = started()
    rig.done("look", "cool", "call")
    rig.do(Take(step="switch"))
    rig.do(Take(step="start"))
    rig.journal.wait(minutes=3)
    assert minutes(rig) == (1 + 4) + 10


def test_looking_at_another_lane_changes_nothing_that_is_expected() -> None:
    """The current step of each lane counts from when it came up, whoever looks where."""
    rig = started()
    rig.done("look")
    rig.do(BeginWait(step="cool"))
    rig.journal.wait(minutes=5)
    rig.done("cool", "call")
    rig.journal.wait(minutes=3)
    lanes = [lane for lane, _ in rig.state.currents]
    ends = {
        found.laid.end_s
        for lane in lanes
        if (found := forecast(in_lane(rig.state, lane), rig.journal.now()))
    }
    assert len(lanes) == 2
    assert ends == {(1 + 4 + 10) * MIN}


def test_a_wait_ends_when_it_is_due() -> None:
    """A wait that was begun lasts until its recorded end, however long it was meant to be."""
    rig = started()
    rig.done("look")
    rig.do(BeginWait(step="cool"))
    rig.journal.wait(minutes=2)
    assert minutes(rig) == 3 + 8 + 10
    rig.journal.wait(minutes=20)
    assert minutes(rig) == 8 + 10


def test_a_wait_for_somebody_lasts_as_long_as_estimated() -> None:
    """The estimated end of an outside wait stands in the place of the target."""
    rig = started()
    until = rig.journal.now() + timedelta(minutes=30)
    rig.do(Await(step="look", what="the vendor", until=until.isoformat()))
    assert minutes(rig) == 30 + 5 + 8 + 10


def test_the_longest_option_counts_while_nobody_has_decided() -> None:
    """Of what hangs on the options of an open decision only one is going to be worked."""
    rig = Rig("""
        # Decide
        - [ ] Decide: which? <!-- id: which -->
          - A
            - [ ] Long (~9m) <!-- id: long -->
          - B
            - [ ] Short (~1m) <!-- id: short -->
          - Cannot tell: treat as A
        - [ ] Then (~1m) <!-- id: then -->
    """)
    rig.journal.step = timedelta()
    assert round(minutes(rig)) == 10
    rig.choose("which", 1)
    assert round(minutes(rig)) == 2


def test_four_times_of_a_step() -> None:
    """Target, typical, forecast and actual stand side by side."""
    rig = started()
    rig.journal.wait(minutes=3)
    rig.done("look")
    done = times_of(rig.state, "look", ahead(rig), {"look": 100})
    assert (done.target_s, done.typical_s, done.ends) == ((120, 120), 100, None)
    assert done.ended == rig.journal.now()
    coming = times_of(rig.state, "start", ahead(rig))
    assert (coming.starts, coming.ended) == (rig.journal.now() + timedelta(minutes=5), None)


def test_an_objective_has_a_margin() -> None:
    """30 minutes from the start, and 25 of work: five to spare, and fewer when it slides."""
    rig = started()
    (goal,) = ahead(rig).objectives
    assert (goal.service, goal.margin_s, goal.reached) == ("EPJ", 5 * MIN, None)
    rig.journal.wait(minutes=10)
    (goal,) = ahead(rig).objectives
    assert goal.margin_s == -3 * MIN


def test_an_objective_reached_keeps_what_came_of_it() -> None:
    """Once its step is done the margin is a fact."""
    rig = started()
    rig.done("look", "cool", "call", "start", "load", "switch", "db", "app")
    rig.journal.wait(minutes=20)
    rig.done("up")
    (goal,) = ahead(rig).objectives
    assert goal.reached == rig.journal.now()
    assert goal.margin_s == 10 * MIN


def test_turning_back() -> None:
    """Now it takes seven minutes; at worst it begins when the point of no return is reached."""
    rig = started()
    back = ahead(rig).back_out
    assert back is not None
    assert back.done == rig.journal.now() + timedelta(minutes=7)
    assert back.point == "up"
    assert back.latest == ahead(rig).starts("up")
    assert back.worst == rig.journal.now() + timedelta(minutes=15 + 4 + 7)


def test_past_the_point_of_no_return() -> None:
    """Once that step is done there is no moment left at which to turn."""
    rig = started()
    rig.done("look", "cool", "call", "start", "load", "switch", "db", "app", "up")
    back = ahead(rig).back_out
    assert back is not None
    assert (back.is_passed, back.latest) == (True, None)


def test_a_forecast_of_ones_own_stands_until_something_is_done() -> None:
    """The owner says 19:00; the next settled step brings the worked-out time back."""
    rig = started()
    until = rig.journal.now() + timedelta(hours=1)
    rig.do(Dispute(advice="end", own="1 h", until=until.isoformat(), reason="two are missing"))
    assert ahead(rig).ends == until
    rig.done("look")
    assert ahead(rig).ends != until


def test_an_ended_run_has_no_forecast() -> None:
    """What is over is told by its record."""
    rig = Rig("# One\n\n- [ ] Do (~1m) <!-- id: a -->\n", started=False)
    assert forecast(rig.state, rig.journal.now()) is not None
    assert Work(rig.state, rig.journal.now()).left().end_s == MIN


def test_typical_is_the_median_of_like_runs() -> None:
    """Of three live runs the middle one counts; a drill tells nothing of live work."""
    states: list[RunState] = []
    for mode, taken in ((Mode.LIVE, 60), (Mode.TEST, 90), (Mode.LIVE, 300), (Mode.DRILL, 31)):
        rig = started(mode)
        rig.do(Take(step="look"))
        rig.journal.wait(seconds=taken)
        rig.done("look")
        states.append(_named(rig, f"run-{len(states) + 2}"))
    assert typical_lengths(states, started().state) == {"look": 90}
    assert typical_lengths(states, started(Mode.DRILL).state) == {"look": 31}


def test_steps_pressed_through_say_nothing_of_their_length() -> None:
    """Two minutes confirmed within a second were done before, or not at all."""
    rig = started()
    rig.done("look", "cool", "call")
    known = typical_lengths([_named(rig, "run-9")], started().state)
    assert "look" not in known
    assert known["call"] == 0  # it has no target to compare with


def _named(rig: Rig, run: str) -> RunState:
    return replace(rig.state, run=run)


def test_absurd_times_break_nothing() -> None:
    """A target of ages, an objective of ages, a reading of ages: all is said to be far away."""
    rig = Rig("""
        ---
        rto: [{service: EPJ, target: 999999 weeks, from: declared, until: b}]
        ---
        # Ages
        - [ ] Read (~999999w) <!-- id: a -->
          - Record: left = Left, h, from the clock, runs down
        ## Stop (before left runs out)
        - [ ] Stop (~999999w) <!-- id: b -->
        ## Back (way back)
        - [ ] Back (~999999w) <!-- id: c -->
    """)
    for value in ("1" * 40, "0", "0.000000000000000000000000001"):
        rig.read("a", "left", value, accept="read twice")
        rig.journal.wait(hours=3)
        seen = outlook(rig.state, rig.journal.now())
        assert seen.ahead is not None
        assert seen.ahead.ends is not None


def test_words_under_the_name_of_a_clock_are_passed_over() -> None:
    """Another step may record text under the same name; the numbers count."""
    rig = Rig("""
        # Two
        - [ ] Read <!-- id: a -->
          - Record: left = Left, min, from the clock, runs down
        - [ ] Say <!-- id: b -->
          - Record: left = Left, text
    """)
    rig.read("a", "left", "20")
    rig.read("b", "left", "enough")
    assert outlook(rig.state, rig.journal.now()).clocks["left"].newest.value == 20
    rig.read("a", "left", "19")


lengths = st.lists(st.lists(st.integers(0, 90), max_size=3), min_size=1, max_size=4)


@given(lengths, st.integers(0, 200))
def test_it_never_ends_before_the_longest_lane(lanes: list[list[int]], late: int) -> None:
    """The end is at least now and what is left of the longest lane, however late it is."""
    rig = _lanes(lanes)
    rig.journal.wait(minutes=late)
    gone = (rig.journal.now() - (rig.state.started or rig.journal.now())).total_seconds()
    now = rig.journal.now()
    found = ahead(rig)
    left = [max(0, lane[0] * MIN - gone) + sum(lane[1:]) * MIN for lane in lanes if lane]
    assert now + timedelta(seconds=found.laid.end_s) >= now
    assert found.laid.end_s == max(left, default=0)


@given(lengths, st.integers(0, 3), st.integers(1, 60))
def test_more_work_never_ends_sooner(lanes: list[list[int]], where: int, more: int) -> None:
    """Adding a step to any lane does not bring the end nearer."""
    longer = [[*lane, more] if i == where % len(lanes) else lane for i, lane in enumerate(lanes)]
    assert minutes(_lanes(longer)) >= minutes(_lanes(lanes))


def _lanes(lanes: list[list[int]]) -> Rig:
    """A run whose lanes have steps of so many minutes."""
    lines = ["# Lanes", "## Together (parallel)"]
    for lane, steps in enumerate(lanes):
        lines.append(f"### Lane {lane}")
        lines += [f"- [ ] Do (~{m}m) <!-- id: s{lane}-{i} -->" for i, m in enumerate(steps)]
        lines.append(f"- [ ] Say so <!-- id: end-{lane} -->")
    return Rig("\n".join(lines))
