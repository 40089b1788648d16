"""Waits, watches, deadlines and repetitions, as conversations with a run."""

from __future__ import annotations

from datetime import timedelta

from runbook.run.commands import (
    Choose,
    Close,
    Complete,
    Confirm,
    Fail,
    JudgeNotApplicable,
    Pause,
    Retry,
    Settle,
    Skip,
    Take,
)
from runbook.run.commands_time import (
    Answer,
    Arm,
    Await,
    BeginWait,
    Check,
    EndWatch,
    Repeat,
    TakeMissedWay,
    Trigger,
)
from runbook.run.events import RunClosed, RunStatus, Status
from runbook.run.timers import Timer, TimerKind, timers
from tests.run.rig import Rig

TIMES = """
    # Times
    ## 1 Lost
    - [ ] Look <!-- id: look -->
    - [ ] Every 2 min: read the inlet <!-- id: inlet -->
      - Record: temp = inlet, °C, 10 to 60
      - When: temp >= 35: go to [Shut down](#down)
      - When: temp >= 30: go to [Shed](#shed)
      - When: a machine is silent: tell the lead
      - Until: the inlet is below 24
      - If missed: read it now
    - [ ] Wait 15 min: the mains must stay <!-- id: stable -->
      - If missed: begin again
    - [ ] Call the vendor <!-- id: vendor -->
      - Within: 10 min of look
      - If missed: go to [Shed](#shed)
    - [ ] Open every board <!-- id: boards -->
      - Record: board = board, text
      - Repeat: once for each board
      - Stop when: the last one is open
    ## 2 Shut down <!-- id: down -->
    - [ ] Stop <!-- id: stop -->
    - [ ] End <!-- id: end -->
    ## Shed (only on request) <!-- id: shed -->
    - [ ] Switch off <!-- id: off -->
    - [ ] Listen <!-- id: listen -->
"""


def armed() -> Rig:
    """A run whose watch is in force and whose next step is the wait."""
    rig = Rig(TIMES)
    rig.done("look")
    rig.do(Arm(step="inlet"))
    return rig


def at_vendor() -> Rig:
    """A run behind its wait, at the step with a deadline."""
    rig = armed()
    rig.do(Confirm(step="stable", deviation="stable for an hour"))
    return rig


def the(rig: Rig, kind: TimerKind) -> Timer:
    """The one timer of a kind."""
    (found,) = (t for t in timers(rig.state, rig.journal.now()) if t.kind is kind)
    return found


def until(rig: Rig, minutes: float) -> str:
    """A moment so many minutes ahead."""
    return (rig.journal.now() + timedelta(minutes=minutes)).isoformat()


def test_a_wait_is_begun_by_one_press_and_is_due_in_time() -> None:
    """It has a due time, holds the place, and is confirmed when it is over."""
    rig = armed()
    rig.do(BeginWait(step="stable"))
    assert rig.state.status_of("stable") is Status.WAITING
    assert rig.here == "stable"
    rig.journal.wait(minutes=15)
    assert the(rig, TimerKind.WAIT).is_over(rig.journal.now())
    rig.done("stable")
    assert rig.here == "vendor"


def test_a_wait_does_not_end_by_itself() -> None:
    """Hours later it is still waiting; only a person confirms it."""
    rig = armed()
    rig.do(BeginWait(step="stable"))
    rig.journal.wait(hours=9)
    assert rig.state.status_of("stable") is Status.WAITING
    assert the(rig, TimerKind.WAIT).over_s(rig.journal.now()) > 8 * 3600


def test_a_wait_confirmed_too_early_asks_why() -> None:
    """The reason makes it done with a deviation."""
    rig = armed()
    assert rig.refuse(Confirm(step="stable")).needs == "wait"
    rig.do(BeginWait(step="stable"))
    rig.journal.wait(minutes=9)
    refused = rig.refuse(Confirm(step="stable"))
    assert (refused.code, refused.needs) == ("not-due", "deviation")
    assert "5 min 59 s" in refused.why
    rig.do(Confirm(step="stable", deviation="the lead accepts the risk"))
    assert rig.state.status_of("stable") is Status.DONE_DEV


def test_nothing_may_follow_before_the_wait_is_over() -> None:
    """Taking, confirming or beginning what comes after it needs a reason, which is kept."""
    rig = armed()
    rig.do(BeginWait(step="stable"))
    for command in (Take(step="vendor"), Confirm(step="vendor"), Confirm(step="end")):
        assert rig.refuse(command).code == "behind-wait"
    rig.do(Take(step="vendor", reason="the vendor closes at six"))
    assert rig.here == "vendor"
    rig.done("vendor")
    assert rig.here == "stable"


