"""`report`: a run told as a document, in one of its forms."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from runbook.cli.journals import reader_of
from runbook.cli.main import CommandError
from runbook.cli.output import OUTPUT, STANDARD_OUTPUT, write_output
from runbook.folders import Folders
from runbook.report.build import Format, build
from runbook.run.evolve import BrokenRunError


@click.command("report")
@click.argument("run")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format], case_sensitive=False),
    default=Format.HTML.value,
    show_default=True,
    help="What to write it as.",
)
@click.option("-o", "--output", type=OUTPUT, required=True, help="The file to write; - for here.")
@click.pass_obj
def report_command(folders: Folders, *, run: str, form: str, output: Path) -> int:
    """Write the report of a RUN: front page, measures, timeline, every step, its text."""
    wanted = Format(form)
    if output == STANDARD_OUTPUT and wanted is Format.PDF and sys.stdout.isatty():
        raise click.UsageError("A PDF cannot be shown on a terminal. Name a file with -o.")
    reader = reader_of(folders, run)
    try:
        data = build(reader, run, wanted)
    except KeyError as error:
        raise CommandError(
            f"The procedure's text of run {run} is missing from both copies of the journal."
            " runbook journal export still writes its entries."
        ) from error
    except BrokenRunError as error:
        raise CommandError(
            f"A part of the record of run {run} is missing. runbook journal verify says which."
        ) from error
    write_output(output, data)
    return 0
