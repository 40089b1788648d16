"""Sign-off by a second person, and typed identity: what is accepted, refused and kept."""

from __future__ import annotations

import pytest

from runbook.run.commands import Choose, Complete, Confirm, Fail, Reopen, Settle, Skip, Take
from runbook.run.commands_check import AcceptUnverified, Disagree, SignOff, TypeTarget
from runbook.run.entry import Actor, Assurance
from runbook.run.event_base import Guard
from runbook.run.events import RunStatus, Status
from runbook.run.evolve import replay
from tests.run.rig import ANN, BO, Rig

TOGETHER = """
    - [ ] Open the breaker (two-person) <!-- id: open -->
      - Record: volts = Volts, V, 0 to 500, from the panel
    - [ ] Next <!-- id: next -->
"""
APART = """
    - [ ] Set the valve (two-person separately) <!-- id: valve -->
    - [ ] Next <!-- id: next -->
    - [ ] Last <!-- id: last -->
"""
TARGET = """
    - [ ] Erase the volume <!-- id: erase -->
      - Type: {{volume}}
    - [ ] Next <!-- id: next -->
"""
ON_PHONE = Actor(operator="BO", assurance=Assurance.PHONE)


@pytest.fixture
def rig() -> Rig:
    """A run whose first step wants two persons; the first has said it is done."""
    rig = Rig(TOGETHER)
    rig.read("open", "volts", "230")
    rig.do(Confirm(step="open"))
    return rig


def test_done_waits_for_a_second_person(rig: Rig) -> None:
    """The step stays in hand, to be verified, and its readings stay."""
    assert rig.state.status_of("open") is Status.VERIFY
    assert rig.here == "open"
    assert rig.state.latest("volts") is not None
    assert rig.refuse(Confirm(step="open")).code == "is-verify"


def test_another_person_settles_it(rig: Rig) -> None:
    """Performer and second person both stand in the record, with how they looked."""
    rig.do(SignOff(step="open", saw="handle down"), BO)
    last = rig.state.record("open").last
    assert (last.status, last.by, last.second) == (Status.DONE, "ANN", "BO")
    assert (last.method, last.saw) == ("concurrent", "handle down")
    assert rig.here == "next"


@pytest.mark.parametrize(
    "name",
    ["ANN", "ann", " Ann ", "ＡＮＮ", "A N N", "A.N.N.", "A\u200bNN", "AN\u00adN", "ANN\u3164"],
)
def test_nobody_signs_off_their_own_step(rig: Rig, name: str) -> None:
    """However the name is written, and in whatever role."""
    refused = rig.refuse(SignOff(step="open"), Actor(operator=name, role="fac"))
    assert (refused.code, refused.needs) == ("same-person", "signature")
    assert "SignedOff" not in str([type(e.event) for e in rig.journal.kept])


def test_by_phone_needs_a_read_back_and_somebody_who_types(rig: Rig) -> None:
    """The entry is the second person's, by phone; the typist stands beside it."""
    assert rig.refuse(SignOff(step="open"), ON_PHONE).needs == "saw"
    self_typed = SignOff(step="open", saw="open, 0 V", typed_by="bo")
    assert rig.refuse(self_typed, ON_PHONE).needs == "typed_by"
    rig.do(SignOff(step="open", saw="open, 0 V"), ON_PHONE)
    last = rig.state.record("open").last
    assert (last.method, last.typed_by, last.second) == ("by_phone", "ANN", "BO")
    assert rig.journal.kept[-1].actor.assurance is Assurance.PHONE


def test_the_second_person_may_disagree(rig: Rig) -> None:
    """The step is worked again in the same attempt; what was read stays."""
    assert rig.refuse(Disagree(step="open", observation=" "), BO).needs == "observation"
    rig.do(Disagree(step="open", observation="handle half way"), BO)
    last = rig.state.record("open").last
    assert (last.status, last.objection, last.number) == (Status.ACTIVE, "handle half way", 1)
    rig.do(Confirm(step="open"))
    rig.do(SignOff(step="open"), BO)
    assert rig.state.status_of("open") is Status.DONE


def test_the_owner_accepts_without_a_second_person_for_a_reason(rig: Rig) -> None:
    """It is done with a deviation, marked unverified; nobody else may do so."""
    refused = rig.refuse(AcceptUnverified(step="open", reason="alone"), BO)
    assert refused.code == "not-owner"
    assert rig.refuse(AcceptUnverified(step="open", reason="")).needs == "reason"
    rig.do(AcceptUnverified(step="open", reason="nobody else in the building"))
    last = rig.state.record("open").last
    assert (last.status, last.unverified) == (Status.DONE_DEV, True)
    assert last.text == "nobody else in the building"


def test_a_deviation_stays_one_after_the_sign_off() -> None:
    """Done differently and seen by two is done with a deviation."""
    rig = Rig("- [ ] a (two-person) <!-- id: a -->")
    rig.do(Confirm(step="a", deviation="from the other side"))
    rig.do(SignOff(step="a"), BO)
    assert rig.state.status_of("a") is Status.DONE_DEV


def test_separately_lets_the_others_go_on() -> None:
    """The step waits, is listed, and is settled from wherever the run stands by then."""
    rig = Rig(APART)
    rig.done("valve")
    assert rig.here == "next"
    assert rig.state.to_verify() == ("valve",)
    rig.done("next")
    assert rig.state.record("next").last.passed_over == ()
    rig.do(SignOff(step="valve"), BO)
    assert rig.state.record("valve").last.method == "independent"
    assert rig.here == "last"


