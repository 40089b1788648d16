"""How long a long procedure takes to parse, beside the plain Markdown library."""

from __future__ import annotations

import time
from collections.abc import Callable

import markdown
import pytest

from runbook.procedure.parse import parse
from tests.benchmarks.made import procedure_text
from tests.benchmarks.rounds import Ratio, side_by_side, tell

STEPS = 2000


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


@pytest.mark.bench
def bench_parse() -> None:
    """Two thousand steps with their findings, against the conversion of the same text."""
    text = procedure_text(STEPS)
    data = text.encode()
    ours, bare = side_by_side(
        lambda: _timed(lambda: parse(data, "made.md")),
        lambda: _timed(lambda: markdown.markdown(text)),
    )
    tell(Ratio("parse: 2,000 steps", ours, bare, 2.0, "ms"))
