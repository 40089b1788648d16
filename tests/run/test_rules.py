"""What is accepted, what is refused, and what the refusal asks for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from runbook.run.commands import (
    Abort,
    Acknowledge,
    Cancel,
    Choose,
    Close,
    Complete,
    Confirm,
    Correct,
    Defer,
    Fail,
    FinishAbort,
    JudgeNotApplicable,
    Note,
    Pause,
    Read,
    Reopen,
    Resume,
    Retry,
    Settle,
    Skip,
    Start,
    Take,
    TakeAlternative,
)
from runbook.run.commands_time import Arm
from runbook.run.entry import PROGRAM
from runbook.run.events import Field, GapNoted, Outside, RunStatus, Status
from runbook.run.runner import NotRecordedError, reopen
from tests.run.rig import Rig

THREE = "- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n- [ ] c <!-- id: c -->"
READING = """
    - [ ] Read the panel <!-- id: panel -->
      - Expect: the display is lit
      - Record: runtime = UPS runtime, min, 0 to 240, from the panel, runs down
    - [ ] Next <!-- id: next -->
"""
WARNED = """
    > [!WARNING]
    > The bus bars are live.

    - [ ] Open the door <!-- id: door -->
      - Expect: the door is open
"""


@pytest.fixture
def rig() -> Rig:
    """A run of three plain steps."""
    return Rig(THREE)


def test_nothing_moves_before_the_start() -> None:
    """A prepared run takes no step before its briefing is acknowledged."""
    rig = Rig(THREE, started=False)
    assert rig.refuse(Confirm(step="a")).code == "not-running"
    assert rig.here is None
    rig.do(Start())
    assert rig.here == "a"


def test_start_despite_needs_a_reason() -> None:
    """What speaks against a start is overridden with a reason, and stands in the record."""
    rig = Rig(THREE, started=False)
    assert rig.refuse(Start(despite="not approved")).needs == "reason"
    rig.do(Start(despite="not approved", reason="mains are gone"))
    assert rig.state.status is RunStatus.RUNNING


def test_only_a_person_settles_a_step(rig: Rig) -> None:
    """The program itself can confirm nothing."""
    refused = rig.runner.do(Confirm(step="a"), PROGRAM)
    assert getattr(refused, "code", "") == "no-person"
    assert rig.state.status_of("a") is Status.OPEN


def test_confirm_settles_one_step_once(rig: Rig) -> None:
    """Done settles exactly this step, and a second Done is refused."""
    rig.done("a")
    assert rig.state.status_of("a") is Status.DONE
    assert rig.here == "b"
    assert rig.refuse(Confirm(step="a")).code == "is-done"


def test_deviation_is_its_own_status(rig: Rig) -> None:
    """Done in another way is kept apart from done."""
    rig.do(Confirm(step="a", deviation="from the other panel"))
    assert rig.state.status_of("a") is Status.DONE_DEV
    assert rig.state.record("a").last.text == "from the other panel"


def test_failed_step_stays_in_hand_until_resolved(rig: Rig) -> None:
    """After a failure the step is current; a retry is a new attempt, the first one stays."""
    rig.fail("a")
    assert rig.here == "a"
    assert rig.refuse(Confirm(step="a")).code == "is-failed"
    rig.do(Retry(step="a"))
    rig.done("a")
    attempts = rig.state.record("a").attempts
    assert [(a.number, a.status) for a in attempts] == [(1, Status.FAILED), (2, Status.DONE)]


def test_failed_without_words_is_refused(rig: Rig) -> None:
    """What was seen instead must be said."""
    assert rig.refuse(Fail(step="a", observation="  ")).needs == "observation"


def test_alternative_needs_a_link(rig: Rig) -> None:
    """A step without `If not: go to` has no alternative to take."""
    rig.fail("a")
    assert rig.refuse(TakeAlternative(step="a")).code == "no-alternative"


def test_skip_needs_a_reason_and_names_who(rig: Rig) -> None:
    """Skipped is applicable but not done, with reason and authority."""
    assert rig.refuse(Skip(step="a", reason="")).needs == "reason"
    rig.do(Skip(step="a", reason="no key"))
    last = rig.state.record("a").last
    assert (last.status, last.text, last.authority) == (Status.SKIPPED, "no key", "ANN")


def test_deferred_comes_up_before_its_target(rig: Rig) -> None:
    """A step put off to a later one is in hand again when that is reached."""
    rig.do(Defer(step="a", target="c", reason="waiting for the key"))
    assert rig.here == "b"
    rig.done("b")
    assert rig.here == "a"
    rig.done("a")
    assert rig.here == "c"


def test_deferred_step_that_no_longer_applies_does_not_come_up() -> None:
    """A changed decision that passes a step over takes it off the list of what was put off."""
    rig = Rig(
        "- [ ] Decide: warm? <!-- id: warm -->\n  - No\n  - Yes: go to [End](#end)\n"
        "- [ ] Heat <!-- id: heat -->\n- [ ] End <!-- id: end -->\n"
    )
    rig.choose("warm", 0)
    rig.do(Defer(step="heat", target="end", reason="no fuel"))
    assert rig.here == "heat"
    rig.choose("warm", 1, reason="it is warm now")
    assert rig.here == "end"
    assert rig.state.status_of("heat") is Status.NOT_APPLICABLE
    rig.done("end")
    assert rig.state.open_items() == ()


def test_deferred_elsewhere_stays_an_open_item(rig: Rig) -> None:
    """A step put off to another place never comes up by itself, and must be decided on."""
    rig.do(Defer(step="a", target="the recovery procedure", reason="later"))
    rig.done("b", "c")
    assert rig.here is None
    assert rig.refuse(Complete()).needs == "items"
    rig.do(Complete(items=(Settle(step="a", owner="BO", reason="goes with recovery"),)))
    assert rig.state.status is RunStatus.COMPLETE_OPEN


def test_defer_to_an_earlier_step_is_refused(rig: Rig) -> None:
    """A target must lie ahead."""
    rig.done("a")
    assert rig.refuse(Defer(step="b", target="1", reason="x")).code in ("not-later", "no-such")


def test_reopen_keeps_the_first_attempt(rig: Rig) -> None:
    """A settled step opens again as a new attempt, for a reason."""
    rig.done("a")
    assert rig.refuse(Reopen(step="a")).needs == "reason"
    rig.do(Reopen(step="a", reason="it went out again"))
    assert rig.here == "a"
    assert len(rig.state.record("a").attempts) == 2


def test_judged_not_applicable_needs_a_reason(rig: Rig) -> None:
    """A person may say that a step does not apply here, and why."""
    assert rig.refuse(JudgeNotApplicable(step="a", reason="")).needs == "reason"
    rig.do(JudgeNotApplicable(step="a", reason="no such board here"))
    assert rig.state.status_of("a") is Status.NOT_APPLICABLE
    assert rig.here == "b"


def test_warning_is_acknowledged_before_done() -> None:
    """Done stays closed until the warning was read; the words shown are kept."""
    rig = Rig(WARNED)
    assert rig.refuse(Confirm(step="door")).needs == "acknowledge"
    rig.do(Acknowledge(step="door"))
    rig.done("door")
    assert rig.state.status_of("door") is Status.DONE


def test_shared_warning_is_acknowledged_once() -> None:
    """A warning above several steps is read at the first of them."""
    rig = Rig("> [!WARNING]\n> Live parts.\n\n- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->")
    assert rig.refuse(Confirm(step="a")).needs == "acknowledge"
    rig.do(Acknowledge(step="a"))
    rig.done("a", "b")


def test_reading_is_needed_before_done() -> None:
    """A step with a reading cannot be plainly done without it."""
    rig = Rig(READING)
    assert rig.refuse(Confirm(step="panel")).needs == "reading"
    rig.read("panel", "runtime", "27")
    rig.done("panel")


@pytest.mark.parametrize(
    ("typed", "outside"),
    [("-1", Outside.LOW), ("0", Outside.NO), ("240", Outside.NO), ("240.1", Outside.HIGH)],
)
def test_limits_are_inclusive(typed: str, outside: Outside) -> None:
    """A value on a limit is within it; one beyond is recorded and marked."""
    rig = Rig(READING)
    rig.read("panel", "runtime", typed)
    assert rig.state.readings[-1].outside is outside


def test_beyond_a_limit_takes_words_to_pass() -> None:
    """A value outside its limits is accepted with a reason, as a deviation."""
    rig = Rig(READING)
    rig.read("panel", "runtime", "300")
    assert rig.refuse(Confirm(step="panel")).needs == "deviation"
    rig.do(Confirm(step="panel", deviation="the display shows too much"))
    assert rig.state.status_of("panel") is Status.DONE_DEV


def test_a_reason_given_with_the_reading_is_not_asked_for_again() -> None:
    """The step is done with a deviation, in the words of the acceptance."""
    rig = Rig(READING)
    rig.read("panel", "runtime", "300", accept="the display shows too much")
    rig.do(Confirm(step="panel"))
    assert rig.state.status_of("panel") is Status.DONE_DEV
    told = rig.state.record("panel").last.text
    assert told == "UPS runtime 300 min accepted: the display shows too much"


def test_implausible_reading_is_challenged_not_refused_for_good() -> None:
    """Runtime that rises asks once more, and is kept as typed when a reason is given."""
    rig = Rig(READING)
    rig.read("panel", "runtime", "20")
    assert rig.refuse(Read(step="panel", name="runtime", typed="25")).needs == "accept"
    rig.read("panel", "runtime", "25", accept="load was shed")
    assert rig.state.latest("runtime").shown == "25 min"  # type: ignore[union-attr]


def test_not_a_number_says_what_to_type() -> None:
    """Words in the place of a number are refused with an example."""
    refused = Rig(READING).refuse(Read(step="panel", name="runtime", typed="about ten"))
    assert "is not a number" in refused.why


def test_changing_a_decision_needs_a_reason() -> None:
    """A decision taken anew says why, and both stand in the record."""
    rig = Rig("- [ ] Decide: on? <!-- id: on -->\n  - Yes\n  - No\n")
    rig.choose("on", 0)
    assert rig.refuse(Choose(step="on", option=1)).needs == "reason"
    rig.choose("on", 1, reason="it stopped")
    assert rig.state.record("on").last.label == "No"
    assert rig.refuse(Choose(step="on", option=1, reason="x")).code == "same-option"


def test_decision_is_not_done_by_enter() -> None:
    """A decision is settled by choosing, never by Done."""
    rig = Rig("- [ ] Decide: on? <!-- id: on -->\n  - Yes\n  - No\n")
    assert rig.refuse(Confirm(step="on")).needs == "option"


def test_correcting_a_reading_keeps_both() -> None:
    """A corrected value counts from then on; the first one stays in the record."""
    rig = Rig(READING)
    rig.read("panel", "runtime", "72")
    seq = rig.state.last_seq
    rig.do(Correct(target=seq, field=Field.VALUE, new="27", reason="digits swapped"))
    reading = rig.state.latest("runtime")
    assert reading is not None
    assert (reading.value, reading.corrected) == ("27", True)
    assert (rig.state.corrections[0].old, rig.state.corrections[0].new) == ("72", "27")


def test_withdrawn_reading_no_longer_counts() -> None:
    """A reading entered by mistake is withdrawn, and the step lacks one again."""
    rig = Rig(READING)
    rig.read("panel", "runtime", "72")
    seq = rig.state.last_seq
    rig.do(Correct(target=seq, field=Field.WITHDRAWN, reason="wrong panel"))
    assert rig.state.latest("runtime") is None
    assert rig.refuse(Confirm(step="panel")).needs == "reading"


def test_correcting_what_cannot_be_corrected_says_what_to_do(rig: Rig) -> None:
    """An entry without words or values points to reopening."""
    assert "Reopen" in rig.refuse(Correct(target=1, field=Field.TEXT, new="x", reason="y")).why


def test_paused_run_takes_no_step_but_notes(rig: Rig) -> None:
    """While paused only notes are taken; resuming goes on at the same step."""
    rig.do(Pause(reason="shift change"))
    assert rig.refuse(Confirm(step="a")).code == "not-running"
    rig.do(Note(text="coffee"))
    rig.do(Resume())
    assert rig.here == "a"


def test_abort_goes_the_way_back_and_names_the_safe_state() -> None:
    """An abort leads to the way back; the run ends with its safe state described."""
    rig = Rig(
        "- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n## Back (way back)\n- [ ] u <!-- id: u -->"
    )
    rig.done("a")
    rig.do(Abort(reason="mains are back"))
    assert rig.here == "u"
    rig.done("u")
    assert rig.refuse(FinishAbort(safe_state=" ")).needs == "safe_state"
    rig.do(FinishAbort(safe_state="everything as before"))
    assert rig.state.status is RunStatus.ABORTED
    assert rig.state.status_of("b") is Status.NOT_REACHED


def test_way_back_can_lead_into_the_procedure_again() -> None:
    """A decision on the way back leads on, and what was done before is done anew there."""
    rig = Rig(
        "- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n- [ ] c <!-- id: c -->\n"
        "## Back (way back)\n- [ ] Decide: safe? <!-- id: safe -->\n"
        "  - Yes\n  - No: go to [b](#b)\n"
    )
    rig.done("a", "b")
    rig.do(Abort(reason="mains are back"))
    assert rig.here == "safe"
    rig.choose("safe", 1)
    assert rig.here == "b"
    rig.done("b")
    assert rig.here == "c"


def test_watch_is_begun_without_its_reading() -> None:
    """A watch takes its readings in its own time; beginning it needs none."""
    rig = Rig(
        "- [ ] Every 2 min: look <!-- id: w -->\n  - Record: t = Room, °C, at most 30, from x"
    )
    rig.do(Arm(step="w"))
    rig.read("w", "t", "24")
    assert rig.state.latest("t") is not None


def test_way_back_does_not_apply_to_a_run_that_goes_well() -> None:
    """Without an abort the way back is not walked."""
    rig = Rig("- [ ] a <!-- id: a -->\n## Back (way back)\n- [ ] u <!-- id: u -->")
    rig.done("a")
    assert rig.here is None
    assert rig.state.status_of("u") is Status.NOT_APPLICABLE


def test_completing_early_needs_a_decision_on_each_open_step(rig: Rig) -> None:
    """A run ends with an owner and a reason for everything still open, and only that."""
    rig.done("a")
    items = (Settle(step="b", owner="BO", reason="tomorrow"),)
    assert rig.refuse(Complete(items=items)).needs == "items"
    rig.do(Complete(items=(*items, Settle(step="c", owner="BO", reason="tomorrow"))))
    assert rig.state.status_of("b") is Status.NOT_REACHED


def test_close_needs_somebody_else_or_a_reason(rig: Rig) -> None:
    """The owner does not review their own run unnoticed."""
    rig.done("a", "b", "c")
    rig.do(Complete())
    assert rig.refuse(Close()).needs == "second"
    assert rig.refuse(Close(second="ann")).code == "same-person"
    rig.do(Close(second="BO"))
    assert rig.state.status is RunStatus.CLOSED


def test_ended_run_takes_notes_only(rig: Rig) -> None:
    """After its end a run can be annotated, never worked."""
    rig.done("a", "b", "c")
    rig.do(Complete())
    assert rig.refuse(Reopen(step="a", reason="x")).code == "not-running"
    rig.do(Note(text="seen again on Monday"))


def test_prepared_run_can_be_cancelled() -> None:
    """A run that never started is given up with a reason."""
    rig = Rig(THREE, started=False)
    rig.do(Cancel(reason="wrong procedure"))
    assert rig.state.status is RunStatus.CANCELLED


def test_unknown_step_is_refused(rig: Rig) -> None:
    """A step that is not in the procedure is named in the refusal."""
    assert "nowhere" in rig.refuse(Take(step="nowhere")).why


def test_not_recorded_moves_nothing(rig: Rig) -> None:
    """When no copy took the act, the state is as it was."""
    rig.journal.broken = "the disk is gone"
    with pytest.raises(NotRecordedError):
        rig.done("a")
    assert rig.state.status_of("a") is Status.OPEN


def test_gap_is_noted_and_the_place_kept(rig: Rig) -> None:
    """Coming back states how long the program was away, at the same step."""
    rig.done("a")
    rig.journal.at += timedelta(minutes=12)
    again = reopen(rig.journal, rig.state.run, lambda *_: rig.state.procedure)
    recorded = again.note_gap(clean=False)
    assert recorded is not None
    event = recorded.entries[0].event
    assert isinstance(event, GapNoted)
    assert event.seconds >= 12 * 60
    assert again.state.current == "b"
    assert again.state.records == rig.state.records
