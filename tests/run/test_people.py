"""Who holds a role, who owns the run, who sits at the keyboard, and who may do what."""

from __future__ import annotations

import pytest

from runbook.run.commands import (
    Abort,
    Close,
    Command,
    Complete,
    Confirm,
    Defer,
    Fail,
    Note,
    Pause,
    Refused,
    Settle,
    Skip,
)
from runbook.run.commands_people import (
    AcceptHandover,
    CancelHandover,
    FillRole,
    PrepareHandover,
    ReadBack,
    SitDown,
    TakeOver,
    VacateRole,
)
from runbook.run.entry import Actor
from runbook.run.events import RunStatus
from runbook.run.handover import sheet_of
from runbook.run.people import held_by, holder_of, roles_of
from runbook.run.runner import Recorded
from tests.run.rig import ANN, Rig

ROLES = """
    ---
    roles: {lead: Lead, fac: Facilities}
    ---
    # Two roles
    - [ ] a (Lead) <!-- id: a -->
    - [ ] b (Facilities) <!-- id: b -->
    - [ ] c <!-- id: c -->
"""
BO = Actor(operator="BO")
CY = Actor(operator="CY")


HOLDING = """
    ---
    roles: {exec: Executive on call, fac: Facilities}
    ---
    # A hold
    - [ ] Hold: go (exec) <!-- id: hold -->
    - [ ] b (fac) <!-- id: b -->
"""
SITE = """
    [roles.exec]
    people = ["EVA"]
    succession = ["CY"]
    """


def test_nobody_makes_himself_the_one_who_decides_without_a_reason() -> None:
    """A vacant role that gives a go is taken for a reason, or by whom the site names for it."""
    rig = Rig(HOLDING, site=SITE)
    refused = rig.refuse(FillRole(key="exec", person="bo"), BO)
    assert (refused.code, refused.needs) == ("no-reason", "reason")
    assert rig.refuse(FillRole(key="exec", person="ANN")).needs == "reason"
    by(rig, BO, FillRole(key="fac", person="BO"))
    by(rig, CY, FillRole(key="exec", person="CY"))
    rig = Rig(HOLDING, site=SITE)
    by(rig, BO, FillRole(key="exec", person="BO", reason="EVA is on a plane"))
    rig = Rig(HOLDING, site=SITE)
    rig.do(FillRole(key="exec", person="BO"))


@pytest.fixture
def rig() -> Rig:
    """A run with two roles, owned by ANN."""
    return Rig(ROLES)


def by(rig: Rig, actor: Actor, command: Command) -> Recorded:
    """Another person does something, which is accepted."""
    done = rig.runner.do(command, actor)
    assert isinstance(done, Recorded), done
    return done


def refused(rig: Rig, actor: Actor, command: Command) -> Refused:
    """Another person asks for something, which is refused."""
    said = rig.runner.do(command, actor)
    assert isinstance(said, Refused), said
    return said


def answer_all(rig: Rig) -> None:
    """Every question is answered rightly, as the owner judges."""
    while rig.state.handover and rig.state.handover.open_questions:
        rig.do(ReadBack(said="so and so", right=True))


def test_a_role_is_filled_and_left(rig: Rig) -> None:
    """The holder of a role is who was named last, and nobody after it was left."""
    assert roles_of(rig.state) == ("lead", "fac")
    rig.do(FillRole(key="fac", person="BO"))
    assert holder_of(rig.state, "fac") == "BO"
    assert rig.refuse(FillRole(key="fac", person="CY")).needs == "reason"
    rig.do(FillRole(key="fac", person="CY", reason="does not answer"))
    assert held_by(rig.state, "cy") == ("fac",)
    assert rig.refuse(VacateRole(key="fac", reason=" ")).needs == "reason"
    rig.do(VacateRole(key="fac", reason="went home"))
    assert holder_of(rig.state, "fac") == ""


