"""Headings: titles, ids, attributes, numbers by place."""

from __future__ import annotations

from collections.abc import Callable

from runbook.procedure.model import Procedure

Parse = Callable[[str], Procedure]


def test_a_heading_has_title_attributes_and_id(strict: Parse) -> None:
    """Attributes and the id comment are cut from the title."""
    procedure = strict("# T\n\n## 1 Confirm (any order, lead) <!-- id: confirm -->\n- [ ] a\n")
    section = procedure.sections[0]
    assert (section.id, section.title, section.level, section.line) == (
        "confirm", "1 Confirm", 2, 9,
    )  # fmt: skip
    assert section.attributes == ("any order", "lead")
    assert section.any_order
    assert section.role == procedure.steps[0].role == "lead"


def test_every_section_attribute_is_known(strict: Parse) -> None:
    """Parallel lanes, clocks, points of no return, ways back and sections on request."""
    text = (
        "## A (parallel)\n## B (before ups_runtime runs out)\n## C (point of no return)\n"
        "## D (way back)\n## E (only on request)\n"
    )
    a, b, c, d, e = strict(text).sections
    assert (a.parallel, b.bound_to, c.point_of_no_return) == (True, "ups_runtime", True)
    assert (d.way_back, e.on_request) == (True, True)


def test_other_words_in_parentheses_are_title(strict: Parse) -> None:
    """A parenthesis with one unknown word is text."""
    section = strict("## Shed (any order, tier 4)\n").sections[0]
    assert (section.title, section.attributes) == ("Shed (any order, tier 4)", ())


def test_ids_are_githubs_slugs_made_unique(plain: Parse) -> None:
    """Repeated headings count as on GitHub, so links written for GitHub work."""
    ids = [section.id for section in plain("## A & B!\n## Same\n## Same\n## Ærø\n").sections]
    assert ids == ["a--b", "same", "same-1", "ærø"]


def test_a_link_to_githubs_slug_means_the_written_id(strict: Parse) -> None:
    """GitHub's anchor of a heading leads to it though it has an id of its own."""
    text = "## 2 Shed <!-- id: shed -->\n- [ ] a\n  - If not: go to [x](#2-shed)\n"
    if_not = strict(text).steps[0].if_not
    assert if_not is not None
    assert if_not.go == "#shed"


def test_steps_are_numbered_through_their_top_section(plain: Parse) -> None:
    """Sub-sections go on counting; sections without steps do not count."""
    text = """\
        # T
        ## Background
        Words.
        ## First
        - [ ] a
        ### Lane
        - [ ] b
          - [ ] c
        ## Second
        - [ ] d
        """
    steps = plain(text).steps
    assert [step.number for step in steps] == ["1.1", "1.2", "1.2.1", "2.1"]
    assert [step.section for step in steps] == ["first", "lane", "lane", "second"]


def test_a_file_without_sections_counts_from_one(plain: Parse) -> None:
    """Steps under the title alone are 1, 2, 3."""
    assert [step.number for step in plain("# T\n- [ ] a\n- [ ] b\n").steps] == ["1", "2"]


def test_steps_before_the_first_section_count_from_nought(plain: Parse) -> None:
    """No number is given twice."""
    steps = plain("- [ ] a\n  - [ ] b\n\n## S\n- [ ] c\n  - [ ] d\n").steps
    assert [step.number for step in steps] == ["0.1", "0.1.1", "1.1", "1.1.1"]


def test_text_before_the_first_step_is_the_introduction(plain: Parse) -> None:
    """Text below the last step belongs to that step."""
    procedure = plain("# T\n\nWhy.\n\n## S\n\nFirst.\n\n- [ ] a\n\nAfter.\n")
    assert procedure.introduction == "Why."
    assert procedure.sections[0].introduction == "First."
    assert procedure.steps[0].details == "After."
