"""The timeline as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Final

from runbook.report.document import Document
from runbook.report.timeline import Row

HEADS: Final = (
    "mode",
    "run",
    "entry",
    "local_time",
    "utc",
    "performed",
    "who",
    "role",
    "assurance",
    "kind",
    "step",
    "number",
    "attempt",
    "what",
    "corrects",
    "corrected",
    "device",
    "sha256",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(document: Document) -> bytes:
    """One line for each entry, after RFC 4180, in UTF-8 with a byte order mark.

    The mark is what makes spreadsheets show Danish letters; the mode stands in every line.
    """
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEADS)
    seals = {seal.seq: seal.hash for seal in document.seals}
    for row in document.timeline:
        writer.writerow([safe(cell) for cell in _cells(document, row, seals[row.seq])])
    return made.getvalue().encode("utf-8-sig", "replace")


def _cells(document: Document, row: Row, sha256: str) -> tuple[str, ...]:
    return (
        document.mark,
        document.run,
        str(row.seq),
        row.local,
        row.utc,
        row.performed,
        row.who,
        row.role,
        row.assurance,
        row.kind,
        row.step,
        row.number,
        str(row.attempt or ""),
        row.text,
        str(row.corrects or ""),
        " ".join(row.corrected),
        row.device,
        sha256,
    )


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that looks like it gets a quote."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