def test_a_break_begins_a_wait_again() -> None:
    """A failed wait is tried again with a due time of its own."""
    rig = armed()
    rig.do(BeginWait(step="stable"))
    rig.journal.wait(minutes=10)
    rig.do(Fail(step="stable", observation="the mains blinked"))
    rig.do(Retry(step="stable"))
    rig.do(BeginWait(step="stable"))
    assert the(rig, TimerKind.WAIT).left_s(rig.journal.now()) > 14 * 60


def test_a_step_waits_for_somebody_outside() -> None:
    """Whom and until when must be named; the answer takes the step back in hand."""
    rig = at_vendor()
    assert rig.refuse(Await(step="vendor", what="")).needs == "what"
    assert rig.refuse(Await(step="vendor", what="a call")).needs == "until"
    rig.do(Await(step="vendor", what="the vendor's call", until=until(rig, 20)))
    timer = the(rig, TimerKind.OUTSIDE)
    assert (timer.what, timer.step) == ("the vendor's call", "vendor")
    assert rig.refuse(Confirm(step="vendor")).needs == "answer"
    rig.do(Await(step="vendor", what="the vendor's call", until=until(rig, 40)))
    rig.journal.wait(minutes=25)
    assert not the(rig, TimerKind.OUTSIDE).is_over(rig.journal.now())
    rig.do(Answer(step="vendor", answer="they are on the way"))
    assert rig.state.status_of("vendor") is Status.ACTIVE
    rig.done("vendor")
    first, second = (w for w in rig.state.waits if w.step == "vendor")
    assert first.ended is not None
    assert second.answer == "they are on the way"


def test_an_armed_watch_lets_the_route_go_on() -> None:
    """The next step is in hand, and the watch counts down."""
    rig = armed()
    assert rig.here == "stable"
    assert rig.state.status_of("inlet") is Status.WAITING
    assert 0 < the(rig, TimerKind.WATCH).left_s(rig.journal.now()) <= 120


def test_a_look_resets_the_watch_with_or_without_a_reading() -> None:
    """Each look is due again from the look on; what passed without one is counted."""
    rig = armed()
    rig.journal.wait(minutes=1)
    rig.do(Check(step="inlet", readings=(("temp", "24"),)))
    assert the(rig, TimerKind.WATCH).left_s(rig.journal.now()) > 110
    rig.journal.wait(minutes=5)
    assert the(rig, TimerKind.WATCH).missed == 2
    rig.do(Check(step="inlet", remark="nothing new"))
    rig.read("inlet", "temp", "25")
    watch = rig.state.watch_of("inlet")
    assert watch is not None
    assert (watch.checks, watch.missed) == (3, 2)


def test_a_clock_that_is_set_back_puts_off_no_look() -> None:
    """The next look is due an interval after the last one, by the clock as it stands now."""
    rig = armed()
    rig.do(Check(step="inlet"))
    rig.journal.wait(minutes=-30)
    rig.do(Check(step="inlet"))
    assert the(rig, TimerKind.WATCH).left_s(rig.journal.now()) in range(118, 121)


def test_a_wrong_reading_makes_no_look() -> None:
    """Nothing of the look is recorded before its readings can be."""
    rig = armed()
    before = rig.state
    assert rig.refuse(Check(step="inlet", readings=(("temp", "hot"),))).needs == "value"
    assert rig.state is before


def test_a_trigger_goes_ahead_and_passes_over_what_is_between() -> None:
    """The steps between do not apply because of the watch, which stays armed."""
    rig = armed()
    rig.do(Trigger(step="inlet", when=0))
    assert rig.here == "stop"
    assert rig.state.status_of("vendor") is Status.NOT_APPLICABLE
    assert rig.state.route.not_applicable["vendor"].step == "inlet"
    assert rig.state.is_armed("inlet")


def test_a_trigger_into_a_section_on_request_comes_back() -> None:
    """After its last step the step that was in hand is in hand again."""
    rig = at_vendor()
    rig.do(Trigger(step="inlet", when=1))
    assert rig.here == "off"
    rig.done("off", "listen")
    assert rig.here == "vendor"
    rig.do(Trigger(step="inlet", when=1))
    assert rig.here == "off"
    assert rig.state.record("off").last.number == 2
    rig.done("off", "listen", "vendor")
    assert rig.here == "boards"


