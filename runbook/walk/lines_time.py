"""The lines about time: waits, watches, repetitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from runbook.run import commands_time as cmd
from runbook.run.commands import Refused
from runbook.walk.asking import at_step, no, step_named
from runbook.walk.wish import Here, Wish
from runbook.walk.words import before_because, clock_after, first_word

_UNTIL: Final = re.compile(r"(?:^|\s)until\s+", re.IGNORECASE)
_MINUTES: Final = re.compile(r"(\d{1,5})\s*(?:m|min|minutes?)?\.?", re.IGNORECASE)
_PAIRS: Final = re.compile(r",\s+")


def _wait(step: str, rest: str, _here: Here) -> Wish:
    return cmd.BeginWait(step=step, minutes=_minutes(rest))


def _arm(step: str, rest: str, _here: Here) -> Wish:
    return cmd.Arm(step=step, minutes=_minutes(rest))


def _minutes(text: str) -> int:
    found = _MINUTES.fullmatch(text.strip())
    return int(found[1]) if found else 0


def _await(step: str, rest: str, here: Here) -> Wish:
    """`await WHO OR WHAT until HH:MM`, or until so many minutes from now."""
    found = list(_UNTIL.finditer(rest))
    if not found:
        return no("await needs what is waited for and until when: await a call until 18:30.")
    what, until = rest[: found[-1].start()], rest[found[-1].end() :]
    return cmd.Await(step=step, what=what.strip(), until=_moment(until, here.now))


def _moment(text: str, now: datetime) -> str:
    """A time of day still to come, or so many minutes from now; as typed when it is neither."""
    if at := clock_after(text, now):
        return at
    minutes = _minutes(text)
    return (now + timedelta(minutes=minutes)).isoformat() if minutes else text


def _answer(step: str, rest: str, _here: Here) -> Wish:
    return cmd.Answer(step=step, answer=rest)


def _at_watch(make: Callable[[str, str, Here], Wish]) -> Callable[[str, Here], Wish]:
    """Gives a command the watch whose number is typed first."""

    def made(rest: str, here: Here) -> Wish:
        word, more = first_word(rest)
        if not word:
            return no("Say which watch, by its number. Type timers to see them.")
        step = step_named(word, here)
        return step if isinstance(step, Refused) else make(step, more, here)

    return made


def _check(step: str, rest: str, here: Here) -> Wish:
    readings, remark, accept = _readings(step, rest, here)
    return cmd.Check(step=step, readings=readings, remark=remark, accept=accept)


def _again(step: str, rest: str, here: Here) -> Wish:
    readings, remark, accept = _readings(step, rest, here)
    return cmd.Repeat(step=step, readings=readings, remark=remark, accept=accept)


def _readings(step: str, rest: str, here: Here) -> tuple[cmd.Typed, str, str]:
    """`NAME VALUE, NAME VALUE because WHY`, or words that are a remark."""
    names = {record.name.casefold(): record.name for record in here.state.step(step).records}
    text, accept = before_because(rest)
    found: list[tuple[str, str]] = []
    for part in _PAIRS.split(text):
        name, value = first_word(part)
        if name.casefold() not in names:
            return (tuple(found), text, "") if not found else (tuple(found), part, accept)
        found.append((names[name.casefold()], value))
    return tuple(found), "", accept


def _trigger(step: str, rest: str, here: Here) -> Wish:
    whens = here.state.step(step).whens
    word = rest.strip()
    if not word and len(whens) > 1:
        return no(f"Say which condition, 1 to {len(whens)}: trigger 1.2 1.", "when")
    if word and not (word.isascii() and word.isdigit() and len(word) < 4):  # noqa: PLR2004 - under 1,000
        return no("A condition is named by its number: trigger 1.2 1.", "when")
    return cmd.Trigger(step=step, when=int(word or 1) - 1)


def _end(step: str, rest: str, _here: Here) -> Wish:
    return cmd.EndWatch(step=step, observation=rest)


def _missed(step: str, _rest: str, _here: Here) -> Wish:
    return cmd.TakeMissedWay(step=step)


VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {
        "wait": at_step(_wait),
        "await": at_step(_await),
        "answer": at_step(_answer),
        "arm": at_step(_arm),
        "check": _at_watch(_check),
        "trigger": _at_watch(_trigger),
        "end": _at_watch(_end),
        "again": at_step(_again),
        "missed": _at_watch(_missed),
    }
)
