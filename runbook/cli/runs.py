"""`runs` and `journal`: what the journals hold, listed, written out and checked."""

from __future__ import annotations

import json
from pathlib import Path

import click

from runbook.cli.journals import FAMILIES, reader_of, readers
from runbook.cli.main import CommandError
from runbook.cli.output import OUTPUT, STANDARD_OUTPUT, write_output
from runbook.folders import Folders
from runbook.journal.export import export_lines
from runbook.journal.reader import JournalReader
from runbook.journal.verify import verify
from runbook.report.words import RUN_STATUS, local
from runbook.run.evolve import BrokenRunError
from runbook.run.summary import RunSummary
from runbook.walk.text import one_line


@click.command("runs")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def runs_command(folders: Folders, *, as_json: bool) -> int:
    """List all runs of this computer, the latest first."""
    found = [run for reader in readers(folders).values() for run in reader.runs()]
    found.sort(key=lambda run: run.started_utc or run.last_utc, reverse=True)
    if as_json:
        click.echo(json.dumps([_data(run) for run in found], ensure_ascii=False, indent=1))
        return 0
    for run in found:
        click.echo(_line(run))
    if not found:
        click.echo(f"There are no runs in {folders.data}.", err=True)
    return 0


def _data(run: RunSummary) -> dict[str, str]:
    return {
        "run": run.run,
        "mode": run.mode.value,
        "procedure": run.procedure,
        "title": run.title,
        "state": run.state.value,
        "started_utc": run.started_utc,
        "owner": run.owner,
        "device": run.device,
    }


def _line(run: RunSummary) -> str:
    status = RUN_STATUS[run.state].lower()
    began = f"started {local(run.started_utc)}" if run.started_utc else "not started"
    mode = run.mode.value.upper()
    return one_line(f"{run.run}  {mode}  {status}, {began}, {run.owner}: {run.title}")


@click.group("journal")
def journal_command() -> None:
    """Write out a run's entries, or check that nothing was changed."""


@journal_command.command("export")
@click.argument("run")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "sqlite"], case_sensitive=False),
    default="jsonl",
    show_default=True,
    help="JSON Lines, which prove themselves, or a database of plain tables for analysis.",
)
@click.option("-o", "--output", type=OUTPUT, default=STANDARD_OUTPUT, help="The file to write.")
@click.pass_obj
def export_command(folders: Folders, *, run: str, form: str, output: Path) -> int:
    """Write the entries of a RUN: as JSON Lines with hashes, signatures and texts, or as tables."""
    if form == "sqlite" and output == STANDARD_OUTPUT:
        raise click.UsageError("A database is no text. Name a file with -o.")
    reader = reader_of(folders, run)
    try:
        data = _tables(reader, run) if form == "sqlite" else _lines(reader, run)
    except KeyError as error:
        raise CommandError(f"A text that run {run} rests on is missing: {error}.") from error
    except BrokenRunError as error:
        raise CommandError(
            f"A part of the record of run {run} is missing. Export it as JSON Lines instead."
        ) from error
    write_output(output, data)
    return 0


def _lines(reader: JournalReader, run: str) -> bytes:
    return "".join(f"{line}\n" for line in export_lines(reader, run)).encode()


def _tables(reader: JournalReader, run: str) -> bytes:
    from runbook.procedure.frozen import parse_with  # noqa: PLC0415 - the others do without
    from runbook.report.as_tables import to_sqlite  # noqa: PLC0415
    from runbook.report.material import gather  # noqa: PLC0415

    return to_sqlite(gather(reader, run, parse_with))


@journal_command.command("verify")
@click.pass_obj
def verify_command(folders: Folders) -> int:
    """Check the whole chain of both journals; exits with 1 when anything is wrong."""
    code = 0
    for family in FAMILIES:
        folder = folders.journal(family)
        if not folder.is_dir():
            click.echo(f"{family}: nothing recorded yet.")
            continue
        verdict = verify(folder)
        if verdict.whole:
            click.echo(f"{family}: {verdict.entries} entries, all whole. Head {verdict.head}")
        else:
            code = 1
            where = f"entry {verdict.bad_seq}: " if verdict.bad_seq else ""
            click.echo(one_line(f"{family}: NOT WHOLE. {where}{verdict.why}"))
    return code
