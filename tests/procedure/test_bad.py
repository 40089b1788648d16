"""Every code the checker knows: a small file with this one fault, and the place of its finding.

The files lie in `bad`, each named after its code; they are procedures, or site files.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from runbook.cli.checking import Checker
from runbook.procedure.codes import CODES
from runbook.procedure.model import Finding
from runbook.procedure.site import Site, parse_site
from runbook.procedure.source import LARGEST_FILE
from runbook.resources import resource_folder

BAD = Path(__file__).parent / "bad"
SOURCE = Path(__file__).parents[2] / "runbook"
TODAY = date(2026, 11, 1)
SITE = """\
[roles]
lead = { name = "Shift lead", succession = ["ANN"] }
fac = { name = "Facilities", succession = ["ANN"] }
scribe = { name = "Scribe", people = ["ANN"] }
"""

PLACES = {
    "action-in-alert": (21, 5),
    "box-malformed": (20, 2),
    "call-circle": (20, 1),
    "call-itself": (20, 1),
    "call-without-link": (20, 1),
    "cannot-tell-without-way": (23, 3),
    "clock-does-not-run-down": (25, 1),
    "clock-unknown": (21, 1),
    "condition-unclear": (21, 14),
    "contact-on-network-only": (8, 1),
    "contact-one-channel": (8, 1),
    "contact-stale": (8, 1),
    "contact-unknown": (4, 1),
    "dead-anchor": (22, 19),
    "dead-link": (23, 23),
    "decision-without-cannot-tell": (20, 1),
    "decision-without-options": (20, 1),
    "defer-without-link": (23, 15),
    "deputy-same": (23, 22),
    "deputy-unclear": (23, 3),
    "destructive-without-two-person": (20, 1),
    "destructive-without-type": (20, 1),
    "details-heavy": (20, 1),
    "duplicate-id": (20, 1),
    "empty-file": (1, 1),
    "encoding": (20, 18),
    "expect-says-nothing": (21, 13),
    "fence-badly-closed": (27, 1),
    "fence-open": (25, 1),
    "front-matter-invalid": (2, 19),
    "front-matter-open": (1, 1),
    "front-matter-toml": (1, 1),
    "front-matter-value": (11, 1),
    "hold-without-deputy": (20, 1),
    "hold-without-go-when": (20, 1),
    "hold-without-no-go": (22, 12),
    "hold-without-role": (20, 1),
    "invalid-id": (20, 1),
    "limits-crossed": (22, 13),
    "list-kept-as-text": (9, 1),
    "merge-conflict": (24, 1),
    "no-steps": (1, 1),
    "no-way-back": (20, 1),
    "not-text": (1, 1),
    "number-gap": (27, 1),
    "number-without-dot": (27, 4),
    "option-label": (23, 3),
    "option-unclear": (22, 3),
    "placeholder-hidden": (21, 28),
    "procedure-not-approved": (2, 1),
    "procedure-without-id": (2, 1),
    "procedure-without-owner": (2, 1),
    "procedure-without-revision": (2, 1),
    "reading-differs": (26, 13),
    "reading-later": (21, 27),
    "reading-unknown": (23, 11),
    "record-unclear": (22, 13),
    "record-without-name": (22, 13),
    "review-overdue": (8, 1),
    "role-undeclared": (20, 1),
    "role-unstaffed": (10, 1),
    "role-unused": (10, 1),
    "role-without-people": (4, 1),
    "rto-unknown-step": (11, 1),
    "section-too-long": (62, 1),
    "site-invalid": (2, 8),
    "site-value": (1, 1),
    "step-in-comment": (23, 1),
    "step-too-long": (20, 1),
    "step-without-expect": (20, 1),
    "step-without-id": (20, 1),
    "step-without-if-not": (20, 1),
    "step-without-role": (20, 1),
    "step-without-words": (17, 1),
    "steps-too-deep": (25, 7),
    "time-without-if-missed": (22, 13),
    "treat-as-circle": (22, 3),
    "treat-as-unknown": (23, 3),
    "unknown-attribute": (20, 1),
    "unknown-unit": (22, 13),
    "value-unset": (20, 25),
    "watch-without-record": (20, 1),
    "watch-without-until": (20, 1),
    "within-later": (22, 13),
    "within-unclear": (22, 13),
    "within-unknown": (22, 13),
}
MADE_HERE = {"unreadable", "file-too-large", "duplicate-procedure-id"}
"""Faults of a file that is missing, huge, or one of two: the tests below make them."""


@pytest.fixture(scope="module")
def site() -> Site:
    """A site that staffs the roles of the files."""
    return parse_site(SITE)


def found(site: Site, *files: Path) -> list[Finding]:
    """What is found in some files, one after the other."""
    return [one.finding for one in Checker(site, TODAY).check(files)]


@pytest.mark.parametrize("file", sorted(BAD.glob("*.*")), ids=lambda file: file.stem)
def test_exactly_this_fault_is_found_at_its_place(site: Site, file: Path) -> None:
    """No rule stays silent, and none speaks of what is right."""
    findings = found(site, file)
    assert [(f.code, (f.line, f.column)) for f in findings] == [(file.stem, PLACES[file.stem])]


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_fault_and_a_line_in_the_help(code: str) -> None:
    """An author who meets the code finds it on the page about writing procedures."""
    names = {file.stem for file in BAD.glob("*.*")}
    assert code in names | MADE_HERE
    page = (resource_folder() / "help" / "writing-procedures.md").read_text(encoding="utf-8")
    told = page.partition("## What the checker says")[2].partition("\n## ")[0]
    rows = [line for line in told.split("\n") if line.startswith("| ")]
    assert any(f"`{code}`" in row for row in rows)


def test_the_help_names_no_code_that_is_gone() -> None:
    """Nobody looks for what the checker no longer says."""
    page = (resource_folder() / "help" / "writing-procedures.md").read_text(encoding="utf-8")
    told = page.partition("## What the checker says")[2].partition("\n## ")[0]
    codes = {code for line in told.split("\n") for code in codes_in(line)}
    assert codes - set(CODES) == set()


def codes_in(row: str) -> list[str]:
    """The codes in the last cell of a row of a table."""
    return re.findall(r"`([a-z]+(?:-[a-z]+)+)`", row.rstrip("| ").rpartition("|")[2])


def added() -> Iterator[str]:
    """Every code that some source file adds to its findings."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "add":
                first = node.args[0] if len(node.args) > 1 else None
                if isinstance(first, ast.Constant):
                    yield str(first.value)


