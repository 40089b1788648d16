"""A procedure as a run carries it: its kept text, with the values that were in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from runbook.procedure.labels import words_for
from runbook.procedure.model import Procedure, Step
from runbook.procedure.parse import parse
from runbook.procedure.records import with_values


def parse_with(data: bytes, file: str, values: Mapping[str, str]) -> Procedure:
    """Parse a text and put values into the limits of its readings that name them."""
    return filled(parse(data, file), values)


def filled(procedure: Procedure, values: Mapping[str, str]) -> Procedure:
    """The procedure with the values that its readings' limits name."""
    words = words_for(procedure.front.lang)

    def with_limits(step: Step) -> Step:
        if not any("{{" in record.limits for record in step.records):
            return step
        return replace(step, records=tuple(with_values(r, values, words) for r in step.records))

    return replace(procedure, steps=tuple(with_limits(step) for step in procedure.steps))
