"""Steps: boxes, nesting, attributes, ids, sub-bullets, details."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from runbook.procedure.model import IfNot, Link, Procedure, Step, TwoPerson, Within
from runbook.procedure.parse import parse

Parse = Callable[[str], Procedure]
First = Callable[[str], Step]
Codes = Callable[[Procedure], dict[str, tuple[int, int]]]


def test_a_step_as_the_format_shows_it(step: First) -> None:
    """Text, role, target, id, expected result, reading and what to do if not."""
    found = step(
        "## 1 Confirm\n"
        "- [ ] Read the runtime on **both** panels (Facilities, ~2m) <!-- id: ups-runtime -->\n"
        '  - Expect: display lit, "On battery"\n'
        "  - Record: ups_runtime = UPS runtime, min, 0 to 240, from the worse panel, runs down\n"
        "  - If not: go to [Estimate from load](#estimate)\n"
    )
    assert (found.id, found.id_written, found.number) == ("ups-runtime", True, "1.1")
    assert (found.line, found.column) == (8, 1)
    assert found.text == "Read the runtime on both panels"
    assert (found.role, found.target_s) == ("fac", (120, 120))
    assert found.expect == 'display lit, "On battery"'
    assert found.if_not == IfNot("go to Estimate from load", "#estimate")
    assert found.records[0].high == Decimal(240)
    assert (found.records[0].line, found.records[0].column) == (10, 13)
    assert found.details == ""


@pytest.mark.parametrize("marker", ["- [ ]", "* [ ]", "+ [ ]", "1. [ ]", "3) [x]"])
def test_every_marker_makes_a_step(plain: Parse, marker: str) -> None:
    """Boxes in bullet and ordered lists are steps, ticked or not."""
    assert [step.text for step in plain(f"{marker} do it\n").steps] == ["do it"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fac", {"role": "fac"}),
        ("@Incident lead", {"role": "lead"}),
        ("~1h30m", {"target_s": (5400, 5400)}),
        ("~10-15m", {"target_s": (600, 900)}),
        ("optional", {"optional": True}),
        ("two-person", {"two_person": TwoPerson.TOGETHER}),
        ("two-person separately", {"two_person": TwoPerson.SEPARATELY}),
        ("point of no return", {"point_of_no_return": True}),
        ("any order", {"any_order": True}),
        ("fac, ~2m, optional", {"role": "fac", "target_s": (120, 120), "optional": True}),
    ],
)
def test_the_last_parenthesis_holds_attributes(
    step: First, words: str, expected: dict[str, object]
) -> None:
    """Each attribute is read and cut from the text."""
    found = step(f"- [ ] Do (it) now ({words})\n")
    assert found.text == "Do (it) now"
    assert {name: getattr(found, name) for name in expected} == expected


def test_one_unknown_part_makes_the_parenthesis_text(strict: Parse, codes: Codes) -> None:
    """The text stays whole and the author hears which part was not known."""
    procedure = strict("- [ ] Do it (fac, ~soon)\n")
    assert procedure.steps[0].text == "Do it (fac, ~soon)"
    assert codes(procedure) == {"unknown-attribute": (7, 1)}
    assert strict("- [ ] Press F1 (the blue key)\n").findings == ()


def test_the_address_of_a_link_is_no_attribute(step: First) -> None:
    """A link at the end of the line is not taken for attributes."""
    assert step("- [ ] See [fac](fac)\n").role is None


def test_a_line_after_the_attributes_is_detail(step: First) -> None:
    """The attributes end the first line, wrapped lines below are the step's details."""
    found = step("- [ ] Do it (fac)\n  and mind the gap\n")
    assert (found.text, found.role, found.details) == ("Do it", "fac", "and mind the gap")


def test_attributes_may_stand_on_a_wrapped_line(step: First) -> None:
    """A first line that wraps in the file is one line."""
    found = step("- [ ] Do a thing whose words\n  are many (fac)\n")
    assert (found.text, found.role) == ("Do a thing whose words are many", "fac")


def test_steps_nest_three_levels(strict: Parse, codes: Codes) -> None:
    """A fourth level is shown on the third, with a finding at its place."""
    procedure = strict("- [ ] a\n  - [ ] b\n    - [ ] c\n      - [ ] d\n")
    assert [step.number for step in procedure.steps] == ["1", "1.1", "1.1.1", "1.1.2"]
    assert codes(procedure) == {"steps-too-deep": (10, 7)}


def test_ids_come_from_the_words_and_are_unique(strict: Parse) -> None:
    """Derived ids never take a written one."""
    steps = strict("- [ ] Åbn døren\n- [ ] Åbn døren\n- [ ] x <!-- id: aabn-doeren -->\n").steps
    assert [step.id for step in steps] == ["aabn-doeren-2", "aabn-doeren-3", "aabn-doeren"]


