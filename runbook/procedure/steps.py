"""Lists to steps: items with a box, their sub-steps, their sub-bullets and what else they hold."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from runbook.procedure.attributes import take_comments
from runbook.procedure.blocks import Block
from runbook.procedure.bullets import Labelled, apply_label, find_label, fits
from runbook.procedure.draft import StepDraft
from runbook.procedure.heads import apply_head, read_head, split_number
from runbook.procedure.model import StepKind
from runbook.procedure.options import read_option, settle_same_as
from runbook.procedure.spoken import make_alert

if TYPE_CHECKING:
    from collections.abc import Callable

    from runbook.procedure.draft import Reading, SectionDraft
    from runbook.procedure.model import Alert

DEEPEST_STEP = 3

IsStep = "Callable[[Block, Block], bool]"


@dataclass(slots=True)
class Place:
    """Where the steps of a list belong."""

    section: SectionDraft
    parent: StepDraft | None = None
    option: int | None = None
    alerts: tuple[Alert, ...] = ()


@dataclass(slots=True)
class StepReader:
    """Reads lists into `found`, in document order. `is_step(item, list)` says what counts."""

    reading: Reading
    is_step: Callable[[Block, Block], bool]
    found: list[StepDraft] = field(default_factory=list)

    def has_steps(self, block: Block) -> bool:
        """Whether a list, or a block inside it, holds a step; quotes and code never do."""
        if block.kind in ("bullets", "ordered"):
            return any(
                self.is_step(item, block) or any(map(self.has_steps, item.children))
                for item in block.children
            )
        return False

    def read_list(self, block: Block, place: Place) -> None:
        """Read the steps of a list; what is no step stays with the step before it."""
        for item in block.children:
            if self.is_step(item, block):
                self._read_step(item, block, place)
            elif any(map(self.has_steps, item.children)):
                self._read_group(item, block, place)
            else:
                keep(sink(place), block, item)

    def _read_group(self, item: Block, block: Block, place: Place) -> None:
        """An item that is no step itself but holds some: its words first, then its steps."""
        lists = [child for child in item.children if self.has_steps(child)]
        words = [child for child in item.children if child not in lists]
        if words:
            keep(sink(place), block, _only(item, words))
        for child in lists:
            self.read_list(child, place)

    def _read_step(self, item: Block, block: Block, place: Place) -> None:
        draft = self._draft(item, block, place)
        body = self._first_words(draft, item)
        self.found.append(draft)
        place.section.last_step = draft
        for child in body:
            self._read_child(draft, child)
        settle_same_as(draft, self.reading)

    def _draft(self, item: Block, block: Block, place: Place) -> StepDraft:
        parent = self._parent(item, place)
        draft = StepDraft(item.line, item.column, place.section, parent, place.option)
        draft.level = parent.level + 1 if parent is not None else 1
        draft.alerts = list(place.alerts)
        if block.kind == "ordered":
            draft.written_number = item.info or None
        return draft

    def _parent(self, item: Block, place: Place) -> StepDraft | None:
        parent = place.parent
        if parent is None or parent.level < DEEPEST_STEP:
            return parent
        self.reading.findings.add(
            "steps-too-deep",
            item,
            "Steps nest three levels; this one is shown on the third. Use a section instead.",
        )
        return parent.parent

    def _first_words(self, draft: StepDraft, item: Block) -> list[Block]:
        """Read the first line and give the blocks that are left."""
        blocks = item.children
        if blocks and blocks[0].kind == "ordered" and blocks[0].line == item.line:
            blocks = self._numbered_task(draft, blocks)
        if not blocks or blocks[0].kind not in ("paragraph", "heading"):
            return blocks
        text = blocks[0].text
        if item.checked is not None and draft.written_number is None:
            draft.written_number, text = split_number(text)
        head = read_head(text, self.reading)
        apply_head(draft, head, self.reading)
        rest = [replace(blocks[0], kind="paragraph", text=head.rest)] if head.rest else []
        return rest + blocks[1:]

    def _numbered_task(self, draft: StepDraft, blocks: list[Block]) -> list[Block]:
        """`- [ ] 1. Do it`: GitHub shows a step with a number, markdown-it a list in it."""
        first, *others = blocks[0].children
        draft.written_number = draft.written_number or first.info
        left = [replace(blocks[0], children=others)] if others else []
        return first.children + left + blocks[1:]

    def _read_child(self, draft: StepDraft, block: Block) -> None:
        if block.kind == "bullets":
            for item in block.children:
                self._read_bullet(draft, item, block)
        elif block.kind == "ordered" and self.has_steps(block):
            self.read_list(block, Place(draft.section, draft, None, self._inherited(draft)))
        elif block.kind == "alert":
            draft.alerts.append(make_alert(block, self.reading.document.env))
        elif block.kind == "html" and (data := take_comments(block.text).data).get("id"):
            draft.wanted_id = draft.wanted_id or data["id"]
        else:
            draft.details.append(block)

    def _read_bullet(self, draft: StepDraft, item: Block, block: Block) -> None:
        if self.is_step(item, block):
            self._read_step(item, block, Place(draft.section, draft, None, self._inherited(draft)))
            return
        lists = [child for child in item.children if self.has_steps(child)]
        text, more = _words_of(item, lists)
        label = find_label(text, item, more, self.reading)
        option: int | None = None
        if label is not None and fits(label, draft):
            self._apply(draft, label)
        elif draft.kind is StepKind.DECISION and (text or lists):
            draft.options.append(read_option(item, text, more, self.reading))
            option = len(draft.options) - 1
        else:
            keep(draft.details, block, _only(item, [c for c in item.children if c not in lists]))
        for child in lists:
            self.read_list(child, Place(draft.section, draft, option, self._inherited(draft)))

    def _apply(self, draft: StepDraft, label: Labelled) -> None:
        """What stands as bullets below a deadline, such as `If missed:`, is the step's own."""
        below = [b for b in label.more if label.key == "Within" and b.kind == "bullets"]
        own = [block for block in label.more if block not in below]
        apply_label(draft, replace(label, more=own), self.reading)
        for block in below:
            self._read_child(draft, block)

    def _inherited(self, draft: StepDraft) -> tuple[Alert, ...]:
        """A sub-step is protected by what protects its step."""
        return tuple(draft.alerts)


def sink(place: Place) -> list[Block]:
    """Where text goes that is no step: the step before it, else the section's introduction."""
    if place.parent is not None:
        return place.parent.details
    last = place.section.last_step
    return place.section.introduction if last is None else _top(last).details


def _top(draft: StepDraft) -> StepDraft:
    while draft.parent is not None:
        draft = draft.parent
    return draft


def keep(sink: list[Block], block: Block, item: Block) -> None:
    """Keep one item of a list as text; items of one list that follow each other stay a list."""
    if sink and sink[-1].kind == block.kind and sink[-1].line == block.line:
        sink[-1].children.append(item)
    elif item.children:
        sink.append(replace(block, children=[item]))


def _only(item: Block, children: list[Block]) -> Block:
    return replace(item, children=children)


def _words_of(item: Block, lists: list[Block]) -> tuple[str, list[Block]]:
    """The first paragraph of a sub-bullet, and its other blocks without steps."""
    rest = [child for child in item.children if child not in lists]
    if rest and rest[0].kind == "paragraph":
        return rest[0].text, rest[1:]
    return "", rest