def test_a_trigger_reaches_its_step_past_others_that_are_open() -> None:
    """Steps left open before do not stand in the way of what is urgent."""
    rig = armed()
    rig.do(Take(step="boards", reason="at once"))
    rig.do(Trigger(step="inlet", when=1))
    assert rig.here == "off"


def test_a_trigger_in_words_only_moves_nothing() -> None:
    """It is recorded, and the person does what it says."""
    rig = armed()
    rig.do(Trigger(step="inlet", when=2))
    assert rig.here == "stable"
    assert rig.refuse(Trigger(step="inlet", when=3)).code == "no-such-condition"


def test_a_trigger_at_the_end_of_the_route_still_leads_there() -> None:
    """With no step left in hand the section is walked, and the end comes again."""
    rig = at_vendor()
    rig.done("vendor")
    rig.do(Confirm(step="boards", deviation="none"))
    rig.done("stop", "end")
    assert rig.here is None
    rig.do(Trigger(step="inlet", when=1))
    assert rig.here == "off"
    rig.done("off", "listen")
    assert rig.here is None


def test_a_watch_is_ended_with_what_was_seen() -> None:
    """Confirming does not end it; after the end it can be opened again."""
    rig = armed()
    assert rig.refuse(Confirm(step="inlet", deviation="x")).code == "is-armed"
    assert rig.refuse(EndWatch(step="inlet", observation=" ")).needs == "observation"
    rig.do(EndWatch(step="inlet", observation="22 degrees for an hour"))
    assert rig.state.status_of("inlet") is Status.DONE
    assert rig.refuse(Check(step="inlet")).code == "not-armed"


def test_a_watch_that_is_not_armed_is_confirmed_only_with_words() -> None:
    """Arm it, or say why nobody watches."""
    rig = Rig(TIMES)
    rig.done("look")
    assert rig.refuse(Confirm(step="inlet")).needs == "arm"
    rig.do(Confirm(step="inlet", deviation="the building system does it"))
    assert rig.state.status_of("inlet") is Status.DONE_DEV


def test_no_run_is_completed_over_an_armed_watch() -> None:
    """It is an item: end it, or say who goes on watching."""
    rig = at_vendor()
    rig.done("vendor")
    rig.do(Confirm(step="boards", deviation="none"))
    rig.done("stop", "end")
    assert rig.state.open_items() == ("inlet",)
    assert rig.refuse(Complete()).code == "items-open"
    rig.do(Complete(items=(Settle(step="inlet", owner="BO", reason="until Monday"),)))
    assert rig.state.status is RunStatus.COMPLETE_OPEN
    assert timers(rig.state, rig.journal.now()) == ()
    assert rig.refuse(Close(second="BO")).needs == "override"
    rig.do(Close(second="BO", override="BO looks on until Monday"))


def test_a_deadline_counts_from_when_a_step_was_performed() -> None:
    """It is over when its time has passed, and by how much."""
    rig = at_vendor()
    done = rig.state.record("look").last.settled
    assert done is not None
    timer = the(rig, TimerKind.DEADLINE)
    assert timer.due == done + timedelta(minutes=10)
    assert timer.if_missed == "go to Shed"
    rig.journal.wait(minutes=12)
    assert timer.over_s(rig.journal.now()) > 100


def test_a_missed_time_leads_where_it_says() -> None:
    """Not before it has passed; then by a person's act, and back."""
    rig = at_vendor()
    assert rig.refuse(TakeMissedWay(step="vendor")).code == "not-overdue"
    rig.journal.wait(minutes=12)
    rig.do(TakeMissedWay(step="vendor"))
    assert rig.here == "off"
    rig.done("off", "listen")
    assert rig.here == "vendor"


RECORDED = """
    # Recorded
    - [ ] Note the time <!-- id: aware -->
      - Record: first = first seen, time
    - [ ] Tell <!-- id: tell -->
      - Within: 60 min of {anchor}
      - If missed: tell it now
"""


def test_a_deadline_counts_from_a_recorded_time_of_day() -> None:
    """The time belongs to the day nearest before its entry, in the clock of that room."""
    for anchor in ("aware", "first"):
        rig = Rig(RECORDED.format(anchor=anchor))
        rig.read("aware", "first", "17:30")
        assert the(rig, TimerKind.DEADLINE).due.isoformat() == "2026-11-21T18:30:00+00:00"
        rig.read("aware", "first", "23:50")
        assert the(rig, TimerKind.DEADLINE).due.isoformat() == "2026-11-21T00:50:00+00:00"


