"""All commands: their names and options, the exit codes, and how a fault is told."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

import click

import runbook
from runbook.cli.crash import report_crashes
from runbook.cli.window import show_window
from runbook.folders import Folders, find_folders
from runbook.journal.errors import JournalError
from runbook.run.events import Mode
from runbook.run.port import NotRecordedError
from runbook.walk.text import safe

INTERRUPTED = 130
# Loaded when it is asked for: no command waits for the libraries of another.
_COMMANDS: Final = {
    "check": "procedures",
    "journal": "runs",
    "open": "main",
    "outline": "procedures",
    "people": "people",
    "report": "report",
    "runs": "runs",
    "walk": "walk",
}
MODES: Final = click.Choice([mode.value for mode in Mode], case_sensitive=False)


class CommandError(click.ClickException):
    """A command cannot do what was asked; the message says why and what to do."""

    def show(self, file: IO[str] | None = None) -> None:
        """Print the sentence on standard error."""
        click.echo(f"runbook: {safe(self.message)}", file=file, err=True)


class Commands(click.Group):
    """The commands by name, each loaded from its module on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names in order."""
        return sorted(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"runbook.cli.{_COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command


class Folder(click.ParamType[Path]):
    """A folder that need not be there yet."""

    name = "DIR"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path, with ~ filled in."""
        if not str(value):
            self.fail("name a folder.", param, ctx)
        return Path(str(value)).expanduser()


@click.group(cls=Commands, invoke_without_command=True, no_args_is_help=False)
@click.option("--data", type=Folder(), help="Where journals lie (or set RUNBOOK_DATA).")
@click.option(
    "--procedures",
    type=Folder(),
    multiple=True,
    help="A further folder of procedures; may be given several times.",
)
@click.version_option(runbook.__version__, prog_name="runbook", message="%(prog)s %(version)s")
@click.pass_context
def group(context: click.Context, data: Path | None, procedures: tuple[Path, ...]) -> int | None:
    """Walk operators through recovery procedures and keep the record of every act.

    Without a command the window opens.
    """
    folders = find_folders(data, procedures)
    context.obj = folders
    report_crashes(lambda: folders.data)
    return show_window(folders) if context.invoked_subcommand is None else None


@click.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mode", type=MODES, help="What the run will be for; asked in the window if not given."
)
@click.pass_obj
def open_command(folders: Folders, *, file: Path, mode: str | None) -> int:
    """Open a procedure in the window."""
    if not file.is_file():
        raise CommandError(f"There is no file {file}. Nothing was opened.")
    return show_window(folders, open_file=file, mode=Mode(mode) if mode else None)


def run(words: Sequence[str]) -> int:
    """Run one command; the exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    try:
        code = group.main(list(words), prog_name="runbook", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except (JournalError, NotRecordedError) as error:
        CommandError(str(error)).show()
        return 1
    except BrokenPipeError:
        raise
    except OSError as error:
        what = error.filename or "A file"
        CommandError(f"{what} cannot be used: {error.strerror or error}.").show()
        return 1
    return code if isinstance(code, int) else 0
