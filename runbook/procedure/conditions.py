"""Conditions such as `ups_runtime <= 14 and grid = lost`: read, never evaluated as code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure.model import Comparator, Comparison, Condition

if TYPE_CHECKING:
    from runbook.procedure.labels import Words

_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "=<": "<=", "=>": ">="}
_SIGN = r"<=|>=|!=|==|=<|=>|<|>|=|≤|≥|≠"
_COMPARISON = re.compile(
    rf"\s*(?P<name>[^\W\d][\w.-]*)\s*(?P<sign>{_SIGN})\s*"
    r"(?P<value>\{\{\s*[\w.-]+\s*\}\}|\"[^\"]*\"|'[^']*'|-?\d+(?:[.,]\d+)?|[^\W\d][\w.-]*)"
)
_LOOKS = re.compile(rf"[^\W\d][\w.-]*\s*(?:{_SIGN})\s*[\w{{\"'-]")
_UNIT = re.compile(r"\s*(?!\w*\s*(?:<|>|=|≤|≥))(%|°C|[A-Za-zµΩ/]{1,6})(?![\w(])")


def looks_like_condition(text: str) -> bool:
    """Whether the author seems to have meant a comparison."""
    return _LOOKS.search(text) is not None


def parse_condition(text: str, words: Words) -> Condition | None:
    """Read a whole text as a condition; None when anything is left over."""
    condition, rest = split_condition(text, words)
    return condition if condition is not None and not rest.strip(" .") else None


def split_condition(text: str, words: Words) -> tuple[Condition | None, str]:
    """Read a condition at the start of a text; also what stands after it."""
    joint = words.compile(r"\s+(?:(?P<and><<and>>)|(?P<or><<or>>))(?=\s)")
    any_of: list[tuple[Comparison, ...]] = []
    group: list[Comparison] = []
    at = end = 0
    while (found := _COMPARISON.match(text, at)) is not None:
        group.append(_comparison(found))
        end = _after_unit(text, found.end(), joint)
        link = joint.match(text, end)
        if link is None:
            break
        if link["or"]:
            any_of.append(tuple(group))
            group = []
        at = link.end()
    if not group:
        return None, text
    any_of.append(tuple(group))
    return Condition(text[:end].strip(), tuple(any_of)), text[end:]


def _comparison(found: re.Match[str]) -> Comparison:
    sign = _SIGNS.get(found["sign"], found["sign"])
    return Comparison(found["name"], Comparator(sign), found["value"].strip("\"'"))


def _after_unit(text: str, end: int, joint: re.Pattern[str]) -> int:
    """Step over a unit written after a number, `14 min`; the value itself carries none."""
    if joint.match(text, end) is not None:
        return end
    unit = _UNIT.match(text, end)
    return (
        unit.end()
        if unit is not None and (text[end - 1].isdigit() or text[end - 1] == "}")
        else end
    )
