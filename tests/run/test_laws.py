"""Laws that hold for any sequence of commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.run import commands as c
from runbook.run import commands_time as t
from runbook.run.entry import Actor
from runbook.run.events import Field, RunStatus, Status, StepEvent
from runbook.run.evolve import replay
from runbook.run.held import waits_in_the_way
from runbook.run.runner import Recorded
from runbook.run.state import SETTLED
from tests.run.rig import ANN, Rig

EVERYTHING = """
    # Everything
    ## 1 Look
    > [!WARNING]
    > Live parts.

    - [ ] Look <!-- id: look -->
      - Expect: light
      - If not: go to [Estimate](#estimate)
      - Record: volts = Volts, V, 22 to 30, from the panel
    - [ ] Decide: go on? <!-- id: ask -->
      - Yes
      - No: go to [Look](#look)
        - [ ] Wait a little <!-- id: pause -->
      - Skip ahead: go to [End](#end)
      - Cannot tell: go to [Estimate](#estimate)
      - Never: stop here
    - [ ] Group <!-- id: group -->
      - [ ] One <!-- id: one -->
      - [ ] Two (optional) <!-- id: two -->
    - [ ] Hold: may we? <!-- id: hold -->
      - Go when: volts >= 22
      - No-go: go to [Ask](#ask)
    - [ ] Every 2 min: read the volts <!-- id: eye -->
      - Record: volts = Volts, V, 22 to 30
      - When: volts < 22: go to [Estimate](#estimate)
      - When: it smells: go to [Look](#look)
      - When: it is late: go to [End](#end)
    - [ ] Wait 5 min: rest <!-- id: rest -->
    - [ ] End <!-- id: end -->
      - Within: 3 min of look
      - If missed: go to [Estimate](#estimate)
      - Repeat: twice
    ## Estimate (only on request)
    - [ ] Guess <!-- id: guess -->
    ## Undo (way back)
    - [ ] Undo it <!-- id: undo -->
"""
HERE = "the step in hand"
STEPS = ["look", "ask", "pause", "group", "one", "two", "hold"]
STEPS += ["eye", "rest", "end", "guess", "undo", "none"]
AHEAD = "2026-11-21T23:00:00+00:00"
steps = st.one_of(st.just(HERE), st.just(HERE), st.sampled_from(STEPS))
words = st.sampled_from(["", "because", "end", "BO"])
options = st.integers(-1, 5)


def _about_time() -> st.SearchStrategy[c.Command]:
    return st.one_of(
        st.builds(t.BeginWait, step=steps),
        st.builds(t.Await, step=steps, what=words, until=st.just(AHEAD)),
        st.builds(t.Answer, step=steps, answer=words),
        st.builds(t.Arm, step=steps),
        st.builds(t.Check, step=st.just("eye"), remark=words),
        st.builds(t.Check, step=st.just("eye"), readings=st.just((("volts", "5"),))),
        st.builds(t.Trigger, step=st.just("eye"), when=st.integers(-1, 3)),
        st.builds(t.EndWatch, step=st.just("eye"), observation=words),
        st.builds(t.Repeat, step=steps, remark=words),
        st.builds(t.TakeMissedWay, step=steps),
    )


def _commands() -> st.SearchStrategy[c.Command]:
    return st.one_of(
        _about_time(),
        _about_time(),
        st.builds(c.Take, step=steps),
        st.builds(c.Confirm, step=steps, deviation=words),
        st.builds(c.Confirm, step=steps),
        st.builds(c.Fail, step=steps, observation=words),
        st.builds(c.Retry, step=steps),
        st.builds(c.TakeAlternative, step=steps),
        st.builds(c.Skip, step=steps, reason=words),
        st.builds(c.Defer, step=steps, target=words, reason=words),
        st.builds(c.Reopen, step=steps, reason=words),
        st.builds(c.JudgeNotApplicable, step=steps, reason=words),
        st.builds(c.Acknowledge, step=steps),
        st.builds(c.Choose, step=steps, option=options, reason=words),
        st.builds(
            c.Read, step=steps, name=st.just("volts"), typed=st.sampled_from(["24", "5", "x"])
        ),
        st.builds(c.Note, text=words),
        st.builds(
            c.Correct,
            target=st.integers(1, 30),
            field=st.sampled_from(Field),
            new=st.sampled_from(["", "25", "other"]),
            reason=words,
        ),
        st.builds(c.Pause, reason=words),
        st.builds(c.Resume),
        st.builds(c.Abort, reason=words),
        st.builds(c.FinishAbort, safe_state=words),
        st.builds(c.Complete),
        st.builds(c.Close, second=words, reason=words),
    )


EVENTUALLY = st.lists(_commands(), max_size=60)


def _act(rig: Rig, command: c.Command) -> Recorded | c.Refused:
    """Carry a command out, most of them at the step in hand, as people do."""
    if getattr(command, "step", "") == HERE:
        command = replace(command, step=rig.here or "none")  # type: ignore[arg-type]
    return rig.runner.do(command, ANN)


def _lived(sequence: list[c.Command]) -> Rig:
    rig = Rig(EVERYTHING)
    for command in sequence:
        _act(rig, command)
    return rig


@given(EVENTUALLY)
def test_replay_equals_the_state_lived_through(sequence: list[c.Command]) -> None:
    """Folding the entries again gives exactly the state the operator saw."""
    rig = _lived(sequence)
    assert replay(rig.journal.entries(rig.state.run), rig.state.procedure) == rig.state


@given(EVENTUALLY)
def test_events_tell_the_truth_about_statuses(sequence: list[c.Command]) -> None:
    """An event's `was` and `now` are the step's status before and after it."""
    rig = Rig(EVERYTHING)
    for command in sequence:
        before = rig.statuses()
        result = _act(rig, command)
        if not isinstance(result, Recorded):
            assert rig.statuses() == before
            continue
        event = result.entries[0].event
        if isinstance(event, StepEvent):
            assert event.was in (before[event.step], Status.DONE)
            led_back = rig.state.record(event.step).last.number > event.attempt
            assert led_back or rig.state.status_of(event.step) is event.now


@given(EVENTUALLY)
def test_one_command_settles_at_most_one_step(sequence: list[c.Command]) -> None:
    """No act marks more than one step; what a decision rules out is not settled by it."""
    by_hand = SETTLED - {Status.NOT_APPLICABLE, Status.NOT_REACHED}
    rig = Rig(EVERYTHING)
    for command in sequence:
        before = rig.statuses()
        _act(rig, command)
        after = rig.statuses()
        newly = [s for s in after if after[s] in by_hand and before[s] is not after[s]]
        seen_before = [s for s in newly if before[s] is Status.NOT_APPLICABLE]
        assert len(newly) - len(seen_before) <= 1


@given(EVENTUALLY)
def test_the_step_in_hand_can_be_worked(sequence: list[c.Command]) -> None:
    """The current step is always one that somebody can act on, and none when run has ended."""
    rig = _lived(sequence)
    ended = (RunStatus.ABORTED, RunStatus.COMPLETE, RunStatus.COMPLETE_OPEN, RunStatus.CLOSED)
    if rig.state.status in ended:
        assert rig.here is None
    if rig.here is not None:
        workable = (Status.OPEN, Status.ACTIVE, Status.FAILED, Status.DEFERRED, Status.WAITING)
        assert not rig.state.is_armed(rig.here)
        assert rig.state.status_of(rig.here) in workable


@given(EVENTUALLY)
def test_no_step_is_lost(sequence: list[c.Command]) -> None:
    """Every step either lies on the route or does not apply, while the run is worked."""
    state = _lived(sequence).state
    if state.status is RunStatus.RUNNING:
        for step in state.plan.flat:
            assert (step in state.route.position) != (step in state.route.not_applicable)


@given(EVENTUALLY)
@settings(max_examples=20)
def test_nobody_is_nobody(sequence: list[c.Command]) -> None:
    """Without a person's name nothing at all is recorded."""
    rig = Rig(EVERYTHING)
    count = len(rig.journal.kept)
    for command in sequence:
        rig.runner.do(command, Actor(operator=""))
    assert len(rig.journal.kept) == count


@given(EVENTUALLY, st.lists(st.integers(-600, 600), min_size=60, max_size=60))
def test_no_timer_settles_a_step_and_a_look_puts_off_the_next_by_its_interval(
    sequence: list[c.Command], waits: list[int]
) -> None:
    """Whatever the clock does, statuses move by commands only, and no look is put off further."""
    rig = Rig(EVERYTHING)
    for command, seconds in zip(sequence, waits, strict=False):
        before, watches = rig.statuses(), rig.state.watches
        rig.journal.wait(seconds=seconds)
        assert rig.statuses() == before
        _act(rig, command)
        looked = (w for w in rig.state.watches if w not in watches and w.ended is None)
        now = rig.journal.now()
        assert all(w.due <= now + timedelta(seconds=w.every_s) for w in looked)


@given(EVENTUALLY)
def test_nothing_is_done_behind_a_wait_without_a_reason(sequence: list[c.Command]) -> None:
    """A step that comes after a wait that is not over is only worked when somebody said why."""
    rig = Rig(EVERYTHING)
    for command in sequence:
        waits = {s: waits_in_the_way(rig.state, rig.state.step(s)) for s in rig.state.plan.flat}
        before, here = rig.statuses(), rig.here
        _act(rig, command)
        for step in rig.state.plan.flat:
            now = rig.state.status_of(step)
            if before[step] is Status.OPEN and now in (Status.DONE, Status.DONE_DEV):
                assert step == here or not waits[step]
