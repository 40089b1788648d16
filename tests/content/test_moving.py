"""The ways through failover, paper and recovery keep their promises, whatever is decided."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.procedure.model import Procedure
from runbook.procedure.parse import parse_file
from runbook.procedure.plan import plan
from runbook.resources import shipped_procedures
from runbook.run.choices import choice_of, is_decided, options_of
from runbook.run.order import Route, walk


def shipped(name: str) -> Procedure:
    """A shipped procedure by the name of its file."""
    return parse_file(shipped_procedures() / f"{name}.md")


def answered(procedure: Procedure, **taken: str) -> Route:
    """The route after these answers, named by how their labels begin; else the first answer."""
    choices = {}
    for step in filter(is_decided, procedure.steps):
        wanted = taken.get(step.id.replace("-", "_"), "")
        labels = [option.label for option in options_of(step)]
        number = next(n for n, label in enumerate(labels) if label.startswith(wanted))
        choices[step.id] = choice_of(step, number)
    return walk(plan(procedure), choices, {})


def with_each_answer(procedure: Procedure) -> Iterator[Route]:
    """The route of first answers, and one for every other answer to one decision."""
    for step in filter(is_decided, procedure.steps):
        for option in options_of(step):
            yield answered(procedure, **{step.id.replace("-", "_"): option.label})


def test_nothing_is_promoted_before_the_old_site_is_harmless() -> None:
    """Whatever is answered, the copy is promoted after the fence, or not at all."""
    for route in with_each_answer(shipped("failover")):
        if "promote" in route.position:
            assert route.position["fence-power"] < route.position["promote"]
            assert route.position["hold-failover"] < route.position["promote"]


def test_a_planned_move_closes_the_epj_and_an_unplanned_one_does_not() -> None:
    """Only a site that is still in hand is closed in order; a dead one is fenced at once."""
    failover = shipped("failover")
    planned = answered(failover)
    lost = answered(failover, planned_move="No", can_lose="Yes", branch="No", may_miss="Yes")
    assert {"close-logons", "tell-open-planned"} <= set(planned.order)
    assert "look-third" not in planned.order
    assert {"look-third", "tell-gap", "tell-open-gap", "gap-list"} <= set(lost.order)
    assert "close-logons" not in lost.order


def test_not_knowing_whether_a_site_is_dead_promotes_nothing() -> None:
    """With "cannot tell" somebody is sent to look, and the way leads back to the three looks."""
    route = answered(shipped("failover"), planned_move="No", dead_or_alive="Cannot tell")
    assert "send-person" in route.order
    assert route.back is not None
    assert route.back[:2] == ("something-new", "look-third")


def test_giving_the_old_site_back_ends_the_failover() -> None:
    """After the way back nothing is promoted any more."""
    route = answered(shipped("failover"), last_gate="No")
    assert route.order[-1] == "release-end"
    assert "promote" not in route.order


def test_paper_that_was_not_needed_is_called_off() -> None:
    """A warning that comes to nothing ends without a ward on paper."""
    route = answered(shipped("paper"), epj_stopped="Yes")
    assert route.order[-1] == "off-end"
    assert "hold-paper" not in route.order


def test_a_gap_without_paper_is_looked_for_all_the_same() -> None:
    """After a move, missing entries are found and doubles looked for, without a back-entry."""
    on = answered(shipped("paper"), where_epj="It is back", any_paper="No").order
    assert {"gap-compare", "hold-outgoing", "hold-complete"} <= set(on)
    assert {"tell-paper", "enter-medication"}.isdisjoint(on)


def test_recovery_passes_every_hold_in_order() -> None:
    """From the cause to the all-clear no hold is left out on the way back home."""
    recovery = shipped("recovery")
    order = answered(recovery).order
    holds = [step.id for step in recovery.steps if step.hold is not None]
    assert [step for step in order if step in holds] == holds
    assert order[-1] == "tell-rest"


def test_recovery_overwrites_nothing_that_is_not_frozen() -> None:
    """Whatever is answered, the old database is frozen before it becomes a copy."""
    for route in with_each_answer(shipped("recovery")):
        if "rebuild" in route.position:
            assert route.position["freeze-old"] < route.position["rebuild"]
        if "back-promote" in route.position:
            assert route.position["back-fence"] < route.position["back-promote"]


def test_a_database_that_never_moved_is_opened_where_it_is() -> None:
    """Nothing is rebuilt or moved when the first site holds the newest entries."""
    on = answered(shipped("recovery"), newest="The old one").order
    assert {"own-open", "here-start", "open-emergency", "tell-rest"} <= set(on)
    assert {"freeze-old", "rebuild", "back-promote"}.isdisjoint(on)


def test_a_swap_for_good_still_ends_with_two_sites() -> None:
    """Without a move back the redundancy is proved and the incident closed."""
    on = answered(shipped("recovery"), go_back="Never", which_copy="None").order
    assert {"witness", "test-restore", "hold-redundant", "tell-rest"} <= set(on)
    assert {"back-promote", "rebuild-other"}.isdisjoint(on)
