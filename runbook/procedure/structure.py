"""The outline of a file: headings to sections, lists to steps, and text to where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.attributes import section_attributes, take_comments
from runbook.procedure.draft import SectionDraft, StepDraft
from runbook.procedure.heads import apply_head, read_head
from runbook.procedure.inline import plain
from runbook.procedure.plain import StepRule, step_rule
from runbook.procedure.spoken import make_alert
from runbook.procedure.steps import Place, StepReader, sink
from runbook.procedure.tables import read_step_table

if TYPE_CHECKING:
    from runbook.procedure.blocks import Block
    from runbook.procedure.draft import Reading
    from runbook.procedure.model import Alert


class Structure:
    """Reads a document from top to bottom into sections and steps."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._rule: StepRule = step_rule(reading)
        self._steps = StepReader(reading, self._rule.is_step)
        self._pending: list[Alert] = []
        self._step_headings: list[tuple[int, StepDraft]] = []
        self.top = SectionDraft("", 0, 1)
        self.section = self.top
        self.sections: list[SectionDraft] = []
        self.title = ""

    @property
    def steps(self) -> list[StepDraft]:
        """The steps found, in document order."""
        return self._steps.found

    def read(self) -> None:
        """Read every block of the document."""
        for block in self._reading.document.root.children:
            self._read_block(block)
        self._leave_alerts()

    def _read_block(self, block: Block) -> None:
        if block.kind == "heading":
            self._leave_alerts()
            self._read_heading(block)
        elif block.kind == "alert":
            self._pending.append(make_alert(block, self._reading.document.env))
        elif self._steps.has_steps(block):
            self._steps.read_list(block, self._place())
        elif id(block) in self._rule.tables:
            read_step_table(block, self._place(), self._reading, self._steps.found)
        else:
            self._read_text(block)

    def _read_text(self, block: Block) -> None:
        if self.section.last_step is None:
            self._leave_alerts()
        sink(Place(self.section)).append(block)

    def _leave_alerts(self) -> None:
        """Alerts before no list: the section's, or the last step's where steps came before."""
        last = self.section.last_step
        (self.section.alerts if last is None else last.alerts).extend(self._pending)
        self._pending = []

    def _place(self) -> Place:
        """A list's place; the alerts above it protect its steps."""
        alerts = (*self._section_alerts(), *self._pending)
        self._pending = []
        return Place(self.section, alerts=alerts)

    def _section_alerts(self) -> list[Alert]:
        found: list[Alert] = []
        section: SectionDraft | None = self.section
        while section is not None:
            found[:0] = section.alerts
            section = section.parent
        return found

    def _read_heading(self, block: Block) -> None:
        number = self._rule.headings.get(id(block))
        if number is not None:
            self._read_step_heading(block, number["number"], number.end())
        elif self._step_headings and block.level > self._step_headings[0][0]:
            sink(Place(self.section)).append(block)
        else:
            self._step_headings.clear()
            self._read_section(block)

    def _read_section(self, block: Block) -> None:
        got = take_comments(block.text)
        if block.level == 1 and not self.title:
            self.title = plain(got.text, self._reading.document.env)
            if not self.sections:
                return
        words = section_attributes(got.text, self._reading.roles, self._reading.words)
        self.section = SectionDraft(
            plain(words[0], self._reading.document.env),
            block.level,
            block.line,
            block.column,
            plain(got.text, self._reading.document.env),
            got.data.get("id"),
            parent=self._parent_of(block.level),
            attributes=words[1],
        )
        self.sections.append(self.section)

    def _parent_of(self, level: int) -> SectionDraft | None:
        section: SectionDraft | None = self.section
        while section is not None and section.level >= level:
            section = section.parent
        return None if section is self.top else section

    def _read_step_heading(self, block: Block, number: str, start: int) -> None:
        """`## Step 3: Do it` in a file without lists; deeper ones are its sub-steps."""
        while self._step_headings and self._step_headings[-1][0] >= block.level:
            self._step_headings.pop()
        if not self._step_headings:
            self.section = self._enclosing(block.level)
        parent = self._step_headings[-1][1] if self._step_headings else None
        if parent is not None and parent.level >= 3:  # noqa: PLR2004 - steps nest three levels
            parent = parent.parent
        draft = StepDraft(block.line, block.column, self.section, parent)
        draft.level = parent.level + 1 if parent else 1
        draft.written_number = number
        text = block.text[start:].strip() or block.text
        apply_head(draft, read_head(text, self._reading), self._reading)
        draft.alerts = self._section_alerts()
        self._steps.found.append(draft)
        self.section.last_step = draft
        self._step_headings.append((block.level, draft))

    def _enclosing(self, level: int) -> SectionDraft:
        return self._parent_of(level) or self.top
