"""Calls, returns, leaving, pins and steps put off: what each run decides by itself."""

from __future__ import annotations

from dataclasses import replace

from runbook.run.commands import Choose, Complete, Confirm, Defer, Refused, Settle
from runbook.run.commands_calls import (
    Call,
    EndCall,
    GoOn,
    Leave,
    PinNote,
    Receive,
    Redeem,
    RedeemStep,
    Return,
    Unpin,
)
from runbook.run.entry import Actor
from runbook.run.events import RunStatus, Status
from runbook.run.events_people import OwnerBypassed
from runbook.run.no_return import crossed, is_next
from runbook.run.pins import standing
from runbook.run.runner import Recorded
from tests.run.rig import Rig

CALLER = """
    # Mains loss
    ## Confirm
    - [ ] Read the panel <!-- id: panel -->
      - Pin: the panel is live
    - [ ] Call: [Vendor escalation](vendor.md) <!-- id: vendor -->
    - [ ] Start the engine <!-- id: engine -->
    - [ ] Decide: whose fault is it? <!-- id: fault -->
      - Ours
      - Theirs: call [Vendor escalation](vendor.md)
      - Everybody's: leave for [Fire](fire.md)
      - Cannot tell: treat as Ours
    - [ ] Leave for: [Recovery](recovery.md) <!-- id: away -->
    """


def vendor(step: str, option: int = -1) -> Call:
    """The call of the vendor's procedure, begun as run-2."""
    return Call(step=step, option=option, run="run-2", title="Vendor escalation", file="vendor.md")


def called() -> Rig:
    """A run that waits for the run it called."""
    rig = Rig(CALLER)
    rig.done("panel")
    rig.do(vendor("vendor"))
    return rig


def test_a_call_makes_the_step_wait() -> None:
    """The calling step stays the step in hand, waits, and knows the run it waits for."""
    rig = called()
    assert rig.here == "vendor"
    assert rig.state.status_of("vendor") is Status.WAITING
    attempt = rig.state.record("vendor").last
    assert attempt.called is not None
    assert (attempt.called.run, attempt.called.ended) == ("run-2", None)


def test_a_call_step_is_not_confirmed_without_calling() -> None:
    """A plain Done is refused; done by paper it is, with a reason that stays."""
    rig = Rig(CALLER)
    rig.done("panel")
    assert rig.refuse(Confirm(step="vendor")).needs == "call"
    rig.do(Confirm(step="vendor", deviation="worked from the printed copy"))
    assert rig.state.status_of("vendor") is Status.DONE_DEV


def test_the_end_of_the_called_run_settles_nothing() -> None:
    """When the called run ends, the caller is told, and waits for a person."""
    rig = called()
    rig.do(EndCall(step="vendor", status="complete"))
    assert rig.state.status_of("vendor") is Status.WAITING
    rig.do(Return(step="vendor"))
    assert rig.state.status_of("vendor") is Status.DONE
    assert rig.here == "engine"


def test_back_from_a_run_that_was_given_up_takes_a_reason() -> None:
    """An aborted or unfinished run does not make its caller's step done by itself."""
    rig = called()
    assert rig.refuse(Return(step="vendor")).needs == "deviation"
    rig.do(EndCall(step="vendor", status="aborted", words="all off"))
    assert rig.refuse(Return(step="vendor")).needs == "deviation"
    rig.do(Return(step="vendor", deviation="the vendor is on site"))
    assert rig.state.status_of("vendor") is Status.DONE_DEV


def test_the_caller_may_go_on_meanwhile() -> None:
    """With a reason work goes on; the calling step stays open and is confirmed later."""
    rig = called()
    assert rig.refuse(GoOn(step="vendor", reason=" ")).needs == "reason"
    rig.do(GoOn(step="vendor", reason="nothing depends on it"))
    assert rig.here == "engine"
    assert "vendor" in rig.state.open_items()
    rig.do(EndCall(step="vendor", status="complete"))
    rig.do(Return(step="vendor"))
    assert rig.here == "engine"


def test_an_option_may_call() -> None:
    """Choosing such an option takes the decision and waits for the called run."""
    rig = called()
    rig.do(GoOn(step="vendor", reason="later"))
    rig.done("engine")
    assert rig.refuse(Choose(step="fault", option=1)).needs == "call"
    rig.do(vendor("fault", 1))
    assert rig.state.status_of("fault") is Status.WAITING
    assert rig.state.record("fault").last.label == "Theirs"
    rig.do(EndCall(step="fault", status="complete_open"))
    rig.do(Return(step="fault"))
    assert rig.here == "away"


