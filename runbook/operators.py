"""The people of this computer: initials, names and PINs, and who somebody is by them.

A PIN is never kept, only what scrypt makes of it with a salt of its own. Wrong tries make
the next try wait, longer each time; nobody is ever locked out: after some wrong tries a
person may go on without the PIN, and the record says that the identity was only stated.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from runbook.journal.errors import JournalError
from runbook.journal.folder import make_folder, write_durably
from runbook.procedure.site import Site
from runbook.run.commands import Close, Command, Refused
from runbook.run.commands_people import SitDown
from runbook.run.entry import Actor, Assurance
from runbook.run.names import folded_name, shown_name
from runbook.run.people import same_person
from runbook.run.refusals import need

FILE: Final = "operators.json"
SHORTEST_PIN: Final = 4
LONGEST: Final = 100
TRIES: Final = 3
_FORGET: Final = timedelta(minutes=15)
_LONGEST_WAIT: Final = 30
_COST: Final = (2**14, 8, 1)
DESPITE: Final = "The PIN was not given; the identity is only stated"


class OperatorsError(Exception):
    """The list of people cannot be read or changed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who somebody says to be, with what proves it; `by_phone` for one who is not here."""

    initials: str
    pin: str = field(default="", repr=False)
    role: str = ""
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A command of somebody else than the person at the keyboard, who signs it himself."""

    command: Command
    claim: Claim


@dataclass(frozen=True, slots=True)
class Witnessed(Signed):
    """A command of the person at the keyboard that names a second one, whose claim this is."""


class Secret(msgspec.Struct, frozen=True):
    """What scrypt made of a PIN, in hex, with the salt and the cost it was made with."""

    salt: str
    digest: str
    cost: tuple[int, int, int] = _COST

    def __repr__(self) -> str:
        """Nothing that could end in a report of a fault."""
        return "Secret()"


class Operator(msgspec.Struct, frozen=True):
    """One person of this computer; `wrong` tries in a row, the last one at `wrong_at`."""

    initials: str
    name: str = ""
    secret: Secret | None = None
    wrong: int = 0
    wrong_at: str = ""


class _Kept(msgspec.Struct, frozen=True):
    """The file as it lies on disk."""

    version: int = 1
    people: tuple[Operator, ...] = ()


