"""Rules for readings themselves: units, limits, one meaning, and clocks that run down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.model import RecordKind, Trend
from runbook.procedure.records import UNITS

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Record, Section


def check_readings(case: Case) -> None:
    """Check each reading by itself, beside others of its name, and as a clock."""
    first: dict[str, Record] = {}
    for step in case.procedure.steps:
        for record in step.records:
            _check_unit(record, case)
            _check_limits(record, case)
            _check_same(first.setdefault(record.name, record), record, case)
    for section in case.procedure.sections:
        if section.bound_to is not None:
            _check_clock(section, section.bound_to, case)


def _check_unit(record: Record, case: Case) -> None:
    if record.unit and record.unit not in UNITS and not record.unit.startswith("{"):
        case.findings.add(
            "unknown-unit",
            record,
            f"`{record.unit[:40]}` is no unit this program knows. Check its spelling.",
        )


def _check_limits(record: Record, case: Case) -> None:
    pairs = (
        (record.low, record.high),
        (record.low, record.warn_low),
        (record.warn_high, record.high),
    )
    if any(low is not None and high is not None and low > high for low, high in pairs):
        case.findings.add(
            "limits-crossed",
            record,
            "The limits exclude each other. Write the smaller first: `0 to 240`.",
        )


def _check_same(first: Record, record: Record, case: Case) -> None:
    """The newest reading of a name counts, so all of a name must mean the same."""
    if (first.kind, first.unit) != (record.kind, record.unit):
        case.findings.add(
            "reading-differs",
            record,
            f"`{record.name}` is recorded as {_kind(first)} in line {first.line}, and as"
            f" {_kind(record)} here. Give one of them another name, or both one unit.",
        )


def _kind(record: Record) -> str:
    if record.kind is RecordKind.NUMBER:
        return f"a number in {record.unit[:40]}" if record.unit else "a number without a unit"
    return {
        RecordKind.CHOICE: "a choice", RecordKind.TEXT: "a text",
        RecordKind.TIME: "a time", RecordKind.YES_NO: "yes or no",
    }[record.kind]  # fmt: skip


def _check_clock(section: Section, name: str, case: Case) -> None:
    """A section can only be bound to a reading that is taken before it and runs down."""
    takers = case.takers.get(name, [])
    start = case.before.first_in(section)
    if not takers:
        message = f"No step records `{name[:60]}`, so nothing tells when it runs out."
        case.findings.add("clock-unknown", section, message)
        return
    records = (r for step in takers for r in step.records if r.name == name)
    if not all(record.trend is Trend.RUNS_DOWN for record in records):
        message = f"Every `Record: {name[:60]} = …` must end with `runs down` to be a clock."
        case.findings.add("clock-does-not-run-down", section, message)
    elif start is not None and not any(case.before.may_precede(t, start) for t in takers):
        message = f"The section is bound to `{name[:60]}`, which is recorded only further down."
        case.findings.add("reading-later", section, message)
