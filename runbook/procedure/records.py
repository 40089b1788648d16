"""Readings: `name = label, unit, limits, from source, runs down`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from runbook.procedure.model import Record, RecordKind, Trend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runbook.procedure.labels import Words

_UNIT_WORDS = """
% ‰ ppm 1 A mA kA Ah V mV kV W kW MW kWh MWh VA kVA MVA kvar Hz kHz MHz GHz °C °F K Pa
hPa kPa MPa bar mbar psi °C/min °C/h s ms µs us ns min h d mo a days hours minutes
seconds m mm cm km m2 m² m3 m³ l L ml m³/h m3/h l/min l/h L/min L/h l/s kg g t mg B kB
KB MB GB TB PB KiB MiB GiB TiB bit kbit/s Mbit/s Gbit/s B/s kB/s MB/s GB/s GB/h TB/h /s
/min /h 1/s 1/min 1/h req/s rpm IOPS Ω ohm mΩ kΩ lx dB dBm N Nm J kJ MJ rad deg ° g/m3
g/m³ %RH kr DKK EUR pcs stk packets transactions users people rows messages files beds
patients sessions connections errors hosts racks
"""
UNITS = frozenset(_UNIT_WORDS.split())
"""Words the checker accepts as units; others are a finding and work all the same."""

_NUMBER = r"[-+−]?\d{1,15}(?:[.,]\d{1,9})?|\{\{\s*[\w.-]+\s*\}\}"
_NAME = re.compile(r"\s*([^\W\d][\w.-]{0,60})\s*=\s*", re.UNICODE)
_COMMA = re.compile(r",\s+|,$")
_VALUE = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")


@dataclass(slots=True)
class _Parts:
    """What the comma-separated parts of a record said so far."""

    unit: str | None = None
    source: str = ""
    limits: list[str] = field(default_factory=list)
    kind: RecordKind | None = None
    choices: tuple[str, ...] = ()
    trend: Trend | None = None
    strange: list[str] = field(default_factory=list)


def parse_record(text: str, words: Words, line: int, column: int) -> tuple[Record, tuple[str, ...]]:
    """Read the text after `Record:`; also the parts that mean nothing, for the checker."""
    named = _NAME.match(text)
    parts = [part.strip() for part in _COMMA.split(text[named.end() :] if named else text)]
    parts = [part for part in parts if part]
    label = parts[0] if parts else (named[1] if named else "")
    name = named[1] if named else _name_from(label)
    found = _Parts()
    for part in parts[1:]:
        _take(part, found, words)
    record = Record(
        name,
        label,
        kind=_kind(found),
        unit=found.unit or "",
        choices=found.choices,
        source=found.source,
        trend=found.trend,
        limits=", ".join(found.limits),
        line=line,
        column=column,
    )
    return _bounded(record, words), tuple(found.strange)


def with_values(record: Record, values: Mapping[str, str], words: Words) -> Record:
    """The record with `{{value}}` limits replaced by the site's numbers where they are known."""
    if "{{" not in record.limits:
        return record
    filled = _VALUE.sub(lambda m: _first_number(values.get(m[1], m[0])), record.limits)
    return _bounded(replace(record, limits=filled), words)


def _take(part: str, found: _Parts, words: Words) -> None:
    if _is_limits(part, words):
        found.limits.append(part)
    elif (source := words.compile(r"<<from>>\s+(.+)").fullmatch(part)) is not None:
        found.source = source[1]
    elif words.is_("runs down", part):
        found.trend = Trend.RUNS_DOWN
    elif words.is_("counts up", part):
        found.trend = Trend.COUNTS_UP
    elif not _take_kind(part, found, words):
        _take_unit(part, found)


def _take_kind(part: str, found: _Parts, words: Words) -> bool:
    choice = words.compile(r"<<one of>>\s*:?\s+(.+)").fullmatch(part)
    if choice is not None:
        found.kind = RecordKind.CHOICE
        found.choices = tuple(one.strip() for one in choice[1].split("/") if one.strip())
    elif words.is_("text", part):
        found.kind = RecordKind.TEXT
    elif words.is_("time", part):
        found.kind = RecordKind.TIME
    elif words.compile(r"<<yes>>\s*/\s*<<no>>").fullmatch(part):
        found.kind = RecordKind.YES_NO
    else:
        return False
    return True


def _take_unit(part: str, found: _Parts) -> None:
    if found.source:
        found.source += f", {part}"
    elif found.unit is None and not found.limits and len(part.split()) == 1:
        found.unit = part
    else:
        found.strange.append(part)


def _is_limits(part: str, words: Words) -> bool:
    return any(words.compile(shape).fullmatch(part) for shape in _SHAPES)


_UNITS_AFTER = r"(?:\s+\S{1,8})?"
_SHAPES = (
    rf"(?P<low>{_NUMBER})\s*<<to>>\s*(?P<high>{_NUMBER}){_UNITS_AFTER}",
    rf"<<at least>>\s+(?P<low>{_NUMBER}){_UNITS_AFTER}",
    rf"<<at most>>\s+(?P<high>{_NUMBER}){_UNITS_AFTER}",
    rf"<<warn below>>\s+(?P<warn_low>{_NUMBER}){_UNITS_AFTER}",
    rf"<<warn above>>\s+(?P<warn_high>{_NUMBER}){_UNITS_AFTER}",
    rf"<<act below>>\s+(?P<low>{_NUMBER}){_UNITS_AFTER}",
    rf"<<act above>>\s+(?P<high>{_NUMBER}){_UNITS_AFTER}",
)


def _bounded(record: Record, words: Words) -> Record:
    bounds: dict[str, Decimal] = {}
    for part in record.limits.split(", "):
        for shape in _SHAPES:
            found = words.compile(shape).fullmatch(part)
            if found is not None:
                numbers = {key: _decimal(value) for key, value in found.groupdict().items()}
                bounds.update({key: n for key, n in numbers.items() if n is not None})
                break
    return replace(
        record,
        low=bounds.get("low"),
        high=bounds.get("high"),
        warn_low=bounds.get("warn_low"),
        warn_high=bounds.get("warn_high"),
    )


def _kind(found: _Parts) -> RecordKind:
    if found.kind is not None:
        return found.kind
    return RecordKind.NUMBER if found.unit or found.limits or found.trend else RecordKind.TEXT


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").replace(",", ".").replace("−", "-"))
    except InvalidOperation:
        return None


def _first_number(text: str) -> str:
    found = re.match(r"\s*([-+−]?\d{1,15}(?:[.,]\d{1,9})?)", text)
    return found[1] if found else text


def _name_from(label: str) -> str:
    return re.sub(r"\W+", "_", label.casefold()).strip("_")[:40] or "reading"
