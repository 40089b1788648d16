"""People of this computer: PINs that prove who acts, and that are found nowhere else."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runbook.operators import FILE, Claim, Operators, OperatorsError, Signed
from runbook.run.commands import Close, Refused
from runbook.run.commands_people import SitDown
from runbook.run.entry import Actor, Assurance

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


@pytest.fixture
def people(tmp_path: Path) -> Operators:
    """ANN with a PIN and BO without."""
    found = Operators(tmp_path / "data", {"LTJ": "Lars Thorup"})
    found.add("ANN", "Anna Nørlund")
    found.add("BO", "Bo Holm")
    found.set_pin("ann", "kvist")
    return found


def refused(found: Actor | Refused) -> Refused:
    """What was refused."""
    assert isinstance(found, Refused)
    return found


def test_a_pin_proves_who_acts(people: Operators) -> None:
    """Initials in any case, or the name, and the PIN."""
    for typed in ("ANN", " ann", "anna nørlund"):
        found = people.identify(typed, "kvist", NOW, role="lead")
        assert found == Actor(operator="ANN", role="lead", assurance=Assurance.PIN)


def test_who_has_no_pin_is_taken_at_his_word(people: Operators) -> None:
    """Known or not, with or without a file."""
    assert people.identify("bo", "", NOW) == Actor(operator="BO")
    assert people.identify("ltj", "", NOW) == Actor(operator="LTJ")
    assert people.identify("Lars Thorup", "", NOW) == Actor(operator="LTJ")
    assert people.identify(" guest ", "", NOW) == Actor(operator="guest")
    assert refused(people.identify(" ", "", NOW)).needs == "person"


@pytest.mark.parametrize("typed", ["A\u200bNN", "ann.", "ＡＮＮ", "A\ufe0fNN"])
def test_signs_that_nobody_sees_pass_no_pin(people: Operators, typed: str) -> None:
    """A name that reads as ANN is ANN, who has a PIN."""
    assert refused(people.identify(typed, "", NOW)).code == "pin-needed"
    assert refused(people.identify("\u200b", "", NOW)).code == "no-person"
    assert people.identify("C\u200bY", "", NOW) == Actor(operator="CY")


def test_on_the_telephone_no_pin_is_asked_for(people: Operators) -> None:
    """The record says how the person was known."""
    found = people.identify("ANN", "", NOW, by_phone=True)
    assert found == Actor(operator="ANN", assurance=Assurance.PHONE)


def test_a_pin_is_asked_for(people: Operators) -> None:
    """Without it nobody is ANN."""
    assert refused(people.identify("ANN", "", NOW)).code == "pin-needed"
    assert refused(people.identify("ANN", "1234", NOW)).code == "pin-wrong"


def test_wrong_tries_wait_longer_each_time(people: Operators) -> None:
    """The first slip costs nothing; the right PIN after the wait clears the count."""
    people.identify("ANN", "1", NOW)
    people.identify("ANN", "2", NOW)
    assert refused(people.identify("ANN", "kvist", NOW)).code == "pin-wait"
    assert "Wait 2 s" in refused(people.identify("ANN", "kvist", NOW)).why
    later = NOW + timedelta(seconds=2)
    people.identify("ANN", "3", later)
    assert "Wait 4 s" in refused(people.identify("ANN", "kvist", later)).why
    found = people.identify("ANN", "kvist", later + timedelta(seconds=4))
    assert isinstance(found, Actor)
    assert people.identify("ANN", "kvist", later + timedelta(seconds=4)) == found


def test_nobody_is_locked_out(people: Operators) -> None:
    """After wrong tries an empty PIN goes on, and the assurance says it was only stated."""
    at = NOW
    for _ in range(20):
        at += timedelta(seconds=30)
        assert refused(people.identify("ANN", "0000", at)).code == "pin-wrong"
    assert people.identify("ANN", "", at) == Actor(operator="ANN")
    assert "Wait 30 s" in refused(people.identify("ANN", "kvist", at)).why
    assert refused(people.identify("ANN", "", at + timedelta(hours=1))).code == "pin-needed"


def test_a_clock_set_back_does_not_make_the_wait_longer(people: Operators) -> None:
    """The wait is never more than half a minute."""
    for _ in range(2):
        people.identify("ANN", "0000", NOW)
    said = refused(people.identify("ANN", "kvist", NOW - timedelta(days=300)))
    assert "Wait 2 s" in said.why


def test_no_pin_is_kept_in_clear(people: Operators) -> None:
    """Neither the file nor what is printed of a person holds it; each has a salt of his own."""
    people.set_pin("BO", "kvist")
    text = (people.folder / FILE).read_text(encoding="utf-8")
    assert "kvist" not in text
    ann, bo = people.listed()
    assert ann.secret is not None
    assert bo.secret is not None
    assert ann.secret.digest != bo.secret.digest
    assert ann.secret.digest not in repr(ann)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_the_file_is_private(people: Operators) -> None:
    """Only its owner reads it."""
    assert stat.S_IMODE((people.folder / FILE).stat().st_mode) == 0o600


def test_a_removed_person_has_no_pin_any_more(people: Operators) -> None:
    """What he did stays; who comes by these initials later is taken at his word."""
    people.remove("ANN")
    assert people.identify("ANN", "", NOW) == Actor(operator="ANN")
    with pytest.raises(OperatorsError, match="BO"):
        people.remove("ANN")


def test_a_pin_has_some_length(people: Operators) -> None:
    """A PIN of three characters is none; an empty one takes it away."""
    with pytest.raises(OperatorsError):
        people.set_pin("BO", "471")
    people.set_pin("ANN", "")
    assert not people.needs_pin("ANN")


def test_a_damaged_file_stops_nobody_from_working(people: Operators) -> None:
    """It is told when people are changed, and the person at work goes on as stated."""
    (people.folder / FILE).write_bytes(b"{")
    assert people.identify("ANN", "", NOW) == Actor(operator="ANN")
    assert people.offered() == {"LTJ": "Lars Thorup"}
    with pytest.raises(OperatorsError):
        people.add("CY")


def test_what_is_printed_of_a_claim_holds_no_pin(people: Operators) -> None:
    """A report of a fault may print any of these."""
    claim = Claim("ANN", "kvist")
    signed = Signed(SitDown(), claim)
    assert "kvist" not in repr(claim) + repr(signed) + repr(people)


def test_a_second_person_is_known_by_the_same_rules(people: Operators) -> None:
    """The command carries the initials as listed, and how the person was known."""
    close = Close(second="anna nørlund")
    assert refused_close(people.witness(close, Claim("ann"), NOW)).code == "pin-needed"
    witnessed = people.witness(close, Claim("ann", "kvist"), NOW)
    assert witnessed == Close(second="ANN", assurance="pin")


def refused_close(found: Close | Refused) -> Refused:
    """What was refused."""
    assert isinstance(found, Refused)
    return found


def test_who_sits_down_without_his_pin_is_recorded_so(people: Operators) -> None:
    """After wrong tries the entry says that the PIN was not given."""
    at = NOW
    for _ in range(3):
        at += timedelta(seconds=30)
        people.identify("ANN", "no", at)
    signed = people.sign(SitDown(), Claim("ANN"), at)
    assert not isinstance(signed, Refused)
    command, actor = signed
    assert isinstance(command, SitDown)
    assert "only stated" in command.despite
    assert actor.assurance is Assurance.STATED


def test_a_folder_that_takes_nothing_stops_nobody(people: Operators, tmp_path: Path) -> None:
    """Wrong tries are forgotten then; adding somebody says what is wrong."""
    file = tmp_path / "a file"
    file.write_text("x", encoding="utf-8")
    broken = Operators(file / "data")
    with pytest.raises(OperatorsError, match="cannot be"):
        broken.add("ANN")
    assert broken.identify("ANN", "", NOW) == Actor(operator="ANN")
