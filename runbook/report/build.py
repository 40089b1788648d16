"""From a run in a journal to the bytes of a report, and the name of its file."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

from runbook.procedure.frozen import parse_with
from runbook.report.as_csv import to_csv
from runbook.report.as_json import to_json
from runbook.report.as_md import to_md
from runbook.report.document import Document, document
from runbook.report.material import Material, Source, gather
from runbook.resources import resource
from runbook.run.events import Mode
from runbook.run.state import RunState


class Format(StrEnum):
    """What a report can be written as; the value is the ending of its file."""

    HTML = "html"
    PDF = "pdf"
    CSV = "csv"
    JSON = "json"
    MD = "md"


_FILE_MARK: Final = {
    Mode.LIVE: "LIVE",
    Mode.TEST: "PLANNED-TEST",
    Mode.DRILL: "EXERCISE-OEVELSE",
}


def build(source: Source, run: str, form: Format) -> bytes:
    """The report of a run; KeyError when the source has no such run.

    The same journal gives the same bytes, wherever and whenever it is made.
    """
    return write(gather(source, run, parse_with), form)


def write(material: Material, form: Format) -> bytes:
    """The report in one format."""
    made = document(material)
    match form:
        case Format.HTML:
            return _html(made)
        case Format.PDF:
            return _pdf(made)
        case Format.CSV:
            return to_csv(made)
        case Format.JSON:
            return to_json(made, material)
        case Format.MD:
            return to_md(made)


def _html(made: Document) -> bytes:
    from runbook.report.as_html import to_html  # noqa: PLC0415 - Jinja only when asked for

    return to_html(made, resource("report"))


def _pdf(made: Document) -> bytes:
    from runbook.report.as_pdf import to_pdf  # noqa: PLC0415 - Typst only when asked for

    return to_pdf(made, resource("report"), resource("fonts"))


def file_name(state: RunState, form: Format) -> str:
    """A name any system takes, with the mode in front: `EXERCISE-OEVELSE-RUN-title.pdf`."""
    title = _plain(state.prepared.title)[:60].strip("-")
    parts = (_FILE_MARK[state.mode], _plain(state.run), title)
    return f"{'-'.join(part for part in parts if part)}.{form.value}"


_DANISH: Final = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ß": "ss"}
)


def _plain(text: str) -> str:
    """Letters, digits and hyphens only."""
    flat = unicodedata.normalize("NFKD", text.translate(_DANISH))
    return re.sub(r"[^A-Za-z0-9]+", "-", flat.encode("ascii", "ignore").decode()).strip("-")
