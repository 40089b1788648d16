"""Laws of declaring and telling that hold for any sequence of commands."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from runbook.run import commands as c
from runbook.run import commands_message as m
from runbook.run.callout import callouts, ladder, read_back_at
from runbook.run.events import Mode, RunClosed, StepDone
from runbook.run.evolve import replay
from runbook.run.prompts import prompts
from runbook.run.regulatory import undecided
from runbook.run.runner import Recorded
from tests.run.message_site import SITE, TEXT
from tests.run.rig import ANN, Rig

words = st.sampled_from(["", "dark", "BOB", "the hospitals"])
times = st.sampled_from(["", "2026-11-21T17:30:00+00:00", "2030-01-01T00:00:00+00:00", "noon"])
minutes = st.sampled_from([-1, 0, 60])
clocks = st.sampled_from(["nis2-24h", "nis2-72h", "nis2-final", "gdpr-72h", "owner", "none"])
steps = st.sampled_from(["", "look", "tell", "home", "none"])
people = st.sampled_from(["ANN", "Bob Birk", "CIA", "dan", "FAC", "a porter", ""])
outcomes = st.sampled_from(["answered", "voicemail", "no_answer", "wrong_number", "lost"])
answers = st.sampled_from(["", "yes", "no", "perhaps"])
COMMANDS = st.one_of(
    st.builds(m.Declare, criteria=words, aware=times, declared=times, reason=words),
    st.builds(m.AssumeDuration, assumed_min=minutes, note=words),
    st.builds(m.ArrangeRelief, who=words, at=times),
    st.builds(
        m.LogCall,
        contact=people,
        outcome=outcomes,
        channel=st.sampled_from(["", "mobile", "radio", "00 00 11 01"]),
        role=st.sampled_from(["", "lead", "fac", "none"]),
        read_back=answers,
        step=steps,
        performed=times,
    ),
    st.builds(m.MarkSent, clock=clocks, reference=words, sent=times),
    st.builds(m.MarkNotRequired, clock=clocks, reason=words),
    st.builds(m.SendReport, text=words, to=words),
    st.builds(c.Read, step=st.just("look"), name=st.just("time_aware"), typed=st.just("17:10")),
    st.builds(c.Confirm, step=steps, deviation=words),
    st.builds(c.Retry, step=steps),
    st.builds(c.Reopen, step=steps, reason=words),
    st.just(
        c.Complete(items=tuple(c.Settle(step=s, owner="B", reason="x") for s in ("look", "tell")))
    ),
    st.just(c.Complete()),
    st.builds(c.Close, second=words, reason=words, override=words),
)
SEQUENCES = st.lists(COMMANDS, max_size=40)


def lived(sequence: list[c.Command], mode: Mode = Mode.LIVE) -> Rig:
    """A run in which all of this was asked for, with a minute between."""
    rig = Rig(TEXT, mode, site=SITE)
    for command in sequence:
        rig.runner.do(command, ANN)
        rig.journal.wait(minutes=1)
    return rig


@given(SEQUENCES)
def test_what_was_told_is_replayed(sequence: list[c.Command]) -> None:
    """Folding the entries again gives exactly the state the operator saw."""
    rig = lived(sequence)
    state = rig.state
    assert replay(rig.journal.kept, state.procedure, state.site) == state


@given(SEQUENCES)
def test_telling_settles_no_step(sequence: list[c.Command]) -> None:
    """Whatever is declared or told, every step stays what it was."""
    rig = Rig(TEXT, site=SITE)
    for command in sequence:
        before, place = rig.statuses(), rig.here
        done = rig.runner.do(command, ANN)
        if isinstance(done, Recorded) and isinstance(command, m.MessageCommand):
            assert (rig.statuses(), rig.here) == (before, place)


@given(SEQUENCES)
def test_no_run_is_closed_over_a_duty_without_a_reason(sequence: list[c.Command]) -> None:
    """Either everything is decided, or the entry says what is not and why."""
    rig = Rig(TEXT, site=SITE)
    for command in sequence:
        open_duties = undecided(rig.state)
        done = rig.runner.do(command, ANN)
        if isinstance(done, Recorded) and isinstance(done.entries[-1].event, RunClosed):
            event = done.entries[-1].event
            assert bool(event.undecided) is bool(open_duties)
            assert bool(event.override) is bool(open_duties)


@given(SEQUENCES)
def test_no_message_is_plainly_done_without_its_read_back(sequence: list[c.Command]) -> None:
    """A plain Done at such a step means that somebody repeated the words in this attempt."""
    rig = Rig(TEXT, site=SITE)
    for command in sequence:
        repeated = read_back_at(rig.state, "tell")
        done = rig.runner.do(command, ANN)
        event = done.entries[-1].event if isinstance(done, Recorded) else None
        if type(event) is StepDone and event.step == "tell":
            assert repeated is not None


@given(SEQUENCES)
def test_no_number_is_recorded_in_a_drill(sequence: list[c.Command]) -> None:
    """Whatever is asked for, the entries hold no number of the site."""
    rig = lived(sequence, Mode.DRILL)
    told = [entry for entry in rig.journal.kept if entry.seq > 1]
    assert "00 00 1" not in str(to_builtins(told))


@given(SEQUENCES)
def test_a_call_out_never_proposes_whom_nobody_named(sequence: list[c.Command]) -> None:
    """Only people of the role's own ladder are proposed, and never once somebody has answered."""
    rig = lived(sequence)
    for found in callouts(rig.state):
        assert found.next is None or found.next in ladder(rig.state, found.role)
        assert not (found.next and found.reached)
    dues = [prompt.due for prompt in prompts(rig.state, rig.journal.at, UTC)]
    assert dues == sorted(dues)
