"""`walk`: the same run as in the window, on a plain terminal or from a script."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import click

from runbook.calling import Runs
from runbook.cli.journals import family_of
from runbook.cli.main import MODES, CommandError
from runbook.folders import Folders, find_folders
from runbook.inhibits import Inhibits
from runbook.journal.journal import Journal
from runbook.run.events import Mode
from runbook.starting import (
    ALONE,
    StartingError,
    find_procedure,
    is_text_changed,
    load,
    without_numbers,
)
from runbook.walk.between import stack_line
from runbook.walk.briefing_text import briefing_lines
from runbook.walk.opening import Asked, begun, taken_up, which_mode
from runbook.walk.session import Session
from runbook.walk.terminal import LeaveError, Terminal


@click.command("walk")
@click.argument("file", required=False)
@click.option("--resume", "run", help="Go on with this run instead of starting a new one.")
@click.option("--operator", default="", help="Your name or initials.")
@click.option("--role", default="", help="The role you act in.")
@click.option("--mode", type=MODES, help="What the run is for; a drill when nobody can be asked.")
@click.option(
    "--pin-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file with a PIN, or with lines of initials and PIN, where none can be typed.",
)
@click.pass_obj
def walk_command(
    folders: Folders,
    *,
    file: str | None,
    run: str | None,
    operator: str,
    role: str,
    mode: str | None,
    pin_file: Path | None,
) -> int:
    """Walk a procedure on this terminal, one command a line.

    FILE is a path or the id of a procedure, such as RB-01. Type help for the commands.
    """
    if (file is None) == (run is None):
        raise click.UsageError("Name one of: a FILE to start, or --resume RUN to go on.")
    terminal = Terminal.of_process()
    terminal.leave_on_signals()
    asked = Asked(
        operator, role, Mode(mode) if mode else None, _again(folders), folders.data, pin_file
    )
    try:
        if run is not None:
            return _resume(folders, run, asked, terminal)
        return _start(folders, file or "", asked, terminal)
    except StartingError as error:
        raise CommandError(str(error)) from error
    except LeaveError as told:
        return told.exit_code


def _again(folders: Folders) -> str:
    """The command that takes a run up again from this terminal."""
    data = (
        "" if folders.data == find_folders().data else f" --data {shlex.quote(str(folders.data))}"
    )
    return f"runbook{data} walk --resume"


def _today() -> date:
    return datetime.now(tz=UTC).astimezone().date()


def _start(folders: Folders, file: str, asked: Asked, terminal: Terminal) -> int:
    """Brief, start and walk a new run."""
    briefing = load(find_procedure(file, folders), folders, _today())
    if asked.mode is Mode.DRILL:
        briefing = without_numbers(briefing)
    terminal.say(briefing_lines(briefing))
    mode = which_mode(asked, terminal)
    journal = Journal.open(folders.journal(mode.family), site=briefing.site.name)
    try:
        _say_problem(journal, terminal)
        against = Inhibits(journal).against(briefing.procedure.id, mode, ALONE)
        briefing = replace(briefing, obstacles=(*briefing.obstacles, *against))
        session = begun(journal, briefing, mode, asked, terminal)
        _with_others(session, journal, folders)
        journal.warm_up()
        return session.walk()
    finally:
        journal.close()


def _resume(folders: Folders, run: str, asked: Asked, terminal: Terminal) -> int:
    """Go on with a run in whichever journal it is kept."""
    family = family_of(folders, run)
    journal = Journal.open(folders.journal(family))
    try:
        _say_problem(journal, terminal)
        session = taken_up(journal, run, asked, terminal, journal.sealed_up_to)
        _with_others(session, journal, folders)
        if is_text_changed(session.state.prepared, folders):
            file = session.state.prepared.file
            terminal.say([f"{file} has changed since this run began. The run keeps its text."])
        journal.warm_up()
        return session.walk()
    finally:
        journal.close()


def _with_others(session: Session, journal: Journal, folders: Folders) -> None:
    """Let a session reach the other runs of its journal."""
    sealed = journal.sealed_up_to
    runs = Runs(journal, folders, lambda state: state.last_seq <= sealed)
    runs.keep(session.runner)
    runs.take_up(session.runner.state.run)
    session.runs = runs
    session.terminal.say(stack_line(runs.around(session.runner.state.run)))


def _say_problem(journal: Journal, terminal: Terminal) -> None:
    """Tell before the first step when there is only one copy to record on."""
    if journal.problem:
        terminal.say([f"Recording on one copy only: {journal.problem}"])
