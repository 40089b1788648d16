"""`check` and `outline`: what a procedure file says and what is wrong with it."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from runbook.cli.main import CommandError
from runbook.folders import Folders, procedure_files
from runbook.procedure.check import check
from runbook.procedure.model import Finding, Procedure, Severity, StepKind
from runbook.procedure.parse import parse_file
from runbook.procedure.site import Site, load_site
from runbook.walk.text import safe


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


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def check_command(folders: Folders, *, paths: tuple[Path, ...], as_json: bool) -> int:
    """Check procedures; without PATH all that are shipped and the site's own.

    Exits with 1 when there is an error, with 0 when there are only warnings and notes.
    """
    files = list(_files(paths or tuple(p for p in folders.procedures if p.is_dir())))
    site = load_site(folders.site_file)
    found = [Found(folders.site_file, finding) for finding in site.findings] if not paths else []
    found += [f for file in files for f in _check(file, site)]
    if as_json:
        click.echo(json.dumps([f.data() for f in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(safe(one.line()))
    click.echo(_summary(len(files), found), err=True)
    return int(any(f.finding.severity is Severity.ERROR for f in found))


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named, and all `*.md` below the folders named, each once."""
    seen: set[Path] = set()
    for path in paths:
        below = procedure_files(path) if path.is_dir() else (path,)
        for file in below:
            if file not in seen:
                seen.add(file)
                yield file


def _check(file: Path, site: Site) -> Iterator[Found]:
    """All findings of a file; that it cannot be read is one of them."""
    try:
        procedure = _parsed(file)
    except OSError as error:
        message = f"The file cannot be read: {error.strerror or error}."
        yield Found(file, Finding(1, 1, Severity.ERROR, "unreadable", message))
        return
    for finding in _findings(procedure, file, site):
        yield Found(file, finding)


def _findings(procedure: Procedure, file: Path, site: Site) -> tuple[Finding, ...]:
    """Everything wrong with a parsed file where it lies, at this site, today."""
    today = datetime.now(tz=UTC).astimezone().date()
    return check(procedure, site=site, folder=file.parent, today=today)


def _parsed(file: Path) -> Procedure:
    """The parsed file; a device or a pipe is refused, for it may never end."""
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return parse_file(file)


def _summary(files: int, found: list[Found]) -> str:
    """How many files were checked and what was found, in one line."""
    counts = []
    for severity in Severity:
        count = sum(f.finding.severity is severity for f in found)
        counts.append(f"{count} {severity.value}{'' if count == 1 else 's'}")
    return f"{files} {'file' if files == 1 else 'files'} checked: {', '.join(counts)}."


@click.command("outline")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole parsed procedure as JSON.")
@click.pass_obj
def outline_command(folders: Folders, *, file: Path, as_json: bool) -> int:
    """Show the sections and steps that a file is read as."""
    try:
        procedure = _parsed(file)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror or error}.") from error
    if as_json:
        from runbook.procedure.outline import outline  # noqa: PLC0415 - it loads the renderer

        findings = _findings(procedure, file, load_site(folders.site_file))
        click.echo(json.dumps(outline(procedure, findings), ensure_ascii=False, indent=1))
        return 0
    for line in _outline_lines(procedure):
        click.echo(safe(line))
    return 0


def _outline_lines(procedure: Procedure) -> Iterator[str]:
    """Sections, steps with their kind and role, and options."""
    yield f"{procedure.title} ({procedure.id})"
    section = ""
    for step in procedure.steps:
        if step.section != section:
            section = step.section
            heading = procedure.section_by_id.get(section)
            yield f"\n{heading.title if heading else section}"
        role = f" ({procedure.role_name(step.role)})" if step.role else ""
        kind = "" if step.kind is StepKind.ACTION else f"{step.kind}: "
        yield f"  {step.number:7} {kind}{step.text}{role}"
        for option in step.options:
            yield f"          - {option.label}"
