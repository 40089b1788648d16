"""A procedure as a run carries it: its kept text, with the values that were in force.

Limits of readings and lengths of time may name values: `at least {{gen.batt_min}}`,
`Wait {{net.stable}}:`, `Within: {{time}} of lost`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from runbook.procedure import durations
from runbook.procedure.labels import Words, words_for
from runbook.procedure.model import Procedure, Step, StepKind
from runbook.procedure.parse import parse
from runbook.procedure.records import with_values

_VALUE = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")


def parse_with(data: bytes, file: str, values: Mapping[str, str]) -> Procedure:
    """Parse a text and put values into the limits and times of its steps that name them."""
    return filled(parse(data, file), values)


def filled(procedure: Procedure, values: Mapping[str, str]) -> Procedure:
    """The procedure with the values that its limits and times name."""
    words = words_for(procedure.front.lang)
    steps = (_with_limits(step, values, words) for step in procedure.steps)
    return replace(procedure, steps=tuple(_with_times(step, values, words) for step in steps))


def _with_limits(step: Step, values: Mapping[str, str], words: Words) -> Step:
    if not any("{{" in record.limits for record in step.records):
        return step
    return replace(step, records=tuple(with_values(r, values, words) for r in step.records))


def _with_times(step: Step, values: Mapping[str, str], words: Words) -> Step:
    """The lengths of a wait, a watch and a deadline that are written as values."""
    head = step.text.partition(":")[0]
    if step.kind is StepKind.WAIT and step.wait_s is None:
        step = replace(step, wait_s=_seconds(head.partition(" ")[2], values))
    if step.kind is StepKind.WATCH and step.every_s is None:
        step = replace(step, every_s=_seconds(head.partition(" ")[2], values))
    within = step.within
    if within is not None and within.seconds is None:
        length = words.compile(r"\s+<<of>>\s+").split(within.text, 1)[0]
        step = replace(step, within=replace(within, seconds=_seconds(length, values)))
    return step


def _seconds(length: str, values: Mapping[str, str]) -> int | None:
    """The length that is left when values stand in its places; None when it is no length."""
    return durations.seconds(_VALUE.sub(lambda place: values.get(place[1], place[0]), length))
