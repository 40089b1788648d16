"""What may be typed as a reading, and where a value lies against its limits.

The typed text is kept beside the canonical value: a decimal without a thousands sign, the
choice as written in the procedure, a time as HH:MM, `yes` or `no`, or the text itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from runbook.procedure.model import Record, RecordKind, Trend
from runbook.run.events import Outside
from runbook.run.points import number_of
from runbook.run.state import Reading

YES = frozenset({"yes", "y", "true", "ja", "j"})
MOST_DIGITS = 40
NO = frozenset({"no", "n", "false", "nej"})
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)(?:[:.]([0-5]\d))?$")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)$")


@dataclass(frozen=True, slots=True)
class NotAValue:
    """Why the typed text cannot be recorded, as a sentence that says what to type."""

    why: str


def canonical(record: Record, typed: str) -> str | NotAValue:
    """The value that was meant by what was typed."""
    text = typed.strip()
    if not text:
        return NotAValue(f"Nothing was typed for {record.label}.")
    match record.kind:
        case RecordKind.NUMBER:
            return _number(record, text)
        case RecordKind.CHOICE:
            return _choice(record, text)
        case RecordKind.TIME:
            return _time(text)
        case RecordKind.YES_NO:
            return _yes_no(text)
        case RecordKind.TEXT:
            return text


def _number(record: Record, text: str) -> str | NotAValue:
    """A decimal point or comma; a unit typed behind the number is taken off."""
    digits = re.sub(r"[\s\u00a0\u202f]", "", text.removesuffix(record.unit).strip())
    digits = digits.replace("\u2212", "-")
    if not _NUMBER.match(digits) or len(digits) > MOST_DIGITS:
        unit = f" in {record.unit}" if record.unit else ""
        return NotAValue(f"“{text}” is not a number. Type {record.label}{unit}, for example 23.5.")
    try:
        value = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return NotAValue(f"“{text}” is not a number.")
    return f"{value:f}"


def _choice(record: Record, text: str) -> str | NotAValue:
    """A choice by its words or by its number, counted from 1."""
    folded = text.casefold()
    for number, choice in enumerate(record.choices, start=1):
        if folded in (choice.casefold(), str(number)):
            return choice
    return NotAValue(f"“{text}” is not one of: {' / '.join(record.choices)}.")


def _time(text: str) -> str | NotAValue:
    """A time of day, with or without seconds."""
    found = _TIME.match(text)
    if not found:
        return NotAValue(f"“{text}” is not a time. Type it as 18:05.")
    hours, minutes, seconds = found.groups()
    return f"{int(hours):02}:{minutes}" + (f":{seconds}" if seconds else "")


def _yes_no(text: str) -> str | NotAValue:
    if text.casefold() in YES:
        return "yes"
    return "no" if text.casefold() in NO else NotAValue(f"“{text}” is not yes or no.")


def judge(record: Record, value: str) -> Outside:
    """Where a canonical value lies; bounds are inside, and only numbers have limits."""
    if record.kind is not RecordKind.NUMBER:
        return Outside.NO
    number = Decimal(value)
    if record.low is not None and number < record.low:
        return Outside.LOW
    if record.high is not None and number > record.high:
        return Outside.HIGH
    if record.warn_low is not None and number < record.warn_low:
        return Outside.WARN_LOW
    if record.warn_high is not None and number > record.warn_high:
        return Outside.WARN_HIGH
    return Outside.NO


def limits_text(record: Record) -> str:
    """The limits as a person reads them: `22 to 35 °C`, `at least 22 V`, or nothing."""
    unit = f" {record.unit}" if record.unit else ""
    low, high = record.low, record.high
    if record.kind is RecordKind.CHOICE:
        return " / ".join(record.choices)
    if low is not None and high is not None:
        return f"{low:f} to {high:f}{unit}"
    if low is not None:
        return f"at least {low:f}{unit}"
    return f"at most {high:f}{unit}" if high is not None else ""


def implausible(record: Record, value: str, before: Reading | None) -> str:
    """Why a value is worth a second look; empty when it is not. It is never refused for it."""
    if record.kind is not RecordKind.NUMBER or before is None:
        return ""
    number, last = Decimal(value), number_of(before)
    if last is None:
        return ""
    if record.trend is Trend.RUNS_DOWN and number > last:
        return f"{record.label} was {before.shown} before and should run down, not rise."
    if record.trend is Trend.COUNTS_UP and number < last:
        return f"{record.label} was {before.shown} before and should count up, not fall."
    return ""
