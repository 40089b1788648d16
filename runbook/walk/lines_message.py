"""Typed lines about declaring and telling: declare, calls, clocks of the law, reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from runbook.procedure.durations import seconds
from runbook.procedure.model import StepKind
from runbook.report.sentences_message import OUTCOME
from runbook.report.sitrep import draft, marked
from runbook.report.zone import zone_of
from runbook.resources import resource
from runbook.run.callout import callout, find_contact, ladder, role_name, roles_of
from runbook.run.commands import Refused
from runbook.run.commands_message import (
    ArrangeRelief,
    AssumeDuration,
    Declare,
    LogCall,
    MarkNotRequired,
    MarkSent,
    SendReport,
)
from runbook.run.events_message import Outcome
from runbook.run.regulatory import clocks
from runbook.walk.told_text import contact_lines, duty_lines, outcome_words
from runbook.walk.wish import Here, Told, Wish
from runbook.walk.words import before_because, clock_after, clock_before, first_word, performed_at

_OUTCOMES: Final = MappingProxyType(
    {word.replace(" ", "-"): outcome for outcome, word in OUTCOME.items()}
    | {outcome.value: outcome for outcome in Outcome}
)
_READ_BACK: Final = re.compile(r"(not )?read[- ]back:?(?:\s+|$)", re.IGNORECASE)
_HEADS: Final = ("level", "aware", "declared", "by", "for")


def _no(why: str, needs: str = "") -> Refused:
    return Refused(why, "line", needs)


def _declare(rest: str, here: Here) -> Wish:
    """`declare [level X] [aware HH:MM] [declared HH:MM] [by WHO] [for 4h] CRITERIA`."""
    heads, rest = _heads(rest)
    criteria, reason = before_because(rest)
    minutes = _minutes(heads.get("for", ""))
    times = {name: clock_before(heads.get(name, ""), here.now) for name in ("aware", "declared")}
    wrong = next((n for n in times if heads.get(n) and not times[n]), None)
    if wrong:
        return _no(f"“{heads[wrong][:20]}” is no time of day. Type: declare {wrong} 18:05 WHAT.")
    if minutes is None:
        return _no("for needs a length of time: declare for 4h WHAT.")
    return Declare(
        criteria=criteria,
        level=heads.get("level", ""),
        aware=times["aware"],
        declared=times["declared"],
        declared_by=heads.get("by", ""),
        assumed_min=minutes,
        reason=reason,
    )


def _heads(rest: str) -> tuple[dict[str, str], str]:
    """The pairs of a word and its value in front of a text, and the text."""
    found: dict[str, str] = {}
    while True:
        word, more = first_word(rest)
        if word.casefold() not in _HEADS or word.casefold() in found or not more:
            return found, rest
        found[word.casefold()], rest = first_word(more)


def _minutes(text: str) -> int | None:
    """A length of time in whole minutes, 0 for none, None for what is no length."""
    if not text or text.casefold() == "unknown":
        return 0
    found = seconds(text)
    return None if found is None else max(1, round(found / 60))


def _assume(rest: str, _here: Here) -> Wish:
    length, note = first_word(rest)
    minutes = _minutes(length)
    if not length or minutes is None:
        return _no("assume needs a length of time: assume 6h, or assume unknown.", "assumed_min")
    return AssumeDuration(assumed_min=minutes, note=note)


def _relief(rest: str, here: Here) -> Wish:
    who, _, clock = rest.rpartition("@")
    at = clock_after(clock, here.now) if who else ""
    return ArrangeRelief(who=who.strip() if at else rest, at=at)


def _contacts(rest: str, here: Here) -> Wish:
    return Told(tuple(contact_lines(here.state, rest, here.now)))


def _called(rest: str, here: Here) -> Wish:
    """`called WHO CHANNEL OUTCOME [read-back] [TEXT]`; WHO may be a role."""
    performed, rest = performed_at(rest, here.now)
    who, rest = first_word(rest)
    channel, rest = first_word(rest)
    word, text = first_word(rest)
    outcome = _OUTCOMES.get(word.casefold())
    if outcome is None:
        return _no(
            f"called needs who, a channel and what came of it ({outcome_words()}):"
            " called BOB mobile no-answer.",
            "outcome",
        )
    contact, role = _whom(here, who)
    repeated = _READ_BACK.match(text)
    return LogCall(
        contact=contact,
        outcome=outcome,
        channel=channel,
        role=role,
        message=text[repeated.end() :] if repeated else text,
        read_back="" if repeated is None else "no" if repeated[1] else "yes",
        step=_talking(here),
        performed=performed,
    )


def _whom(here: Here, word: str) -> tuple[str, str]:
    """The contact meant, and the role when a role was named: then the next to be called."""
    if find_contact(here.state, word) is None:
        wanted = word.casefold()
        for role in roles_of(here.state):
            people = ladder(here.state, role)
            if people and wanted in (role.casefold(), role_name(here.state, role).casefold()):
                return (callout(here.state, role).next or people[0]).key, role
    return word, ""


def _talking(here: Here) -> str:
    """The step in hand when it is one of telling somebody something."""
    step = here.state.current
    return step if step and here.state.step(step).kind is StepKind.TALK else ""


def _clock(rest: str, here: Here) -> Wish:
    """`clock` shows them; `clock NAME sent [@HH:MM] REF`, `clock NAME not-required REASON`."""
    key, rest = first_word(rest)
    if not key:
        return Told(tuple(duty_lines(here.state, here.now)))
    found = next((c for c in clocks(here.state, zone_of(here.state)) if c.rule.key == key), None)
    due = found.due.astimezone(zone_of(here.state)).isoformat() if found and found.due else ""
    verb, rest = first_word(rest)
    if verb.casefold() == "sent":
        sent, reference = performed_at(rest, here.now)
        return MarkSent(clock=key, reference=reference, sent=sent, due=due)
    if verb.casefold() == "not-required":
        judge, reason = first_word(rest)
        if judge.casefold() == "by":
            judge, reason = first_word(reason)
            return MarkNotRequired(clock=key, reason=reason, judged_by=judge, due=due)
        return MarkNotRequired(clock=key, reason=rest, due=due)
    return _no(f"Type: clock {key} sent REFERENCE, or clock {key} not-required REASON.")


def _draft(_rest: str, here: Here) -> Wish:
    return Told(tuple(_report(here).splitlines()))


def _report(here: Here) -> str:
    return draft(here.state, here.now, resource("messages"))


def _sent(rest: str, here: Here) -> Wish:
    """`sent TO` sends the draft as it is; `sent TO: TEXT` other words."""
    to, _, text = rest.partition(": ")
    words = text.strip() or _report(here)
    return SendReport(text=marked(here.state, words), to=to.strip().removesuffix(":"))


VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {
        "declare": _declare,
        "assume": _assume,
        "relief": _relief,
        "contacts": _contacts,
        "called": _called,
        "clock": _clock,
        "report-draft": _draft,
        "sent": _sent,
    }
)
