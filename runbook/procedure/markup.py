"""Markdown to HTML that is safe to show: Python-Markdown, then an allow-list, then limits.

Raw HTML never reaches the page; it is shown as the text it is. Addresses keep three forms:
`https:` and `mailto:` as written, links inside the procedures (`#id`, `file.md`, `file.md#id`)
as `rb-go:` and the address, and pictures as `rb:` and the name the caller gives them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import nh3

from runbook.procedure.site import fill
from runbook.procedure.weight import LARGEST, is_too_heavy

if TYPE_CHECKING:
    import markdown

    from runbook.procedure.model import Step


GO = "rb-go:"
PICTURE = "rb:"
_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
    | {"i", "img", "kbd", "li", "ol", "p", "pre", "s", "strong", "sub", "sup", "table", "tbody"}
    | {"td", "th", "thead", "tr", "ul"}
)
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
}
_SCHEMES = {"https", "mailto", "rb-go", "rb"}
_INTERNAL = re.compile(r"#[\w-]+|(?!/)[\w. %/æøåÆØÅ-]+\.(?:md|markdown)(?:#[\w-]*)?", re.IGNORECASE)
_PICTURE_NAME = re.compile(
    r"images/([\w][\w .-]{0,120}\.(?:png|jpe?g|gif|webp|svg))", re.IGNORECASE
)


def render(
    text: str,
    *,
    values: Mapping[str, str] = MappingProxyType({}),
    images: Callable[[str], str | None] | None = None,
) -> str:
    """Safe HTML of a markdown fragment with its values filled in.

    `images` gives a picture's internal name, such as a content hash, for `images/NAME`; a
    picture it does not know is shown as its words. What is too large or could take long is
    shown as plain text.
    """
    if not text.strip():
        return ""
    if is_too_heavy(text):
        return f"<pre>{html.escape(fill(text[:LARGEST], values), quote=False)}</pre>"
    page = _converter().reset().convert(text)
    escaped = {name: html.escape(value) for name, value in values.items()}
    return _clean(fill(page, escaped), images)


def details_html(step: Step, values: Mapping[str, str] = MappingProxyType({})) -> str:
    """Safe HTML of a step's details."""
    return render(step.details, values=values)


def plain_text(text: str) -> str:
    """A markdown fragment as plain words, a line for each paragraph or item."""
    from runbook.procedure.blocks import parse_blocks  # noqa: PLC0415 - a window need not wait for it
    from runbook.procedure.spoken import spoken  # noqa: PLC0415

    lines = tuple(text.split("\n"))
    document = parse_blocks(text, lines)
    return spoken(document.root.children, document.env)


@cache
def _converter() -> markdown.Markdown:
    from runbook.procedure.converter import make_converter  # noqa: PLC0415 - loaded when first shown

    return make_converter()


def _clean(page: str, images: Callable[[str], str | None] | None) -> str:
    def address(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("a", "href"):
            return _link(value)
        if (tag, attribute) == ("img", "src"):
            return _picture(value, images)
        return value

    kept = nh3.clean(
        page,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=address,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    kept = nh3.clean(
        kept,
        tags=set(_TAGS),
        attributes={"*": set(), **{tag: set(names) for tag, names in _ATTRIBUTES.items()}},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel=None,
    )
    return _PICTURE_LEFT.sub(_words_of_picture, kept).replace("<p></p>", "").strip()


_PICTURE_LEFT = re.compile(r"<img(?![^<>]*\ssrc=)[^<>]*?(?:\salt=\"([^\"]*)\")?[^<>]*>")


def _words_of_picture(found: re.Match[str]) -> str:
    return f"[{found[1]}]" if found[1] else ""


def _link(href: str) -> str | None:
    address = html.unescape(href).strip()
    if address.startswith(("https://", "mailto:")):
        return address
    if _INTERNAL.fullmatch(address):
        return GO + quote(unquote(address), safe="#/._-%")
    return None


def _picture(src: str, images: Callable[[str], str | None] | None) -> str | None:
    name = _PICTURE_NAME.fullmatch(unquote(html.unescape(src).strip()))
    internal = images(name[1]) if name is not None and images is not None else None
    return PICTURE + quote(internal, safe="") if internal else None
