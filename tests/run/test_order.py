"""What applies and what comes next, from the text and the decisions."""

from __future__ import annotations

import pytest

from runbook.run.commands import Abort, Complete, FinishAbort, Skip, Take, TakeAlternative
from runbook.run.events import RunStatus, Status
from tests.run.rig import Rig

BRANCH = """
    # Power
    ## 1 Find out
    - [ ] Look at the panel <!-- id: look -->
    - [ ] Decide: is it running? <!-- id: ask -->
      - Yes: go to [Carry](#carry)
      - No: go to [Start it](#start)
      - Cannot tell: treat as No
    ## 2 Start it
    <!-- a comment -->
    - [ ] Crank <!-- id: crank -->
    - [ ] Decide: did it start? <!-- id: started -->
      - Yes
      - No: go to [Crank](#crank)
      - Give up: stop here
    ## 3 Carry
    - [ ] Watch it <!-- id: watch -->
    ## Estimate (only on request)
    - [ ] Read the load <!-- id: load -->
    - [ ] Divide <!-- id: divide -->
"""


@pytest.fixture
def rig() -> Rig:
    """A run of a procedure with a branch ahead, a loop and a section on request."""
    return Rig(BRANCH.replace("(#start)", "(#2-start-it)").replace("(#carry)", "(#3-carry)"))


def test_first_open_step_is_current(rig: Rig) -> None:
    """A run begins at its first step and goes on in the order of the text."""
    assert rig.here == "look"
    rig.done("look")
    assert rig.here == "ask"


def test_an_abort_tells_what_never_applied_from_what_was_not_reached(rig: Rig) -> None:
    """A branch not taken and a section nobody asked for stay not applicable."""
    rig.done("look")
    rig.choose("ask", 0)
    rig.do(Abort(reason="no fuel"))
    found = {step: rig.state.status_of(step) for step in ("crank", "load", "watch")}
    assert found == {
        "crank": Status.NOT_APPLICABLE,
        "load": Status.NOT_APPLICABLE,
        "watch": Status.OPEN,
    }
    rig.do(FinishAbort(safe_state="dark and safe"))
    assert rig.state.status_of("crank") is Status.NOT_APPLICABLE
    assert rig.state.status_of("watch") is Status.NOT_REACHED


def test_going_ahead_passes_over(rig: Rig) -> None:
    """Steps that a decision passes over do not apply, and are not skipped."""
    rig.done("look")
    rig.choose("ask", 0)
    assert rig.here == "watch"
    assert rig.state.status_of("crank") is Status.NOT_APPLICABLE
    assert rig.state.route.not_applicable["crank"].step == "ask"


def test_treat_as_follows_the_other_option(rig: Rig) -> None:
    """`treat as` leads where the named option leads, and keeps its own label."""
    rig.done("look")
    rig.choose("ask", 2)
    assert rig.here == "crank"
    assert rig.state.record("ask").last.label == "Cannot tell"


def test_going_back_begins_new_attempts(rig: Rig) -> None:
    """A decision that leads back opens the steps from there as new attempts."""
    rig.done("look")
    rig.choose("ask", 1)
    rig.done("crank")
    rig.choose("started", 1)
    assert rig.here == "crank"
    assert [a.status for a in rig.state.record("crank").attempts] == [Status.DONE, Status.OPEN]
    rig.done("crank")
    rig.choose("started", 0)
    assert rig.here == "watch"


def test_stop_here_rules_out_the_rest(rig: Rig) -> None:
    """After `stop here` nothing is left to do and the run can be completed."""
    rig.done("look")
    rig.choose("ask", 1)
    rig.done("crank")
    rig.choose("started", 2)
    assert rig.here is None
    assert rig.state.status_of("watch") is Status.NOT_APPLICABLE
    rig.do(Complete())
    assert rig.state.status is RunStatus.COMPLETE


def test_on_request_does_not_apply_unasked(rig: Rig) -> None:
    """A section on request is walked only when a link leads there."""
    rig.done("look")
    rig.choose("ask", 0)
    rig.done("watch")
    assert rig.here is None
    assert rig.state.status_of("load") is Status.NOT_APPLICABLE


DETOUR = """
    # Detour
    - [ ] First <!-- id: first -->
      - Expect: a number
      - If not: go to [Estimate](#estimate)
    - [ ] Second <!-- id: second -->
      - Expect: a number
      - If not: go to [Estimate](#estimate)
    - [ ] Third <!-- id: third -->
    ## Estimate (only on request)
    - [ ] Read the load <!-- id: load -->
    - [ ] Divide <!-- id: divide -->
"""


