"""The options of a decision: a label, and what follows when it is chosen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from runbook.procedure.inline import plain
from runbook.procedure.model import Option
from runbook.procedure.spoken import spoken
from runbook.procedure.ways import find_way

if TYPE_CHECKING:
    from runbook.procedure.blocks import Block
    from runbook.procedure.draft import Reading, StepDraft

_ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
_COLON = re.compile(r"`[^`]*`|\]\([^)]*\)|(?P<colon>:)(?=\s|$|\*\*|__)")


def read_option(item: Block, text: str, more: list[Block], reading: Reading) -> Option:
    """Read a plain sub-bullet of a decision as an option; `more` is what stands below it."""
    label, rest = split_label(text)
    if not rest and (cut := _ARROW.search(label)) is not None:
        label, rest = label[: cut.start()], label[cut.end() :]
    env = reading.document.env
    words = "\n".join(part for part in (plain(rest, env), spoken(more, env)) if part)
    option = Option(plain(label, env), words, line=item.line, column=item.column)
    return _with_way(option, rest, reading)


def split_label(text: str) -> tuple[str, str]:
    """The text up to the first colon that ends a word, and the rest; all of it without one."""
    for found in _COLON.finditer(text):
        if found["colon"]:
            rest = text[found.end() :].removeprefix("**").removeprefix("__")
            return text[: found.start()].strip("*_ "), rest.strip()
    return text.strip("*_ "), ""


def _with_way(option: Option, rest: str, reading: Reading) -> Option:
    way = find_way(rest, reading.words)
    if way is not None:
        return _led(option, way.verb, way.href)
    same = reading.words.compile(r"(?<!\w)<<treat as>>\s+(.+)").search(rest)
    if same is not None:
        return replace(option, same_as=plain(same[1]).strip(" .\"'“”"))
    if reading.words.compile(r"(?<!\w)<<stop here>>(?!\w)").search(rest):
        return replace(option, stop=True)
    if "](" in rest:
        reading.findings.add(
            "option-unclear",
            option,
            f"Option `{option.label}` has a link but does not say go to, call or leave for;"
            " it goes on with the next step.",
        )
    return option


def _led(option: Option, verb: str, href: str) -> Option:
    if verb == "call":
        return replace(option, call=href)
    return replace(option, leave=href) if verb == "leave" else replace(option, go=href)


def settle_same_as(draft: StepDraft, reading: Reading) -> None:
    """Point every `treat as` at an option of the same decision, by its exact label."""
    labels = [option.label for option in draft.options]
    for place, option in enumerate(draft.options):
        if option.same_as is None:
            continue
        label = _named(option.same_as, labels)
        if label is not None and label != option.label:
            draft.options[place] = replace(option, same_as=label)
            continue
        draft.options[place] = replace(option, same_as=None)
        reading.findings.add(
            "treat-as-unknown",
            option,
            f"`treat as {option.same_as}` names no other option of this decision.",
        )


def _named(text: str, labels: list[str]) -> str | None:
    """The longest label that the text is, or begins with."""
    folded = text.casefold()
    for label in sorted(labels, key=len, reverse=True):
        start = label.casefold()
        if folded.startswith(start) and not folded[len(start) : len(start) + 1].isalnum():
            return label
    return None