def test_one_person_may_hold_several_roles(rig: Rig) -> None:
    """A small crew has more roles than people."""
    rig.do(FillRole(key="lead", person="BO"))
    rig.do(FillRole(key="fac", person="BO"))
    assert held_by(rig.state, "BO") == ("lead", "fac")


def test_a_role_that_is_not_there_is_refused(rig: Rig) -> None:
    """The refusal names the roles there are."""
    said = rig.refuse(FillRole(key="cook", person="BO"))
    assert "lead, fac" in said.why


def test_a_person_acts_in_the_role_of_the_step(rig: Rig) -> None:
    """Whoever holds the step's role acts in it; anybody else as he came."""
    rig.do(FillRole(key="fac", person="ANN"))
    rig.done("a")
    entry = rig.do(Confirm(step="b")).entries[0]
    assert entry.actor.role == "fac"


def test_another_person_at_the_keyboard_is_recorded(rig: Rig) -> None:
    """The record says from when who sat there, so that silence has a name."""
    by(rig, BO, SitDown())
    assert rig.state.at_keyboard == "BO"
    assert refused(rig, BO, SitDown()).code == "is-here"
    assert rig.state.owner == "ANN"


def test_a_handover_moves_the_owner_when_accepted(rig: Rig) -> None:
    """The old owner is responsible until the new one has answered and accepted."""
    rig.do(PrepareHandover(to="BO"))
    assert (rig.state.owner, rig.state.shown_status) == ("ANN", RunStatus.HANDOVER)
    rig.done("a")
    answer_all(rig)
    assert rig.state.owner == "ANN"
    by(rig, BO, AcceptHandover())
    assert (rig.state.owner, rig.state.shown_status) == ("BO", RunStatus.RUNNING)


def test_nobody_accepts_his_own_handover(rig: Rig) -> None:
    """The owner cannot hand over to himself, nor accept for another."""
    assert rig.refuse(PrepareHandover(to="ann ")).code == "same-person"
    rig.do(PrepareHandover(to="BO"))
    answer_all(rig)
    assert rig.refuse(AcceptHandover()).code == "not-incoming"
    assert refused(rig, CY, AcceptHandover()).code == "not-incoming"
    assert rig.state.owner == "ANN"


def test_open_questions_take_a_reason(rig: Rig) -> None:
    """A wrong answer leaves its question open; accepting all the same is recorded."""
    rig.do(PrepareHandover(to="BO"))
    rig.do(ReadBack(said="no idea", right=False))
    assert rig.state.handover is not None
    assert len(rig.state.handover.open_questions) == 3
    assert refused(rig, BO, AcceptHandover()).needs == "reason"
    done = by(rig, BO, AcceptHandover(reason="no time"))
    assert getattr(done.entries[0].event, "despite", "").startswith("3 of 3")


def test_the_incoming_person_does_not_judge_himself(rig: Rig) -> None:
    """Answers are marked by the one who hands over."""
    rig.do(PrepareHandover(to="BO"))
    assert refused(rig, BO, ReadBack(said="a", right=True)).code == "same-person"


def test_a_cancelled_handover_leaves_all_as_it_was(rig: Rig) -> None:
    """Cancel changes no owner and no step."""
    before = (rig.state.owner, rig.state.status, rig.statuses())
    rig.do(PrepareHandover(to="BO"))
    assert refused(rig, CY, CancelHandover()).code == "not-owner"
    by(rig, BO, CancelHandover(reason="not rested"))
    assert (rig.state.owner, rig.state.status, rig.statuses()) == before
    assert rig.state.handover is None


def test_a_run_is_taken_over_without_its_owner(rig: Rig) -> None:
    """An owner who cannot be reached is replaced, for a reason."""
    assert refused(rig, BO, TakeOver(reason="")).needs == "reason"
    by(rig, BO, TakeOver(reason="ANN does not answer her telephone"))
    assert rig.state.owner == "BO"


