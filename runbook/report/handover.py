"""The sheet for a handover as one page that needs nothing else, as Markdown, and its name."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Final

from runbook.report.as_md import plain
from runbook.report.build import Format, file_name
from runbook.report.words import MODE_MARK
from runbook.run.handover import Part
from runbook.run.state import RunState

_STYLE: Final = (
    "body{font:15px/1.45 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "h2{font-size:1em;margin:1.2em 0 .2em;border-bottom:1px solid}"
    "ul{margin:.2em 0 0 1.2em;padding:0}.mark{font-weight:bold;border:2px solid;padding:.3em .6em}"
)


def sheet_name(state: RunState, now: datetime) -> str:
    """A name any system takes, with the mode in front and the minute behind."""
    name = file_name(state, Format.HTML).removesuffix(".html")
    return f"{name}-handover-{now:%Y%m%dT%H%M}.html"


def to_page(state: RunState, sheet: tuple[Part, ...]) -> bytes:
    """The sheet as a page; every text is escaped."""
    mark, title = escape(MODE_MARK[state.mode]), escape(state.prepared.title)
    parts = "".join(_part(part) for part in sheet)
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"<title>{mark}: handover, {title}</title>\n<style>{_STYLE}</style></head><body>\n"
        f'<p class="mark">{mark}</p><h1>Handover: {title}</h1>\n{parts}</body></html>\n'
    )
    return page.encode("utf-8", "replace")


def _part(part: Part) -> str:
    lines = "".join(f"<li>{escape(line)}</li>\n" for line in part.lines)
    return f"<h2>{escape(part.title)}</h2>\n<ul>{lines}</ul>\n"


def to_md(state: RunState, sheet: tuple[Part, ...]) -> bytes:
    """The sheet as Markdown that reads as plain text."""
    head = f"{plain(MODE_MARK[state.mode])}\n\n# Handover: {plain(state.prepared.title)}"
    parts = (_lines(part) for part in sheet)
    return ("\n\n".join((head, *parts)) + "\n").encode("utf-8", "replace")


def _lines(part: Part) -> str:
    return "\n".join((f"## {plain(part.title)}", "", *(f"- {plain(t)}" for t in part.lines)))
