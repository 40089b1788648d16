"""Lanes on the terminal: listed, turned to, and told what they wait for."""

from __future__ import annotations

from runbook.walk.overview import card_lines
from tests.walk.talk import Talk

LANES = """
    ---
    roles: {plat: Platform, fac: Facilities}
    ---
    # Mains loss
    ## Buy time (parallel) <!-- id: buy -->
    ### Switch off (Platform) <!-- id: shed -->
    - [ ] Shut down tier 4 <!-- id: four -->
    - [ ] Shut down tier 3 <!-- id: three -->
    ### Generator (Facilities) <!-- id: generator -->
    - [ ] Look at the engine <!-- id: engine -->
    - [ ] Crank it <!-- id: crank -->
    ## Decide
    - [ ] Shut down <!-- id: down -->
    """


def test_lanes_are_listed_with_their_current_steps() -> None:
    """Every lane has its number, its role and its current step; the one in hand is marked."""
    talk = Talk(LANES)
    talk.rig.journal.wait(minutes=4)
    assert talk.say("lanes").splitlines() == [
        "Lanes, side by side (lane N turns to one):",
        "-> 1 Switch off (Platform)",
        "      1.1 Shut down tier 4, 4 min 1 s",
        " > 2 Generator (Facilities)",
        "      1.3 Look at the engine, 4 min 1 s",
    ]
    assert Talk().first("lanes") == "No lanes here."


def test_status_marks_all_current_steps() -> None:
    """The step in hand and the current steps of the other lanes are marked differently."""
    lines = Talk(LANES).say("status").splitlines()
    assert next(line.split()[0] for line in lines if "Shut down tier 4" in line) == "->"
    assert any(line.startswith(" > ") and "Look at the engine" in line for line in lines)
    headings = [line for line in lines if line.startswith("==")]
    assert headings == [
        "== Buy time, side by side ==",
        "== Switch off ==",
        "== Generator ==",
        "== Decide ==",
    ]


def test_turning_to_a_lane_records_nothing() -> None:
    """By number, by role or to the next one; what is done then is done there."""
    talk = Talk(LANES)
    kept = len(talk.rig.journal.kept)
    for line in ("lane 2", "lane 1", "lane Facilities", "lane fac"):
        shown = talk.say(line)
    assert "Step 1.3" in shown
    assert "  Other lanes: 1.1 Platform. Type lanes." in shown.splitlines()
    assert len(talk.rig.journal.kept) == kept
    assert "Step 1.3 done" in talk.first("done")
    assert talk.rig.state.record("engine").last.passed_over == ()
    assert "Step 1.4" in talk.say("step")
    assert "Step 1.1" in talk.say("lane")


def test_a_note_does_not_turn_back() -> None:
    """What is written down meanwhile leaves the lane in hand."""
    talk = Talk(LANES)
    assert "Step 1.3" in talk.say("lane 2", "note radio on channel 4", "step")


def test_a_lane_at_the_join_says_what_it_waits_for() -> None:
    """The role that is waited for, its step, and for how long."""
    talk = Talk(LANES)
    talk.say("done", "done")
    talk.rig.journal.wait(minutes=4)
    assert "      Waiting for: Facilities at 1.3 (4 min 1 s)" in talk.say("lanes").splitlines()
    assert talk.first("lane 1") == "refused: The lane of Platform has no open step. Type lanes."


def test_what_is_no_lane_is_refused() -> None:
    """A number or word that names no lane says how to see them."""
    talk = Talk(LANES)
    assert talk.first("lane 9") == "refused: There is no such lane here. Type lanes to see them."
    assert Talk().first("lane 1") == "refused: No lanes are being worked here."


def test_what_others_do_in_another_lane_is_not_passed_over() -> None:
    """Whoever comes back is not told that the other lane's open steps were passed over."""
    talk = Talk(LANES)
    talk.say("lane 2", "fail no noise")
    assert not [line for line in card_lines(talk.rig.state) if line.startswith("Open items")]
    talk.say("take 2.1")
    assert "Open items: 1.1 open, 1.2 open, 1.3 failed, 1.4 open" in card_lines(talk.rig.state)


def test_any_order_is_told() -> None:
    """The heading in the status and the step itself say that no order is needed."""
    talk = Talk("# P\n## Look (any order)\n- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n")
    assert "Step 1.1, in any order" in talk.say("step")
    assert "== Look, any order ==" in talk.say("status")
