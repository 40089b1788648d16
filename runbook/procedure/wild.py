"""What GitHub itself shows wrong: fences, numbers, placeholders, boxes that are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure.findings import Spot
from runbook.procedure.inline import known_tag
from runbook.procedure.places import prose_lines

if TYPE_CHECKING:
    from runbook.procedure.blocks import Block
    from runbook.procedure.draft import Reading

_TAG = re.compile(r"(?<!\\)<([A-Za-z][\w-]*)(?:\s[^<>:@]*)?/?>")
_NOT_A_BOX = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s*\[(?P<inside>\s*)\](?=\s|$|[^\W\d_])(?!\()")
_BOX = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+\[ \]\s+\S")
_TASK_IN_COMMENT = re.compile(r"^\s*(?:<!--\s*)?[-*+]\s+\[[ xX]\]\s", re.MULTILINE)
_BARE_NUMBER = re.compile(r"\s*(\d{1,3})\s+(?=[^\W\d_])")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|={7})(?:\s|$)")
_LONGEST_GAP_LIST = 5000


def look_for_wrong(reading: Reading, front_lines: int) -> None:
    """Add a finding for everything in the text that GitHub shows otherwise than it was meant."""
    for block in reading.document.blocks:
        if block.kind == "fence":
            _check_fence(block, reading)
        elif block.kind == "html":
            _check_comment(block, reading)
    _Numbers(reading).check(reading.document.root.children)
    for number, line in prose_lines(reading.document):
        if number > front_lines:
            _check_line(number, line, reading)


def _check_fence(block: Block, reading: Reading) -> None:
    lines, mark = reading.document.lines, re.escape(block.markup[0])
    closing = re.compile(rf"[\s>]*{mark}{{{len(block.markup)},}}\s*$")
    last = lines[block.end - 1] if block.end <= len(lines) else ""
    closed = block.end > block.line and closing.match(last) is not None
    end = block.end - 1 if closed else block.end
    ends_text = re.compile(rf"[\s>]*\S.*?[^{mark}\s]\s*{mark}{{3}}\s*$")
    opens = re.compile(rf"[\s>]{{0,12}}{mark}{{{len(block.markup)}}}[A-Za-z]\w*\s*$")
    for number in range(block.line + 1, min(end, len(lines)) + 1):
        line = lines[number - 1]
        if len(line) < 2000 and (opens.match(line) or ends_text.match(line)):  # noqa: PLR2004 - no code line is longer
            reading.findings.add(
                "fence-badly-closed",
                Spot(number),
                "The code block that begins above is not closed before this line:"
                " its closing fence must stand alone on a line.",
            )
            return
    if not closed:
        reading.findings.add(
            "fence-open",
            block,
            "This code block is never closed, so everything below it is code. Close it.",
        )


def _check_comment(block: Block, reading: Reading) -> None:
    if block.text.lstrip().startswith("<!--") and _TASK_IN_COMMENT.search(block.text):
        reading.findings.add(
            "step-in-comment",
            block,
            "Steps inside a comment are kept in the file but are no steps.",
        )


def _check_line(number: int, line: str, reading: Reading) -> None:
    if "<" in line:
        _check_placeholders(number, line, reading)
    if "[" in line and not _BOX.match(line) and (box := _NOT_A_BOX.match(line)):
        reading.findings.add(
            "box-malformed",
            Spot(number, box.start("inside")),
            "GitHub does not show this as a box. Write `- [ ] ` and then the words.",
        )
    if line[:7] in ("<<<<<<<", ">>>>>>>") and _CONFLICT.match(line):
        reading.findings.add(
            "merge-conflict", Spot(number), "A merge conflict was left in the file. Settle it."
        )


def _check_placeholders(number: int, line: str, reading: Reading) -> None:
    for tag in _TAG.finditer(line):
        if not known_tag(tag[1]):
            reading.findings.add(
                "placeholder-hidden",
                Spot(number, tag.start() + 1),
                f"GitHub hides `{tag[0][:60]}`. Put it in backticks, or write {{{{name}}}}.",
            )


class _Numbers:
    """Follows written numbers through the lists under one heading."""

    def __init__(self, reading: Reading) -> None:
        self._findings = reading.findings
        self._last: int | None = None

    def check(self, blocks: list[Block]) -> None:
        """Check the lists among some blocks, and what stands between them."""
        for block in blocks:
            if block.kind == "heading":
                self._last = None
            elif block.kind == "ordered":
                self._check_list(block)
            elif block.kind == "paragraph" and self._last is not None:
                self._check_bare(block, block.text.split("\n"), 0)

    def _check_list(self, block: Block) -> None:
        items = block.children[:_LONGEST_GAP_LIST]
        numbers = [int(item.info) for item in items if item.info.isdigit()]
        lazy = len(numbers) > 1 and len(set(numbers)) == 1
        if not lazy and len(numbers) == len(items):
            self._check_order(items, numbers)
        self._last = numbers[-1] if numbers and not lazy else None
        for item in items:
            first = item.children[0] if item.children else None
            if first is not None and first.kind == "paragraph" and "\n" in first.text:
                self._check_wrapped(item, first)

    def _check_order(self, items: list[Block], numbers: list[int]) -> None:
        before = self._last
        for item, number in zip(items, numbers, strict=True):
            first = item is items[0]
            wrong = before is not None and number != before + 1 and not (first and number <= before)
            if wrong:
                self._findings.add(
                    "number-gap",
                    item,
                    f"Number {number} follows {before}. Check that no step is missing.",
                )
            before = number

    def _check_wrapped(self, item: Block, first: Block) -> None:
        last, self._last = self._last, int(item.info) if item.info.isdigit() else None
        if self._last is not None:
            self._check_bare(first, first.text.split("\n"), 1)
        self._last = last

    def _check_bare(self, block: Block, lines: list[str], start: int) -> None:
        for offset, line in enumerate(lines[start:200], start=start):
            found = _BARE_NUMBER.match(line)
            if found is not None and self._last is not None and int(found[1]) == self._last + 1:
                self._findings.add(
                    "number-without-dot",
                    Spot(block.line + offset, block.column),
                    f"`{found[1]}` looks like a step but has no dot after the number. Add it.",
                )
