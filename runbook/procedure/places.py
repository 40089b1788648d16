"""Where links and `{{values}}` stand in a text, by line and column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure.attributes import comment_spans
from runbook.procedure.model import Link, ValueUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.blocks import Document
    from runbook.procedure.draft import Reading
    from runbook.procedure.ids import Ids

_CODE_SPAN = re.compile(r"(?P<ticks>`{1,10})[^`]{1,500}(?P=ticks)(?!`)")
_LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\[\]]{0,300})\]\(\s*<?(?P<href>[^()\s<>]{1,500})")
_VALUE = re.compile(r"\{\{\s*([^\W\d][\w.-]*)\s*\}\}")
_LONGEST_LINE = 5000


def find_links(reading: Reading, front_lines: int, ids: Ids) -> tuple[Link, ...]:
    """Every link of the file outside code, front matter included; anchors mean ids."""
    found: list[Link] = []
    for number, line in prose_lines(reading.document, front_lines):
        if "](" not in line:
            continue
        found += [
            Link(m["text"], ids.settle(m["href"]) or "", number, m.start() + 1)
            for m in _LINK.finditer(line)
            if not m["picture"]
        ]
    return tuple(found)


def find_value_uses(reading: Reading, front_lines: int) -> tuple[ValueUse, ...]:
    """Every `{{name}}` in front matter and blocks; in code too, for commands are filled in."""
    lines, seen = reading.document.lines, set(range(1, front_lines + 1))
    for block in reading.document.root.children:
        seen.update(range(block.line, min(block.end, len(lines)) + 1))
    found: list[ValueUse] = []
    for number in sorted(seen):
        line = lines[number - 1]
        if "{{" in line:
            found += [ValueUse(m[1], number, m.start() + 1) for m in _VALUE.finditer(line)]
    return tuple(found)


def prose_lines(document: Document, front_lines: int = 0) -> Iterator[tuple[int, str]]:
    """Lines outside code and comments; code spans in them are blanked so columns stay right."""
    code = _code_lines(document)
    for number, line in enumerate(document.lines, start=1):
        if number in code and number > front_lines:
            continue
        text = line[:_LONGEST_LINE]
        if "`" in text:
            text = _CODE_SPAN.sub(lambda m: " " * len(m[0]), text)
        for start, end in comment_spans(text):
            text = text[:start] + " " * (end - start) + text[end:]
        yield number, text


def _code_lines(document: Document) -> set[int]:
    hidden: set[int] = set()
    for block in document.blocks:
        comment = block.kind == "html" and block.text.lstrip().startswith("<!--")
        if block.kind in ("fence", "code") or comment:
            hidden.update(range(block.line, block.end + 1))
    return hidden
