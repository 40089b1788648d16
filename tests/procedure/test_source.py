"""Encodings, line ends, sizes."""

from __future__ import annotations

import codecs

import pytest

from runbook.procedure.parse import parse
from runbook.procedure.source import LARGEST_FILE

TEXT = "# Å\r\n\r\n- [ ] gør det\r\n"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (TEXT.replace("\r\n", "\r").encode(), None),
        (TEXT.encode("utf-16"), (1, 1)),
        (TEXT.encode("utf-16-be"), (1, 1)),
        (TEXT.encode("cp1252"), (1, 3)),
    ],
    ids=["utf-8", "bom", "cr", "utf-16", "utf-16-be", "cp1252"],
)
def test_every_encoding_is_read(data: bytes, place: tuple[int, int] | None) -> None:
    """The words arrive; what is not UTF-8 is a finding at its first place."""
    procedure = parse(data, "a.md")
    assert (procedure.title, procedure.steps[0].text, procedure.steps[0].line) == (
        "Å", "gør det", 3,
    )  # fmt: skip
    found = [(f.line, f.column) for f in procedure.findings if f.code == "encoding"]
    assert found == ([place] if place else [])


@pytest.mark.parametrize(
    ("data", "code"),
    [(bytes(range(256)) * 8, "not-text"), (b"a" * (LARGEST_FILE + 1), "file-too-large")],
)
def test_what_is_no_text_is_one_error(data: bytes, code: str) -> None:
    """A picture or a giant is listed, not read."""
    procedure = parse(data, "a.md")
    assert [finding.code for finding in procedure.findings] == [code]
    assert procedure.steps == ()
