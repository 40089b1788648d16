"""Rules for readings and values: units, limits, and that a reading is taken before it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.conditions import parse_condition
from runbook.procedure.records import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.check_case import Case
    from runbook.procedure.findings import Placed
    from runbook.procedure.model import Condition, Record, Step


def check_readings(case: Case) -> None:
    """Check each reading by itself, then what is asked of all of them together."""
    for step in case.procedure.steps:
        for record in step.records:
            _check_unit(record, case)
            _check_limits(record, case)
    _check_conditions(case)
    _check_values(case)


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


def _check_conditions(case: Case) -> None:
    """A condition may only ask for a reading that was taken before, or in the same step."""
    recorded = {record.name for step in case.procedure.steps for record in step.records}
    so_far: set[str] = set()
    for step in case.procedure.steps:
        so_far.update(record.name for record in step.records)
        for condition, at in _conditions(step, case):
            for name in sorted({c.name for group in condition.any_of for c in group} - so_far):
                _report_reading(name, at, case, later=name in recorded)


def _report_reading(name: str, at: Placed, case: Case, *, later: bool) -> None:
    if later:
        message = f"`{name}` is asked for here but recorded only further down."
        case.findings.add("reading-later", at, message)
        return
    case.findings.add(
        "reading-unknown",
        at,
        f"`{name}` is asked for here, but no step records it. Add `Record: {name} = …`.",
    )


def _conditions(step: Step, case: Case) -> Iterator[tuple[Condition, Placed]]:
    for when in step.whens:
        if when.condition is not None:
            yield when.condition, when
    for text in step.hold.go_when if step.hold is not None else ():
        condition = parse_condition(text, case.words)
        if condition is not None:
            yield condition, step


def _check_values(case: Case) -> None:
    """Every `{{name}}` must be a value of the file or site, or a reading."""
    if case.site is None:
        return
    readings = {record.name for step in case.procedure.steps for record in step.records}
    known = {*case.site.values, *case.procedure.front.values, *readings}
    for use in case.procedure.value_uses:
        if use.name not in known:
            case.findings.add(
                "value-unset",
                use,
                f"`{{{{{use.name}}}}}` has no value here. Set it under `values` or in site.toml.",
            )
