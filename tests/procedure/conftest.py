"""Short ways to parse text in tests."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from runbook.procedure.model import Procedure, Step
from runbook.procedure.parse import parse

HEAD = """\
---
runbook: 1
id: mains-loss
title: Mains loss
roles: {lead: Incident lead, fac: Facilities}
---
"""


@pytest.fixture
def plain() -> Callable[[str], Procedure]:
    """Parse a text without front matter."""
    return lambda text: parse(dedent(text).encode(), "procedure.md")


@pytest.fixture
def strict() -> Callable[[str], Procedure]:
    """Parse a text as a strict procedure with the roles lead and fac."""
    return lambda text: parse((HEAD + dedent(text)).encode(), "procedure.md")


@pytest.fixture
def step(strict: Callable[[str], Procedure]) -> Callable[[str], Step]:
    """Parse a text as a strict procedure and give its first step."""
    return lambda text: strict(text).steps[0]


@pytest.fixture
def codes() -> Callable[[Procedure], dict[str, tuple[int, int]]]:
    """The findings of a procedure by code, with the line and column of the first of each."""

    def by_code(procedure: Procedure) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for finding in procedure.findings:
            found.setdefault(finding.code, (finding.line, finding.column))
        return found

    return by_code
