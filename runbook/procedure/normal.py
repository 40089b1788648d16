"""Blocks back to markdown that Python-Markdown reads as GitHub reads the original.

Lists are nested by four spaces, blocks stand between blank lines, and code inside lists is
indented, because Python-Markdown knows fences only at the margin.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure.inline import known_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runbook.procedure.blocks import Block

LIST_BREAK = "<!-- -->"
"""Keeps two lists in a row apart."""

_FALSE_START = re.compile(r"^(#|[-+*](?=\s)|\d+(?=[.)]\s)|>|={2,}\s*$|-{2,}\s*$|:(?=\s))")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_SUMMARY = re.compile(r"<summary[^<>]{0,200}>(.{0,1000}?)</summary\s*>", re.DOTALL | re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,500}?href=[\"']([^\"'<>\s]{0,1000})[\"'][^<>]{0,500}>(.{0,500}?)</a\s*>",
    re.DOTALL | re.IGNORECASE,
)
_IMAGE = re.compile(r"<img\s[^<>]*?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(alt|src)=[\"']([^\"'<>]*)[\"']", re.IGNORECASE)
_BAR = re.compile(r"(?P<code>`[^`]*`)|(?<!\\)\|")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")


def to_markdown(blocks: Sequence[Block], *, nested: bool = False) -> str:
    """The markdown of some blocks, normalised; empty when there is nothing to see."""
    shown = ""
    before: Block | None = None
    for block in blocks:
        text = _one(block, nested=nested)
        if not text.strip():
            continue
        shown += (_between(before, block) if before is not None else "") + text
        before = block
    return shown


def _between(before: Block, block: Block) -> str:
    lists = ("bullets", "ordered")
    if before.kind == block.kind and block.kind in lists:
        return f"\n\n{LIST_BREAK}\n\n"
    return "\n" if before.tight and block.kind in lists else "\n\n"


def _one(block: Block, *, nested: bool) -> str:
    match block.kind:
        case "paragraph":
            return _paragraph(block.text)
        case "heading":
            return "#" * block.level + " " + " ".join(block.text.split())
        case "fence" | "code":
            return _code(block, nested=nested)
        case "bullets" | "ordered":
            return _list(block)
        case "quote" | "alert":
            return _quote(block)
        case "table":
            return _table(block)
        case "html":
            return html_to_markdown(block.text)
        case "rule":
            return "* * *"
        case _:
            return to_markdown(block.children, nested=nested)


def _paragraph(text: str) -> str:
    """Escape line starts that only Python-Markdown takes for headings, lists or quotes."""
    lines = [line.strip(" \t") + ("  " if line.endswith("  ") else "") for line in text.split("\n")]
    return "\n".join(_FALSE_START.sub(_escape, line) for line in lines)


def _escape(found: re.Match[str]) -> str:
    mark = found[0]
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _code(block: Block, *, nested: bool) -> str:
    body = block.text.rstrip("\n")
    if nested:
        return "\n".join("    " + line if line else "" for line in body.split("\n"))
    longest = max((len(run) for run in re.findall(r"`{3,}", body)), default=2)
    fence = "`" * (longest + 1)
    words = block.info.split()
    language = words[0] if words and re.fullmatch(r"[\w+#-]+", words[0]) else ""
    return f"{fence}{language}\n{body}\n{fence}"


def _list(block: Block) -> str:
    items: list[str] = []
    for place, item in enumerate(block.children):
        mark = f"{item.info or place + 1}." if block.kind == "ordered" else "-"
        body = to_markdown(item.children, nested=True)
        if item.checked is not None:
            body = ("☑ " if item.checked else "☐ ") + body
        lines = body.split("\n")
        rest = ["    " + line if line else "" for line in lines[1:]]
        items.append("\n".join([f"{mark} ".ljust(4) + lines[0], *rest]).rstrip())
    loose = any(
        child.kind == "paragraph" and not child.tight
        for item in block.children
        for child in item.children
    )
    return ("\n\n" if loose else "\n").join(items)


def _quote(block: Block) -> str:
    title = f"**{block.info.capitalize()}**\n\n" if block.kind == "alert" else ""
    shown = [child for child in block.children if child.kind != "alert_title"]
    body = title + to_markdown(shown, nested=True)
    return "\n".join(f"> {line}".rstrip() for line in body.split("\n"))


def _table(block: Block) -> str:
    rows = [[cell.text for cell in row.children] for row in table_rows(block)]
    if not rows:
        return ""
    lines = ["| " + " | ".join(_cell(text) for text in row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _cell(text: str) -> str:
    """A cell's text with its bars escaped, but not in code, where Python-Markdown knows them."""
    return _BAR.sub(lambda m: m["code"] or r"\|", text.replace("\n", " "))


def table_rows(block: Block) -> list[Block]:
    """The rows of a table, its head first."""
    return [row for group in block.children for row in group.children if row.kind == "row"]


def html_to_markdown(html: str) -> str:
    """HTML as words: comments and scripts go, links and pictures stay, unknown tags are text."""
    if "<" not in html:
        return html.strip("\n")
    html = _SCRIPT.sub("", _COMMENT.sub("", html))
    html = _SUMMARY.sub(r"\n**\1**\n", html)
    html = _ANCHOR.sub(r"[\2](\1)", html)
    html = _IMAGE.sub(_picture, html)
    html = _TAG.sub(lambda m: "" if known_tag(m[1]) else m[0], html)
    return "\n".join(line.strip() for line in html.split("\n")).strip("\n")


def _picture(found: re.Match[str]) -> str:
    parts = {key.casefold(): value for key, value in _ATTRIBUTE.findall(found[0])}
    return f"![{parts.get('alt', '')}]({parts.get('src', '')})"
