"""Whatever is called, left, pinned and redeemed in whatever order, the laws of a run hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from runbook.run import commands as c
from runbook.run import commands_calls as k
from runbook.run.events import RunStatus, Status
from runbook.run.evolve import replay
from runbook.run.pins import raised, standing
from runbook.run.runner import Recorded
from runbook.run.state import ENDED
from tests.run.rig import ANN, Rig

TEXT = """
    # All
    - [ ] Look <!-- id: look -->
      - Pin: mind the step
    - [ ] Call: [Other](other.md) <!-- id: call -->
    - [ ] Decide: which? <!-- id: ask -->
      - This
      - That: call [Other](other.md)
      - Away: leave for [Other](other.md)
      - Cannot tell: treat as This
    - [ ] Cut (point of no return) <!-- id: cut -->
    - [ ] Leave for: [Other](other.md) <!-- id: away -->
"""
HERE = "the step in hand"
STEPS = [HERE, HERE, "look", "call", "ask", "cut", "away", "none"]
steps = st.sampled_from(STEPS)
words = st.sampled_from(["", "because"])
runs = st.sampled_from(["", "run-2"])
statuses = st.sampled_from(["complete", "aborted", "running", "transferred"])
options = st.integers(-1, 4)


def _commands() -> st.SearchStrategy[c.Command]:
    return st.one_of(
        st.builds(k.Call, step=steps, option=options, run=runs, title=st.just("Other")),
        st.builds(k.GoOn, step=steps, reason=words),
        st.builds(k.EndCall, step=steps, status=statuses),
        st.builds(k.Return, step=steps, deviation=words),
        st.builds(k.Leave, step=steps, option=options, run=runs, reason=words),
        st.builds(k.PinNote, text=words),
        st.builds(k.Unpin, run=st.just("run-1"), pin=words, reason=words),
        st.builds(k.RedeemStep, step=steps, in_run=runs, in_title=words, how=words),
        st.builds(c.Confirm, step=steps, deviation=words),
        st.builds(c.Choose, step=steps, option=options, by_paper=words),
        st.builds(c.Take, step=steps),
        st.builds(c.Fail, step=steps, observation=words),
        st.builds(c.Defer, step=steps, target=words, reason=words),
        st.builds(c.Reopen, step=steps, reason=words),
        st.builds(c.Abort, reason=words),
        st.builds(c.Complete),
    )


def _lived(sequence: list[c.Command]) -> Rig:
    rig = Rig(TEXT)
    for command in sequence:
        if getattr(command, "step", "") == HERE:
            command = replace(command, step=rig.here or "none")  # type: ignore[arg-type]  # noqa: PLW2901
        rig.runner.do(command, ANN)
    return rig


@given(st.lists(_commands(), max_size=40))
def test_a_run_among_others_keeps_the_laws(sequence: list[c.Command]) -> None:
    """Replaying gives the same state, statuses stay in their set, and nothing waits for nobody."""
    rig = _lived(sequence)
    state = rig.state
    assert replay(rig.journal.entries(state.run), state.procedure) == state
    assert set(rig.statuses().values()) <= set(Status)
    for record in state.records.values():
        last = record.last
        if last.status is Status.WAITING:
            assert last.called is not None
    assert set(standing([state])) <= set(raised(state))


@given(st.lists(_commands(), max_size=40))
def test_a_run_that_was_left_stays_left(sequence: list[c.Command]) -> None:
    """After it is transferred no step is worked, and where it went is known."""
    rig = _lived(sequence)
    if rig.state.status is not RunStatus.TRANSFERRED:
        return
    assert rig.state.left_for
    for step in rig.state.procedure.steps:
        assert not isinstance(rig.runner.do(c.Confirm(step=step.id), ANN), Recorded)
    assert rig.state.status in ENDED