def test_a_repeated_or_malformed_id_is_an_error_where_it_stands(
    strict: Parse, codes: Codes
) -> None:
    """Both steps are still there, under different ids."""
    procedure = strict("- [ ] a <!-- id: x -->\n- [ ] b <!-- id: x -->\n- [ ] c <!-- id: Ä! -->\n")
    assert codes(procedure) == {"duplicate-id": (8, 1), "invalid-id": (9, 1)}
    assert len({step.id for step in procedure.steps}) == 3


def test_what_to_do_when_a_deadline_is_missed_may_stand_below_it(step: First) -> None:
    """Both ways to write it mean the same; other bullets below it are kept as particulars."""
    found = step(
        "- [ ] a\n  - Within: 3 min of [loss](#loss)\n    - If missed: call\n    - by clock\n"
    )
    assert found.within == Within("3 min of loss", 180, "loss", if_missed="call")
    assert "by clock" in found.details


def test_every_label_is_read(step: First) -> None:
    """All labelled sub-bullets of any step arrive in their fields, bold or not."""
    found = step(
        "- [ ] a\n"
        "  - **Within:** 3 min of mains-lost\n"
        "  - If missed: call the **vendor**\n"
        "  - Type: EPJDB-A\n"
        "  - Say: we stop\n"
        "  - Pin: no expiry jobs\n"
        "  - Pin: no reboots\n"
        "  - Defer to: [Later](later.md)\n"
        "  - Evidence: photo\n"
        "  - Needs: DNS, storage\n"
        "  - Brings up: EPJ\n"
        "  - Stop when: six clean probes\n"
        "  - Repeat: for each core\n"
        "  - __Why__: it lies\n"
        "  - Read-back\n"
    )
    assert found.within == Within(
        "3 min of mains-lost", 180, "mains-lost", if_missed="call the vendor"
    )
    assert found.if_missed == "call the vendor"
    assert (found.type_text, found.say, found.read_back) == ("EPJDB-A", "we stop", True)
    assert found.pins == ("no expiry jobs", "no reboots")
    assert found.defer_to == Link("Later", "later.md")
    assert (found.evidence, found.why) == ("photo", "it lies")
    assert (found.needs, found.brings_up) == (("DNS", "storage"), ("EPJ",))
    assert (found.stop_when, found.repeat) == ("six clean probes", "for each core")
    assert found.details == ""


def test_a_label_keeps_what_stands_below_it(step: First) -> None:
    """A script of several paragraphs is said whole."""
    found = step("- [ ] Tell: wards\n  - Say:\n    > One.\n    >\n    > Two.\n")
    assert found.say == "One.\nTwo."


def test_what_has_no_label_is_detail_in_order(step: First) -> None:
    """Bullets, paragraphs, code and tables are kept as markdown, code also by itself."""
    found = step("- [ ] a\n\n  Para.\n  - plain bullet\n\n  ```sh\n  ls\n  ```\n")
    assert found.details == "Para.\n\n-   plain bullet\n\n```sh\nls\n```"
    assert [(code.language, code.text, code.line) for code in found.code] == [("sh", "ls", 12)]


def test_quotes_code_and_comments_hold_no_steps(strict: Parse) -> None:
    """A box there is text."""
    text = "> - [ ] a\n\n```\n- [ ] b\n```\n\n<!--\n- [ ] c\n-->\n\n- [ ] d\n"
    assert [step.text for step in strict(text).steps] == ["d"]


def test_steps_under_a_bullet_are_steps_of_the_step(strict: Parse) -> None:
    """A plain bullet that groups steps stays as text, its steps are sub-steps."""
    a, b = strict("- [ ] a\n  - first:\n    - [ ] b\n").steps
    assert (b.parent, a.details) == (a.id, "-   first:")


@pytest.mark.parametrize(
    ("bullet", "code"),
    [
        ("Record: UPS runtime", "record-without-name"),
        ("Record: x = X, min, some words here", "record-unclear"),
        ("Within: soon", "within-unclear"),
        ("Defer to: later", "defer-without-link"),
    ],
)
def test_an_unclear_label_is_a_finding_at_its_text(
    strict: Parse, codes: Codes, bullet: str, code: str
) -> None:
    """The finding stands where the label's text begins."""
    column = 5 + len(bullet.split(":", maxsplit=1)[0]) + 2
    assert codes(strict(f"- [ ] a\n  - {bullet}\n"))[code] == (8, column)


def test_a_step_knows_where_its_labels_stand(step: First) -> None:
    """By the English word, at the words behind the label; one that is not there is the step."""
    found = step("- [ ] a\n  - Expect: b\n  - If not:\n    c\n")
    assert (found.at("Expect").line, found.at("Expect").column) == (8, 13)
    assert found.at("If not").line == 9
    assert found.at("Why") is found


def test_values_of_the_front_matter_are_found_too() -> None:
    """What the briefing shows is filled in like every other text."""
    procedure = parse(b"---\ntitle: T\nbring: ['{{ key }}']\n---\n- [ ] a {{b}}\n", "a.md")
    assert [(use.name, use.line) for use in procedure.value_uses] == [("key", 3), ("b", 5)]
