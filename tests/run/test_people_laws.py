"""Laws about people that hold for any sequence of commands by any of three persons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runbook.report.people import OWNER, tenures
from runbook.run import commands as c
from runbook.run import commands_people as p
from runbook.run.entry import Actor, Entry
from runbook.run.events import RunPrepared
from runbook.run.events_people import HandoverAccepted, OwnerBypassed, OwnerTakenOver
from runbook.run.evolve import replay
from runbook.run.people import holder_of, roles_of, same_person
from tests.run.rig import Rig

TEXT = """
    ---
    roles: {lead: Lead, fac: Facilities}
    ---
    # People
    - [ ] a (Lead) <!-- id: a -->
    - [ ] b (Facilities) <!-- id: b -->
"""
PERSONS = ("ANN", "BO", "CY")
actors = st.sampled_from([*PERSONS, "ann"]).map(lambda name: Actor(operator=name))
names = st.sampled_from([*PERSONS, "ann ", ""])
words = st.sampled_from(["", "because"])
keys = st.sampled_from(["lead", "fac", "cook"])
commands = st.one_of(
    st.builds(p.FillRole, key=keys, person=names, reason=words),
    st.builds(p.VacateRole, key=keys, reason=words),
    st.builds(p.SitDown),
    st.builds(p.PrepareHandover, to=names),
    st.builds(p.ReadBack, said=words, right=st.booleans()),
    st.builds(p.AcceptHandover, reason=words),
    st.builds(p.CancelHandover, reason=words),
    st.builds(p.TakeOver, reason=words),
    st.builds(c.Pause, reason=words, instead=words),
    st.builds(c.Resume),
    st.builds(c.Abort, reason=words, instead=words),
    st.builds(c.Confirm, step=st.sampled_from(["a", "b"])),
    st.builds(c.Complete, instead=words),
    st.builds(c.Close, second=names, reason=words, instead=words),
)
ACTS = st.lists(st.tuples(actors, commands), max_size=40)


def lived(acts: list[tuple[Actor, c.Command]]) -> Rig:
    """A run in which all this was asked for."""
    rig = Rig(TEXT)
    for actor, command in acts:
        rig.runner.do(command, actor)
    return rig


@given(ACTS)
def test_there_is_exactly_one_owner_at_all_times(acts: list[tuple[Actor, c.Command]]) -> None:
    """Each owner's time ends where the next one's begins, and the last one has no end."""
    rig = lived(acts)
    entries = tuple(rig.journal.entries(rig.state.run))
    owners = [t for t in tenures(entries, str) if t.place == OWNER]
    assert [t.until for t in owners] == [*(t.begun for t in owners[1:]), None]
    assert owners[-1].person == rig.state.owner != ""


@given(ACTS)
def test_nobody_accepts_his_own_handover(acts: list[tuple[Actor, c.Command]]) -> None:
    """A new owner was named by the old one and accepted himself, or took over for a reason."""
    owner = ""
    for entry in lived(acts).journal.kept:
        match entry.event:
            case RunPrepared(owner=first):
                owner = first
            case HandoverAccepted(owner=new, was=was):
                assert same_person(was, owner)
                assert not same_person(new, owner)
                assert entry.actor.operator == new
                owner = new
            case OwnerTakenOver(owner=new, was=was, reason=reason):
                assert same_person(was, owner)
                assert entry.actor.operator == new
                assert reason
                owner = new


@given(ACTS)
def test_only_the_owner_ends_or_holds_a_run(acts: list[tuple[Actor, c.Command]]) -> None:
    """What another person did in his place stands beside a reason."""
    rig = Rig(TEXT)
    for actor, command in acts:
        owner, before = rig.state.owner, len(rig.journal.kept)
        rig.runner.do(command, actor)
        made: list[Entry] = rig.journal.kept[before:]
        ends = isinstance(command, c.Pause | c.Abort | c.Complete | c.Close)
        if made and ends and not same_person(actor.operator, owner):
            event = made[-1].event
            assert isinstance(event, OwnerBypassed)
            assert event.reason


@given(ACTS)
def test_people_are_the_same_after_a_replay(acts: list[tuple[Actor, c.Command]]) -> None:
    """Roles, owner, keyboard and handover follow from the entries alone."""
    rig = lived(acts)
    assert replay(rig.journal.entries(rig.state.run), rig.state.procedure) == rig.state


@given(ACTS)
def test_the_second_person_of_a_closing_is_another(acts: list[tuple[Actor, c.Command]]) -> None:
    """Neither the owner nor whoever closes."""
    rig = lived(acts)
    for entry in rig.journal.kept:
        second = getattr(entry.event, "second", "")
        assert not second or not same_person(second, rig.state.owner)
        assert not second or not same_person(second, entry.actor.operator)


@given(ACTS)
def test_every_role_has_at_most_one_holder(acts: list[tuple[Actor, c.Command]]) -> None:
    """A holder is somebody with a name, and only of roles the procedure knows."""
    state = lived(acts).state
    assert roles_of(state) == ("lead", "fac")
    assert all(holder_of(state, key).strip() == holder_of(state, key) for key in roles_of(state))
