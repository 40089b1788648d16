"""The site file and values in texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.procedure.site import Channel, Tier, fill, load_site, parse_site

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


def test_a_contact_with_one_channel_is_a_finding_at_its_line() -> None:
    """One channel is a single point of failure."""
    findings = parse_site(SITE).findings
    assert [(f.line, f.code) for f in findings] == [(28, "contact-one-channel")]


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
