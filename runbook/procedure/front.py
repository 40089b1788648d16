"""Front matter: the YAML block at the start of a file, read key by key.

Values are taken as written, so `revision: 5.10` stays `5.10`, and one bad key never
takes the others with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from runbook.procedure import durations
from runbook.procedure.findings import Findings, Spot
from runbook.procedure.front_yaml import looks_like_keys, read_yaml, salvage
from runbook.procedure.model import Approval, FrontMatter, Rto

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runbook.procedure.source import Source

LONGEST_LINES = 2000
_ID = re.compile(r"[a-z0-9-]+")


@dataclass(slots=True)
class Front:
    """The front matter as read, and how many lines it takes."""

    data: FrontMatter = field(default_factory=FrontMatter)
    lines: int = 0


def read_front(source: Source, findings: Findings) -> Front:
    """Read the front matter of a text; a file without one gives the defaults and no lines."""
    end = _closing_line(source.lines, findings)
    if end is None:
        return Front()
    body = source.lines[1:end]
    keys = looks_like_keys(body)
    # Prose between two rules is no front matter, so what YAML says of it is of no interest.
    raw, key_lines = read_yaml("\n".join(body), findings if keys else Findings())
    if raw is None and not keys:
        return Front()
    if raw is None:
        raw, key_lines = salvage(body)
    return Front(_Reader(raw, key_lines, findings).front(), end + 1)


def _closing_line(lines: tuple[str, ...], findings: Findings) -> int | None:
    if lines[0].rstrip() == "+++":
        findings.add("front-matter-toml", Spot(1), "Front matter between +++ is shown as text.")
    if lines[0].rstrip() != "---":
        return None
    for number, line in enumerate(lines[1:LONGEST_LINES], start=1):
        if line.rstrip() in ("---", "..."):
            return number
    if looks_like_keys(lines[1:3]):
        findings.add(
            "front-matter-open", Spot(1), "The front matter has no closing --- line. Add one."
        )
    return None


_KNOWN_KEYS = """
runbook id title description lang revision owner approved last_reviewed_on review_in
symptoms use_when do_not_use_when roles bring duration rto values inhibits related
"""
_KNOWN = frozenset(_KNOWN_KEYS.split())


class _Reader:
    """Turns the raw keys into `FrontMatter`, with a finding at the line of each bad one."""

    def __init__(
        self, raw: Mapping[str, Any], lines: Mapping[str, int], findings: Findings
    ) -> None:
        self._raw = raw
        self._lines = lines
        self._findings = findings

    def front(self) -> FrontMatter:
        reviewed = self._date("last_reviewed_on")
        review_in = self._text("review_in")
        return FrontMatter(
            version=self._version(),
            id=self._id(),
            title=self._text("title") or None,
            description=self._text("description"),
            lang=self._text("lang") or "en",
            revision=self._text("revision"),
            owner=self._text("owner"),
            approved=self._approval(),
            last_reviewed_on=reviewed,
            review_in=review_in,
            review_due=self._due(reviewed, review_in),
            symptoms=self._list("symptoms"),
            use_when=self._list("use_when"),
            do_not_use_when=self._list("do_not_use_when"),
            roles=self._mapping("roles"),
            bring=self._list("bring"),
            duration=self._text("duration"),
            rto=self._rto(),
            values=self._mapping("values", nested=True),
            inhibits=self._list("inhibits"),
            related=self._list("related"),
            extra=self._extra(),
            lines=MappingProxyType(dict(self._lines)),
        )

    def _bad(self, key: str, message: str) -> None:
        self._findings.add("front-matter-value", Spot(self._lines.get(key, 1)), message)

    def _text(self, key: str) -> str:
        value = self._raw.get(key, "")
        if isinstance(value, str):
            return " ".join(value.split())
        self._bad(key, f"`{key}` must be one text, not a list or a map.")
        return ""

    def _list(self, key: str) -> tuple[str, ...]:
        value = self._raw.get(key, [])
        if isinstance(value, str):
            return (value.strip(),) if value.strip() else ()
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(part.strip() for part in value if part.strip())
        self._bad(key, f"`{key}` must be a list of texts. Put each text with a colon in quotes.")
        return ()

    def _mapping(self, key: str, *, nested: bool = False) -> Mapping[str, str]:
        value = self._raw.get(key, {})
        if value == "":
            return MappingProxyType({})
        if isinstance(value, dict):
            flat = dict(_flat(value)) if nested else value
            if all(isinstance(part, str) for part in flat.values()):
                return MappingProxyType({name: text.strip() for name, text in flat.items()})
        self._bad(key, f"`{key}` must be a map such as {{name: text}}.")
        return MappingProxyType({})

    def _date(self, key: str) -> date | None:
        text = self._text(key)
        day = _day(text)
        if text and day is None:
            self._bad(key, f"`{key}` must be a date such as 2026-03-02, not `{text[:40]}`.")
        return day

    def _due(self, reviewed: date | None, length: str) -> date | None:
        if reviewed is None or not length:
            return None
        due = durations.after(reviewed, length)
        if due is None:
            self._bad("review_in", "`review_in` must be a length such as 6 months or 90 days.")
        return due

    def _version(self) -> int | None:
        if "runbook" not in self._raw:
            return None
        text = self._text("runbook")
        if text != "1":
            self._bad("runbook", "This program reads format version 1: write `runbook: 1`.")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004 - any short number

    def _id(self) -> str | None:
        text = self._text("id")
        if text and not _ID.fullmatch(text):
            self._bad("id", "`id` may hold only a to z, 0 to 9 and -.")
            return None
        return text or None

    def _approval(self) -> Approval | None:
        value = self._raw.get("approved")
        if isinstance(value, dict) and isinstance(value.get("by", ""), str):
            on = value.get("on", "")
            day = _day(on) if isinstance(on, str) else None
            if on and day is None:
                self._bad("approved", "`approved` needs a date such as on: 2026-03-02.")
            return Approval(value.get("by", ""), day)
        if value:
            self._bad("approved", "Write `approved: {by: Name, on: 2026-03-02}`.")
        return None

    def _rto(self) -> tuple[Rto, ...]:
        value = self._raw.get("rto") or []
        entries = value if isinstance(value, list) else [value]
        found = [self._one_rto(entry) for entry in entries]
        return tuple(rto for rto in found if rto is not None)

    def _one_rto(self, entry: object) -> Rto | None:
        if isinstance(entry, dict) and all(isinstance(part, str) for part in entry.values()):
            length = durations.seconds(entry.get("target", ""))
            if length is not None and entry.get("service"):
                start = entry.get("from") or "declared"
                return Rto(entry["service"], length, start, entry.get("until", ""))
        self._bad(
            "rto", "Write each `rto` as {service: X, target: 4 h, from: declared, until: id}."
        )
        return None

    def _extra(self) -> Mapping[str, str]:
        unknown = {key: value for key, value in self._raw.items() if key not in _KNOWN}
        return MappingProxyType(
            {
                key: value if isinstance(value, str) else repr(value)
                for key, value in unknown.items()
            }
        )


def _flat(value: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, part in value.items():
        if isinstance(part, dict):
            found += _flat(part, f"{prefix}{key}.")
        else:
            found.append((prefix + key, part))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
