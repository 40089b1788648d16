"""Markdown to a tree of blocks with lines and columns; markdown-it-py decides the structure.

Only block structure is worked out here. The words inside a block are parsed by `inline`
when they are needed, which keeps large files fast.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from markdown_it.token import Token

DEEPEST = 100
"""Nesting in tokens; a list level takes two. Deeper text is read as paragraphs, never lost."""

_KINDS = {
    "paragraph": "paragraph",
    "heading": "heading",
    "bullet_list": "bullets",
    "ordered_list": "ordered",
    "list_item": "item",
    "blockquote": "quote",
    "alert": "alert",
    "alert_title": "alert_title",
    "table": "table",
    "thead": "group",
    "tbody": "group",
    "tr": "row",
    "th": "cell",
    "td": "cell",
    "fence": "fence",
    "code_block": "code",
    "html_block": "html",
    "hr": "rule",
}
_MARKER = re.compile(r"[ \t>]*(?P<mark>[-*+]|\d{1,9}[.)])[ \t]*(?:\[[ xX]\][ \t]+)?")
_INDENT = re.compile(r"[ \t>]*")


@dataclass(slots=True, eq=False)
class Block:
    """One block of the text. `line` and `end` count from 1 and include the last line.

    `text` is the markdown of a paragraph, heading or cell, or the content of code and HTML.
    `info` is a fence's language, an item's written number or an alert's kind; `checked` is
    None unless the item has a box. `tight` paragraphs stand in a list without blank lines.
    """

    kind: str
    line: int
    end: int
    column: int = 1
    text: str = ""
    text_column: int = 1
    info: str = ""
    markup: str = ""
    level: int = 0
    checked: bool | None = None
    tight: bool = False
    children: list[Block] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """This block and everything below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text: its blocks as a tree and in order, its lines, and what `[x][ref]` needs."""

    root: Block
    blocks: tuple[Block, ...]
    lines: tuple[str, ...]
    env: MutableMapping[str, Any]


def parse_blocks(text: str, lines: tuple[str, ...]) -> Document:
    """Read the block structure of a text as GitHub does."""
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    root, blocks = _tree(tokens, lines)
    return Document(root, tuple(blocks), lines, env)


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature of a markdown-it rule
    """Beyond the limit read paragraphs: markdown-it itself would skip the rest of the file."""
    if silent or state.level < DEEPEST:
        return False
    return paragraph(state, start, end, silent)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like2", {"maxNesting": DEEPEST + 50})
    parser.disable(["inline", "linkify", "text_join"])
    parser.block.ruler.before("table", "too_deep", _too_deep)
    return parser


@cache
def inline_parser() -> MarkdownIt:
    """The parser for words inside a block."""
    return _parser()


def _tree(tokens: list[Token], lines: tuple[str, ...]) -> tuple[Block, list[Block]]:
    root = Block("root", 1, max(1, len(lines)))
    stack, blocks = [root], [root]
    for token in tokens:
        if token.nesting < 0:
            stack.pop()
        elif token.type == "inline":
            stack[-1].text = token.content
        else:
            block = _block(token, stack, lines)
            stack[-1].children.append(block)
            blocks.append(block)
            if token.nesting > 0:
                stack.append(block)
    return root, blocks


def _block(token: Token, stack: list[Block], lines: tuple[str, ...]) -> Block:
    parent = stack[-1]
    first, last = token.map or (parent.line - 1, parent.end)
    kind = _KINDS.get(token.type.removesuffix("_open"), "paragraph")
    block = Block(kind, first + 1, max(first + 1, last), info=token.info, markup=token.markup)
    block.tight = token.hidden
    if kind == "heading":
        block.level = int(token.tag[1:])
    elif kind in ("fence", "code", "html"):
        block.text = token.content
    elif kind == "item" and token.meta:
        block.checked = token.meta.get("checked")
    _place(block, stack, lines)
    return block


def _place(block: Block, stack: list[Block], lines: tuple[str, ...]) -> None:
    """Set the columns: blocks that begin on their item's line begin after its marker."""
    line = lines[block.line - 1] if block.line <= len(lines) else ""
    item = next((b for b in reversed(stack) if b.kind == "item"), None)
    start = item.text_column - 1 if item is not None and item.line == block.line else 0
    if block.kind == "item":
        mark = _MARKER.match(line, start)
        if mark is not None:
            block.column, block.text_column = mark.start("mark") + 1, mark.end() + 1
            return
    indent = _INDENT.match(line, start)
    block.column = block.text_column = (indent.end() if indent else 0) + 1