@dataclass(slots=True)
class Operators:
    """The people of one data folder, read anew for each question: it is short and rarely asked.

    `site_people` are further people by their initials, as the site names them.
    """

    folder: Path
    site_people: dict[str, str] = field(default_factory=dict)

    def listed(self) -> tuple[Operator, ...]:
        """Everybody of this computer, by initials; OperatorsError when the file is damaged."""
        path = self.folder / FILE
        try:
            kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
        except FileNotFoundError:
            return ()
        except (msgspec.MsgspecError, OSError) as error:
            message = f"{path} cannot be read. Put it back from a backup, or remove it. {error}"
            raise OperatorsError(message) from error
        return tuple(sorted(kept.people, key=lambda one: one.initials.casefold()))

    def find(self, typed: str) -> Operator | None:
        """The person of these initials or of this name, however they are typed."""
        people = self.listed()
        by_initials = (one for one in people if same_person(one.initials, typed))
        by_name = (one for one in people if one.name and same_person(one.name, typed))
        return next(by_initials, None) or next(by_name, None)

    def offered(self) -> dict[str, str]:
        """Initials and names of all who may be meant: people of this computer and the site."""
        with suppress(OperatorsError):
            return {**self.site_people, **{one.initials: one.name for one in self.listed()}}
        return dict(self.site_people)

    def known_here(self) -> tuple[dict[str, str], frozenset[str]]:
        """Who may be meant, and the folded initials of those who have a PIN."""
        pins = frozenset[str]()
        with suppress(OperatorsError):
            pins = frozenset(folded_name(one.initials) for one in self.listed() if one.secret)
        return self.offered(), pins

    def needs_pin(self, typed: str) -> bool:
        """True for a person who set a PIN."""
        with suppress(OperatorsError):
            found = self.find(typed)
            return found is not None and found.secret is not None
        return False

    def add(self, initials: str, name: str = "") -> Operator:
        """Add a person, or give a known one another name."""
        initials, name = initials.strip(), name.strip()
        if not initials or not initials.isprintable() or len(initials) > LONGEST:
            raise OperatorsError("Initials are one short word. Nobody was added.")
        known = self.find(initials)
        one = replace_name(known, name) if known else Operator(initials, name)
        self._keep(one)
        return one

    def set_pin(self, initials: str, pin: str) -> None:
        """Give a person a PIN; an empty one takes it away."""
        one = self._known(initials)
        if pin and len(pin) < SHORTEST_PIN:
            raise OperatorsError(f"A PIN has {SHORTEST_PIN} characters or more. It was not set.")
        secret = _secret_of(pin) if pin else None
        self._keep(Operator(one.initials, one.name, secret))

    def remove(self, initials: str) -> None:
        """Forget a person; what he did stays in every journal."""
        one = self._known(initials)
        self._write(tuple(p for p in self.listed() if p.initials != one.initials))

    def _known(self, initials: str) -> Operator:
        found = self.find(initials)
        if found is None:
            known = ", ".join(one.initials for one in self.listed()) or "nobody yet"
            raise OperatorsError(f"There is no {initials} here. Known: {known}.")
        return found

    def _keep(self, one: Operator) -> None:
        others = (p for p in self.listed() if p.initials != one.initials)
        self._write((*others, one))

    def _write(self, people: tuple[Operator, ...]) -> None:
        data = msgspec.json.format(msgspec.json.encode(_Kept(people=people)), indent=1)
        try:
            make_folder(self.folder)
            write_durably(self.folder / FILE, data + b"\n")
        except (OSError, JournalError) as error:
            why = getattr(error, "strerror", None) or error
            raise OperatorsError(f"{self.folder / FILE} cannot be written: {why}.") from error

    def known(self, claim: Actor | Claim, now: datetime) -> Actor | Refused:
        """Who a claim is, or a refusal as of `identify`; an actor was known before."""
        if isinstance(claim, Actor):
            return claim
        return self.identify(
            claim.initials, claim.pin, now, role=claim.role, by_phone=claim.by_phone
        )

    def witness(self, command: Close, claim: Claim, now: datetime) -> Close | Refused:
        """The command with its second person, and how that person was known."""
        second = self.known(claim, now)
        if isinstance(second, Refused):
            return second
        return replace(command, second=second.operator, assurance=second.assurance.value)

    def sign(
        self, command: Command, claim: Actor | Claim, now: datetime
    ) -> tuple[Command, Actor] | Refused:
        """A command with the person who gives it, or why that person is not known to give it.

        Who sits down at the keyboard without the PIN he has is recorded as such.
        """
        actor = self.known(claim, now)
        if isinstance(actor, Refused):
            return actor
        is_stated = isinstance(claim, Claim) or claim.assurance is not Assurance.PIN
        is_stated = is_stated and actor.assurance is Assurance.STATED
        if isinstance(command, SitDown) and is_stated and self.needs_pin(actor.operator):
            command = SitDown(despite=DESPITE)
        return command, actor

    def identify(
        self, typed: str, pin: str, now: datetime, *, role: str = "", by_phone: bool = False
    ) -> Actor | Refused:
        """Who acts, by initials and PIN; a refusal says what is missing and what to do.

        A person without a PIN, or one on the telephone, is taken at his word. So is one who
        leaves the PIN empty after too many wrong tries: his Actor is STATED.
        """
        typed = shown_name(typed)
        if not typed:
            return need("person", "Type your initials.", "no-person")
        try:
            found = self.find(typed)
        except OperatorsError:
            found = None  # a damaged list of people keeps nobody from working
        name = found.initials if found else self._site_initials(typed)
        if by_phone:
            return Actor(operator=name, role=role, assurance=Assurance.PHONE)
        if found is None or found.secret is None:
            return Actor(operator=name, role=role)
        return self._proven(found, pin, now, role)

    def _site_initials(self, typed: str) -> str:
        by_word = (key for key in self.site_people if same_person(key, typed))
        by_name = (k for k, name in self.site_people.items() if name and same_person(name, typed))
        return next(by_word, None) or next(by_name, None) or typed

    def _proven(self, one: Operator, pin: str, now: datetime, role: str) -> Actor | Refused:
        """The person whose PIN was typed, or who goes on without it after wrong tries."""
        wrong = _wrong_tries(one, now)
        if not pin:
            if wrong >= TRIES:
                return Actor(operator=one.initials, role=role)
            return need("pin", f"Type the PIN of {one.initials}.", "pin-needed")
        wait = _wait_left(one, wrong, now)
        if wait > 0:
            why = f"Wait {wait} s before the next try.{_without(wrong)}"
            return need("pin", why, "pin-wait")
        assert one.secret is not None
        if _is_right(one.secret, pin):
            if one.wrong:
                self._note(one, 0, now)
            return Actor(operator=one.initials, role=role, assurance=Assurance.PIN)
        self._note(one, wrong + 1, now)
        why = f"That is not the PIN of {one.initials}.{_without(wrong + 1)}"
        return need("pin", why, "pin-wrong")

    def _note(self, one: Operator, wrong: int, now: datetime) -> None:
        """Remember wrong tries; a disk that takes nothing more must not stop anybody."""
        at = now.isoformat() if wrong else ""
        with suppress(OperatorsError):
            self._keep(Operator(one.initials, one.name, one.secret, wrong, at))


def replace_name(one: Operator, name: str) -> Operator:
    """The same person under another name."""
    return Operator(one.initials, name or one.name, one.secret, one.wrong, one.wrong_at)


def _secret_of(pin: str) -> Secret:
    salt = os.urandom(16)
    return Secret(salt.hex(), _digest(pin, salt, _COST).hex())


def _digest(pin: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r)


def _is_right(secret: Secret, pin: str) -> bool:
    """Compares in a time that tells nothing of the PIN."""
    try:
        made = _digest(pin, bytes.fromhex(secret.salt), secret.cost)
        return hmac.compare_digest(made, bytes.fromhex(secret.digest))
    except ValueError:  # edited by hand: nobody can prove himself by it any more
        return False


def _wrong_tries(one: Operator, now: datetime) -> int:
    """How many wrong tries count now: old ones are forgotten."""
    return one.wrong if one.wrong and now - _at(one, now) < _FORGET else 0


def _at(one: Operator, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(one.wrong_at)
    except ValueError:
        return now
    return min(at, now) if at.tzinfo else now


def _wait_left(one: Operator, wrong: int, now: datetime) -> int:
    """Seconds until the next try: none after the first wrong one, then 2, 4, 8 … up to 30."""
    if wrong < 2:  # noqa: PLR2004 - one slip costs nothing
        return 0
    wait = min(1 << min(wrong - 1, 9), _LONGEST_WAIT)
    return max(0, wait - int((now - _at(one, now)).total_seconds()))


def _without(wrong: int) -> str:
    if wrong < TRIES:
        return ""
    return " Or leave the PIN empty and go on: the record will say that it was not given."


def people_of(site: Site) -> dict[str, str]:
    """Initials and names of the people a site names for its roles."""
    named = [p for role in site.roles.values() for p in (*role.people, *role.succession)]
    return {p: site.contacts[p].name if p in site.contacts else "" for p in dict.fromkeys(named)}
