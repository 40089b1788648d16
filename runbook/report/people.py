"""Who took part: what each person did and how he was known, and who answered for what when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from runbook.report.figures import Fact
from runbook.report.material import Material
from runbook.report.told import Wall
from runbook.report.words import ASSURANCE
from runbook.run.changes import instant
from runbook.run.entry import Assurance, Entry
from runbook.run.events import RunPrepared
from runbook.run.events_people import (
    HandoverAccepted,
    HandoverCancelled,
    HandoverPrepared,
    OwnerBypassed,
    OwnerTakenOver,
    PersonAtKeyboard,
    ReadBackGiven,
    RoleFilled,
    RoleVacated,
)

HANDING_OVER: Final = frozenset(
    str(kind.__struct_config__.tag)
    for kind in (
        HandoverPrepared,
        ReadBackGiven,
        HandoverAccepted,
        HandoverCancelled,
        OwnerTakenOver,
        OwnerBypassed,
    )
)
RoleName = Callable[[str], str]
OWNER: Final = "Owner of the run"
KEYBOARD: Final = "At the keyboard"


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in a place of the run from one moment until another; open ones have no end."""

    place: str
    person: str
    begun: datetime
    until: datetime | None = None
    why: str = ""


def people(material: Material) -> Iterable[Fact]:
    """Everyone who answered for a role or made entries, with what was done and how known."""
    roles: dict[str, list[str]] = {}
    for tenure in tenures(material.entries, material.state.procedure.role_name):
        if tenure.place != KEYBOARD:
            roles.setdefault(tenure.person, []).append(tenure.place)
    made = [e.actor for e in material.entries if e.actor.is_person]
    counted = Counter((actor.operator, actor.assurance) for actor in made)
    for who in dict.fromkeys((*roles, *(actor.operator for actor in made))):
        held = ", ".join(dict.fromkeys(roles.get(who, ()))) or "no role given"
        known = {how: counted[who, how] for how in ASSURANCE if counted[who, how]}
        yield Fact(who, f"{held}; {_count(known)}")


def _count(known: dict[Assurance, int]) -> str:
    total = sum(known.values())
    if not total:
        return "no entries"
    how = ", ".join(f"{count} {ASSURANCE[name]}" for name, count in known.items())
    return f"{total} {'entry' if total == 1 else 'entries'} ({how})"


def held(material: Material) -> Iterator[Fact]:
    """Who held which place from when to when, in the order in which it began."""
    wall = Wall(material.entries)
    for tenure in tenures(material.entries, material.state.procedure.role_name):
        until = wall.both(tenure.until) if tenure.until else "the end of this report"
        why = f": {tenure.why}" if tenure.why else ""
        yield Fact(
            tenure.place, f"{tenure.person}, from {wall.both(tenure.begun)} until {until}{why}"
        )


def tenures(entries: Iterable[Entry], name: RoleName) -> tuple[Tenure, ...]:
    """Every stretch of a person in a role, as owner, or at the keyboard."""
    found: list[Tenure] = []
    for entry in entries:
        at = instant(entry.wall)
        for place, person, why in _moves(entry, name):
            _end(found, place, at)
            if person:
                found.append(Tenure(place, person, at, why=why))
    return tuple(found)


def _end(found: list[Tenure], place: str, at: datetime) -> None:
    """Whoever was in a place leaves it now."""
    for number, tenure in enumerate(found):
        if tenure.place == place and tenure.until is None:
            found[number] = replace(tenure, until=at)


def _moves(entry: Entry, name: RoleName) -> Iterator[tuple[str, str, str]]:
    """Which places get another person by an entry; an empty person leaves one vacant."""
    match entry.event:
        case RunPrepared(owner=owner, roles=roles):
            yield OWNER, owner, ""
            yield KEYBOARD, owner, ""
            for key, person in roles.items():
                yield name(key), person, ""
        case RoleFilled(key=key, person=person, reason=reason):
            yield name(key), person, reason
        case RoleVacated(key=key):
            yield name(key), "", ""
        case PersonAtKeyboard(person=person, despite=despite):
            yield KEYBOARD, person, despite
        case HandoverAccepted(owner=owner, despite=despite):
            yield OWNER, owner, despite
        case OwnerTakenOver(owner=owner, reason=reason):
            yield OWNER, owner, reason
