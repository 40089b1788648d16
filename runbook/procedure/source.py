"""Bytes to text: encodings, line ends and sizes, with a finding for whatever is unusual."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runbook.procedure.findings import Spot

if TYPE_CHECKING:
    from runbook.procedure.findings import Findings

LARGEST_FILE = 8 * 1024 * 1024
_LINE_END = re.compile(r"\r\n?")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file with plain line ends; `lines[0]` is line 1."""

    text: str
    lines: tuple[str, ...]


def read_source(data: bytes, findings: Findings) -> Source:
    """Decode a file whatever it is; what cannot be text gives an empty text and an error."""
    text = _LINE_END.sub("\n", _decode(data, findings)).replace("\0", "�")
    # A lone surrogate cannot be written anywhere later.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return Source(text, tuple(text.split("\n")))


def _decode(data: bytes, findings: Findings) -> str:
    if len(data) > LARGEST_FILE:
        findings.add(
            "file-too-large",
            Spot(1),
            f"The file is larger than {LARGEST_FILE >> 20} MB and was not read. Split it.",
        )
        return ""
    wide = _wide_encoding(data)
    if wide is not None:
        return _decode_wide(data, wide, findings)
    if _is_binary(data):
        findings.add("not-text", Spot(1), "This is not a text file, so nothing in it was read.")
        return ""
    return _decode_narrow(data, findings)


def _wide_encoding(data: bytes) -> str | None:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:2000]
    if len(head) >= 4 and head.count(0) > len(head) * 0.3:  # noqa: PLR2004 - two characters
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if min(even, odd) == 0:
            return "utf-16-le" if odd else "utf-16-be"
    return None


def _decode_wide(data: bytes, encoding: str, findings: Findings) -> str:
    findings.add(
        "encoding",
        Spot(1),
        f"The file is {encoding.upper()[:6]}, not UTF-8. It was read; save it as UTF-8.",
    )
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, _CONTROL))
    return controls > max(2, len(data) // 50)


def _decode_narrow(data: bytes, findings: Findings) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start]
        line = before.count(b"\n") + 1
        column = fault.start - (before.rfind(b"\n") + 1) + 1
        findings.add(
            "encoding",
            Spot(line, column),
            "The file is not UTF-8; it was read as Windows-1252. Check å, æ, ø and save as UTF-8.",
        )
        return data.decode("cp1252", "replace")
