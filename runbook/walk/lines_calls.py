"""Lines about other runs: calling, leaving, coming back, going there, pins, steps put off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from runbook.run.choices import is_decided
from runbook.run.commands import Choose, Confirm, Refused
from runbook.run.commands_calls import Call, GoOn, Leave, PinNote, Return
from runbook.run.events import Status
from runbook.walk.wish import Between, Here, Wish, find_step
from runbook.walk.words import before_because, first_word


def _no(why: str) -> Refused:
    return Refused(why, "line")


def _option(rest: str) -> tuple[int, str]:
    """The number of an option at the beginning, counted from 0, and the rest; -1 for none."""
    word, more = first_word(rest)
    is_number = word.isascii() and word.isdigit() and len(word) < 4  # noqa: PLR2004 - below 1,000
    return (int(word) - 1, more) if is_number else (-1, rest)


def _joined(rest: str) -> tuple[str, str]:
    """The run to join (`join RUN` or `join new`), and the rest."""
    word, more = first_word(rest)
    return first_word(more) if word.casefold() == "join" else ("", rest)


def _call(step: str, rest: str, _here: Here) -> Wish:
    option, rest = _option(rest)
    join, rest = _joined(rest)
    basis, reason = before_because(rest)
    return Call(step=step, option=option, basis=basis, reason=reason, join=join)


def _leave(rest: str, here: Here) -> Wish:
    """`leave [N] [because WHY]` where the step leads away, else `leave PROCEDURE because WHY`."""
    option, rest = _option(rest)
    to, more = first_word(rest)
    if to.casefold() in ("join", "because"):
        to, more = "", rest
    join, more = _joined(more)
    _words, reason = before_because(more)
    step = "" if to else here.state.current or ""
    return Leave(step=step, option=option, to=to, join=join, reason=reason, despite=reason)


def _return(rest: str, here: Here) -> Wish:
    """`return [STEP] [WHY]`: the step in hand, else the one whose run has ended."""
    word, more = first_word(rest)
    named = find_step(here.state, word)
    step = named or _returning(here)
    if not step:
        return _no("No step here waits for a called run.")
    text = more if named else rest
    return Return(step=step, deviation=before_because(text)[1] or text)


def _returning(here: Here) -> str:
    """The step to come back to: the one in hand where it waits, else one whose run ended."""
    state = here.state
    waiting = [
        s
        for s, record in state.records.items()
        if record.last.called is not None and record.last.status is Status.WAITING
    ]
    ended = [s for s in waiting if state.record(s).last.called.ended is not None]  # type: ignore[union-attr]
    return next((s for s in (*waiting, *ended) if s == state.current), next(iter(ended), ""))


def _go_on(step: str, rest: str, _here: Here) -> Wish:
    return GoOn(step=step, reason=before_because(rest)[1] or rest)


def _paper(step: str, rest: str, here: Here) -> Wish:
    """`paper WHY` at a step that calls, `paper N WHY` at an option that does."""
    if is_decided(here.state.step(step)):
        option, why = _option(rest)
        return Choose(step=step, option=option, by_paper=why)
    return Confirm(step=step, deviation=f"By paper: {rest}" if rest else "")


def _pin(rest: str, here: Here) -> Wish:
    return PinNote(text=rest, step=here.state.current or "")


def _unpin(rest: str, _here: Here) -> Wish:
    number, reason = first_word(rest)
    if not number.isascii() or not number.isdigit():
        return _no("unpin needs the number of a note and why: unpin 1 the valve is open again.")
    return Between("unpin", (number, before_because(reason)[1] or reason))


def _redeem(rest: str, _here: Here) -> Wish:
    run, more = first_word(rest)
    step, how = first_word(more)
    if not how:
        return _no(
            "redeem needs a run, its step and what you saw: redeem L-… 2.4 the valve is shut."
        )
    return Between("redeem", (run, step, how))


def _go_to(rest: str, _here: Here) -> Wish:
    run, _more = first_word(rest)
    return Between("goto", (run,)) if run else _no("goto needs a run or its number: goto 2.")


AT_STEP: Final[Mapping[str, Callable[[str, str, Here], Wish]]] = MappingProxyType(
    {"call": _call, "goon": _go_on, "paper": _paper}
)
VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {
        "leave": _leave,
        "return": _return,
        "pin": _pin,
        "unpin": _unpin,
        "redeem": _redeem,
        "goto": _go_to,
        "runs": lambda _rest, _here: Between("runs", ()),
        "pins": lambda _rest, _here: Between("pins", ()),
    }
)
