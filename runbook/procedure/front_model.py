"""What a file says about itself before its first heading, frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Rto:
    """A recovery time objective in seconds: from one step (or `declared`) until another."""

    service: str
    target_s: int | None
    start: str
    until: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved the content, and when."""

    by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the file says about itself; every part is optional, unknown keys are in `extra`.

    `lines` holds the line of each key, for findings.
    """

    version: int | None = None
    id: str | None = None
    title: str | None = None
    description: str = ""
    lang: str = "en"
    revision: str = ""
    owner: str = ""
    approved: Approval | None = None
    last_reviewed_on: date | None = None
    review_in: str = ""
    review_due: date | None = None
    symptoms: tuple[str, ...] = ()
    use_when: tuple[str, ...] = ()
    do_not_use_when: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    bring: tuple[str, ...] = ()
    duration: str = ""
    rto: tuple[Rto, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    inhibits: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
