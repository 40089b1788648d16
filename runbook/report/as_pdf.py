"""The report as a PDF, set by Typst from a template and bundled fonts, with no network."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import typst

from runbook.report.document import Document
from runbook.report.words import MODE_MARK
from runbook.run.events import Mode


def to_pdf(document: Document, styles: Path, fonts: Path) -> bytes:
    """The report set on A4; the same document gives the same bytes."""
    at = moment_of(document)
    compiler = typst.Compiler(
        styles / "report.typ",
        root=styles,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_data(document, at), ensure_ascii=False)},
    )
    made = compiler.compile(format="pdf", timestamp=int(at.timestamp()))
    assert isinstance(made, bytes)
    return made


def moment_of(document: Document) -> datetime:
    """The time of the run's last entry, which a report is dated by."""
    return datetime.fromisoformat(document.as_of)


def _data(document: Document, at: datetime) -> dict[str, Any]:
    """What the template shows: the document without figures, its text as lines."""
    data: dict[str, Any] = msgspec.to_builtins(document)
    del data["figures"]
    data["procedure_lines"] = _lines(data.pop("procedure_text"))
    data["date"] = [at.year, at.month, at.day, at.hour, at.minute, at.second]
    data["file_title"] = f"{MODE_MARK[Mode(document.mode)]}: {document.title}, {document.run}"
    return data


def _lines(text: str) -> list[str]:
    """Lines whose indents survive setting: leading blanks become ones that do not collapse."""
    return [_kept_indent(line.expandtabs(4)) for line in text.removesuffix("\n").split("\n")]


def _kept_indent(line: str) -> str:
    bare = line.lstrip(" ")
    return "\u00a0" * (len(line) - len(bare)) + bare
