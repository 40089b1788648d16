"""A parsed procedure as plain data for `runbook outline FILE --json`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from runbook.procedure.markup import details_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runbook.procedure.model import Finding, Procedure, Section, Step

FORMAT = 1
_LAST = frozenset({"markdown", "details", "id_written"})


def outline(procedure: Procedure, findings: tuple[Finding, ...] | None = None) -> dict[str, Any]:
    """The outline of a procedure; every key is always there, steps in document order.

    `findings` are those of `check` where the caller has them, else those of parsing.
    """
    front = procedure.front
    shown = procedure.findings if findings is None else findings
    return {
        "format": FORMAT,
        "id": procedure.id,
        "title": procedure.title,
        "lang": front.lang,
        "revision": int(front.revision) if _is_count(front.revision) else front.revision or None,
        "sha256": procedure.sha256,
        "strict": procedure.strict,
        "file": procedure.file,
        "front": _front(procedure),
        "introduction": procedure.introduction,
        "alerts": [_data(alert) for alert in procedure.alerts],
        "sections": [_section(section) for section in procedure.sections],
        "steps": [_step(step) for step in procedure.steps],
        "findings": [_data(finding) for finding in shown],
    }


def _front(procedure: Procedure) -> dict[str, Any]:
    left_out = {"version", "id", "title", "lang", "revision", "lines"}
    return {
        part.name: _data(getattr(procedure.front, part.name))
        for part in fields(procedure.front)
        if part.name not in left_out
    }


def _section(section: Section) -> dict[str, Any]:
    return {part.name: _data(getattr(section, part.name)) for part in fields(section)}


def _step(step: Step) -> dict[str, Any]:
    found = {part.name: _data(getattr(step, part.name)) for part in fields(step)}
    return {
        **{name: value for name, value in found.items() if name not in _LAST},
        "id_written": step.id_written,
        "markdown": step.markdown,
        "details_html": details_html(step),
    }


def _data(value: Any) -> Any:
    """Dataclasses as maps, exact decimals as numbers, enums as their words."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _data(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple | list):
        return [_data(part) for part in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return _mapping(value) if hasattr(value, "items") else value


def _mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _data(part) for key, part in value.items()}


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10 and str(int(text)) == text  # noqa: PLR2004 - nobody revises more often
