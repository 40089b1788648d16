"""The ways through corruption, cooling loss, an attack and a fire keep what must be kept."""

from __future__ import annotations

import pytest

from runbook.procedure.model import Procedure
from runbook.procedure.parse import parse_file
from runbook.procedure.plan import plan
from runbook.resources import shipped_procedures
from runbook.run.order import Route
from tests.content.test_ways import chosen_route, routes


def shipped(name: str) -> Procedure:
    """A shipped procedure by the name of its file."""
    return parse_file(shipped_procedures() / f"{name}.md")


def comes_first(route: Route, before: str, after: str) -> bool:
    """Whether a step stands before another one, where the other one applies."""
    place = route.position
    return after not in place or (before in place and place[before] < place[after])


ALWAYS_BEFORE = (
    ("corruption", "copy-damaged", "start-restore"),
    ("corruption", "copy-damaged", "repair-copy"),
    ("corruption", "pause-expiry", "list-sources"),
    ("corruption", "read-target", "start-restore"),
    ("corruption", "clinical-check", "open-database"),
    ("cooling", "stop-hosts", "stop-storage"),
    ("cooling", "stop-database", "stop-storage"),
    ("cooling", "wait-cool", "start-hosts"),
    ("ransomware", "cut-vault", "break-glass"),
    ("ransomware", "earliest", "restore-next"),
    ("ransomware", "ticket-wait", "ticket-second"),
    ("ransomware", "quarantine", "open-links"),
    ("fire", "leave-room", "call-112"),
    ("fire", "block-generator", "cut-power"),
    ("fire", "wait-reignite", "walk-through"),
)


@pytest.mark.parametrize(("name", "before", "after"), ALWAYS_BEFORE)
def test_one_step_never_comes_before_another(name: str, before: str, after: str) -> None:
    """Whatever is decided, what protects people and data comes before what could harm them."""
    for route in routes(plan(shipped(name))):
        assert comes_first(route, before, after), route.order


def test_cold_air_in_time_stops_nothing() -> None:
    """Cooling that is back before the first limit leads past the shutdown to the end."""
    on = set(chosen_route(shipped("cooling"), gate_shed="It falls", what_stopped="Nothing").order)
    assert {"shed-tier-4", "stop-database", "stop-storage", "start-storage"} & on == set()
    assert {"wait-cool", "start-rest", "watch-errors"} <= on


def test_cold_air_at_the_last_gate_keeps_the_storage_on() -> None:
    """The last place to turn round leads to the way back, then to what follows the heat."""
    route = chosen_route(
        shipped("cooling"), gate_shed="It rises", last_gate="Yes", back_holds="Yes", back_end="Yes"
    )
    assert "stop-storage" not in route.order
    assert {"back-stop", "back-start", "watch-errors"} <= set(route.order)


def test_a_clean_copy_needs_no_restore() -> None:
    """A copy that stopped in time is moved to, and backup and second copy are made anew."""
    on = set(chosen_route(shipped("corruption"), which_way="Move", moved="Yes").order)
    assert {"start-restore", "replay", "open-database"} & on == set()
    assert {"freeze-copy", "call-move", "new-backup", "rebuild-copy"} <= on


def test_one_infected_machine_cuts_nobody_off() -> None:
    """A sign on one machine alone ends with that machine, and its evidence is kept."""
    on = chosen_route(shipped("ransomware"), is_attack="No", more="No").order
    assert on == ("photograph", "first-sign", "is-attack", "one-off", "look-ten", "more")


def test_power_that_stays_on_does_not_hold_up_the_epj() -> None:
    """While the fire commander wants the power on, the EPJ is moved all the same."""
    on = set(chosen_route(shipped("fire"), hold_cut="No-go", cut_now="No").order)
    assert "cut-power" not in on
    assert {"start-failover", "first-message", "ask-other-site"} <= on
