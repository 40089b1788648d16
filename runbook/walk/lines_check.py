"""Lines about checks: hold points, sign-off by a second person, the typed target."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from runbook.operators import Claim, Signed
from runbook.procedure.model import StepKind
from runbook.run import commands_check as cmd
from runbook.run.commands import Choose, Confirm, Refused, Take
from runbook.walk.wish import Here, Wish, find_step
from runbook.walk.words import before_because, first_word, performed_at

_MARKS: Final = ("override", "authority", "although", "untyped")
_MARK = re.compile(rf"(?:^|\s)(?P<mark>{'|'.join(_MARKS)}):\s*", re.IGNORECASE)
_PHONE = re.compile(r"by\s+phone\b[:,]?\s*", re.IGNORECASE)
_HOW = re.compile(r"(?P<how>separately|together)\b[:,]?\s*", re.IGNORECASE)


def marked(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the marks `override:`, `authority:` …, and what stands behind each."""
    found = list(_MARK.finditer(text))
    ends = [*(m.start() for m in found[1:]), len(text)]
    said = (
        {
            m["mark"].casefold(): text[m.end() : end].strip()
            for m, end in zip(found, ends, strict=True)
        }
        if found
        else {}
    )
    return (text[: found[0].start()] if found else text).strip(), said


def _no(why: str, needs: str = "") -> Refused:
    return Refused(why, "line", needs)


def done(step: str, rest: str, here: Here) -> Wish:
    """`done [WHAT DIFFERS]`, or `done untyped: WHY` where the target was not typed."""
    performed, rest = performed_at(rest, here.now)
    deviation, said = marked(rest)
    why = "; ".join(part for part in (deviation, said.get("untyped", "")) if part)
    return Confirm(step=step, deviation=why, performed=performed, untyped="untyped" in said)


def choose(rest: str, here: Here) -> Wish:
    """`choose N [at STEP] [by NAME] [BASIS] [because REASON]` and the marks behind it."""
    word, rest = first_word(rest)
    if not word.isascii() or not word.isdigit() or len(word) > 3:  # noqa: PLR2004 - under 1,000
        return _no("choose needs the number of an option: choose 1.", "option")
    step, rest = _where(rest, here)
    if isinstance(step, Refused):
        return step
    rest, said = marked(rest)
    claim, rest = _decider(step, rest, here)
    basis, reason = before_because(rest)
    taken = here.state.record(step).last.option
    if taken is None or taken < 0:
        basis, reason = (basis and rest) or reason, ""
    chosen = Choose(
        step=step,
        option=int(word) - 1,
        basis=basis,
        reason=reason,
        override=said.get("override", ""),
        authority=said.get("authority", ""),
        accept=said.get("although", ""),
        untyped=said.get("untyped", ""),
    )
    return Signed(chosen, claim) if claim else chosen


def _where(rest: str, here: Here) -> tuple[str | Refused, str]:
    """The step that `at STEP` names, else the one in hand."""
    at, more = first_word(rest)
    if at.casefold() != "at":
        nowhere = _no("No step is in hand. To decide anew: choose 2 at 1.3 because REASON.")
        return here.state.current or nowhere, rest
    where, more = first_word(more)
    found = find_step(here.state, where)
    return found or _no(f"There is no step “{where[:40]}”. Type status to see the steps."), more


def _decider(step: str, rest: str, here: Here) -> tuple[Claim | None, str]:
    """At a hold point, `by NAME` or `by phone NAME`: who decided, when not who types."""
    by, more = first_word(rest)
    if by.casefold() != "by" or here.state.step(step).kind is not StepKind.HOLD:
        return None, rest
    phone = _PHONE.match(rest)
    name, more = first_word(rest[phone.end() :] if phone else more)
    return Claim(name, by_phone=phone is not None), more


def take(rest: str, here: Here) -> Wish:
    """`take STEP`, and behind a hold point without a go `because WHY`."""
    word, rest = first_word(rest)
    step = find_step(here.state, word)
    if step is None:
        return _no(
            f"There is no step “{word[:40]}”. Type status to see the steps and their numbers."
        )
    rest, said = marked(rest)
    reason = before_because(rest)[1] or rest
    return Take(step=step, reason=reason, authority=said.get("authority", ""))


def type_target(step: str, rest: str, _here: Here) -> Wish:
    """`type TEXT`: what the target shows."""
    return cmd.TypeTarget(step=step, typed=rest)


def ask(step: str, _rest: str, _here: Here) -> Wish:
    """`ask`: for the go of the hold point in hand."""
    return cmd.AskDecision(step=step)


def _verify(rest: str, here: Here) -> Wish:
    """`verify [STEP] NAME [by phone|separately|together] [WHAT WAS SEEN]`."""
    step, rest = _waiting(rest, here)
    if isinstance(step, Refused):
        return step
    name, rest = first_word(rest)
    if not name:
        return _no("verify needs who confirms it: verify BO, or verify BO by phone READ BACK.")
    phone, rest = _cut(_PHONE, rest)
    how, rest = _cut(_HOW, rest)
    alone = None if how is None else how["how"].casefold() == "separately"
    command = cmd.SignOff(step=step, saw=rest, alone=alone)
    return Signed(command, Claim(name, by_phone=phone is not None))


def _reject(rest: str, here: Here) -> Wish:
    """`reject [STEP] NAME [by phone] WHAT WAS SEEN`."""
    step, rest = _waiting(rest, here)
    if isinstance(step, Refused):
        return step
    name, rest = first_word(rest)
    if not name or not rest:
        return _no("reject needs who and what was seen: reject BO the valve is half open.")
    phone, rest = _cut(_PHONE, rest)
    command = cmd.Disagree(step=step, observation=rest)
    return Signed(command, Claim(name, by_phone=phone is not None))


def _unverified(rest: str, here: Here) -> Wish:
    """`unverified [STEP] WHY`: the owner accepts it without a second person."""
    step, rest = _waiting(rest, here)
    return step if isinstance(step, Refused) else cmd.AcceptUnverified(step=step, reason=rest)


def _waiting(rest: str, here: Here) -> tuple[str | Refused, str]:
    """The step named first, if it waits for a second person; else the one that does."""
    word, more = first_word(rest)
    named = find_step(here.state, word) if word else None
    waiting = here.state.to_verify()
    if named is not None and (named in waiting or named != word):
        return named, more
    if here.state.current in waiting:
        return here.state.current or "", rest
    if not waiting:
        return _no("No step waits for a second person. Type status to see the steps."), rest
    return waiting[0], rest


def _cut(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """A pattern at the beginning of a text, and what follows it."""
    found = pattern.match(text)
    return found, text[found.end() :].strip() if found else text


VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {
        "choose": choose,
        "take": take,
        "verify": _verify,
        "reject": _reject,
        "unverified": _unverified,
    }
)
AT_STEP: Final[Mapping[str, Callable[[str, str, Here], Wish]]] = MappingProxyType(
    {"done": done, "type": type_target, "ask": ask}
)
