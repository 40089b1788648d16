"""The checker beyond single faults: what it spares, what it looks at together, its limits."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from runbook.procedure.check import check
from runbook.procedure.check_words import known_words
from runbook.procedure.findings import MOST
from runbook.procedure.model import Finding, Procedure, Severity
from runbook.procedure.others import LARGEST, Others
from runbook.procedure.parse import parse
from runbook.procedure.site import Site
from tests.benchmarks.made import procedure_text

Parse = Callable[[str], Procedure]

HEAD = """\
---
runbook: 1
id: pump
title: Pump
revision: 1
owner: Facilities
approved: {by: Head of operations, on: 2026-10-05}
roles: {fac: Facilities}
---
# Pump

"""
RECORD = (
    "- [ ] a (fac) <!-- id: a -->\n"
    "  - Expect: the lamp is green\n"
    "  - If not: wait\n"
    "  - Record: x = X, min, 0 to 5, runs down\n"
)
ASK = '- [ ] Tell: all (fac) <!-- id: ask -->\n  - Say: "{{x}} minutes"\n'


def found(text: str, head: str = HEAD, **around: object) -> list[str]:
    """The codes of what is found in a text below a clean head, by place."""
    return codes(check(parse((head + text).encode(), "pump.md"), **around))  # type: ignore[arg-type]


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """The codes of findings."""
    return [finding.code for finding in findings]


def test_a_good_procedure_has_no_findings(tmp_path: Path) -> None:
    """Roles, results, ids, links, values and warnings as they should be."""
    (tmp_path / "paper.md").write_text("x\n\n## Top of it\n", encoding="utf-8")
    text = (
        "> [!WARNING]\n> Do not open the valve. Pressure is high.\n\n" + RECORD
        + "- [ ] Decide: is {{site.b}} up? (fac) <!-- id: d -->\n  - Yes: go to [a](#a)\n"
        "  - No: call [Paper](paper.md#top-of-it)\n  - Cannot tell: treat as No\n"
        "- [ ] Every 2 min: read (fac) <!-- id: w -->\n  - When: x <= 3: go to [a](#a)\n"
        "  - Until: over\n  - If missed: read it\n"
    )  # fmt: skip
    site = Site(values={"site.b": "B"})
    assert found(text, site=site, folder=tmp_path, today=date(2026, 1, 1)) == []


def test_plain_files_are_spared_the_strict_rules(plain: Parse) -> None:
    """Only what would mislead is reported, and not as an error."""
    findings = check(plain("1. a\n2. Decide: b\n\nSee [x](#nowhere).\n"))
    assert set(codes(findings)) == {"decision-without-options", "dead-anchor"}
    assert {f.severity for f in findings} == {Severity.WARNING}


def test_a_dead_way_is_an_error_in_plain_files_too(plain: Parse) -> None:
    """A run would not know where to go."""
    findings = check(plain("1. Decide: b\n   - x: go to [y](#nowhere)\n   - z\n"))
    assert [(f.code, f.severity) for f in findings] == [("dead-anchor", Severity.ERROR)]


def test_no_way_leads_to_the_top_of_a_file() -> None:
    """A link may; a run can go to steps and sections only."""
    assert found(RECORD.replace("wait", "go to [t](#pump)")) == ["dead-anchor"]
    assert found(RECORD + "\nSee [t](#pump).\n") == []


def test_steps_with_sub_steps_need_no_result_of_their_own() -> None:
    """What is done and seen stands in the sub-steps, whose role is their step's."""
    parts = "  - [ ] b <!-- id: b -->\n    - Expect: the lamp is green\n    - If not: wait\n"
    assert found("- [ ] Wipe both (fac) <!-- id: a -->\n" + parts) == []


@pytest.mark.parametrize(
    "label", ["OK", "all is set", "Checked.", "“done”", "as expected", "i orden"]
)
def test_a_result_that_can_be_said_without_looking(label: str) -> None:
    """Whatever is made of such words only; in Danish too."""
    text = RECORD.replace("the lamp is green", label)
    assert found(text, HEAD.replace("id: pump", "id: pump\nlang: da")) == ["expect-says-nothing"]


