"""The plain words of whole blocks, for texts that are shown without markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runbook.procedure.inline import plain
from runbook.procedure.model import Alert, AlertKind, Code
from runbook.procedure.normal import html_to_markdown, table_rows, to_markdown

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from runbook.procedure.blocks import Block


def spoken(blocks: Sequence[Block], env: MutableMapping[str, Any]) -> str:
    """The words of some blocks, a line for each paragraph, item or row."""
    lines = [_words(block, env) for block in blocks if block.kind != "alert_title"]
    return "\n".join(line for line in lines if line)


def _words(block: Block, env: MutableMapping[str, Any]) -> str:
    if block.kind in ("paragraph", "heading", "cell"):
        return plain(block.text, env)
    if block.kind in ("fence", "code"):
        return block.text.strip("\n")
    if block.kind == "html":
        return plain(html_to_markdown(block.text), env)
    if block.kind == "table":
        rows = [[plain(cell.text, env) for cell in row.children] for row in table_rows(block)]
        return "\n".join(" | ".join(row) for row in rows)
    if block.kind == "ordered":
        return "\n".join(f"{item.info}. {spoken(item.children, env)}" for item in block.children)
    return spoken(block.children, env)


def make_alert(block: Block, env: MutableMapping[str, Any]) -> Alert:
    """An alert block as the model keeps it."""
    inner = [child for child in block.children if child.kind != "alert_title"]
    kind = AlertKind(block.info.casefold())
    return Alert(kind, spoken(inner, env), to_markdown(inner), block.line, block.column)


def code_of(blocks: Sequence[Block]) -> tuple[Code, ...]:
    """The code blocks among some blocks and below them, in order."""
    found = [block for top in blocks for block in top.walk() if block.kind in ("fence", "code")]
    return tuple(
        Code(_language(block), block.text.removesuffix("\n"), block.line) for block in found
    )


def _language(block: Block) -> str:
    words = block.info.split()
    return words[0] if words else ""
