"""The site file, `site.toml`: names, values, roles, contacts; and `{{values}}` in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from runbook.procedure.model import Finding

_VALUE = re.compile(r"\{\{\s*([^\W\d][\w.-]*)\s*\}\}")


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """A role at this site: its name, who holds it, and who follows when they do not answer.

    `line` is where it stands in the site file, for findings.
    """

    key: str
    name: str
    people: tuple[str, ...] = ()
    succession: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a contact, and whether it needs the hospital's own network."""

    kind: str
    number: str
    hospital_network: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call, with two channels that do not fail together; `line` as for a role."""

    key: str
    name: str
    channels: tuple[Channel, ...] = ()
    last_verified: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Tier:
    """Services of one importance; shut down from the last tier to the first."""

    key: str
    name: str
    services: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Regulatory:
    """Something that has to be told to an authority so many hours or months after a start.

    `start` is `aware`, `declared`, or the key of another one, whose sending it counts from.
    """

    key: str
    label: str
    hours: int = 0
    months: int = 0
    start: str = "aware"


@dataclass(frozen=True, slots=True)
class Site:
    """A place with its parameters. `values` are flat: `site.b`, `gen.batt_min`.

    `datacentres` are the names of the affected and the other one by their letters.
    """

    name: str = ""
    datacentres: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    roles: Mapping[str, RoleHolder] = field(default_factory=lambda: MappingProxyType({}))
    contacts: Mapping[str, Contact] = field(default_factory=lambda: MappingProxyType({}))
    tiers: tuple[Tier, ...] = ()
    regulatory: tuple[Regulatory, ...] = ()
    findings: tuple[Finding, ...] = ()


def load_site(path: Path) -> Site:
    """Read a site file; one that cannot be read raises OSError, a faulty one gives findings."""
    return parse_site(path.read_bytes().decode("utf-8-sig", "replace"))


def parse_site(text: str) -> Site:
    """Read the text of a site file; what is faulty is a finding and the rest is still read."""
    # Imported here because the reader makes what is defined above.
    from runbook.procedure.site_reader import site_from  # noqa: PLC0415

    return site_from(text)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace every `{{name}}` that has a value; others stay as written."""
    if "{{" not in text:
        return text
    return _VALUE.sub(lambda found: values.get(found[1], found[0]), text)
