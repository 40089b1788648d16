"""Where a command's product goes: a whole file or none, or standard output."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import click

from runbook.cli.main import CommandError

STANDARD_OUTPUT = Path("-")
OUTPUT = click.Path(path_type=Path, allow_dash=True)


def write_output(output: Path, data: bytes) -> None:
    """Put the whole file in place or leave what was there; `-` is standard output."""
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    new = output.with_name(f"{output.name}.new")
    try:
        if output.exists() and not output.is_file():  # a device or a pipe is never replaced
            output.write_bytes(data)
        else:
            new.write_bytes(data)
            new.replace(output)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise CommandError(f"{output} cannot be written: {error.strerror or error}.") from error
    click.echo(f"Written: {output}", err=True)
