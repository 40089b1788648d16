"""The report as one web page that needs nothing else: no script, no network, no other file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from runbook.report.document import Document


def to_html(document: Document, styles: Path) -> bytes:
    """The report as a page; every text is escaped, only our own style sheet is not."""
    environment = Environment(
        loader=FileSystemLoader(styles),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = Markup((styles / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    page = environment.get_template("report.html.j2").render(doc=document, style=style)
    return page.encode("utf-8", "replace")