@pytest.mark.parametrize("label", ['the display shows "OK"', "the handle is set to 2", "0 %"])
def test_a_result_that_names_what_is_seen(label: str) -> None:
    """The same words beside something to look at."""
    assert found(RECORD.replace("the lamp is green", label)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Delete the old copies",
        "Stop the pump, then wipe disk 2",
        "Slowly cut the power to rack 3",
        "Shut down the storage at {{site.a}}",
        "Slet kopien",
        "Sluk lagersystemet",
        "Tøm køen og formatér disken",
    ],
)
def test_words_that_destroy(text: str) -> None:
    """As an order, at the start or after another one; in Danish too."""
    assert known_words("da").destruction_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do not delete anything",
        "Read the format of the disk",
        "Stop the machines on the storage",
        "Stop the storage alarm",
        "Shut down all machines of tier 4",
        "Slet ikke noget",
        "Nulstil alarmen",
    ],
)
def test_words_that_only_sound_like_it(text: str) -> None:
    """A noun, a warning, or what stands on the storage."""
    assert known_words("da").destruction_in(text) is None


SECTION = "\n## Other (only on request) <!-- id: other -->\n\n"
LANES = "\n## Both (parallel)\n\n### One\n\n{}\n### Two\n\n{}"


@pytest.mark.parametrize(
    ("text", "later"),
    [
        (RECORD + ASK, False),
        (ASK + RECORD, True),
        ("Tell them {{x}}.\n\n" + RECORD, True),
        (RECORD.replace("the lamp", "{{x}}, the lamp"), True),
        (RECORD.replace("wait", "say {{x}}"), False),
        (RECORD.replace("wait", "go to [o](#other)") + SECTION + ASK, False),
        ("## S\n\n" + ASK + RECORD.replace("wait", "go to [o](#other)") + SECTION, True),
        (LANES.format(ASK, RECORD), False),
        (LANES.format(ASK + RECORD, ""), True),
        (LANES.replace("parallel", "any order").format(ASK, RECORD), False),
        ("## S (before x runs out)\n\n" + RECORD, True),
        (RECORD + "\n## S (before x runs out)\n\n" + ASK, False),
        ("## Back (way back)\n\n" + ASK + "\n## S\n\n" + RECORD, False),
    ],
)
def test_a_reading_is_used_after_it_may_have_been_taken(text: str, *, later: bool) -> None:
    """Told is only what comes later on every route; lanes and ways back have their own order."""
    assert ("reading-later" in found(text)) is later


def test_a_reading_of_a_section_on_request_is_there_once_it_was_visited() -> None:
    """Though its section stands at the end of the file."""
    decide = (
        "- [ ] Decide: b (fac) <!-- id: b -->\n  - Yes: go to [o](#other)\n"
        "  - Cannot tell: treat as Yes\n"
    )
    assert found(decide + ASK + SECTION + RECORD) == []
    assert found(ASK + decide + SECTION + RECORD) == ["reading-later"]


def test_a_role_is_known_by_key_or_name_at_the_site() -> None:
    """A role of the file that the site gives to nobody is a warning, no error."""
    from runbook.procedure.site import parse_site  # noqa: PLC0415 - the other tests need no site

    named = parse_site('[roles.x]\nname = "facilities"\npeople = ["A"]\n')
    empty = parse_site('[roles.fac]\nname = "Facilities"\n')
    assert found(RECORD, site=named) == []
    assert found(RECORD, site=empty) == ["role-unstaffed"]
    assert found(RECORD, site=Site()) == []


def test_an_anchor_in_another_file_must_be_there(tmp_path: Path) -> None:
    """Ids, and headings as GitHub names them, of any markdown file."""
    text = "# Paper\n\n## The *first* [part](x.md) (any order)\n\n- [ ] a <!-- id: b -->\n"
    (tmp_path / "paper.md").write_text(text, encoding="utf-8")
    good = ("#paper", "#the-first-part-any-order", "#the-first-part", "#b", "")
    for anchor in good:
        assert found(f"{RECORD}\nSee [x](paper.md{anchor}).\n", folder=tmp_path) == [], anchor
    bad = f"{RECORD}\nSee [x](paper.md#gone).\n"
    assert found(bad, folder=tmp_path) == ["dead-anchor"]


def test_a_link_by_reference_must_lead_somewhere_too(tmp_path: Path) -> None:
    """Where a step calls or is put off to a file that is named at the end."""
    text = "- [ ] Call: [Paper][1] (fac) <!-- id: c -->\n\n[1]: paper.md\n"
    assert found(text, folder=tmp_path) == ["dead-link"]


def called(name: str, *files: str) -> str:
    """A procedure that calls others."""
    calls = "".join(
        f"- [ ] Call: [x]({file}) (fac) <!-- id: c{n} -->\n" for n, file in enumerate(files)
    )
    return HEAD.replace("title: Pump", f"title: {name}").replace("id: pump", f"id: {name}") + calls


