"""Collects findings while a file is read, so that one fault never hides another."""

from __future__ import annotations

from runbook.procedure.model import Finding, Severity

MOST = 1000


class Findings:
    """A growing list of findings that stops at `MOST`, because a broken file can make millions."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def error(self, line: int, column: int, code: str, message: str) -> None:
        """Add what keeps the file from being approved."""
        self._add(Finding(line, column, Severity.ERROR, code, message))

    def warning(self, line: int, column: int, code: str, message: str) -> None:
        """Add what an author should put right."""
        self._add(Finding(line, column, Severity.WARNING, code, message))

    def note(self, line: int, column: int, code: str, message: str) -> None:
        """Add what an author may want to know."""
        self._add(Finding(line, column, Severity.NOTE, code, message))

    def sorted(self) -> tuple[Finding, ...]:
        """The findings by place, each once."""
        return tuple(sorted(set(self._found)))

    def _add(self, finding: Finding) -> None:
        if len(self._found) < MOST or finding.severity is Severity.ERROR:
            self._found.append(finding)
