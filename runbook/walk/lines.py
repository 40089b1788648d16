"""One typed line to one wish: a command, a question, or why it cannot be understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from runbook.procedure.model import RecordKind
from runbook.run import commands as cmd
from runbook.run.commands import Refused
from runbook.run.events import Field, NoteAbout, ReadingTaken
from runbook.walk import (
    lines_calls,
    lines_check,
    lines_clock,
    lines_lanes,
    lines_message,
    lines_people,
    lines_time,
)
from runbook.walk.asking import at_step as _at_step
from runbook.walk.asking import no as _no
from runbook.walk.asking import step_named as _step
from runbook.walk.wish import Ask, Here, Settled, Wish, find_step
from runbook.walk.words import (
    LONGEST_LINE,
    before_because,
    before_last_because,
    clock_before,
    first_word,
    no_time,
    performed_at,
)


def understand(line: str, here: Here) -> Wish | None:
    """What a line asks for; None when it is empty. Never raises, whatever was typed."""
    if len(line) > LONGEST_LINE:
        return _no(f"The line is longer than {LONGEST_LINE:,} characters. Split it.")
    word, rest = first_word(line)
    if not word:
        return None
    verb = word.casefold().rstrip(":")
    if verb in _ASKS:
        return _ASKS[verb]
    made = _VERBS.get(verb)
    if made and verb in _TIMED and (wrong := no_time(rest)):
        return _no(f"“{wrong[:20]}” is no time of day. Type it as @18:05.")
    return made(rest, here) if made else _unknown(word)


def _unknown(word: str) -> Refused:
    near = get_close_matches(word.casefold(), [*_VERBS, *_ASKS], 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return _no(f"“{word[:40]}” is not a command.{hint} Type help for all commands.")


def _fail(step: str, rest: str, _here: Here) -> Wish:
    return cmd.Fail(step=step, observation=rest)


def _retry(step: str, rest: str, _here: Here) -> Wish:
    return cmd.Retry(step=step) if not rest else _no("retry takes no text. Add a note if needed.")


def _alternative(step: str, _rest: str, _here: Here) -> Wish:
    return cmd.TakeAlternative(step=step)


def _defer(step: str, rest: str, here: Here) -> Wish:
    target, reason = first_word(rest)
    if not target:
        return _no("defer needs a step, place or time, then why: defer 3.2 no key here.", "target")
    return cmd.Defer(step=step, target=find_step(here.state, target) or target, reason=reason)


def _ack(step: str, _rest: str, _here: Here) -> Wish:
    return cmd.Acknowledge(step=step)


def _not_applicable(step: str, rest: str, _here: Here) -> Wish:
    return cmd.JudgeNotApplicable(step=step, reason=rest)


def _read(rest: str, here: Here) -> Wish:
    performed, rest = performed_at(rest, here.now)
    name, rest = first_word(rest)
    if not name or not rest:
        return _no(f"read needs a name and a value. {_readings_here(here)}".strip(), "reading")
    step = _step_reading(name, here)
    if step is None:
        return _no(f"There is no reading “{name[:40]}”. {_readings_here(here)}".strip())
    record = next(r for r in here.state.step(step).records if r.name.casefold() == name.casefold())
    is_words = record.kind is RecordKind.TEXT
    typed, accept = (rest, "") if is_words else before_because(rest)
    return cmd.Read(step=step, name=record.name, typed=typed, accept=accept, performed=performed)


def _readings_here(here: Here) -> str:
    """Which readings the step in hand asks for."""
    if here.state.current is None:
        return ""
    names = [r.name for r in here.state.step(here.state.current).records]
    return f"This step asks for: {', '.join(names)}." if names else "This step asks for none."


def _step_reading(name: str, here: Here) -> str | None:
    """The step in hand if it asks for this reading, else the nearest one before, else after."""
    state, wanted = here.state, name.casefold()
    asking = [
        s for s in state.plan.flat if wanted in (r.name.casefold() for r in state.step(s).records)
    ]
    if not asking or state.current in asking:
        return state.current if asking else None
    place = state.plan.index.get(state.current or "", len(state.plan.flat))
    earlier = [s for s in asking if state.plan.index[s] <= place]
    return earlier[-1] if earlier else asking[0]


def _note(rest: str, here: Here) -> Wish:
    performed, rest = performed_at(rest, here.now)
    head, colon, text = rest.partition(":")
    kind = head.strip().casefold()
    if colon and kind in set(NoteAbout):
        about, rest = NoteAbout(kind), text.strip()
    else:
        about = NoteAbout.NOTE
    return cmd.Note(text=rest, about=about, step=here.state.current or "", performed=performed)


def _back(rest: str, here: Here) -> Wish:
    word, reason = first_word(rest)
    step = _step(word, here)
    if isinstance(step, Refused):
        return step
    reason = before_because(reason)[1] or reason
    return cmd.Reopen(step=step, reason=reason or "no reason given")


def _correct(rest: str, here: Here) -> Wish:
    word, rest = first_word(rest)
    new, reason = before_last_because(rest)
    seq = _seq(word)
    if seq is None or not new:
        return _no("correct needs an entry, the new words and why: correct 12 26 because misread.")
    field = Field.VALUE if isinstance(here.event_of(seq), ReadingTaken) else Field.TEXT
    if new.startswith("@") and clock_before(new, here.now):
        field, new = Field.PERFORMED, clock_before(new, here.now)
    return cmd.Correct(target=seq, field=field, new=new, reason=reason)


def _withdraw(rest: str, _here: Here) -> Wish:
    word, reason = first_word(rest)
    seq = _seq(word)
    if seq is None:
        return _no("withdraw needs an entry and why: withdraw 12 typed at the wrong step.")
    reason = before_because(reason)[1] or reason
    return cmd.Correct(target=seq, field=Field.WITHDRAWN, reason=reason)


def _seq(word: str) -> int | None:
    """The number of an entry as typed."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 16 else None  # noqa: PLR2004 - below 2^53


def _settle(rest: str, here: Here) -> Wish:
    word, rest = first_word(rest)
    owner, reason = first_word(rest)
    step = _step(word, here)
    if isinstance(step, Refused):
        return step
    if not owner or not reason:
        return _no("settle needs a step, who owns it from now on, and why: settle 3.2 Bo later.")
    return Settled(cmd.Settle(step=step, owner=owner, reason=reason))


_TIMED: Final = frozenset({"done", "read", "note", "called", "clock", "relief", "correct"})
_ASKS: Final[Mapping[str, Ask]] = MappingProxyType(
    {**{a.value: a for a in Ask}, "show": Ask.STEP, "?": Ask.HELP, "exit": Ask.QUIT, "q": Ask.QUIT}
)
_VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {
        "fail": _at_step(_fail),
        "retry": _at_step(_retry),
        "alternative": _at_step(_alternative),
        "skip": _at_step(lines_people.skip),
        "defer": _at_step(_defer),
        "ack": _at_step(_ack),
        "na": _at_step(_not_applicable),
        "read": _read,
        "note": _note,
        "back": _back,
        "correct": _correct,
        "withdraw": _withdraw,
        "resume": lambda _rest, _here: cmd.Resume(),
        "settle": _settle,
        **lines_people.VERBS,
        **lines_check.VERBS,
        **{word: _at_step(made) for word, made in lines_check.AT_STEP.items()},
        **lines_clock.VERBS,
        **lines_message.VERBS,
        **lines_lanes.VERBS,
        **lines_calls.VERBS,
        **{word: _at_step(made) for word, made in lines_calls.AT_STEP.items()},
        **lines_time.VERBS,
    }
)
