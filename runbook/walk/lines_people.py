"""Lines about people: roles, the owner's handover, and acting in the place of the owner."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from runbook.operators import Claim, Signed
from runbook.run import commands_people as cmd
from runbook.run.commands import Abort, Cancel, Close, Complete, FinishAbort, Pause, Refused, Skip
from runbook.walk.wish import Ask, Here, Wish
from runbook.walk.words import before_because, clock_after, first_word

_INSTEAD = re.compile(r"(?:^|\s)instead:\s*", re.IGNORECASE)
_OVERRIDE = re.compile(r"(?:^|\s)override:\s*", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:^|\s)authority:\s*", re.IGNORECASE)


def _split(mark: re.Pattern[str], text: str) -> tuple[str, str]:
    """What stands before a mark, and after it."""
    found = mark.search(text)
    if found is None:
        return text.strip(), ""
    return text[: found.start()].strip(), text[found.end() :].strip()


def _pause(rest: str, here: Here) -> Wish:
    rest, instead = _split(_INSTEAD, rest)
    word, more = first_word(rest)
    if word.casefold() == "until":
        clock, why = first_word(more)
        if until := clock_after(clock, here.now):
            return Pause(reason=why, resume_by=until, instead=instead)
        if clock[:1].isdigit():
            return Refused(
                f"“{clock[:20]}” is no time of day. Type: pause until 18:30 WHY.", "line"
            )
    return Pause(reason=rest, instead=instead)


def _abort(rest: str, _here: Here) -> Wish:
    reason, instead = _split(_INSTEAD, rest)
    return Abort(reason=reason, instead=instead)


def _finish(rest: str, here: Here) -> Wish:
    safe, instead = _split(_INSTEAD, rest)
    return FinishAbort(safe_state=safe, items=here.settled, instead=instead)


def _complete(rest: str, here: Here) -> Wish:
    return Complete(items=here.settled, instead=_split(_INSTEAD, rest)[1])


def _cancel(rest: str, _here: Here) -> Wish:
    word, why = first_word(rest)
    if word.casefold() == "handover":
        return cmd.CancelHandover(reason=why)
    reason, instead = _split(_INSTEAD, rest)
    return Cancel(reason=reason, instead=instead)


def _close(rest: str, _here: Here) -> Wish:
    rest, override = _split(_OVERRIDE, rest)
    rest, instead = _split(_INSTEAD, rest)
    second, reason = before_because(rest)
    return Close(second=second, reason=reason, instead=instead, override=override)


def skip(step: str, rest: str, _here: Here) -> Wish:
    """`skip WHY`, with `authority: NAME` behind it by who does not own the run."""
    reason, authority = _split(_AUTHORITY, rest)
    return Skip(step=step, reason=reason, authority=authority)


def _role(rest: str, _here: Here) -> Wish:
    key, rest = first_word(rest)
    person, reason = before_because(rest)
    if not key or not (person or reason):
        return Refused("role needs a role and a person: role fac BO.", "line")
    if person in ("", "-"):
        return cmd.VacateRole(key=key, reason=reason)
    return cmd.FillRole(key=key, person=person, reason=reason)


def _handover(rest: str, _here: Here) -> Wish:
    return cmd.PrepareHandover(to=rest) if rest else Ask.SHEET


def _iam(rest: str, _here: Here) -> Wish:
    return Signed(cmd.SitDown(), Claim(rest))


def _accept(rest: str, _here: Here) -> Wish:
    person, reason = before_because(rest)
    if not person:
        return Refused("accept needs the initials of who takes over: accept BO.", "line")
    return Signed(cmd.AcceptHandover(reason=reason), Claim(person))


def _takeover(rest: str, _here: Here) -> Wish:
    return cmd.TakeOver(reason=before_because(rest)[1] or rest)


def _said(rest: str, _here: Here) -> Wish:
    return cmd.ReadBack(said=rest, right=True)


def _said_wrong(rest: str, _here: Here) -> Wish:
    return cmd.ReadBack(said=rest, right=False)


VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {
        "pause": _pause,
        "abort": _abort,
        "finish": _finish,
        "complete": _complete,
        "cancel": _cancel,
        "close": _close,
        "role": _role,
        "handover": _handover,
        "iam": _iam,
        "accept": _accept,
        "takeover": _takeover,
        "right": _said,
        "wrong": _said_wrong,
    }
)
