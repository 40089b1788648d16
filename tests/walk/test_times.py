"""Time on the terminal: waits, watches, somebody outside, and what is due."""

from __future__ import annotations

from runbook.run.events import Status
from tests.run.test_times import TIMES
from tests.walk.talk import Talk

LEFT = """
    # Left
    ## A
    - [ ] Decide: hot? <!-- id: hot -->
      - Yes
      - No: go to [B](#b)
    - [ ] Every 5 min: look <!-- id: look -->
    - [ ] Wait 5 min: cool <!-- id: cool -->
    ## B
    - [ ] Go home <!-- id: home -->
"""


def watching() -> Talk:
    """A session whose watch 1.2 is armed, at the wait 1.3."""
    talk = Talk(TIMES)
    assert talk.first("done", "arm").startswith("saved ")
    return talk


def test_a_watch_is_armed_looked_at_and_ended() -> None:
    """The next step comes up at once; looks carry readings or words."""
    talk = watching()
    assert talk.rig.here == "stable"
    assert "temp" not in talk.first("check 1.2 still the same")
    assert "inlet = 24.5" in talk.first("check 1.2 temp 24.5")
    assert "not a number" in talk.first("check 1.2 temp hot")
    assert "Say what ended it" in talk.first("end 1.2")
    assert "watched no longer" in talk.first("end 1.2 cool for an hour")


def test_a_watch_that_a_changed_decision_leaves_is_named() -> None:
    """Nothing that was watched goes out of sight without a word."""
    talk = Talk(LEFT)
    talk.say("choose 1", "arm", "wait")
    shown = talk.say("choose 2 at 1.1 because misread").replace("\n    ", " ")
    assert "! No longer watched: 1.2 Every 5 min: look" in shown
    assert "! No longer waited for: 1.3 Wait 5 min: cool" in shown
    assert "No longer" not in talk.say("done")


def test_a_reading_that_meets_a_condition_offers_its_trigger() -> None:
    """The program offers, the person confirms, and it is not offered again for that reading."""
    talk = watching()
    shown = talk.say("check 1.2 temp 31")
    assert "? temp >= 30" in shown
    assert "trigger 1.2 2" in shown
    assert "triggered" in talk.first("trigger 1.2 2")
    assert talk.rig.here == "off"
    assert "? temp" not in talk.say("timers")


def test_a_wait_is_begun_and_confirmed_when_it_is_over() -> None:
    """Done before the time asks why; timers tells how long it takes."""
    talk = watching()
    assert "Type wait" in talk.first("done")
    assert "a wait of 15 min" in talk.first("wait")
    assert "Say why it ends sooner" in talk.first("done")
    assert "1.3 Wait 15 min" in talk.say("timers")
    talk.rig.journal.wait(minutes=15)
    assert talk.first("done").startswith("saved ")


def test_what_is_overdue_is_said_with_every_answer() -> None:
    """One line at the end of an answer; the list tells what to do."""
    talk = watching()
    talk.rig.journal.wait(minutes=9)
    assert "! OVERDUE by 7 min" in talk.say("note hello")
    shown = talk.say("timers")
    assert "Missed 4 times." in shown
    assert "If missed: read it now" in shown


def test_a_step_waits_for_somebody_until_a_time_or_for_minutes() -> None:
    """Both ways to say the end; the answer takes it back."""
    talk = watching()
    talk.say("done it was stable")
    assert "until when" in talk.first("await the vendor")
    assert "a time that is still ahead" in talk.first("await the vendor until noon or so")
    assert "For: the vendor" in talk.first("await the vendor until 20 min")
    assert talk.rig.state.status_of("vendor") is Status.WAITING
    assert "Say first what came of it" in talk.first("done")
    assert "in hand again" in talk.first("answer they come")


def test_a_missed_time_leads_away_by_a_command() -> None:
    """The list names the command, and it goes there."""
    talk = watching()
    talk.say("done it was stable")
    talk.rig.journal.wait(minutes=12)
    assert "To go there: missed 1.4" in talk.say("timers")
    assert "not done in time" in talk.first("missed 1.4")
    assert talk.rig.here == "off"


def test_repetitions_are_counted() -> None:
    """Again logs one with its reading; the step says how many there were."""
    talk = watching()
    talk.say("done it was stable", "done")
    assert "number 1" in talk.first("again board A1")
    assert "number 2" in talk.first("again board A2, stiff")
    assert "Done 2 times" in talk.say("step")


def test_lines_that_lack_a_part_say_how_they_are_typed() -> None:
    """Nothing is recorded."""
    talk = watching()
    count = len(talk.rig.journal.kept)
    for line in ("check", "check 9.9", "trigger 1.2", "trigger 1.2 x", "await", "end"):
        assert talk.first(line).startswith("refused")
    assert len(talk.rig.journal.kept) == count
