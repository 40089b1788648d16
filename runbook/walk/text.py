"""Text for a plain terminal: wrapped, indented, and free of what could command the terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

WIDTH = 78
# Control characters, and those that turn the direction of text around.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    """A text in which nothing can move the cursor, colour or rewrite what was printed."""
    return _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\t", "    "))


def one_line(text: str) -> str:
    """A text on one line, whatever it was."""
    return " ".join(safe(text).split())


def wrapped(text: str, indent: str = "", first: str | None = None) -> Iterator[str]:
    """The lines of a text at the terminal's width; `first` begins the first of them."""
    lead = indent if first is None else first
    for paragraph in safe(text).split("\n"):
        if not paragraph.strip():
            continue
        yield from textwrap.wrap(
            paragraph.strip(),
            WIDTH,
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        lead = indent


def labelled(label: str, text: str, indent: str = "  ") -> Iterator[str]:
    """`Label: text`, wrapped; nothing when there is no text."""
    if text.strip():
        yield from wrapped(text, indent + "  ", f"{indent}{label}: ")


def listed(label: str, parts: Iterable[str]) -> Iterator[str]:
    """A label and below it one line for each part; nothing when there are none."""
    found = [part for part in parts if part.strip()]
    if found:
        yield f"{label}:"
    for part in found:
        yield from wrapped(part, "  ", "- ")


def verbatim(text: str, indent: str) -> Iterator[str]:
    """Lines as they are, for commands that are copied; only made safe to print."""
    for line in safe(text).rstrip("\n").split("\n"):
        yield (indent + line).rstrip()
