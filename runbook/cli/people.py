"""`people`: who works on this computer, and the PINs by which they prove it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from runbook.cli.main import CommandError
from runbook.folders import Folders
from runbook.operators import Operators, OperatorsError
from runbook.walk.pins import PinError, pin_from_file
from runbook.walk.text import one_line

T = TypeVar("T")


@click.group("people", invoke_without_command=True)
@click.pass_context
def people_command(context: click.Context) -> int | None:
    """List the people of this computer, add them, and set their PINs."""
    if context.invoked_subcommand is None:
        return _list(context.obj)
    return None


@people_command.command("list")
@click.pass_obj
def list_command(folders: Folders) -> int:
    """Print initials, name, and whether a PIN is set."""
    return _list(folders)


def _list(folders: Folders) -> int:
    people = _told(Operators(folders.data).listed)
    for one in people:
        pin = "PIN set" if one.secret else "no PIN"
        click.echo(f"{one_line(one.initials):8} {pin:8} {one_line(one.name)}".rstrip())
    if not people:
        click.echo("Nobody is listed yet. Add somebody: runbook people add INITIALS.", err=True)
    return 0


@people_command.command("add")
@click.argument("initials")
@click.option("--name", default="", help="The full name.")
@click.pass_obj
def add_command(folders: Folders, *, initials: str, name: str) -> int:
    """Add a person by INITIALS, or give one who is known another name."""
    one = _told(lambda: Operators(folders.data).add(initials, name))
    click.echo(one_line(f"{one.initials} is listed. To set a PIN: runbook people pin {initials}."))
    return 0


@people_command.command("remove")
@click.argument("initials")
@click.pass_obj
def remove_command(folders: Folders, *, initials: str) -> int:
    """Forget a person and the PIN; what was recorded stays."""
    _told(lambda: Operators(folders.data).remove(initials))
    click.echo(one_line(f"{initials} is no longer listed. What was recorded stays."))
    return 0


@people_command.command("pin")
@click.argument("initials")
@click.option(
    "--pin-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file whose first line is the PIN, where it cannot be typed.",
)
@click.option("--none", "is_none", is_flag=True, help="Take the PIN away.")
@click.pass_obj
def pin_command(folders: Folders, *, initials: str, pin_file: Path | None, is_none: bool) -> int:
    """Set the PIN of a person; it is typed twice and never shown."""
    people = Operators(folders.data)
    if _told(lambda: people.find(initials)) is None:
        raise CommandError(f"There is no {initials} here. Add: runbook people add {initials}.")
    pin = "" if is_none else _asked(pin_file)
    _told(lambda: people.set_pin(initials, pin))
    click.echo(one_line(f"{initials} has no PIN now." if is_none else f"{initials} has a PIN now."))
    return 0


def _asked(pin_file: Path | None) -> str:
    """The PIN from a file, or typed twice."""
    if pin_file is not None:
        try:
            return pin_from_file(pin_file)
        except PinError as error:
            raise CommandError(str(error)) from None
    if sys.stdin is None or not sys.stdin.isatty():
        raise CommandError(
            "A PIN is typed at a terminal, where nobody sees it. Use --pin-file FILE here."
        )
    pin = click.prompt("New PIN", hide_input=True, confirmation_prompt="The same again")
    return str(pin)


def _told(call: Callable[[], T]) -> T:
    """Carry out a change; what went wrong becomes one sentence."""
    try:
        return call()
    except OperatorsError as error:
        raise CommandError(str(error)) from error
