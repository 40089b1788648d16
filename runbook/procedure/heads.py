"""The first line of a step: its words, its attributes, its id and its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runbook.procedure import durations
from runbook.procedure.attributes import StepAttributes, step_attributes, take_comments
from runbook.procedure.inline import links, plain
from runbook.procedure.model import StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runbook.procedure.draft import Reading, StepDraft

_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n")
_BOLD = r"(?:\*\*|__|\*|_)?"
_KINDS = (
    rf"{_BOLD}(?:(?P<decision><<Decide>>)|(?P<hold><<Hold>>)|(?P<call><<Call>>)"
    r"|(?P<leave><<Leave for>>)|(?P<talk><<Tell>>)"
    r"|(?P<watch><<Every>>)\s+(?P<every>[^:*]{1,40}?)"
    rf"|(?P<wait><<Wait>>)\s+(?P<length>[^:*]{{1,40}}?))\s*{_BOLD}\s*:{_BOLD}(?=\s|$|\[)"
)
_FIRST_NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,4})*)[.)]\s+(?=\S)")


@dataclass(slots=True)
class Head:
    """A first line taken apart; `rest` is what a line break cut off."""

    markdown: str
    attributes: StepAttributes
    data: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    rest: str = ""


def read_head(text: str, reading: Reading) -> Head:
    """Take a step's first paragraph apart."""
    got = take_comments(text)
    first, rest = _cut(got.text)
    body, found, unknown = step_attributes(first, reading.roles, reading.words)
    if found is None and "\n" in first:
        line, _, below = first.partition("\n")
        short, found, _ = step_attributes(line.rstrip(), reading.roles, reading.words)
        if found is not None:
            body, rest, unknown = short, f"{below}\n{rest}".strip(), ()
    return Head(body, found or StepAttributes(), got.data, unknown, rest)


def _cut(text: str) -> tuple[str, str]:
    broken = _HARD_BREAK.search(text)
    if broken is None:
        return text, ""
    return text[: broken.start()], text[broken.end() :]


def split_number(text: str) -> tuple[str | None, str]:
    """A number written before the words, as in `- [ ] 1. Do it`, and the words."""
    found = _FIRST_NUMBER.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def apply_head(draft: StepDraft, head: Head, reading: Reading) -> None:
    """Set what the first line says: text, attributes, id, kind."""
    draft.markdown = head.markdown
    draft.text = plain(head.markdown, reading.document.env)
    draft.attributes = head.attributes
    draft.wanted_id = head.data.get("id")
    draft.fields["read_back"] = head.attributes.read_back
    if head.unknown:
        _report_unknown(draft, head.unknown, reading)
    _apply_kind(draft, reading)


def _report_unknown(draft: StepDraft, unknown: tuple[str, ...], reading: Reading) -> None:
    parts = ", ".join(f"`{part}`" for part in unknown)
    reading.findings.add(
        "unknown-attribute",
        draft,
        f"The last parenthesis is read as text, because {parts} is no declared role, time or"
        " attribute. Correct it, or declare the role in the front matter.",
    )


def _apply_kind(draft: StepDraft, reading: Reading) -> None:
    found = reading.words.compile(_KINDS).match(draft.markdown) if ":" in draft.markdown else None
    if found is None:
        return
    if found["watch"]:
        _timed(draft, StepKind.WATCH, "every_s", found["every"])
    elif found["wait"]:
        _timed(draft, StepKind.WAIT, "wait_s", found["length"])
    elif found["call"] or found["leave"]:
        _linked(draft, StepKind.CALL if found["call"] else StepKind.LEAVE, found, reading)
    elif found["talk"]:
        draft.kind = StepKind.TALK
        said = reading.words.compile(r"(?<!\w)<<Read-back>>(?!\w)").search(draft.markdown)
        draft.fields["read_back"] = draft.fields["read_back"] or said is not None
    else:
        draft.kind = StepKind.DECISION if found["decision"] else StepKind.HOLD


def _timed(draft: StepDraft, kind: StepKind, name: str, length: str) -> None:
    span = durations.seconds(length)
    if span or "{{" in length:
        draft.kind = kind
        draft.fields[name] = span


def _linked(draft: StepDraft, kind: StepKind, found: re.Match[str], reading: Reading) -> None:
    there = links(draft.markdown[found.end() :], reading.document.env)
    if there:
        draft.kind = kind
        draft.fields["link"] = there[0]
        return
    reading.findings.add(
        "call-without-link",
        draft,
        f"`{found[0].strip(' *_')}` needs a link to the procedure, such as [Paper](paper.md).",
    )
