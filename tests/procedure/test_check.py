"""The checker: one faulty text for each rule, and the place of its finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from runbook.procedure.check import check
from runbook.procedure.model import Procedure, Severity
from runbook.procedure.site import Site

Parse = Callable[[str], Procedure]

GOOD = (
    "- [ ] a (fac) <!-- id: a -->\n"
    "  - Expect: b\n"
    "  - If not: c\n"
    "  - Record: x = X, min, 0 to 5\n"
)  # fmt: skip

RULES = {
    "role": ("- [ ] a <!-- id: a -->\n", "step-without-role", (7, 1)),
    "expect": ("- [ ] a (fac) <!-- id: a -->\n", "step-without-expect", (7, 1)),
    "if not": ("- [ ] a (fac) <!-- id: a -->\n", "step-without-if-not", (7, 1)),
    "id": ("- [ ] a (fac)\n", "step-without-id", (7, 1)),
    "one option": ("- [ ] Decide: a\n  - b\n", "decision-without-options", (7, 1)),
    "cannot tell": ("- [ ] Decide: a\n  - b\n  - c\n", "decision-without-cannot-tell", (7, 1)),
    "same label": ("- [ ] Decide: a\n  - b: x\n  - B: y\n", "option-label", (9, 3)),
    "hold role": ("- [ ] Hold: a\n", "hold-without-role", (7, 1)),
    "hold go": ("- [ ] Hold: a (fac)\n", "hold-without-go-when", (7, 1)),
    "within": ("- [ ] a\n  - Within: 3 min of b\n", "time-without-if-missed", (7, 1)),
    "until": ("- [ ] Every 2 min: a\n", "watch-without-until", (7, 1)),
    "anchor": (GOOD + "\nSee [x](#nowhere).\n", "dead-anchor", (12, 5)),
    "way to the top": (
        "# T\n- [ ] a\n  - If not: go to [t](#t)\n", "dead-anchor", (9, 19),
    ),
    "file": (GOOD + "\nSee [x](gone.md#a).\n", "dead-link", (12, 5)),
    "unit": (GOOD.replace("min", "smoots"), "unknown-unit", (10, 13)),
    "limits": (GOOD.replace("0 to 5", "5 to 0"), "limits-crossed", (10, 13)),
    "unknown reading": (
        "- [ ] Every 2 min: a\n  - When: y <= 1: b\n", "reading-unknown", (8, 11),
    ),
    "later reading": (
        "- [ ] Every 2 min: a\n  - When: x <= 1: b\n" + GOOD, "reading-later", (8, 11),
    ),
    "value": (GOOD + "\nAsk {{nobody}}.\n", "value-unset", (12, 5)),
    "alert": ("> [!WARNING]\n> Open the valve.\n\n" + GOOD, "action-in-alert", (7, 3)),
    "heavy": (GOOD + "\n" + "[" * 500 + "\n", "details-heavy", (7, 1)),
    "no words": ("- [ ] <!-- id: a -->\n", "step-without-words", (7, 1)),
    "no steps": ("# T\n\nWords.\n", "no-steps", (1, 1)),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=list(RULES))
def test_each_rule_finds_its_fault(strict: Parse, tmp_path: Path, rule: str) -> None:
    """The finding stands where the fault is."""
    text, code, place = RULES[rule]
    findings = check(strict(text), site=Site(), folder=tmp_path)
    assert place in [(f.line, f.column) for f in findings if f.code == code]


def test_a_good_procedure_has_no_findings(strict: Parse, tmp_path: Path) -> None:
    """Roles, results, ids, links, values and warnings as they should be."""
    (tmp_path / "paper.md").write_text("x", encoding="utf-8")
    text = (
        "# T\n\n> [!WARNING]\n> Do not open the valve. Pressure is high.\n\n" + GOOD
        + "- [ ] Decide: is {{site.b}} up? <!-- id: d -->\n  - Yes: go to [a](#a)\n"
        "  - No: call [Paper](paper.md#top)\n  - Cannot tell: treat as No\n"
        "- [ ] Every 2 min: read (fac) <!-- id: w -->\n  - When: x <= 3: go to [a](#a)\n"
        "  - Until: over\n  - If missed: read it\n"
    )  # fmt: skip
    findings = check(
        strict(text), site=Site(values={"site.b": "B"}), folder=tmp_path, today=date(2026, 1, 1)
    )
    assert findings == ()


def test_plain_files_are_spared_the_strict_rules(plain: Parse) -> None:
    """Only what would mislead is reported, and not as an error."""
    findings = check(plain("1. a\n2. Decide: b\n\nSee [x](#nowhere).\n"))
    assert {f.code for f in findings} == {"decision-without-options", "dead-anchor"}
    assert {f.severity for f in findings} == {Severity.WARNING}


def test_a_dead_way_is_an_error_in_plain_files_too(plain: Parse) -> None:
    """A run would not know where to go."""
    findings = check(plain("1. Decide: b\n   - x: go to [y](#nowhere)\n   - z\n"))
    assert [(f.code, f.severity) for f in findings] == [("dead-anchor", Severity.ERROR)]


def test_steps_with_sub_steps_need_no_result_of_their_own(strict: Parse) -> None:
    """What is done and seen stands in the sub-steps, whose role is their step's."""
    text = (
        "- [ ] a (fac) <!-- id: a -->\n  - [ ] b <!-- id: b -->\n    - Expect: c\n    - If not: d\n"
    )
    assert check(strict(text)) == ()


def test_an_overdue_review_is_found_at_its_key() -> None:
    """Only when the caller says what day it is."""
    from runbook.procedure.parse import parse  # noqa: PLC0415 - the other tests need no bytes

    text = b"---\ntitle: T\nlast_reviewed_on: 2026-01-31\nreview_in: 1 month\n---\n- [ ] a\n"
    procedure = parse(text, "a.md")
    assert check(procedure, today=date(2026, 2, 28)) == ()
    late = check(procedure, today=date(2026, 3, 1))
    assert [(f.line, f.code) for f in late] == [(3, "review-overdue")]


def test_an_objective_must_end_at_a_step() -> None:
    """An unknown step in `rto` is an error at its line."""
    from runbook.procedure.parse import parse  # noqa: PLC0415 - the other tests need no bytes

    text = b"---\ntitle: T\nrto: [{service: EPJ, target: 4 h, until: x}]\n---\n- [ ] a\n"
    assert [(f.line, f.code) for f in check(parse(text, "a.md"))] == [(3, "rto-unknown-step")]


def test_empty_files_are_found(plain: Parse) -> None:
    """Nothing and blanks are both empty."""
    for text in ("", "\n \n"):
        assert [f.code for f in check(plain(text))] == ["empty-file"]


def test_findings_come_by_place_each_once(strict: Parse) -> None:
    """Those of parsing and those of the rules together."""
    procedure = strict("- [ ] b\n- [ ] Call: x\n")
    findings = check(procedure)
    assert list(findings) == sorted(set(findings))
    assert set(procedure.findings) <= set(findings)
