"""The site file and values in texts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from runbook.procedure.check_site import STALE, check_site
from runbook.procedure.site import Channel, Site, Tier, fill, load_site, parse_site

SITE = """\
format = 1
[site]
name = "North"
a = "North"
b = "South"
[gen]
batt_min = "24 V"
cranks = 3
[values]
bridge = "4711"
[tiers.1]
name = "Journal"
services = ["EPJ"]
feeds = ["A"]
[tiers.0]
name = "Core"
[roles.lead]
name = "Incident lead"
people = ["ABC"]
succession = ["ABC", "DEF"]
[contacts.ABC]
name = "A. B. C."
last_verified = 2026-10-01
channels = [
    { kind = "mobile", number = "00 01" },
    { kind = "desk", number = "2", hospital_network = true },
]
[contacts.DEF]
channels = ["00 03"]
"""


def test_a_site_is_read() -> None:
    """Names, flat values, roles with succession, contacts with channels, tiers in order."""
    site = parse_site(SITE)
    assert (site.name, dict(site.datacentres)) == ("North", {"a": "North", "b": "South"})
    assert site.values["site.b"] == "South"
    assert (site.values["gen.batt_min"], site.values["gen.cranks"]) == ("24 V", "3")
    assert site.values["bridge"] == "4711"
    assert site.tiers == (Tier("0", "Core"), Tier("1", "Journal", ("EPJ",), ("A",)))
    assert site.roles["lead"].succession == ("ABC", "DEF")
    assert site.contacts["ABC"].channels == (
        Channel("mobile", "00 01"), Channel("desk", "2", hospital_network=True),
    )  # fmt: skip


def test_what_is_amiss_at_a_site_is_a_finding_at_its_line() -> None:
    """One channel is a single point of failure, and a number nobody tried may be wrong."""
    site = parse_site(SITE)
    assert found(site) == [(28, "contact-one-channel")]
    tried = date(2026, 10, 1) + STALE
    assert found(site, tried) == [(28, "contact-one-channel"), (28, "contact-stale")]
    assert (21, "contact-stale") in found(site, tried + timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[roles.x]\n", [(1, "role-without-people")]),
        ('[roles]\n"a b" = "X"\n', [(2, "role-without-people")]),
        ('roles.x.people = ["NO"]\n', [(1, "contact-unknown")]),
        ('[a]\n[contacts]\nX = {channels = ["1"]}\n', [(3, "contact-one-channel")]),
        ('[contacts."É B"]\n', [(1, "contact-one-channel")]),
        ("contacts = { X = {} }\n", [(1, "contact-one-channel")]),
    ],
)
def test_a_table_is_found_however_it_is_written(text: str, lines: list[tuple[int, str]]) -> None:
    """As a table of its own, as a key, in quotes, or inside another one."""
    assert found(parse_site(text)) == lines


def found(site: Site, today: date | None = None) -> list[tuple[int, str]]:
    """Lines and codes of what is found at a site."""
    return [(f.line, f.code) for f in check_site(site, today=today)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [("a = 1\nb = ", "site-invalid", 2), ("x = 1\nroles = 3\n", "site-value", 2)],
)
def test_a_faulty_site_gives_findings(text: str, code: str, line: int) -> None:
    """It never raises."""
    assert [(f.code, f.line) for f in parse_site(text).findings] == [(code, line)]


def test_a_site_is_loaded_from_a_file(tmp_path: Path) -> None:
    """With or without a byte order mark; a missing file is the caller's to tell."""
    (tmp_path / "site.toml").write_bytes(b"\xef\xbb\xbf" + SITE.encode())
    assert load_site(tmp_path / "site.toml").name == "North"
    with pytest.raises(FileNotFoundError):
        load_site(tmp_path / "none.toml")


def test_values_are_filled_in_and_unknown_ones_stay() -> None:
    """Only `{{name}}` with a value changes; a value is not filled again."""
    values = {"site.b": "South", "x": "{{site.b}}"}
    assert fill("{{site.b}} {{ site.b }} {{gone}} {site.b} ${site.b} {{x}}", values) == (
        "South South {{gone}} {site.b} ${site.b} {{site.b}}"
    )
