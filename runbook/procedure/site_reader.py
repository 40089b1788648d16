"""TOML to a `Site`, taking what can be taken and naming the rest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from runbook.procedure.findings import Findings, Spot
from runbook.procedure.site import Channel, Contact, Regulatory, RoleHolder, Site, Tier

_PEOPLE = frozenset({"roles", "contacts", "tiers", "regulatory"})
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_NAME = re.compile(
    r"\s*(?P<table>\[{1,2})?\s*(?P<path>(?:[\w-]+|\"[^\"]*\"|'[^']*')"
    r"(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*[\]=]"
)
_PART = re.compile(r"[\w-]+|\"[^\"]*\"|'[^']*'")
_LONGEST_LINE = 2000
_MOST = 10_000  # hours or months: a year and more, and no date overflows
_LETTER = re.compile(r"[a-z]")


def site_from(text: str) -> Site:
    """Read the text of a site file."""
    findings = Findings()
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = _PLACE.search(str(fault))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        findings.add(
            "site-invalid", Spot(line, column), f"The site file is not valid TOML: {fault}."
        )
        return Site(findings=findings.sorted())
    return _Reader(raw, text.split("\n"), findings).site()


class _Reader:
    def __init__(self, raw: Mapping[str, Any], lines: list[str], findings: Findings) -> None:
        self._raw = raw
        self._lines = _first_lines(lines)
        self._findings = findings

    def site(self) -> Site:
        values = self._values()
        site = self._raw.get("site")
        roles = {
            key: _role(key, value, self._line("roles", key))
            for key, value in self._table("roles").items()
        }
        contacts = {
            key: _contact(key, value, self._line("contacts", key))
            for key, value in self._table("contacts").items()
        }
        tiers = [_tier(key, value) for key, value in self._table("tiers").items()]
        centres = {key: _text(value) for key, value in _map(site).items() if _LETTER.fullmatch(key)}
        return Site(
            name=site if isinstance(site, str) else values.get("site.name", values.get("name", "")),
            datacentres=MappingProxyType(centres),
            values=MappingProxyType(values),
            roles=MappingProxyType(roles),
            contacts=MappingProxyType(contacts),
            tiers=tuple(sorted(tiers, key=lambda tier: tier.key)),
            regulatory=tuple(self._regulatory()),
            findings=self._findings.sorted(),
        )

    def _values(self) -> dict[str, str]:
        """Every table under its own name; `[values]` under none, and before the others."""
        tables = {k: v for k, v in self._raw.items() if k not in _PEOPLE and k != "values"}
        return {**_flat(tables, ""), **_flat(self._table("values"), "")}

    def _regulatory(self) -> Iterator[Regulatory]:
        listed = self._raw.get("regulatory", [])
        for entry in listed if isinstance(listed, list) else [None]:
            found = _regulatory(entry)
            if found is not None:
                yield found
            else:
                message = (
                    "Each [[regulatory]] needs a `name`, and `hours` or `months` as a whole"
                    " number; `from` may be aware, declared or the name of another one."
                )
                self._findings.add("site-value", Spot(self._line("regulatory")), message)

    def _table(self, key: str) -> Mapping[str, Any]:
        value = self._raw.get(key, {})
        if isinstance(value, dict):
            return value
        self._findings.add(
            "site-value", Spot(self._line(key)), f"`{key}` must be a table such as [{key}.name]."
        )
        return {}

    def _line(self, table: str, key: str = "") -> int:
        """The line where a table or one of its keys is written first, else that of its table."""
        whole = f"{table}.{key}" if key else table
        return self._lines.get(whole) or self._lines.get(table, 1)


def _first_lines(lines: list[str]) -> dict[str, int]:
    """The line of each table and of each key with its table, where it stands first."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(lines, start=1):
        name = _NAME.match(line[:_LONGEST_LINE])
        if name is None:
            continue
        parts = [part.strip().strip("\"'") for part in _PART.findall(name["path"])]
        is_table = name["table"] is not None
        if is_table:
            table = ".".join(parts)
        path = parts if is_table or not table else [table, *parts]
        for end in range(1, len(path) + 1):
            found.setdefault(".".join(path[:end]), number)
    return found


def _contact(key: str, value: object, line: int) -> Contact:
    table = _map(value)
    listed = table.get("channels", [])
    found = [_channel(entry) for entry in listed] if isinstance(listed, list) else []
    channels = tuple(channel for channel in found if channel is not None)
    name = _text(table.get("name")) or key
    return Contact(key, name, channels, _text(table.get("last_verified")), line)


def _role(key: str, value: object, line: int) -> RoleHolder:
    if isinstance(value, str):
        return RoleHolder(key, value, line=line)
    table = _map(value)
    people, after = _texts(table.get("people")), _texts(table.get("succession"))
    return RoleHolder(key, _text(table.get("name")) or key, people, after, line)


def _tier(key: str, value: object) -> Tier:
    table = _map(value)
    name = _text(table.get("name")) or key
    return Tier(key, name, _texts(table.get("services")), _texts(table.get("feeds")))


def _regulatory(entry: object) -> Regulatory | None:
    table = _map(entry)
    name, start = _text(table.get("name")).strip(), _text(table.get("from")) or "aware"
    hours, months = table.get("hours", 0), table.get("months", 0)
    if not name or not all(type(n) is int and 0 <= n <= _MOST for n in (hours, months)):
        return None
    if bool(hours) == bool(months):
        return None
    return Regulatory(name, _text(table.get("label")) or name, hours, months, start)


def _channel(entry: object) -> Channel | None:
    if isinstance(entry, str):
        return Channel("telephone", entry)
    table = _map(entry)
    number = _text(table.get("number") or table.get("address"))
    if not number:
        return None
    kind = _text(table.get("kind")) or "telephone"
    return Channel(kind, number, hospital_network=table.get("hospital_network") is True)


def _map(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_text(part) for part in value)
    return () if value is None else (_text(value),)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _flat(table: Mapping[str, Any], prefix: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{prefix}{key}."))
        elif not isinstance(value, list):
            found[prefix + key] = _text(value)
    return found