def test_detour_returns_to_where_it_came_from() -> None:
    """After its last step a section on request leads back behind the step that asked for it."""
    rig = Rig(DETOUR)
    rig.fail("first")
    assert rig.here == "first"
    rig.do(TakeAlternative(step="first"))
    assert rig.here == "load"
    rig.done("load", "divide")
    assert rig.here == "second"


def test_detour_entered_again_is_walked_again() -> None:
    """Asking for the same section twice opens its steps as new attempts."""
    rig = Rig(DETOUR)
    rig.fail("first")
    rig.do(TakeAlternative(step="first"))
    rig.done("load", "divide")
    rig.fail("second")
    rig.do(TakeAlternative(step="second"))
    assert rig.here == "load"
    rig.done("load", "divide")
    assert rig.here == "third"
    assert len(rig.state.record("load").attempts) == 2


def test_going_back_within_a_detour_restarts_there() -> None:
    """A decision in a section on request goes back to the step it names, not to its first."""
    rig = Rig(
        "- [ ] Decide: ok? <!-- id: ok -->\n  - Yes\n  - No: go to [Mend](#mend)\n"
        "## Mend (only on request)\n- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n"
        "- [ ] Decide: mended? <!-- id: mended -->\n  - Yes\n  - No: go to [b](#b)\n"
    )
    rig.choose("ok", 1)
    rig.done("a", "b")
    rig.choose("mended", 1)
    assert rig.here == "b"
    assert len(rig.state.record("a").attempts) == 1


def test_changed_decision_keeps_finished_steps_flagged(rig: Rig) -> None:
    """Steps done on a branch that is left stay done, and are marked as abandoned."""
    rig.done("look")
    rig.choose("ask", 1)
    rig.done("crank")
    rig.choose("ask", 0, reason="it runs after all")
    assert rig.here == "watch"
    assert rig.state.status_of("crank") is Status.DONE
    assert rig.state.is_abandoned("crank")


def test_changed_back_applies_again(rig: Rig) -> None:
    """A step that did not apply is open again when the decision is changed back."""
    rig.done("look")
    rig.choose("ask", 0)
    rig.choose("ask", 1, reason="it stopped")
    assert rig.here == "crank"
    assert rig.state.status_of("crank") is Status.OPEN


NESTED = """
    # Nested
    - [ ] Decide: which way? <!-- id: way -->
      - Left:
        - [ ] Turn left <!-- id: left -->
      - Right: go to [End](#end)
        - [ ] Turn right <!-- id: right -->
    - [ ] Middle <!-- id: middle -->
    - [ ] End <!-- id: end -->
      - [ ] Close the door <!-- id: door -->
      - [ ] Lock it <!-- id: lock -->
"""


def test_steps_below_an_option_belong_to_it() -> None:
    """Sub-steps of an option are walked when it is chosen, before its go to."""
    rig = Rig(NESTED)
    rig.choose("way", 1)
    assert rig.here == "right"
    assert rig.state.status_of("left") is Status.NOT_APPLICABLE
    rig.done("right")
    assert rig.here == "door"
    assert rig.state.status_of("middle") is Status.NOT_APPLICABLE


def test_a_step_is_confirmed_after_its_sub_steps() -> None:
    """The step that sub-steps make up comes last, when they are settled."""
    rig = Rig(NESTED)
    rig.choose("way", 0)
    rig.done("left", "middle", "door", "lock")
    assert rig.here == "end"
    assert rig.refuse(Take(step="left")).code == "is-done"


def test_skipped_decision_rules_out_its_options() -> None:
    """A decision that is skipped leaves none of its options to be walked."""
    rig = Rig(NESTED)
    rig.do(Skip(step="way", reason="nobody knows"))
    assert rig.here == "middle"
    rig.choose("way", 0)
    assert rig.here == "left"


def test_taken_out_of_turn_then_back() -> None:
    """A later step taken on is in hand until settled; what it passed over stays open."""
    rig = Rig("- [ ] a <!-- id: a -->\n- [ ] b <!-- id: b -->\n- [ ] c <!-- id: c -->")
    rig.do(Take(step="c"))
    assert rig.here == "c"
    assert rig.state.record("c").last.passed_over == ("a", "b")
    rig.done("c")
    assert rig.here == "a"
