"""People at a terminal: who sits there, roles, the owner's handover, PINs."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.operators import Operators
from runbook.run.entry import Assurance
from runbook.walk.pins import PinError, pin_from_file
from tests.walk.talk import Talk

ROLES = """
    ---
    roles: {lead: Lead, fac: Facilities}
    ---
    # Two roles
    - [ ] One (Lead) <!-- id: one -->
    - [ ] Two (Facilities) <!-- id: two -->
"""


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """A run with two roles owned by ANN; BO has a PIN."""
    people = Operators(tmp_path)
    people.add("BO")
    people.set_pin("BO", "kvist")
    return Talk(ROLES, people)


def test_another_person_sits_down(talk: Talk) -> None:
    """Every act after it carries the new name."""
    assert "At the keyboard: CY, after ANN." in talk.first("iam CY")
    talk.say("note here")
    assert talk.rig.journal.kept[-1].actor.operator == "CY"


def test_a_pin_is_typed_at_a_terminal_only(talk: Talk) -> None:
    """In a pipe the refusal says how to give it; a wrong one is asked again."""
    assert "--pin-file" in talk.first("iam BO")
    talk.pins = ["no", "kvist"]
    talk.say("iam BO")
    assert talk.rig.journal.kept[-1].actor.assurance is Assurance.PIN
    assert "not the PIN" in talk.asked


def test_an_empty_pin_gives_up(talk: Talk) -> None:
    """Before enough wrong tries nobody is taken at his word."""
    talk.pins = ["no", ""]
    assert talk.first("iam BO").startswith("refused: Type the PIN of BO.")
    assert talk.session.actor.operator == "ANN"


def test_roles_are_shown_filled_and_left(talk: Talk) -> None:
    """An empty role says so in capitals."""
    assert "Facilities: NOBODY" in talk.say("roles")
    assert "Role Facilities: CY." in talk.first("role fac CY")
    assert talk.first("role fac DE").startswith("refused: Say why DE")
    assert "DE in place of CY" in talk.first("role fac DE because CY sleeps")
    assert "nobody, after DE" in talk.first("role fac - because went home")


def test_a_handover_from_end_to_end(talk: Talk) -> None:
    """Sheet, questions with what the run says, answers, acceptance by the other person."""
    told = talk.say("handover CY")
    assert "-- Handover --" in told
    assert "the run says: 1 One" in told
    assert "judged right" in talk.first("right the first one")
    assert "judged not right" in talk.first("wrong no idea")
    assert talk.first("accept CY").startswith("refused: 2 of 3")
    assert "Owner: CY" in talk.first("accept CY because the lead is taken to hospital")
    assert talk.session.actor.operator == "CY"
    assert "Owner: CY. At the keyboard: CY." in talk.say("roles")


def test_a_handover_is_cancelled(talk: Talk) -> None:
    """The owner stays who he was."""
    talk.say("handover CY")
    assert "cancelled" in talk.first("cancel handover not rested")
    assert talk.rig.state.owner == "ANN"


def test_a_run_is_taken_over(talk: Talk) -> None:
    """By whoever sits there, for a reason."""
    talk.say("iam CY")
    assert talk.first("takeover").startswith("refused: ")
    assert "without ANN" in talk.first("takeover ANN does not answer")


def test_who_does_not_own_the_run_says_why(talk: Talk) -> None:
    """Pausing in the owner's place, and skipping with somebody's authority."""
    talk.say("iam CY")
    assert "instead: WHY" in talk.first("pause lunch")
    assert "in the place of ANN" in talk.first("pause lunch instead: ANN telephones")
    talk.say("resume")
    assert "authority: NAME" in talk.first("skip no key")
    assert "Authority: ANN" in talk.first("skip no key authority: ANN")


def test_the_second_person_proves_to_be_there(talk: Talk) -> None:
    """Closing records how the program knew the second person."""
    talk.say("done", "done", "complete")
    assert "--pin-file" in talk.first("close BO")
    talk.pins = ["kvist"]
    assert "together with BO (known by PIN)" in talk.first("close bo")


def test_a_pin_is_read_from_a_file(tmp_path: Path) -> None:
    """One word alone, or the word behind the initials."""
    file = tmp_path / "pins"
    file.write_text("kvist\n", encoding="utf-8")
    assert pin_from_file(file, "BO") == "kvist"
    file.write_text("ANN gren\nBO kvist og mos\n", encoding="utf-8")
    assert pin_from_file(file, "bo") == "kvist og mos"
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(PinError):
            pin_from_file(path, "BO")
    with pytest.raises(PinError):
        pin_from_file(file, "CY")
