"""Who acts at a terminal: a PIN typed without echo, or read from a file; never from a pipe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from runbook.operators import Claim, Operators
from runbook.run.commands import Command, Refused
from runbook.run.entry import Actor

_LONGEST = 10_000


class PinError(Exception):
    """A PIN cannot be had; the message says what to do."""


class Keyboard(Protocol):
    """Where a PIN can be typed; None when nobody can type it unseen here."""

    def secret(self, prompt: str) -> str | None:
        """What was typed without being shown."""
        ...


def pin_from_file(path: Path, initials: str = "") -> str:
    """The PIN behind a person's initials in a file, else its first line when it is one word."""
    rows = [line.split(maxsplit=1) for line in _text(path).splitlines() if line.strip()]
    named = [row[1] for row in rows if len(row) > 1 and row[0].casefold() == initials.casefold()]
    alone = [row[0] for row in rows[:1] if len(row) == 1]
    found = next(iter((*named, *alone)), "").strip()
    if not found:
        whose = f" of {initials}" if initials else ""
        raise PinError(f"{path} holds no PIN{whose}. Write one on its first line.")
    return found


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise PinError(f"{path} cannot be read: {why}.") from None


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets people act under their names, and asks for the PIN of those who have one."""

    people: Operators
    keyboard: Keyboard
    pin_file: Path | None = None

    def known(self, claim: Claim, now: datetime) -> Actor | Refused:
        """Who somebody is; asked until he proves it, or the answer is empty."""
        found = self.people.known(claim, now)
        while isinstance(found, Refused) and found.needs == "pin":
            typed = self._pin(claim.initials, found.why)
            if isinstance(typed, Refused):
                return typed
            found = self.people.known(replace(claim, pin=typed), now)
            if self.pin_file is not None or not typed:
                return found
        return found

    def signed(
        self, command: Command, claim: Claim, now: datetime
    ) -> tuple[Command, Actor] | Refused:
        """A command with the person who gives it."""
        found = self.known(claim, now)
        return found if isinstance(found, Refused) else self.people.sign(command, found, now)

    def _pin(self, initials: str, why: str) -> str | Refused:
        """What is typed or stands in the file; a refusal where neither can be."""
        if self.pin_file is not None:
            try:
                return pin_from_file(self.pin_file, initials)
            except PinError as error:
                return Refused(str(error), "pin-file")
        typed = self.keyboard.secret(f"{why} PIN: ")
        if typed is None:
            told = "A PIN is typed at a terminal, where nobody sees it. Use --pin-file FILE here."
            return Refused(f"{why} {told}", "pin-needed", "pin")
        return typed