def test_only_the_owner_holds_and_ends_a_run(rig: Rig) -> None:
    """Another person needs a reason, which stands beside the act for ever."""
    for command in (Pause(reason="x"), Abort(reason="x")):
        assert refused(rig, BO, command).needs == "instead"
    done = by(rig, BO, Pause(reason="lunch", instead="ANN is on the telephone"))
    assert [type(e.event).__name__ for e in done.entries] == ["RunPaused", "OwnerBypassed"]
    assert rig.state.status is RunStatus.PAUSED


def test_who_does_not_own_the_run_skips_with_authority(rig: Rig) -> None:
    """A performer names who allows it; the owner needs nobody."""
    assert refused(rig, BO, Skip(step="a", reason="no key")).needs == "authority"
    by(rig, BO, Skip(step="a", reason="no key", authority="ANN"))
    rig.do(Skip(step="b", reason="no key"))
    assert rig.state.record("b").last.authority == "ANN"


def test_closing_needs_somebody_else(rig: Rig) -> None:
    """Neither the owner nor whoever closes in his place counts as the second person."""
    rig.done("a", "b", "c")
    rig.do(Complete())
    assert rig.refuse(Close(second="Ann")).code == "same-person"
    assert refused(rig, BO, Close(second="BO", instead="asleep")).code == "same-person"
    rig.do(Close(second="BO"))
    assert rig.state.status is RunStatus.CLOSED


def test_questions_are_drawn_from_the_run(rig: Rig) -> None:
    """The step in hand and what failed are asked for, with the right answer beside."""
    rig.fail("a")
    rig.do(FillRole(key="fac", person="BO"))
    rig.runner.do(Skip(step="b", reason="x"), ANN)
    rig.do(PrepareHandover(to="BO"))
    assert rig.state.handover is not None
    asked = dict(rig.state.handover.open_questions)
    assert asked["Which step is in hand?"].endswith("a")
    assert asked["Which roles does nobody hold?"] == "Lead"


def test_an_ended_run_keeps_its_people(rig: Rig) -> None:
    """After the end no role and no owner changes."""
    rig.done("a", "b")
    rig.do(Complete(items=(Settle(step="c", owner="BO", reason="later"),)))
    assert rig.refuse(FillRole(key="fac", person="BO")).code == "ended"
    assert refused(rig, BO, TakeOver(reason="x")).code == "ended"
    assert isinstance(rig.runner.do(Fail(step="c", observation="x"), ANN), Refused)


DRAINS = """
    # Drains
    - [ ] a <!-- id: a -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
    - [ ] b <!-- id: b -->
"""


def test_what_runs_out_is_asked_for_with_its_time() -> None:
    """The incoming person names what is due next; the run knows it to the minute."""
    rig = Rig(DRAINS)
    rig.read("a", "ups", "20")
    rig.done("a")
    rig.do(PrepareHandover(to="BO"))
    assert rig.state.handover is not None
    asked = dict(rig.state.handover.open_questions)
    assert asked["What is due next, and when?"] == "18:20 UPS runtime has run out"


def test_the_sheet_tells_what_the_next_owner_must_know(rig: Rig) -> None:
    """What failed, who holds which role, what was noted; nothing is left out for being empty."""
    rig.do(FillRole(key="fac", person="BO"))
    rig.do(Note(text="key is with the guard"))
    rig.fail("a")
    rig.do(Skip(step="a", reason="no key"))
    rig.do(Defer(step="b", target="tomorrow", reason="waits for the vendor"))
    sheet = {part.title: part.lines for part in sheet_of(rig.state, rig.journal.at)}
    assert any("waits for the vendor" in line for line in sheet["Open behind us"])
    assert "Facilities: BO" in sheet["Roles"]
    assert sheet["Due next"] == ("none",)
    assert any("key is with the guard" in line for line in sheet["Last notes"])
