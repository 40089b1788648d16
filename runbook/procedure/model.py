"""The parts of a procedure as parsed, frozen: what the rest of the program works on.

Times are in seconds, limits are exact decimals, lines and columns count from 1.
Nothing here knows markdown; `parse` makes these, everybody else reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from runbook.procedure.front_model import Approval, FrontMatter, Rto
from runbook.procedure.step_model import (
    Comparator,
    Comparison,
    Condition,
    Hold,
    IfNot,
    Label,
    Option,
    Record,
    RecordKind,
    Trend,
    When,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = [
    "Alert", "AlertKind", "Approval", "Code", "Comparator", "Comparison", "Condition",
    "Finding", "FrontMatter", "Hold", "IfNot", "Label", "Link", "Option", "Procedure", "Record",
    "RecordKind", "Rto", "Section", "Severity", "Step", "StepKind", "Trend", "TwoPerson",
    "ValueUse", "When", "Within",
]  # fmt: skip


class Severity(StrEnum):
    """How much a finding matters: an error blocks approval, a note only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing an author should know about the file, at its place in the text."""

    line: int
    column: int
    severity: Severity
    code: str
    message: str


class StepKind(StrEnum):
    """What a step asks for, decided by its first words."""

    ACTION = "action"
    DECISION = "decision"
    HOLD = "hold"
    WATCH = "watch"
    WAIT = "wait"
    CALL = "call"
    LEAVE = "leave"
    TALK = "talk"


class AlertKind(StrEnum):
    """GitHub's alerts. WARNING means danger to people, patients or data."""

    WARNING = "warning"
    CAUTION = "caution"
    IMPORTANT = "important"
    NOTE = "note"
    TIP = "tip"


class TwoPerson(StrEnum):
    """How a second person confirms: looking together, or on their own."""

    TOGETHER = "together"
    SEPARATELY = "separately"


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the text: its words and its address (`#id`, `file.md`, `file.md#id`)."""

    text: str
    href: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class ValueUse:
    """A `{{name}}` in the text, and where it stands."""

    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning, caution or note, shown before the step it protects. `text` is plain."""

    kind: AlertKind
    text: str
    markdown: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """A block of commands to copy, as written."""

    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with everything the file says about it.

    `parent` is the id of the step it is a sub-step of, `option` the index of the parent's
    option it belongs to. `number` is its place (`2.4.1`), `written_number` what the author
    wrote. `text` is plain, `markdown` the first line as written without its attributes.
    `details` is the markdown below it that has no label, normalised for rendering.
    `alerts` are all that protect it: its sections', those before its list, its parent's, its own.
    """

    id: str
    id_written: bool
    number: str
    written_number: str | None
    parent: str | None
    option: int | None
    section: str
    line: int
    column: int
    kind: StepKind
    text: str
    markdown: str
    role: str | None = None
    target_s: tuple[int, int] | None = None
    optional: bool = False
    two_person: TwoPerson | None = None
    point_of_no_return: bool = False
    any_order: bool = False
    expect: str | None = None
    if_not: IfNot | None = None
    records: tuple[Record, ...] = ()
    options: tuple[Option, ...] = ()
    alerts: tuple[Alert, ...] = ()
    code: tuple[Code, ...] = ()
    details: str = ""
    within: Within | None = None
    every_s: int | None = None
    wait_s: int | None = None
    until: str = ""
    whens: tuple[When, ...] = ()
    if_missed: str = ""
    missed_go: str | None = None
    hold: Hold | None = None
    link: Link | None = None
    say: str = ""
    read_back: bool = False
    type_text: str = ""
    pins: tuple[str, ...] = ()
    defer_to: Link | None = None
    evidence: str = ""
    needs: tuple[str, ...] = ()
    brings_up: tuple[str, ...] = ()
    stop_when: str = ""
    repeat: str = ""
    why: str = ""
    labels: tuple[Label, ...] = ()

    def at(self, key: str) -> Step | Label:
        """Where the first sub-bullet of this label stands; the step itself without one."""
        return next((label for label in self.labels if label.key == key), self)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what its trailing parenthesis says. `bound_to` names a resource clock."""

    id: str
    title: str
    level: int
    line: int
    parent: str | None = None
    attributes: tuple[str, ...] = ()
    role: str | None = None
    any_order: bool = False
    parallel: bool = False
    bound_to: str | None = None
    point_of_no_return: bool = False
    way_back: bool = False
    on_request: bool = False
    introduction: str = ""
    alerts: tuple[Alert, ...] = ()
    column: int = 1


@dataclass(frozen=True)
class Procedure:
    """One parsed file. `sha256` is of its bytes as read, so it names exactly this text.

    `alerts` stand before the first section and hold for the whole procedure; `links` and
    `value_uses` are all links and `{{values}}` of the file, with their places.
    """

    id: str
    title: str
    file: str
    sha256: str
    strict: bool
    front: FrontMatter
    introduction: str
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    alerts: tuple[Alert, ...] = ()
    links: tuple[Link, ...] = ()
    value_uses: tuple[ValueUse, ...] = ()

    @property
    def revision(self) -> str:
        """The revision as written, empty when the file names none."""
        return self.front.revision

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        """Steps by id."""
        return MappingProxyType({step.id: step for step in self.steps})

    @cached_property
    def section_by_id(self) -> Mapping[str, Section]:
        """Sections by id."""
        return MappingProxyType({section.id: section for section in self.sections})

    @cached_property
    def by_number(self) -> Mapping[str, Step]:
        """Steps by the number shown."""
        return MappingProxyType({step.number: step for step in self.steps})

    @cached_property
    def children(self) -> Mapping[str, tuple[Step, ...]]:
        """Direct sub-steps by the id of their parent; a step without any has no key."""
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            if step.parent is not None:
                found.setdefault(step.parent, []).append(step)
        return MappingProxyType({parent: tuple(steps) for parent, steps in found.items()})

    @cached_property
    def with_pins(self) -> tuple[Step, ...]:
        """The steps that raise a note for the rest of the run."""
        return tuple(step for step in self.steps if step.pins)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the file from being approved."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    def role_name(self, key: str | None) -> str:
        """The name of a role as the file gives it, else its key; empty for none."""
        return self.front.roles.get(key, key) if key else ""
