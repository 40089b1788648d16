"""Collects findings while a file is read and checked, so that one fault never hides another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from runbook.procedure.codes import severity_of
from runbook.procedure.model import Finding

if TYPE_CHECKING:
    from runbook.procedure.model import Severity

MOST = 1000


class Placed(Protocol):
    """Whatever stands somewhere in a file: a step, an option, a link, a block."""

    @property
    def line(self) -> int:
        """The line, counted from 1."""

    @property
    def column(self) -> int:
        """The column, counted from 1."""


class Spot(NamedTuple):
    """A bare place in a file."""

    line: int
    column: int = 1


class Findings:
    """A growing list of findings that keeps `MOST` of a severity: a broken file makes millions.

    `strict` says which rules the file is held to; the table of codes says what that means.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self._found: list[Finding] = []
        self._counts: Counter[Severity] = Counter()

    def add(self, code: str, at: Placed, message: str, *, firm: bool = False) -> None:
        """Add what was found, if it is told of this file; `firm` as if the file were strict."""
        severity = severity_of(code, strict=self.strict or firm)
        if severity is not None and self._counts[severity] < MOST:
            self._counts[severity] += 1
            self._found.append(Finding(at.line, at.column, severity, code, message))

    def sorted(self) -> tuple[Finding, ...]:
        """The findings by place, each once."""
        return tuple(sorted(set(self._found)))
