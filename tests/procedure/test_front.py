"""Front matter: read key by key, tolerant, with exact places."""

from __future__ import annotations

from datetime import date

import pytest

from runbook.procedure.model import Approval, Rto
from runbook.procedure.parse import parse

FULL = """\
---
runbook: 1
id: mains-loss
title: Mains loss at a datacentre
lang: en
revision: 5.10
owner: Datacentre operations
approved: {by: Head of operations, on: 2026-03-02}
last_reviewed_on: 2026-03-02
review_in: 6 months
symptoms: [on battery, no mains]
use_when: ["A UPS reports 'on battery'"]
do_not_use_when: ["Smoke: take [Fire](fire.md)"]
roles: {lead: Incident lead, fac: Facilities}
bring: [radio, generator room key]
duration: 40 min
rto: [{service: EPJ, target: 4 h, from: declared, until: epj-usable}]
values: {shutdown_start: 14 min, gen: {batt_min: 24 V}}
inhibits: [network-core]
related: [read-only.md]
weight: 3
---
# T
"""


def test_every_key_is_read_as_written() -> None:
    """All keys of the format arrive, texts exactly as they were typed."""
    front = parse(FULL.encode(), "a.md").front
    assert (front.version, front.id, front.revision) == (1, "mains-loss", "5.10")
    assert front.approved == Approval("Head of operations", date(2026, 3, 2))
    assert front.review_due == date(2026, 9, 2)
    assert front.symptoms == ("on battery", "no mains")
    assert front.roles == {"lead": "Incident lead", "fac": "Facilities"}
    assert front.values == {"shutdown_start": "14 min", "gen.batt_min": "24 V"}
    assert front.rto == (Rto("EPJ", 14400, "declared", "epj-usable"),)
    assert front.extra == {"weight": "3"}
    assert front.lines["last_reviewed_on"] == 9


def test_a_file_with_the_runbook_key_is_strict() -> None:
    """The key asks for strict rules; without it the file is plain."""
    assert parse(FULL.encode(), "a.md").strict
    assert not parse(b"---\ntitle: T\n---\n", "a.md").strict


@pytest.mark.parametrize(
    ("line", "code", "place"),
    [
        ("last_reviewed_on: 2026-13-45", "front-matter-value", (3, 1)),
        ("roles: lead", "front-matter-value", (3, 1)),
        ("symptoms: {a: b}", "front-matter-value", (3, 1)),
        ("rto: [{service: EPJ}]", "front-matter-value", (3, 1)),
        ("id: Mains Loss", "front-matter-value", (3, 1)),
        ("runbook: 7", "front-matter-value", (3, 1)),
        ("title: a: b", "front-matter-invalid", (3, 9)),
        ("title: {{ page.title }}", "front-matter-value", (3, 1)),
    ],
)
def test_a_bad_key_is_an_error_at_its_line(line: str, code: str, place: tuple[int, int]) -> None:
    """One bad key is reported where it stands and the steps are still read."""
    procedure = parse(f"---\nowner: Ops\n{line}\n---\n- [ ] do\n".encode(), "a.md")
    found = [finding for finding in procedure.findings if finding.code == code]
    assert len(found) == 1
    assert (found[0].line, found[0].column) == place
    assert procedure.front.owner == "Ops"
    assert procedure.steps[0].line == 5


@pytest.mark.parametrize(
    "body",
    [
        "a0: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{','.join(['*a'] * 9)}]\n" for n in range(1, 5)),
        "a: " + "[" * 60_000,
        "a: &a [*a]",
    ],
)
def test_hostile_yaml_is_read_in_bounded_time(body: str) -> None:
    """Aliases of aliases and endless nesting do not keep the file from being read."""
    assert parse(f"---\n{body}\n---\n- [ ] do\n".encode(), "a.md").steps[0].text == "do"


def test_front_matter_without_an_end_is_text_with_an_error() -> None:
    """Nothing below an unclosed block is lost."""
    procedure = parse(b"---\ntitle: T\n\n- [ ] do\n", "a.md")
    assert [finding.code for finding in procedure.errors] == ["front-matter-open"]
    assert procedure.steps[0].text == "do"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """Two rules around prose are rules, and the prose stays."""
    procedure = parse(b"---\nSome words: [x\n\n---\n- [ ] do\n", "a.md")
    assert "Some words" in procedure.introduction
    assert procedure.findings == ()
