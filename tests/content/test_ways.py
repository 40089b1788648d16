"""The ways through the shipped procedures: every step can be reached, none leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.procedure.model import Procedure, Step
from runbook.procedure.parse import parse_file
from runbook.procedure.plan import Plan, plan
from runbook.resources import shipped_procedures
from runbook.run.choices import choice_of, is_decided, options_of
from runbook.run.order import Route, walk


def routes(laid: Plan) -> Iterator[Route]:
    """Every route that decisions can make, up to the first step back."""
    procedure = laid.procedure
    waiting: list[dict[str, int]] = [{}]
    while waiting:
        taken = waiting.pop()
        chosen = {id_: choice_of(procedure.by_id[id_], n) for id_, n in taken.items()}
        route = walk(laid, chosen, {})
        yield route
        if route.back is not None:
            continue
        ahead = (s for s in route.order if is_decided(procedure.by_id[s]) and s not in taken)
        if (step := next(ahead, None)) is not None:
            waiting += [{**taken, step: n} for n in different(laid, procedure.by_id[step])]


def different(laid: Plan, step: Step) -> list[int]:
    """The options of a step that do not lead where an earlier one leads already."""
    ways: dict[tuple[str | None, bool, str | None], int] = {}
    for n in range(len(options_of(step))):
        choice = choice_of(step, n)
        own = laid.last_of_option.get((step.id, choice.option))
        ways.setdefault((choice.go, choice.stop, own), n)
    return list(ways.values())


def test_every_step_can_be_reached(procedure: Procedure) -> None:
    """Some decisions lead to each step that is not part of the way back."""
    laid = plan(procedure)
    reached = {step for route in routes(laid) for step in route.order}
    unreached = {step.id for step in procedure.steps} - reached - set(laid.way_back)
    assert unreached == set()


def test_every_link_leads_somewhere(procedure: Procedure) -> None:
    """Every id that a step leads to is a step or section; every file called is shipped."""
    anchors = {*procedure.by_id, *procedure.section_by_id}
    for link in procedure.links:
        path, _, anchor = link.href.partition("#")
        if path:
            assert (shipped_procedures() / path).is_file(), link.href
        elif anchor:
            assert anchor in anchors, link.href


def ids_on(route: Route) -> set[str]:
    """The steps that apply on a route."""
    return set(route.order)


def chosen_route(procedure: Procedure, **taken: str) -> Route:
    """The route after these options, named by how their labels begin."""
    choices = {}
    for word, label in taken.items():
        step = procedure.by_id[word.replace("_", "-")]
        labels = [option.label for option in options_of(step)]
        number = next(n for n, found in enumerate(labels) if found.startswith(label))
        choices[step.id] = choice_of(step, number)
    return walk(plan(procedure), choices, {})


def mains_loss() -> Procedure:
    """The procedure for a mains loss."""
    return parse_file(shipped_procedures() / "mains-loss.md")


def test_a_generator_that_carries_stops_nothing() -> None:
    """With the generator on the load, no step of the shutdown or the start-up applies."""
    procedure = mains_loss()
    on = ids_on(chosen_route(procedure, gen_look="Yes"))
    idle = {"stop-epj", "stop-machines", "power-safe", "start-up"}
    assert {s.id for s in procedure.steps if s.section in idle} & on == set()
    assert {"gen-values", "back-to-mains", "tell-end"} <= on


def test_the_whole_shutdown_ends_with_the_epj_open() -> None:
    """The long way leads through shutdown and start-up, past the generator, to the end."""
    route = chosen_route(mains_loss(), gen_look="No", all_up="Yes")
    on = ids_on(route)
    assert {"stop-storage", "open-boards", "close-boards", "epj-usable", "tell-end"} <= on
    assert "gen-values" not in on
    assert route.order.index("stop-database") < route.order.index("stop-storage")


def test_turning_round_at_the_last_gate_keeps_the_storage_on() -> None:
    """Mains back before the point of no return lead to the way back, then to the end."""
    on = ids_on(chosen_route(mains_loss(), last_gate="Yes", back_end="Yes"))
    assert "stop-storage" not in on
    assert "open-boards" not in on
    assert {"back-stop", "back-start", "tell-end"} <= on


def test_a_false_alarm_of_a_ups_ends_the_run() -> None:
    """When the mains are there and the UPS recovers, nothing else is asked for."""
    on = ids_on(chosen_route(mains_loss(), two_signs="No", ups_still="No"))
    assert on == {
        "time-lost",
        "panel-a",
        "panel-b",
        "ups-runtime",
        "two-signs",
        "call-ups-vendor",
        "ups-still",
    }


def test_no_go_for_the_failover_stops_the_epj_here() -> None:
    """Without a go to move the EPJ, it is stopped and the move does not apply."""
    on = ids_on(chosen_route(mains_loss(), hold_failover="No-go"))
    assert "failover" not in on
    assert "close-logons" in on


def test_danger_comes_before_everything() -> None:
    """In danger, or in doubt about it, the way leads out of the room first, then goes on."""
    procedure = parse_file(shipped_procedures() / "first-ten-minutes.md")
    for answer in ("Yes", "Cannot tell"):
        order = chosen_route(procedure, danger=answer).order
        assert order[:3] == ("aware", "danger", "leave-room")
        assert order.index("open-fire") < order.index("symptom")
    assert "leave-room" not in chosen_route(procedure, danger="No").order


def test_what_is_seen_leads_to_its_procedure_twice() -> None:
    """What one sees opens a procedure at once, and the incident lead can go on in the same ones."""
    first = parse_file(shipped_procedures() / "first-ten-minutes.md")
    opened = {link.href for link in first.links if link.line < first.by_id["name-lead"].line}
    left = {option.leave for option in first.by_id["where-next"].options if option.leave}
    assert left <= opened
    assert len(left) == len(first.by_id["symptom"].options) - 1
    assert all(first.by_id[f"open-{href.removesuffix('.md')}"].parent == "symptom" for href in left)


def test_a_journal_that_was_moved_goes_on_in_the_recovery() -> None:
    """A mains loss ends here, or in the recovery when the EPJ runs at the other site."""
    last = mains_loss().by_id["where-next"]
    assert [(option.stop, option.leave) for option in last.options] == [
        (True, None),
        (False, "recovery.md"),
        (False, None),
    ]
    assert last.options[2].same_as == last.options[1].label


def test_a_copy_that_does_not_start_leaves_paper() -> None:
    """Without the read-only copy the wards are told and the paper routine is started."""
    procedure = parse_file(shipped_procedures() / "read-only.md")
    on = ids_on(chosen_route(procedure, copy_up="No"))
    assert {"tell-none", "paper-run"} <= on


def test_no_procedure_waits_for_one_that_lasts_for_hours() -> None:
    """Others are opened in runs of their own; the first ten minutes go on beside them."""
    first = parse_file(shipped_procedures() / "first-ten-minutes.md")
    on = chosen_route(first, symptom="On battery").order
    assert on.index("symptom") + 1 == on.index("open-mains-loss")
    assert "open-read-only" not in on
    assert "call-out" in on
    assert not [step.id for step in (*mains_loss().steps, *first.steps) if step.link]
