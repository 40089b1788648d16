"""The words inside a block: plain text and links, without markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from runbook.procedure.blocks import inline_parser
from runbook.procedure.model import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from markdown_it.token import Token

LONGEST = 1500
"""Texts beyond this are stripped of markup roughly: some of them take a parser minutes."""

_TAG_NAMES = """
a abbr address article aside b big blockquote br caption center cite code col colgroup dd
del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i
iframe img input ins kbd label li link main mark meta nav ol p picture pre q s samp script
section small source span strike strong style sub summary sup table tbody td tfoot th
thead time tr tt u ul var video wbr
"""
HTML_TAGS = frozenset(_TAG_NAMES.split())
_MARKUP = re.compile(r"[*_`\[\]<>&\\!~]|https?:|www\.")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?/?>")
_ROUGH_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(([^()\s]{0,300})\)")
_SPACE = re.compile(r"\s+")

Env = "MutableMapping[str, Any]"


def plain(text: str, env: MutableMapping[str, Any] | None = None) -> str:
    """The text as read aloud: no markup, no comments, one line."""
    if _MARKUP.search(text) is None:
        return _SPACE.sub(" ", text).strip()
    if len(text) > LONGEST:
        return _rough(text)
    words = "".join(_spoken(_tokens(text, env)))
    return _SPACE.sub(" ", words).strip()


def links(text: str, env: MutableMapping[str, Any] | None = None) -> tuple[Link, ...]:
    """Every link in a text, in order, with its words and its address as written."""
    if "[" not in text and "<" not in text:
        return ()
    if len(text) > LONGEST:
        return tuple(Link(m[1], m[2]) for m in _ROUGH_LINK.finditer(text) if m[0][0] != "!")
    return tuple(_links(_tokens(text, env)))


def known_tag(name: str) -> bool:
    """Whether a browser knows this tag; anything else in `<…>` is a placeholder."""
    return name.casefold() in HTML_TAGS


def _tokens(text: str, env: MutableMapping[str, Any] | None) -> list[Token]:
    parser = inline_parser()
    tokens: list[Token] = []
    parser.inline.parse(text, parser, {} if env is None else env, tokens)
    return tokens


def _spoken(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type == "image":
            yield token.content
        elif token.type == "html_inline":
            yield _shown_tag(token.content)


def _shown_tag(tag: str) -> str:
    """Nothing for real HTML and comments; `<host name>` stays, although GitHub hides it."""
    if tag.startswith("<!--"):
        return ""
    name = _TAG.match(tag)
    if name is not None and known_tag(name[1]):
        return " " if name[1].casefold() == "br" else ""
    return tag


def _links(tokens: Sequence[Token]) -> Iterator[Link]:
    for at, token in enumerate(tokens):
        if token.type != "link_open":
            continue
        end = next(
            (i for i in range(at, len(tokens)) if tokens[i].type == "link_close"), len(tokens)
        )
        words = _SPACE.sub(" ", "".join(_spoken(tokens[at + 1 : end]))).strip()
        yield Link(words, str(token.attrs.get("href", "")))


def _rough(text: str) -> str:
    text = _ROUGH_LINK.sub(r"\1", _COMMENT.sub("", text))
    text = _TAG.sub(lambda m: "" if known_tag(m[1]) else m[0], text)
    return _SPACE.sub(" ", re.sub(r"[*`]+", "", text)).strip()
