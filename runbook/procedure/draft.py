"""Sections and steps while they are being read; `parse` freezes them at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from runbook.procedure.attributes import SectionAttributes, StepAttributes
from runbook.procedure.model import StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runbook.procedure.blocks import Block, Document
    from runbook.procedure.findings import Findings
    from runbook.procedure.labels import Words
    from runbook.procedure.model import Alert, Label, Option, Record, When


@dataclass(frozen=True, slots=True)
class Reading:
    """What every reader of a part needs: the document, its language, roles and findings."""

    document: Document
    words: Words
    roles: Mapping[str, str]
    strict: bool
    findings: Findings


@dataclass(slots=True, eq=False)
class SectionDraft:
    """A heading and what stands under it. The one before the first heading has level 0."""

    title: str
    level: int
    line: int
    column: int = 1
    heading: str = ""
    wanted_id: str | None = None
    id: str = ""
    parent: SectionDraft | None = None
    attributes: SectionAttributes = field(default_factory=SectionAttributes)
    introduction: list[Block] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    last_step: StepDraft | None = None

    def root(self) -> SectionDraft:
        """The section this one lies in that lies in no other."""
        section = self
        while section.parent is not None:
            section = section.parent
        return section


@dataclass(slots=True, eq=False)
class StepDraft:
    """A step as read so far; `fields` go into the `Step` as they are."""

    line: int
    column: int
    section: SectionDraft
    parent: StepDraft | None = None
    option: int | None = None
    written_number: str | None = None
    kind: StepKind = StepKind.ACTION
    text: str = ""
    markdown: str = ""
    wanted_id: str | None = None
    id: str = ""
    number: str = ""
    level: int = 1
    attributes: StepAttributes = field(default_factory=StepAttributes)
    alerts: list[Alert] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    whens: list[When] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    details: list[Block] = field(default_factory=list)
    hold: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)

    def add_text(self, name: str, text: str) -> None:
        """Add to a text field; a label written twice keeps both texts."""
        before = self.fields.get(name)
        self.fields[name] = f"{before}\n{text}" if before else text
