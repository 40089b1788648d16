"""The shipped procedures keep the rules that are asked of every author, and some more."""

from __future__ import annotations

import re
from pathlib import Path

from runbook.procedure.check import check
from runbook.procedure.model import Procedure, Step, StepKind
from runbook.procedure.parse import parse_file
from runbook.procedure.site import Site
from runbook.resources import shipped_procedures

VALUE = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")
SAYS_NOTHING = re.compile(r"\b(ok|okay|checked|verified|done|set)\.?$", re.IGNORECASE)
LONGEST_ACTION = 130


def named(steps: list[Step]) -> list[str]:
    """The ids of steps, for a failure that tells where to look."""
    return [step.id for step in steps]


def of_kind(procedure: Procedure, *kinds: StepKind) -> list[Step]:
    """The steps of these kinds."""
    return [step for step in procedure.steps if step.kind in kinds]


def test_the_procedures_are_there() -> None:
    """The procedures that people are told to take ship with the program, by their ids."""
    found = {parse_file(file).id for file in shipped_procedures().glob("*.md")}
    assert {"rb-00", "rb-01", "rb-02", "rb-03", "rb-04", "rb-05"} <= found


def test_nothing_is_found_wrong(procedure: Procedure, site: Site) -> None:
    """The checker has no error, no warning and no note about a shipped procedure."""
    findings = check(procedure, site=site, folder=shipped_procedures())
    assert [f"{f.line}:{f.column} {f.message}" for f in findings] == []


def test_the_strict_rules_apply(procedure: Procedure) -> None:
    """A shipped procedure asks for the strict rules and says who approved it and when."""
    front = procedure.front
    assert procedure.strict
    assert front.approved is not None
    assert front.approved.on is not None
    assert front.review_due is not None


def test_the_briefing_has_all_its_parts(procedure: Procedure) -> None:
    """The briefing can say when, when not, who, with what, and for how long."""
    front = procedure.front
    parts = (
        front.symptoms,
        front.use_when,
        front.do_not_use_when,
        front.roles,
        front.bring,
        front.duration,
        front.owner,
        front.revision,
    )
    assert all(parts)


def test_every_id_is_written(procedure: Procedure) -> None:
    """No step's id is made from its words: rewording must not change a run's record."""
    assert named([step for step in procedure.steps if not step.id_written]) == []


def test_every_action_says_who_what_and_what_if_not(procedure: Procedure) -> None:
    """Every action has a role, an expected result and a way out."""
    actions = of_kind(procedure, StepKind.ACTION, StepKind.CALL)
    lacking = [s for s in actions if not (s.role and s.expect and s.if_not and s.if_not.text)]
    assert named(lacking) == []


def test_every_action_of_its_own_has_a_target_time(procedure: Procedure) -> None:
    """Every action that is not part of another one says how long it may take."""
    actions = [s for s in of_kind(procedure, StepKind.ACTION, StepKind.TALK) if s.parent is None]
    assert named([step for step in actions if step.target_s is None]) == []


def test_every_step_has_a_role(procedure: Procedure) -> None:
    """Decisions, hold points, watches and waits name who answers for them, too."""
    assert named([step for step in procedure.steps if step.role is None]) == []


def test_an_expected_result_can_be_seen(procedure: Procedure) -> None:
    """No expected result ends in a word that can be said without looking."""
    empty = [s for s in procedure.steps if s.expect and SAYS_NOTHING.search(s.expect)]
    assert named(empty) == []


def test_an_action_is_short(procedure: Procedure) -> None:
    """The one action fits into about three lines of the largest type."""
    assert named([step for step in procedure.steps if len(step.text) > LONGEST_ACTION]) == []


def test_every_decision_can_be_answered_with_cannot_tell(procedure: Procedure) -> None:
    """Nobody is forced to guess, and not knowing has a way on of its own."""
    for step in of_kind(procedure, StepKind.DECISION):
        unsure = [option for option in step.options if option.label == "Cannot tell"]
        assert len(unsure) == 1, step.id
        way = unsure[0]
        assert way.go or way.same_as or way.text, step.id


def test_every_hold_point_can_be_decided(procedure: Procedure) -> None:
    """A hold point has criteria, a no-go that says what then, and a declared deputy."""
    for step in of_kind(procedure, StepKind.HOLD):
        assert step.hold is not None
        assert step.hold.go_when, step.id
        assert step.hold.no_go_go, step.id
        assert step.hold.deputy in procedure.front.roles, step.id
        assert step.hold.deputy != step.role, step.id


def test_every_watch_ends_and_acts(procedure: Procedure) -> None:
    """A watch says how often, until when, what it triggers and what if it is missed."""
    for step in of_kind(procedure, StepKind.WATCH):
        assert all((step.every_s, step.until, step.whens, step.if_missed)), step.id


def test_what_cannot_be_undone_takes_two_and_a_name(procedure: Procedure) -> None:
    """A step of no return needs a second person and the target typed."""
    final = [step for step in procedure.steps if step.point_of_no_return]
    assert named([step for step in final if not (step.two_person and step.type_text)]) == []


def test_mains_loss_marks_where_it_cannot_turn_round() -> None:
    """Mains loss has exactly one point of no return and a way back before it."""
    procedure = parse_file(shipped_procedures() / "mains-loss.md")
    assert [step.id for step in procedure.steps if step.point_of_no_return] == ["stop-storage"]
    assert any(section.way_back for section in procedure.sections)


def test_words_for_the_hospitals_are_read_back(procedure: Procedure) -> None:
    """Whatever is told has a script and asks for it to be repeated, or an answer to be heard."""
    told = of_kind(procedure, StepKind.TALK)
    assert named([s for s in told if not (s.say and (s.read_back or s.expect))]) == []


def test_no_site_is_named(procedure: Procedure, site: Site) -> None:
    """Names of places stand in the site file only, so that another site can use the text."""
    text = Path(procedure.file).read_text(encoding="utf-8").casefold()
    assert site.datacentres
    assert [name for name in site.datacentres.values() if name.casefold() in text] == []


def test_every_value_is_set(procedure: Procedure, site: Site) -> None:
    """Every value, also in the front matter, comes from the file, the site or a reading."""
    text = Path(procedure.file).read_text(encoding="utf-8")
    readings = {record.name for step in procedure.steps for record in step.records}
    known = {*site.values, *procedure.front.values, *readings}
    assert set(VALUE.findall(text)) - known == set()


def test_a_script_uses_readings_taken_before_it(procedure: Procedure) -> None:
    """A reading that stands in a text has been asked for by an earlier step."""
    order = {step.id: place for place, step in enumerate(procedure.steps)}
    first: dict[str, int] = {}
    for step in procedure.steps:
        for record in step.records:
            first.setdefault(record.name, order[step.id])
    for step in procedure.steps:
        for name in VALUE.findall(f"{step.text} {step.say} {step.expect} {step.details}"):
            assert first.get(name, -1) < order[step.id], (step.id, name)
