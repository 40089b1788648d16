"""The clocks of a run on the terminal: what is shown, how it came about, and disagreement."""

from __future__ import annotations

import pytest

from tests.walk.talk import Talk

TEXT = """
    ---
    rto: [{service: EPJ, target: 30 min, from: declared, until: up}]
    ---
    # Power
    ## Read
    - [ ] Read it (~1m) <!-- id: read -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
    - [ ] Every 2 min: read it again <!-- id: watch -->
      - When: ups <= 14 min: go to [Stop](#stop)
    ## Stop (before ups runs out) <!-- id: stop -->
    - [ ] Stop it (~10m) <!-- id: off -->
    ## Start
    - [ ] Bring it up (~9m, point of no return) <!-- id: up -->
    ## Undo (way back)
    - [ ] Undo it (~7m) <!-- id: undo -->
"""


@pytest.fixture
def talk() -> Talk:
    """A run whose runtime was 27 minutes at 18:02 and 22 at 18:06."""
    made = Talk(TEXT)
    made.rig.journal.wait(minutes=2)
    made.say("read ups 27")
    made.rig.journal.wait(minutes=4, seconds=-1)
    made.say("read ups 22")
    return made


def test_every_clock_has_a_line(talk: Talk) -> None:
    """Resource, latest safe start, threshold, end, objective and way back, each by its name."""
    shown = talk.say("clocks")
    assert "[ups] UPS runtime runs out:" in shown
    assert "in 17 min 35 s (22 min read at" in shown
    assert "[start ups] Stop: 10 min of work, begin by" in shown
    assert "SOON" in shown
    assert "Watch 1.2: UPS runtime <= 14 min at" in shown
    assert "[rto EPJ] EPJ within 30 min: by" in shown
    assert "to spare" in shown
    assert "[back out] Turning back now: done by" in shown


def test_a_clock_shows_its_formula(talk: Talk) -> None:
    """Formula, numbers put in, where the rate comes from, and the readings."""
    shown = talk.say("clocks ups")
    assert "end = time of the newest reading + what is left ÷ rate" in shown
    assert "+ 22 min ÷ 1.25 =" in shown
    assert "a straight line through 2 readings" in shown
    assert "(entry 3), 22 min at" in shown
    assert "Work left: 2.1 10 min = 10 min." in talk.say("clocks start ups")
    assert "No way back after 3.1 Bring it up." in talk.say("clocks back out")


def test_an_unknown_clock_is_refused_with_those_there_are(talk: Talk) -> None:
    """The answer names what can be asked for."""
    assert "There is: ups, start ups, end, rto EPJ, back out." in talk.first("clocks diesel")


def test_the_forecast_lists_every_step(talk: Talk) -> None:
    """Target, and from when to when."""
    shown = talk.say("forecast")
    assert "2.1    10 min, " in shown
    assert "Bring it up" in shown
    assert "Undo it" not in shown


def test_disagreement_is_recorded_and_shown(talk: Talk) -> None:
    """The own figure takes the place of the one worked out, which stays below it."""
    saved = talk.first("disagree ups 12 min because string 2 is weak")
    assert saved.startswith("saved ")
    assert "Own figure: “12 min”" in saved
    assert "own figure of ANN" in talk.say("clocks")
    shown = talk.say("clocks ups")
    assert "OWN FIGURE “12 min” by ANN" in shown
    assert "÷ 1.25" in shown
    assert talk.first("disagree start ups 18:20 because we have done it before").startswith("saved")
    assert talk.first("disagree ups none because the generator runs").startswith("saved ")
    assert "nobody can tell when" in talk.say("clocks")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("disagree", "Type it as: disagree NAME 12 min because WHY"),
        ("disagree ups", "Type it as"),
        ("disagree ups soon because we hope", "“soon” is no time"),
        ("disagree ups 12 min", "Say what your own figure rests on"),
    ],
)
def test_what_is_missing_is_said(talk: Talk, line: str, why: str) -> None:
    """A refusal says how to type it."""
    assert why in talk.first(line)