def test_an_objection_brings_a_step_back_that_others_have_passed() -> None:
    """It is the step in hand again, before what comes after it."""
    rig = Rig(APART)
    rig.done("valve", "next")
    rig.do(Disagree(step="valve", observation="it is shut"), BO)
    assert rig.here == "valve"


def test_what_nobody_verified_is_open_at_the_end() -> None:
    """The run ends with an owner for it, and it is not done."""
    rig = Rig(APART)
    rig.done("valve", "next", "last")
    assert rig.here is None
    assert rig.refuse(Complete()).needs == "items"
    rig.do(Complete(items=(Settle(step="valve", owner="BO", reason="tomorrow"),)))
    assert rig.state.status is RunStatus.COMPLETE_OPEN
    assert rig.state.status_of("valve") is Status.NOT_REACHED


def test_a_decision_of_two_leads_nowhere_before_both_agree() -> None:
    """Only the second person's word makes the branch that was chosen the route."""
    rig = Rig(
        "- [ ] Decide: promoted? (two-person) <!-- id: ask -->\n"
        "  - Yes: go to [Last](#last)\n  - No\n"
        "- [ ] Next <!-- id: next -->\n- [ ] Last <!-- id: last -->\n"
    )
    rig.do(Choose(step="ask", option=0, basis="the log says so"))
    assert rig.state.status_of("ask") is Status.VERIFY
    assert rig.state.status_of("next") is Status.OPEN
    rig.do(SignOff(step="ask"), BO)
    assert rig.state.status_of("next") is Status.NOT_APPLICABLE
    assert rig.state.record("ask").last.label == "Yes"
    assert rig.here == "last"
    assert rig.refuse(Choose(step="ask", option=1, reason="no")).code == "two-person"
    rig.do(Reopen(step="ask", reason="the log is old"))
    assert rig.state.status_of("next") is Status.OPEN


def test_a_sub_step_of_two_holds_its_step_open() -> None:
    """The step above is not plainly done while a sub-step waits."""
    rig = Rig("- [ ] a <!-- id: a -->\n  - [ ] b (two-person separately) <!-- id: b -->\n")
    rig.done("b")
    assert rig.refuse(Confirm(step="a")).code == "sub-steps-open"
    rig.do(SignOff(step="b"), BO)
    rig.done("a")


def test_a_step_that_waits_for_a_second_person_is_neither_failed_nor_skipped(rig: Rig) -> None:
    """What the first person said is confirmed, or sent back, first."""
    assert rig.refuse(Fail(step="open", observation="x")).code == "is-verify"
    assert rig.refuse(Skip(step="open", reason="x")).code == "is-verify"
    assert rig.refuse(Take(step="open")).code == "is-verify"
    assert rig.refuse(SignOff(step="next"), BO).code == "not-submitted"


@pytest.fixture
def target() -> Rig:
    """A run whose first step destroys something that has to be named."""
    return Rig(TARGET, values={"volume": "vol-07  Old"})


def test_done_is_refused_until_the_target_was_typed(target: Rig) -> None:
    """Words for a deviation alone do not pass it either."""
    assert target.refuse(Confirm(step="erase")).needs == "typed"
    assert target.refuse(Confirm(step="erase", deviation="other panel")).needs == "typed"
    target.do(TypeTarget(step="erase", typed=" vol-07 Old "))
    assert target.state.record("erase").last.typed == "vol-07 Old"
    target.done("erase")
    assert target.state.status_of("erase") is Status.DONE


@pytest.mark.parametrize("typed", ["", "vol-07 old", "vol-7 Old", "{{volume}}", "vol-07 Old x"])
def test_only_the_exact_text_proves_the_target(target: Rig, typed: str) -> None:
    """Case counts; blanks do not. What was typed wrongly is not recorded."""
    assert target.refuse(TypeTarget(step="erase", typed=typed)).needs == "typed"
    assert target.refuse(Confirm(step="erase")).needs == "typed"


def test_without_typing_it_takes_a_reason_of_its_own(target: Rig) -> None:
    """The act is a deviation, and the guard that was passed stands in the record."""
    assert target.refuse(Confirm(step="erase", untyped=True)).needs == "deviation"
    target.do(Confirm(step="erase", untyped=True, deviation="no label on it, read by two"))
    last = target.state.record("erase").last
    assert last.status is Status.DONE_DEV
    assert [(o.guard, o.reason) for o in last.overrides] == [
        (Guard.IDENTITY, "no label on it, read by two")
    ]


def test_a_target_without_a_value_can_only_be_passed_with_a_reason() -> None:
    """Nothing typed can prove what nobody knows here."""
    rig = Rig(TARGET)
    assert rig.refuse(TypeTarget(step="erase", typed="{{volume}}")).code == "target-unknown"
    assert rig.refuse(Confirm(step="erase")).code == "target-unknown"
    rig.do(Confirm(step="erase", untyped=True, deviation="read aloud to BO"))


def test_a_new_attempt_needs_the_target_typed_again(target: Rig) -> None:
    """What was in hand a while ago proves nothing now."""
    target.do(TypeTarget(step="erase", typed="vol-07 Old"))
    target.done("erase")
    target.do(Reopen(step="erase", reason="it came back"))
    assert target.refuse(Confirm(step="erase")).needs == "typed"


def test_checks_are_replayed_as_they_were_lived(rig: Rig) -> None:
    """Folding the entries again gives the same state."""
    rig.do(Disagree(step="open", observation="no"), BO)
    rig.do(Confirm(step="open"), ANN)
    rig.do(SignOff(step="open"), BO)
    assert replay(rig.journal.entries(rig.state.run), rig.state.procedure) == rig.state