def test_the_table_of_codes_is_complete() -> None:
    """A finding without a weight would stop the checker; a weight without one is a leftover."""
    assert set(added()) ^ set(CODES) == {"unreadable"}


def test_a_file_that_is_not_there_is_found(site: Site) -> None:
    """It hides the findings of no other."""
    file = BAD / "step-without-role.md"
    codes = [f.code for f in found(site, BAD / "none.md", BAD / "none.toml", file)]
    assert codes == ["unreadable", "unreadable", "step-without-role"]


def test_a_file_that_is_too_large_is_found(site: Site, tmp_path: Path) -> None:
    """Nothing else is said of it, for nothing of it was read."""
    file = tmp_path / "large.md"
    file.write_bytes(b"- [ ] a\n" * (LARGEST_FILE // 8 + 1))
    assert [f.code for f in found(site, file)] == ["file-too-large"]


def test_two_files_with_one_id_are_found(site: Site, tmp_path: Path) -> None:
    """At the id of the second; in another language it is the same procedure."""
    files = []
    for name, lang in (("a", "en"), ("b", "en"), ("c", "da")):
        file = tmp_path / f"{name}.md"
        file.write_text(f"---\nlang: {lang}\nid: pump\n---\n- [ ] a\n", encoding="utf-8")
        files.append(file)
    findings = found(site, *files)
    assert [(f.code, f.line) for f in findings] == [("duplicate-procedure-id", 3)]
    assert str(files[0]) in findings[0].message