def test_leaving_ends_the_run_as_transferred() -> None:
    """What waits or was passed over goes to the new run; the rest is not reached."""
    rig = called()
    rig.do(GoOn(step="vendor", reason="later"))
    rig.done("engine")
    rig.do(Leave(step="fault", option=2, run="run-3", title="Fire", owner="BO"))
    assert rig.state.status is RunStatus.TRANSFERRED
    assert rig.state.left_for == "run-3"
    (item,) = rig.state.items
    assert (item.step, item.owner) == ("vendor", "BO")
    assert rig.state.status_of("fault") is Status.DONE


def test_a_run_can_be_left_from_any_step_with_a_reason() -> None:
    """The wrong procedure is left as soon as somebody sees that it is wrong."""
    rig = Rig(CALLER)
    assert rig.refuse(Leave(run="run-9", title="Fire")).needs == "reason"
    rig.do(Leave(run="run-9", title="Fire", reason="there is smoke"))
    assert rig.state.status is RunStatus.TRANSFERRED
    assert rig.state.status_of("panel") is Status.NOT_REACHED


def test_pins_stand_until_they_are_taken_down() -> None:
    """A settled step raises its note, a person raises more, and each goes for a reason only."""
    rig = Rig(CALLER)
    assert standing([rig.state]) == ()
    rig.done("panel")
    rig.do(PinNote(text="keys are with BO"))
    first, second = standing([rig.state])
    assert (first.text, second.text) == ("the panel is live", "keys are with BO")
    assert rig.refuse(Unpin(run=first.run, pin=first.key, reason="")).needs == "reason"
    rig.do(Unpin(run=first.run, pin=first.key, reason="it was cut"))
    assert standing([rig.state]) == (second,)


def test_a_note_of_another_run_can_be_taken_down_here() -> None:
    """Pins of an incident are one list, whoever raised them."""
    one, other = Rig(CALLER), Rig(CALLER)
    one.do(PinNote(text="gas valve closed"))
    (pin,) = standing([one.state, other.state])
    other.do(Unpin(run=pin.run, pin=pin.key, reason="open again"))
    assert standing([one.state, other.state]) == ()


def test_a_step_put_off_to_another_run_is_redeemed_there() -> None:
    """It stands in the other run with its origin, and a completed run becomes complete by it."""
    rig = Rig("# One\n- [ ] Do a <!-- id: a -->\n- [ ] Do b <!-- id: b -->\n")
    rig.do(Defer(step="a", target="review.md", reason="after the incident"))
    rig.done("b")
    rig.do(Complete(items=(Settle(step="a", owner="BO", reason="review"),)))
    before, ended = rig.state.status, rig.state.ended
    rig.do(RedeemStep(step="a", in_run="run-5", in_title="Review", how="seen"))
    assert rig.state.status_of("a") is Status.DONE
    assert (before, rig.state.status) == (RunStatus.COMPLETE_OPEN, RunStatus.COMPLETE)
    assert rig.state.ended == ended
    assert rig.refuse(RedeemStep(step="a", in_run="x", in_title="x", how="")).code == "not-deferred"


def test_a_received_step_is_redeemed_once() -> None:
    """The run that received a step says what was seen, and then it is off the list."""
    rig = Rig(CALLER)
    came = Receive(
        origin_run="run-1", origin_title="One", origin_step="a", number="1.1", text="Do a"
    )
    rig.do(came)
    assert rig.refuse(came).code == "is-here"
    assert rig.refuse(Redeem(origin_run="run-1", origin_step="a", how=" ")).needs == "how"
    rig.do(Redeem(origin_run="run-1", origin_step="a", how="the valve is shut"))
    assert rig.state.received[0].redeemed == "the valve is shut"
    assert rig.refuse(Redeem(origin_run="run-1", origin_step="a", how="again")).code == "is-done"


def test_the_point_of_no_return_is_told_before_and_after() -> None:
    """The step before it warns; once it was tried, it stays crossed."""
    rig = Rig(
        "# Change\n- [ ] Check <!-- id: a -->\n"
        "- [ ] Cut (point of no return) <!-- id: b -->\n- [ ] Look <!-- id: c -->\n"
    )
    assert is_next(rig.state, "a")
    assert crossed(rig.state) == ()
    rig.done("a")
    rig.fail("b")
    assert crossed(rig.state) == ("b",)


def test_who_does_not_own_the_run_leaves_it_for_a_reason() -> None:
    """The owner's place is taken with words, which stand beside the act."""
    rig = Rig(CALLER)
    other = Actor(operator="BO")
    away = Leave(step="away", run="run-9", title="Recovery")
    refused = rig.runner.do(away, other)
    assert isinstance(refused, Refused)
    assert refused.code == "not-owner"
    done = rig.runner.do(replace(away, reason="ANN is in the hall"), other)
    assert isinstance(done, Recorded)
    assert isinstance(done.entries[-1].event, OwnerBypassed)
    assert rig.state.status is RunStatus.TRANSFERRED
