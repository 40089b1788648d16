"""Hold points, second persons and typed targets on the terminal, word by word."""

from __future__ import annotations

import pytest

from runbook.run.entry import Assurance
from runbook.run.event_base import Guard
from runbook.run.events import Status
from runbook.walk.lines_check import marked
from tests.walk.talk import Talk

TEXT = """
    ---
    roles: {exec: Executive on call}
    ---
    # Move
    - [ ] Open the breaker (two-person) <!-- id: open -->
      - Type: BRK 7
    - [ ] Set the valve (two-person separately) <!-- id: valve -->
    - [ ] Hold: move it (Executive on call) <!-- id: hold -->
      - Go when: runtime >= 14
      - No-go: go to [Last](#last)
    - [ ] Move <!-- id: move -->
    - [ ] Last <!-- id: last -->
    """


@pytest.fixture
def talk() -> Talk:
    """A talk at a step of two persons with a target."""
    return Talk(TEXT)


def at_hold() -> Talk:
    """A talk at the hold point, with the step of two before it pending."""
    talk = Talk(TEXT)
    assert talk.first("type BRK 7", "done", "verify BO", "done").startswith("saved ")
    return talk


def status(talk: Talk, step: str) -> Status:
    """What a step is."""
    return talk.rig.state.status_of(step)


def test_the_target_is_typed_before_done(talk: Talk) -> None:
    """The refusal says what to type and how to go on without."""
    assert "type TEXT" in talk.first("done")
    assert "type TEXT" in talk.first("done from the other panel")
    assert "is not the target" in talk.first("type BRK 8")
    assert "typed: “BRK 7”" in talk.first("type BRK 7")


def test_done_untyped_is_a_deviation_with_its_reason(talk: Talk) -> None:
    """It goes past the target, and says so for ever."""
    told = talk.first("done untyped: the label is gone")
    assert "OVERRIDE, done without typing the target (BRK 7): the label is gone." in told


def test_a_second_person_confirms_by_name(talk: Talk) -> None:
    """After done the step is shown again and waits; the one who did it is refused."""
    shown = talk.say("type BRK 7", "done")
    assert "Waits for a second person, looking together" in shown
    assert "ANN has done step" in talk.first("verify ann")
    told = talk.first("verify BO handle is down")
    assert "confirmed by a second person, both looked together" in told
    assert talk.rig.journal.kept[-1].actor.operator == "BO"


def test_by_phone_what_was_read_back_is_written(talk: Talk) -> None:
    """The entry is that person's, by phone, typed by whoever sits here."""
    talk.say("type BRK 7", "done")
    assert "by phone WHAT WAS READ BACK" in talk.first("verify BO by phone")
    told = talk.first("verify BO by phone: breaker 7 is open")
    assert "Read back: breaker 7 is open. Typed by: ANN." in told
    assert talk.rig.journal.kept[-1].actor.assurance is Assurance.PHONE


def test_a_second_person_may_say_it_is_not_so(talk: Talk) -> None:
    """The step comes back with what was seen."""
    shown = talk.say("type BRK 7", "done", "reject BO handle half way")
    assert "not confirmed, to be worked again" in shown
    assert "Not confirmed by the second person: handle half way" in talk.say("step")


def test_the_owner_accepts_it_without_a_second_person(talk: Talk) -> None:
    """It needs a reason and is marked."""
    talk.say("type BRK 7", "done")
    assert "refused" in talk.first("unverified")
    assert "UNVERIFIED" in talk.first("unverified nobody else is here")
    assert status(talk, "open") is Status.DONE_DEV


def test_a_step_looked_at_separately_waits_while_others_go_on() -> None:
    """It is listed, and verified by its number from where the run stands."""
    talk = at_hold()
    assert talk.rig.here == "hold"
    assert "To be verified by a second person: 2" in talk.say("status")
    assert "looked separately" in talk.first("verify 2 BO")


def test_the_hold_shows_its_criteria_and_who_decides() -> None:
    """Beside each criterion stands what was read."""
    shown = at_hold().say("ask", "step")
    assert "HOLD. Asked at" in shown
    assert "go when runtime >= 14: NO READING YET" in shown
    assert "nobody holds that role" in shown


def test_deciding_in_somebodys_place_takes_the_words_that_are_asked_for() -> None:
    """First why in their place, then why although a criterion is open."""
    talk = at_hold()
    assert "override: WHY" in talk.first("choose 1")
    assert "although: WHY" in talk.first("choose 1 override: nobody answers authority: Director")
    told = talk.first(
        "choose 1 stable although: the generator runs override: no answer authority: Director"
    )
    assert "Basis: stable." in told
    assert "On the authority of Director." in told
    last = talk.rig.state.record("hold").last
    assert [o.guard for o in last.overrides] == [Guard.DECIDER, Guard.CRITERIA]


def test_who_decided_is_named_when_somebody_else_types() -> None:
    """In the room or by phone; the entry is theirs."""
    talk = at_hold()
    talk.say("choose 2 by phone EVA override: the role is empty")
    entry = talk.rig.journal.kept[-1]
    assert (entry.actor.operator, entry.actor.assurance) == ("EVA", Assurance.PHONE)
    assert talk.rig.state.record("hold").last.typed_by == "ANN"
    assert talk.rig.here == "last"


def test_nothing_behind_the_hold_is_taken_without_a_reason() -> None:
    """With one it is, and the hold stays."""
    talk = at_hold()
    assert "take STEP because WHY" in talk.first("take 4")
    assert "OVERRIDE, worked behind a hold point" in talk.first("take 4 because water comes in")
    assert talk.first("done").startswith("saved ")
    assert talk.rig.here == "hold"


def test_marks_are_cut_wherever_they_stand() -> None:
    """Each mark takes the words up to the next."""
    text, said = marked("stable although: a override: b c authority: D")
    assert (text, said) == ("stable", {"although": "a", "override": "b c", "authority": "D"})
    assert marked("plain words") == ("plain words", {})
