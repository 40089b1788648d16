"""Checks files one after the other: procedures by their rules, site files by theirs."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from runbook.procedure.check import check
from runbook.procedure.check_site import check_site
from runbook.procedure.codes import severity_of
from runbook.procedure.findings import Findings, Spot
from runbook.procedure.model import Finding, Procedure, Severity
from runbook.procedure.others import Others
from runbook.procedure.parse import parse_file
from runbook.procedure.site import Site, load_site

SITE_ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding in one file."""

    file: Path
    finding: Finding

    def line(self) -> str:
        """The finding as editors and people read it."""
        f = self.finding
        return f"{self.file}:{f.line}:{f.column}: {f.severity}: {f.message} [{f.code}]"

    def data(self) -> dict[str, object]:
        """The finding as programs read it."""
        f = self.finding
        return {
            "file": str(self.file),
            "line": f.line,
            "column": f.column,
            "severity": f.severity.value,
            "code": f.code,
            "message": f.message,
        }


@dataclass(slots=True)
class Checker:
    """Checks files at a site on a day, and remembers which ids it has met."""

    site: Site
    today: date
    _others: Others = field(default_factory=Others)
    _ids: dict[tuple[str, str], Path] = field(default_factory=dict)

    def check(self, files: Iterable[Path]) -> Iterator[Found]:
        """All findings of some files; that one cannot be read is a finding."""
        for file in files:
            try:
                findings = self.findings(file)
            except OSError as error:
                findings = (_unreadable(error),)
            for finding in findings:
                yield Found(file, finding)

    def findings(self, file: Path) -> tuple[Finding, ...]:
        """All findings of a file; one that cannot be read raises OSError."""
        if file.suffix.casefold() == SITE_ENDING:
            refuse_device(file)
            return check_site(load_site(file), today=self.today)
        procedure = parsed(file)
        return tuple(sorted((*self.of_procedure(procedure, file), *self._twice(procedure, file))))

    def of_procedure(self, procedure: Procedure, file: Path) -> tuple[Finding, ...]:
        """Everything wrong with a parsed file where it lies."""
        return check(
            procedure, site=self.site, folder=file.parent, others=self._others, today=self.today
        )

    def _twice(self, procedure: Procedure, file: Path) -> tuple[Finding, ...]:
        """A written id that another file in the same language has as well."""
        front, findings = procedure.front, Findings(strict=procedure.strict)
        if front.id is not None:
            first = self._ids.setdefault((front.id, front.lang), file)
            if first != file:
                message = f"{first} has the id `{front.id}` as well. Give one of them another."
                findings.add("duplicate-procedure-id", Spot(front.lines.get("id", 1)), message)
        return findings.sorted()


def _unreadable(error: OSError) -> Finding:
    message = f"The file cannot be read: {error.strerror or error}."
    severity = severity_of("unreadable", strict=True) or Severity.ERROR
    return Finding(1, 1, severity, "unreadable", message)


def parsed(file: Path) -> Procedure:
    """The parsed file; a device or a pipe is refused, for it may never end."""
    refuse_device(file)
    return parse_file(file)


def refuse_device(file: Path) -> None:
    """Raise OSError for what is there and is no file."""
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
