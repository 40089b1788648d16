"""Python-Markdown set up so that normalised text gives what GitHub shows."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor

from runbook.procedure.normal import LIST_BREAK

_SIMPLE_TAGS = r"<(kbd|sub|sup|b|i|s|del|strong|em|code)>([^<>\n]{0,300})</\1>"


class _Inner(InlineProcessor):
    """`<kbd>F1</kbd>` and the like, without attributes; all other HTML stays text."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 - the library's signature
        """Make the element."""
        element = Element(m[1])
        element.text = m[2]
        return element, m.start(0), m.end(0)


class _Break(InlineProcessor):
    """`<br>` as a line break."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 - the library's signature
        """Make the element."""
        return Element("br"), m.start(0), m.end(0)


class _BareAddress(InlineProcessor):
    """`https://example.org` without brackets, as GitHub links it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 - the library's signature
        """Make the link; a full stop or bracket after the address is not part of it."""
        address = m[0].rstrip(".,;:!?)'\"")
        element = Element("a", href=address)
        element.text = address
        return element, m.start(0), m.start(0) + len(address)


class _ListBreaks(Preprocessor):
    """The mark between two lists in a row becomes an empty element that keeps them apart."""

    def run(self, lines: list[str]) -> list[str]:
        """Replace the marks."""
        if LIST_BREAK not in lines:
            return lines
        mark = self.md.htmlStash.store("<p></p>")
        return [mark if line == LIST_BREAK else line for line in lines]


def make_converter() -> Markdown:
    """A converter that turns no raw HTML into elements but a few harmless ones."""
    converter = Markdown(
        extensions=[FencedCodeExtension(), SaneListExtension(), TableExtension()],
        output_format="html",
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.deregister("html")
    converter.preprocessors.register(_ListBreaks(converter), "list_breaks", 20)
    inline = converter.inlinePatterns
    inline.register(_Inner(_SIMPLE_TAGS, converter), "simple_tags", 95)
    inline.register(_Break(r"<br\s*/?>", converter), "br", 94)
    inline.register(SimpleTagInlineProcessor(r"()~~([^~\n]+)~~", "del"), "del", 93)
    inline.register(_BareAddress(r"(?<![\w\"'=(])https://[^\s<>\"]{1,500}", converter), "bare", 92)
    return converter