def test_a_deadline_counts_from_the_start() -> None:
    """Words such as start and declared mean the start of the run."""
    rig = Rig(RECORDED.format(anchor="declared"))
    assert rig.state.started is not None
    assert the(rig, TimerKind.DEADLINE).due == rig.state.started + timedelta(hours=1)


def test_every_repetition_is_kept_with_its_values() -> None:
    """The count goes up, and the step stays in hand until it is confirmed."""
    rig = at_vendor()
    rig.done("vendor")
    rig.do(Repeat(step="boards", readings=(("board", "A1"),)))
    rig.read("boards", "board", "A2")
    rig.do(Repeat(step="boards", remark="stiff"))
    first, second = rig.state.repetitions
    assert (first.number, first.values) == (1, (("board", "A1"),))
    assert (second.number, second.values, second.remark) == (2, (("board", "A2"),), "stiff")
    rig.done("boards")
    assert rig.here == "stop"
    assert rig.refuse(Repeat(step="stop")).code == "not-repeated"


def test_a_pause_holds_neither_timers_nor_looks() -> None:
    """Watches are looked at while the run is paused, and the time to resume is a timer."""
    rig = armed()
    rig.do(Pause(reason="lunch", resume_by=until(rig, 30)))
    assert the(rig, TimerKind.PAUSE).what == "lunch"
    rig.do(Check(step="inlet"))
    assert rig.refuse(BeginWait(step="stable")).code == "not-running"


def test_timers_come_in_the_order_of_their_urgency() -> None:
    """What is due first stands first."""
    rig = armed()
    rig.do(BeginWait(step="stable"))
    dues = [t.due for t in timers(rig.state, rig.journal.now())]
    assert dues == sorted(dues)
    assert len(dues) == 3


def test_a_decision_that_goes_back_leaves_watches_armed() -> None:
    """Going over the steps again does not stop what is watched."""
    rig = Rig(
        """
        # Back
        - [ ] One <!-- id: one -->
        - [ ] Every 2 min: look <!-- id: w -->
          - Until: it is over
        - [ ] Decide: again? <!-- id: again -->
          - Yes: go to [One](#one)
          - No
        """
    )
    rig.done("one")
    rig.do(Arm(step="w"))
    rig.do(Choose(step="again", option=0))
    assert rig.here == "one"
    assert rig.state.is_armed("w")
    rig.done("one")
    assert rig.here == "again"


def test_a_length_that_cannot_be_counted_is_asked_for() -> None:
    """A wait or watch whose length is a value nobody set takes the minutes from a person."""
    rig = Rig(
        """
        # Unknown
        - [ ] Every {{often}}: look <!-- id: w -->
        - [ ] Wait {{long}}: rest <!-- id: p -->
        """
    )
    assert rig.refuse(Arm(step="w")).needs == "minutes"
    rig.do(Arm(step="w", minutes=5))
    assert rig.refuse(BeginWait(step="p")).needs == "minutes"
    rig.do(BeginWait(step="p", minutes=2))
    assert the(rig, TimerKind.WAIT).left_s(rig.journal.now()) > 110


def test_a_running_wait_is_left_aside_and_an_armed_watch_is_ended() -> None:
    """A wait can be skipped or judged not to apply; a watch says how it ends."""
    rig = armed()
    rig.do(BeginWait(step="stable"))
    assert "End the watch" in rig.refuse(Skip(step="inlet", reason="x")).why
    rig.do(JudgeNotApplicable(step="stable", reason="the generator carries the load"))
    assert rig.here == "vendor"
    assert rig.state.waits[-1].ended is not None


def test_a_run_is_not_closed_on_a_watch_that_goes_on() -> None:
    """Whoever closes over a watch that was handed on says why; its number is in the record."""
    rig = Rig("# W\n\n- [ ] Every 2 min: look <!-- id: w -->\n- [ ] Act <!-- id: a -->\n")
    rig.do(Arm(step="w"))
    rig.do(Confirm(step="a"))
    rig.do(Complete(items=(Settle(step="w", owner="BOB", reason="looks on tonight"),)))
    refused = rig.refuse(Close(second="BOB"))
    assert (refused.needs, "watch 1" in refused.why) == ("override", True)
    rig.do(Close(second="BOB", override="it goes on in the recovery"))
    event = rig.journal.kept[-1].event
    assert isinstance(event, RunClosed)
    assert event.undecided == "watch 1"