def write(folder: Path, **texts: str) -> None:
    """Write procedures by name."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def test_a_circle_of_calls_is_told_by_its_titles(tmp_path: Path) -> None:
    """In each file that takes part, and in none that only leads there."""
    write(
        tmp_path,
        a=called("a", "b.md"),
        b=called("b", "d.md", "c.md"),
        c=called("c", "a.md"),
        d=called("d", "a.txt"),
    )
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    others = Others()
    findings = check(
        parse((tmp_path / "b.md").read_bytes(), "b.md"), folder=tmp_path, others=others
    )
    assert [(f.code, f.line) for f in findings] == [("call-circle", 13)]
    assert "b → c → a → b" in findings[0].message
    outside = parse(called("e", "a.md").encode(), "e.md")
    assert check(outside, folder=tmp_path, others=others) == ()


def test_leaving_and_options_in_a_circle(tmp_path: Path) -> None:
    """To leave for another procedure is no call; an option may call like a step."""
    write(tmp_path, a=called("a", "b.md"), b=called("b", "a.md").replace("Call:", "Leave for:"))
    assert check(parse((tmp_path / "a.md").read_bytes(), "a.md"), folder=tmp_path) == ()
    option = (
        "- [ ] Decide: x (fac) <!-- id: d -->\n  - Yes: call [b](b.md)\n  - No\n"
        "  - Cannot tell: stop here\n"
    )
    write(tmp_path, b=called("b", "pump.md"))
    assert found(option, folder=tmp_path) == ["call-circle"]


def test_another_file_is_read_again_once_it_has_changed(tmp_path: Path) -> None:
    """What was remembered of it is held against its time and size."""
    others = Others()
    write(tmp_path, b=called("b", "pump.md"))
    text = called("Pump", "b.md").removeprefix(HEAD)
    assert found(text, folder=tmp_path, others=others) == ["call-circle"]
    write(tmp_path, b=HEAD + RECORD)
    assert found(text, folder=tmp_path, others=others) == []


def test_other_files_never_stop_the_checker(tmp_path: Path) -> None:
    """Too large, a folder, no text, a name no file can have: they are looked at from outside."""
    (tmp_path / "large.md").write_bytes(b"x" * (LARGEST + 1))
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "bytes.md").write_bytes(bytes(range(256)))
    names = ("large.md#x", "folder.md#x", "%00.md", "a" * 300 + ".md")
    calls = called("Pump", *names).removeprefix(HEAD)
    assert found(calls, folder=tmp_path) == ["dead-link", "dead-link"]
    assert found("- [ ] Call: [x](bytes.md#x) (fac) <!-- id: c -->\n", folder=tmp_path) == [
        "dead-anchor"
    ]


def test_many_files_in_many_circles_take_bounded_time(tmp_path: Path) -> None:
    """Each file is read once, whatever calls it."""
    names = [f"f{n}" for n in range(60)]
    write(tmp_path, **{n: called(n, *(f"{other}.md" for other in names)) for n in names})
    start = time.process_time()
    findings = check(parse((tmp_path / "f0.md").read_bytes(), "f0.md"), folder=tmp_path)
    assert set(codes(findings)) >= {"call-circle", "call-itself"}
    assert time.process_time() - start < 10


def test_findings_of_each_weight_are_bounded() -> None:
    """A long broken file gives many findings, not millions, and still its errors."""
    findings = check(parse((HEAD + "- [ ] a\n" * 5000).encode(), "a.md"))
    assert len(findings) <= 2 * MOST
    assert any(finding.severity is Severity.ERROR for finding in findings)


def test_checking_takes_less_time_than_parsing() -> None:
    """Two thousand steps; the bound is generous, for other programs run beside it."""
    data = procedure_text(2000).encode()
    start = time.process_time()
    procedure = parse(data, "made.md")
    parsed = time.process_time()
    check(procedure, site=Site())
    assert time.process_time() - parsed < 2 * (parsed - start)


def test_empty_files_are_found(plain: Parse) -> None:
    """Nothing and blanks are both empty."""
    for text in ("", "\n \n"):
        assert codes(check(plain(text))) == ["empty-file"]


def test_a_review_is_overdue_the_day_after() -> None:
    """And only when the caller says what day it is."""
    text = "---\ntitle: T\nlast_reviewed_on: 2026-01-31\nreview_in: 1 month\n---\n- [ ] a\n"
    assert found("", text) == found("", text, today=date(2026, 2, 28)) == []
    assert found("", text, today=date(2026, 3, 1)) == ["review-overdue"]


def test_findings_come_by_place_each_once(strict: Parse) -> None:
    """Those of parsing and those of the rules together."""
    procedure = strict("- [ ] b\n- [ ] Call: x\n")
    findings = check(procedure)
    assert list(findings) == sorted(set(findings))
    assert set(procedure.findings) <= set(findings)
