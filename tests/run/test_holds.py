"""Hold points hold: who decides, from when, on what, and what it takes to go past one."""

from __future__ import annotations

import pytest

from runbook.run.commands import (
    Choose,
    Confirm,
    Defer,
    Fail,
    JudgeNotApplicable,
    Skip,
    Start,
    Take,
)
from runbook.run.commands_check import AskDecision, SignOff
from runbook.run.criteria import criteria_of
from runbook.run.entry import Actor
from runbook.run.event_base import Capacity, Guard, Verdict
from runbook.run.events import Status
from tests.run.rig import ANN, BO, Rig

TEXT = """
    ---
    roles: {lead: Incident lead, exec: Executive on call, dba: Database}
    ---
    # Move
    - [ ] Read the panel <!-- id: panel -->
      - Record: runtime = UPS runtime, min, 0 to 240, from the panel
    - [ ] Hold: move it (Executive on call) <!-- id: hold -->
      - Go when: runtime >= 14
      - Go when: the copy is up to date
      - No-go: go to [Last](#last)
      - Deputy after 3m: Incident lead
    - [ ] Move <!-- id: move -->
    - [ ] Last <!-- id: last -->
"""
ROLES = {"exec": "EVA", "lead": "LIS", "dba": "BO"}
EVA = Actor(operator="eva", role="exec")
LIS = Actor(operator="LIS", role="lead")
GO = Choose(step="hold", option=0)


@pytest.fixture
def rig() -> Rig:
    """A run at its hold point, with the reading that speaks for a go."""
    rig = Rig(TEXT, roles=ROLES)
    rig.read("panel", "runtime", "27")
    rig.done("panel")
    return rig


def test_asking_sets_the_hold_with_moment_and_criteria(rig: Rig) -> None:
    """Whom it was asked of and how everything stood is in the record."""
    rig.do(AskDecision(step="hold"), BO)
    assert rig.state.status_of("hold") is Status.HOLD
    assert rig.here == "hold"
    last = rig.state.record("hold").last
    assert last.asked == rig.state.last_at
    assert [c.verdict for c in last.criteria] == [Verdict.MET, Verdict.JUDGED]
    assert last.criteria[0].seen == "UPS runtime 27 min"
    assert rig.refuse(AskDecision(step="hold")).code == "is-hold"


def test_the_holder_of_the_role_decides(rig: Rig) -> None:
    """At once, asked or not; it stands with what spoke for it."""
    rig.do(GO, EVA)
    last = rig.state.record("hold").last
    assert (last.decided_as, last.by, last.overrides) == (Capacity.HOLDER, "eva", ())
    assert rig.here == "move"


def test_nobody_else_decides_without_a_reason(rig: Rig) -> None:
    """Neither the owner nor the deputy before the time has come."""
    rig.do(AskDecision(step="hold"), BO)
    for person in (ANN, BO, LIS):
        for option in (0, 1):
            refused = rig.refuse(Choose(step="hold", option=option), person)
            assert refused.needs == "decider"
            assert "EVA (Executive on call)" in refused.why


def test_the_deputy_decides_after_the_time_has_passed(rig: Rig) -> None:
    """The time counts from the asking."""
    rig.do(AskDecision(step="hold"), BO)
    rig.journal.wait(seconds=178)
    assert rig.refuse(GO, LIS).needs == "decider"
    rig.journal.wait(seconds=2)
    rig.do(GO, LIS)
    assert rig.state.record("hold").last.decided_as is Capacity.DEPUTY


def test_a_deputy_waits_for_the_asking(rig: Rig) -> None:
    """Without having asked, no time passes."""
    rig.journal.wait(minutes=30)
    assert "Ask for the decision" in rig.refuse(GO, LIS).why


def test_somebody_else_decides_as_an_override(rig: Rig) -> None:
    """Reason and authority stand in the record for ever."""
    rig.do(Choose(step="hold", option=0, override="nobody answers", authority="Director"), BO)
    (passed,) = rig.state.record("hold").last.overrides
    assert (passed.guard, passed.reason) == (Guard.DECIDER, "nobody answers")
    assert passed.authority == "Director"


def test_a_role_that_nobody_holds_needs_an_override() -> None:
    """Even by the owner; the authority is then their own."""
    rig = Rig(TEXT)
    rig.read("panel", "runtime", "27")
    rig.done("panel")
    assert rig.refuse(GO).needs == "decider"
    rig.do(Choose(step="hold", option=0, override="role is empty"))
    assert rig.state.record("hold").last.overrides[0].authority == "ANN"


def test_a_hold_without_a_role_is_the_owners() -> None:
    """Nobody else can be meant."""
    rig = Rig("- [ ] Hold: go? <!-- id: hold -->\n- [ ] a <!-- id: a -->")
    assert rig.refuse(GO, BO).needs == "decider"
    rig.do(GO)


@pytest.mark.parametrize("typed", ["13.9", ""])
def test_a_go_on_an_open_criterion_needs_a_reason(typed: str) -> None:
    """Not met, or not read: both are said, and a no-go needs no reason."""
    rig = Rig(TEXT, roles=ROLES)
    if typed:
        rig.read("panel", "runtime", typed)
    rig.do(Confirm(step="panel", deviation="dark"))
    refused = rig.refuse(GO, EVA)
    assert (refused.needs, "runtime >= 14" in refused.why) == ("criteria", True)
    rig.do(Choose(step="hold", option=0, accept="the generator runs"), EVA)
    assert rig.state.record("hold").last.overrides[0].guard is Guard.CRITERIA


