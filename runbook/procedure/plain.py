"""What counts as a step in a file: boxes always; in plain files ordered items, headings, rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runbook.procedure.inline import plain
from runbook.procedure.normal import table_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.blocks import Block
    from runbook.procedure.draft import Reading

_STEP_HEADING = re.compile(
    r"(?:step|trin)\s+(?P<number>\d{1,4}(?:\.\d{1,4})*)\b[\s:.)–—-]*", re.IGNORECASE
)
_NUMBERED_HEADING = re.compile(r"(?P<number>\d{1,4})[.)]\s+")
_REFERENCE_TITLES = """
references, reference, see also, further reading, links, related links, related documents,
table of contents, contents, toc, referencer, henvisninger, se også, indhold,
indholdsfortegnelse
"""
_REFERENCES = frozenset(word.strip() for word in _REFERENCE_TITLES.replace("\n", " ").split(","))
_CONTENTS_LINK = re.compile(r"\s*\[[^\]]*\]\(#[^)\s]*\)\s*")


@dataclass(slots=True)
class StepRule:
    """Which blocks of a document are steps; built once, before anything is read."""

    lists: set[int] = field(default_factory=set)
    headings: dict[int, re.Match[str]] = field(default_factory=dict)
    tables: set[int] = field(default_factory=set)

    def is_step(self, item: Block, parent: Block) -> bool:
        """Whether an item of a list is a step."""
        return item.checked is not None or (id(parent) in self.lists and bool(item.children))


def step_rule(reading: Reading) -> StepRule:
    """Decide what counts as a step, for a strict file (boxes only) or a plain one."""
    rule = StepRule()
    if reading.strict:
        return rule
    groups = list(_by_heading(reading.document.root.children))
    boxes = any(_has_box(block) for _, blocks in groups for block in blocks)
    for heading, blocks in groups:
        if not boxes or any(map(_has_box, blocks)):
            _take_lists(heading, blocks, rule, reading)
    if not boxes:
        _take_headings(groups, rule)
        _take_tables(groups, rule, reading)
    return rule


def _by_heading(blocks: list[Block]) -> Iterator[tuple[Block | None, list[Block]]]:
    heading: Block | None = None
    below: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            yield heading, below
            heading, below = block, []
        else:
            below.append(block)
    yield heading, below


def _has_box(block: Block) -> bool:
    if block.kind not in ("bullets", "ordered", "item"):
        return False
    return block.checked is not None or any(map(_has_box, block.children))


def _is_references(heading: Block | None) -> bool:
    title = plain(heading.text).casefold() if heading is not None else ""
    return re.sub(r"^[\d.)\s]+|[\s:.]+$", "", title) in _REFERENCES


def _take_lists(
    heading: Block | None, blocks: list[Block], rule: StepRule, reading: Reading
) -> None:
    kept = _is_references(heading)
    for block in blocks:
        if block.kind == "ordered" and (kept or _is_contents(block)):
            reading.findings.add(
                "list-kept-as-text",
                block,
                "This list is references or contents, so it is kept as text and gives no steps.",
            )
        elif block.kind in ("bullets", "ordered") and not kept:
            _take_list(block, rule, inside=False)


def _take_list(block: Block, rule: StepRule, *, inside: bool) -> None:
    """Ordered lists count, and those directly in their items; a bullet in a step is its details."""
    ordered = block.kind == "ordered"
    if ordered:
        rule.lists.add(id(block))
    for item in block.children:
        step = ordered or item.checked is not None
        for child in item.children:
            deeper = child.kind == "ordered" or (
                child.kind == "bullets" and not step and not inside
            )
            if deeper:
                _take_list(child, rule, inside=inside or step)


def _is_contents(block: Block) -> bool:
    texts = [item.children[0].text for item in block.children if item.children]
    return len(texts) > 1 and all(_CONTENTS_LINK.fullmatch(text[:500]) for text in texts)


def _take_headings(groups: list[tuple[Block | None, list[Block]]], rule: StepRule) -> None:
    listed = bool(rule.lists)
    title = next((h for h, _ in groups if h is not None and h.level == 1), None)
    for place, (heading, _) in enumerate(groups):
        if heading is None or heading is title:
            continue
        found = _STEP_HEADING.match(heading.text)
        if found is None and not listed:
            found = _NUMBERED_HEADING.match(heading.text)
        if found is not None and not _lists_below(groups, place, rule):
            rule.headings[id(heading)] = found


def _lists_below(
    groups: list[tuple[Block | None, list[Block]]], place: int, rule: StepRule
) -> bool:
    """Whether the steps of this heading are in a list under it, or under its sub-headings."""
    top = groups[place][0]
    for heading, blocks in groups[place:]:
        below = heading is top or heading is None or top is None or heading.level > top.level
        if not below:
            return False
        if any(id(inner) in rule.lists for block in blocks for inner in block.walk()):
            return True
    return False


def _take_tables(
    groups: list[tuple[Block | None, list[Block]]], rule: StepRule, reading: Reading
) -> None:
    listed = bool(rule.lists or rule.headings)
    for heading, blocks in groups:
        for block in blocks:
            if block.kind == "table" and not _is_references(heading):
                titles = [plain(cell.text) for cell in table_rows(block)[0].children]
                if is_step_table(titles, reading, numbered=not listed):
                    rule.tables.add(id(block))


def is_step_table(titles: list[str], reading: Reading, *, numbered: bool) -> bool:
    """Whether a table's head names steps; `#` alone only counts where nothing else does."""
    words = reading.words
    if any(words.is_("Step", title) or words.is_("Action", title) for title in titles):
        return True
    return numbered and bool(titles) and titles[0].strip() in ("#", "No.", "Nr.")
