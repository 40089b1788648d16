"""`check` and `outline`: what a procedure file says and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import click

from runbook.cli.checking import SITE_ENDING, Checker, Found, parsed
from runbook.cli.main import CommandError
from runbook.folders import Folders, procedure_files
from runbook.procedure.model import Procedure, Severity, StepKind
from runbook.procedure.site import load_site
from runbook.walk.text import safe

SITE_FILE = f"site{SITE_ENDING}"


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def check_command(folders: Folders, *, paths: tuple[Path, ...], as_json: bool) -> int:
    """Check procedures and site files; without PATH all that are used at this site.

    Exits with 1 when there is an error, with 0 when there are only warnings and notes.
    """
    files = list(_files(paths) if paths else _all_files(folders))
    found = list(_checker(folders).check(files))
    if as_json:
        click.echo(json.dumps([f.data() for f in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            click.echo(safe(one.line()))
    click.echo(_summary(len(files), found), err=True)
    return int(any(f.finding.severity is Severity.ERROR for f in found))


def _checker(folders: Folders) -> Checker:
    """Checks at this site, today."""
    return Checker(load_site(folders.site_file), _today())


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def _files(paths: tuple[Path, ...]) -> Iterator[Path]:
    """The files named; of the folders named the site file and all `*.md` below; each once."""
    below = [file for path in paths for file in (_inside(path) if path.is_dir() else (path,))]
    yield from dict.fromkeys(below)


def _inside(folder: Path) -> Iterator[Path]:
    if (folder / SITE_FILE).is_file():
        yield folder / SITE_FILE
    yield from procedure_files(folder)


def _all_files(folders: Folders) -> Iterator[Path]:
    """The site file in use, and every procedure that the start page lists."""
    below = (procedure_files(folder) for folder in folders.procedures if folder.is_dir())
    yield from dict.fromkeys((folders.site_file, *chain.from_iterable(below)))


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
        procedure = parsed(file)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror or error}.") from error
    if as_json:
        from runbook.procedure.outline import outline  # noqa: PLC0415 - it loads the renderer

        findings = _checker(folders).of_procedure(procedure, file)
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