def test_a_no_go_needs_no_criterion() -> None:
    """It leads where the procedure says."""
    rig = Rig(TEXT, roles=ROLES)
    rig.do(Confirm(step="panel", deviation="dark"))
    rig.do(Choose(step="hold", option=1), EVA)
    assert rig.here == "last"


def test_a_change_is_for_the_same_people(rig: Rig) -> None:
    """And for the same criteria."""
    rig.do(Choose(step="hold", option=1), EVA)
    change = Choose(step="hold", option=0, reason="it came back")
    assert rig.refuse(change, BO).needs == "decider"
    rig.do(change, EVA)
    assert rig.here == "move"


@pytest.mark.parametrize(
    "command",
    [
        Confirm(step="move"),
        Confirm(step="move", deviation="in a hurry"),
        Fail(step="move", observation="no"),
        Take(step="move"),
    ],
)
@pytest.mark.parametrize("person", [ANN, EVA, BO])
def test_nothing_behind_the_hold_is_worked(rig: Rig, command: Confirm, person: Actor) -> None:
    """Asked for or not, whoever it is."""
    assert rig.refuse(command, person).code == "behind-hold"
    rig.do(AskDecision(step="hold"))
    assert rig.refuse(command, person).code == "behind-hold"


def test_a_step_behind_the_hold_is_taken_on_for_a_reason(rig: Rig) -> None:
    """It stands in the record which hold was gone past, why and on whose authority."""
    rig.do(Take(step="move", reason="water comes in", authority="Director"), BO)
    rig.do(Confirm(step="move"), BO)
    (passed,) = rig.state.record("move").last.overrides
    assert (passed.guard, passed.about, passed.authority) == (Guard.HOLD, "hold", "Director")
    assert rig.here == "hold"
    assert rig.refuse(Confirm(step="last")).code == "behind-hold"


def test_only_the_owner_or_the_decider_leaves_a_hold_aside(rig: Rig) -> None:
    """Skipped, put off or judged not to apply: nobody else may, whatever the reason."""
    aside = (
        Skip(step="hold", reason="x", authority="EVA"),
        Defer(step="hold", target="last", reason="x"),
        JudgeNotApplicable(step="hold", reason="x"),
    )
    for command in aside:
        assert rig.refuse(command, BO).code == "not-entitled"
    rig.do(aside[0], EVA)
    assert rig.here == "move"


def test_a_no_go_that_leads_nowhere_keeps_what_follows_shut() -> None:
    """Not to go is no way past."""
    rig = Rig("- [ ] Hold: go? <!-- id: hold -->\n- [ ] a <!-- id: a -->")
    rig.choose("hold", 1)
    assert rig.refuse(Confirm(step="a")).code == "behind-hold"
    rig.do(Take(step="a", reason="only looking"))
    rig.done("a")


def test_a_hold_of_two_needs_the_second_person_too() -> None:
    """The decision is the decider's, and another person confirms it."""
    rig = Rig("- [ ] Hold: go? (two-person) <!-- id: hold -->\n- [ ] a <!-- id: a -->")
    rig.do(GO)
    assert rig.state.status_of("hold") is Status.VERIFY
    assert rig.refuse(Confirm(step="a")).code == "behind-hold"
    rig.do(SignOff(step="hold"), BO)
    assert rig.here == "a"
    assert rig.state.record("hold").last.label == "Go"


CONDITIONS = [
    ("runtime >= 14", {"runtime": "14"}, Verdict.MET),
    ("runtime > 14", {"runtime": "14"}, Verdict.NOT_MET),
    ("runtime < 14 or grid = lost", {"runtime": "20", "grid": "lost"}, Verdict.MET),
    ("runtime < 14 and grid = lost", {"runtime": "20"}, Verdict.NOT_MET),
    ("runtime > 14 and grid = lost", {"runtime": "20"}, Verdict.UNREAD),
    ("runtime >= {{limit}}", {"runtime": "20"}, Verdict.MET),
    ("runtime >= {{gone}}", {"runtime": "20"}, Verdict.UNREAD),
    ("up = yes", {"up": "y"}, Verdict.MET),
    ("up != ja", {"up": "yes"}, Verdict.NOT_MET),
    ('at <= "18:30"', {"at": "18.05"}, Verdict.MET),
    ("everybody agrees", {}, Verdict.JUDGED),
]


@pytest.mark.parametrize(("condition", "read", "verdict"), CONDITIONS)
def test_a_criterion_is_held_against_what_was_read(
    condition: str, read: dict[str, str], verdict: Verdict
) -> None:
    """Numbers as numbers, words as words; what was not read stays open."""
    rig = Rig(
        "- [ ] Read <!-- id: r -->\n"
        "  - Record: runtime = Runtime, min, from x\n"
        "  - Record: grid = Grid, one of lost / there, from x\n"
        "  - Record: up = Up, yes / no, from x\n"
        "  - Record: at = At, time, from x\n"
        f"- [ ] Hold: go? <!-- id: hold -->\n  - Go when: {condition}\n",
        values={"limit": "14"},
        started=False,
    )
    rig.do(Start())
    for name, typed in read.items():
        rig.read("r", name, typed)
    (found,) = criteria_of(rig.state, rig.state.step("hold"))
    assert found.verdict is verdict
