"""Numbers of real people are taken out of what a drill keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.procedure.hidden import HIDDEN, hidden_site, hidden_values
from runbook.procedure.site import parse_site
from runbook.resources import shipped_procedures

SITE = b"""
# The duty line was +4500007001 until May.
[comms]
line = "00 00 70 01"
radio = "channel 4"
test_site = "192.0.2.10"
checked = 2026-10-01
[contacts.A]
name = "Ann"
channels = [{ kind = "mobile", number = "00 00 11 01" }, { kind = "pager", number = "77" }]
[contacts.B]
channels = [{ kind = "mobile", number = "00 00 12 01" }, { kind = "radio", number = "channel 4" }]
"""


def test_no_number_of_a_contact_stays() -> None:
    """Neither as a channel, nor as a value, nor in a comment; the rest is as it was."""
    data = hidden_site(SITE)
    for number in (b"00 00", b"0000", b"channel 4", b'"77"'):
        assert number not in data
    site = parse_site(data.decode())
    assert not site.findings
    assert {c.number for a in site.contacts.values() for c in a.channels} == {HIDDEN}
    assert (site.values["comms.test_site"], site.values["comms.checked"]) == (
        "192.0.2.10",
        "2026-10-01",
    )


def test_an_allowed_contact_keeps_its_numbers() -> None:
    """Those that a drill may call, and no others."""
    site = parse_site(hidden_site(SITE, ("B",)).decode())
    assert [c.number for c in site.contacts["B"].channels] == ["00 00 12 01", "channel 4"]
    assert [c.number for c in site.contacts["A"].channels] == [HIDDEN, HIDDEN]


def test_values_that_look_like_numbers_are_hidden() -> None:
    """Dates, addresses and short figures are no telephone numbers."""
    values = {"line": "call +45 00 00 70 01 now", "day": "2026-10-01", "ip": "198.51.100.10"}
    assert hidden_values(values) == {**values, "line": f"call {HIDDEN} now"}
    assert hidden_values({"stop": "8 min", "year": "2026"}) == {"stop": "8 min", "year": "2026"}


@pytest.fixture
def shipped() -> Path:
    """The example site."""
    return shipped_procedures() / "site.toml"


def test_the_example_site_holds_no_number_in_a_drill(shipped: Path) -> None:
    """All of its telephone numbers are gone, and it is still a whole site."""
    before = parse_site(shipped.read_text(encoding="utf-8"))
    data = hidden_site(shipped.read_bytes())
    after = parse_site(data.decode())
    assert not after.findings
    assert set(after.contacts) == set(before.contacts)
    numbers = {c.number for a in before.contacts.values() for c in a.channels}
    assert not [number for number in numbers if number.encode() in data]
