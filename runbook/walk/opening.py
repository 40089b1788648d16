"""How a run is begun or taken up on a terminal: who, which mode, the briefing, then the steps."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from runbook.operators import Claim, Operators, people_of
from runbook.procedure.site import Site
from runbook.report.words import MODE_MARK, away_words
from runbook.run.commands import Refused, Start
from runbook.run.commands_people import SitDown
from runbook.run.entry import Actor
from runbook.run.events import GapNoted, Mode, RunStatus
from runbook.run.people import same_person
from runbook.run.port import JournalPort
from runbook.run.runner import Recorded, Runner
from runbook.run.state import ENDED
from runbook.starting import (
    Briefing,
    StartingError,
    begin,
    obstacles,
    take_up,
    without_numbers,
)
from runbook.walk.briefing_text import briefing_lines, content_lines
from runbook.walk.overview import card_lines, clock, head_lines
from runbook.walk.pins import Gate
from runbook.walk.session import Session, saved
from runbook.walk.terminal import Terminal

BRIEFED = "started from the terminal after the briefing was shown"
TAKEN_UP = "started from the terminal when the prepared run was taken up"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was given on the command line; `again` is the command that takes a run up.

    `data` is the folder with the people of this computer, `pin_file` holds PINs to prove them.
    """

    operator: str = ""
    role: str = ""
    mode: Mode | None = None
    again: str = "runbook walk --resume"
    data: Path | None = None
    pin_file: Path | None = None


def who(asked: Asked, terminal: Terminal, gate: Gate, now: datetime) -> Actor:
    """The operator: as given, as typed, else the name the system knows; with the PIN he has."""
    name = asked.operator.strip()
    if not name and terminal.asks:
        name = (terminal.next_line(f"Your name or initials [{_system_name()}]: ") or "").strip()
    name = name or _system_name()
    if not name:
        raise StartingError("Say who you are: runbook walk --operator NAME. Nothing was started.")
    known = gate.known(Claim(name, role=asked.role.strip()), now)
    if isinstance(known, Refused):
        raise StartingError(f"{known.why} Nothing was started.")
    return known


def gate_of(asked: Asked, site: Site, terminal: Terminal) -> Gate:
    """The people who may act, of this computer and of the site."""
    folder = asked.data or Path("/nonexistent")
    return Gate(Operators(folder, people_of(site)), terminal, asked.pin_file)


def _system_name() -> str:
    """The name of the account; empty where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def which_mode(asked: Asked, terminal: Terminal) -> Mode:
    """The mode as given or typed; without a person to ask it is a drill, and says so."""
    if asked.mode is not None:
        return asked.mode
    if not terminal.asks:
        terminal.say(["No --mode was given: this run is a DRILL. Nothing in it counts as live."])
        return Mode.DRILL
    while (typed := terminal.next_line("Type LIVE, TEST or DRILL to begin: ")) is not None:
        if typed in ("LIVE", "TEST", "DRILL"):
            return Mode(typed.lower())
        if typed.casefold() in ("quit", "q", "exit"):
            break
        terminal.say(["Type the whole word in capitals, or quit."])
    raise StartingError("No mode was chosen. Nothing was started.")


def begun(
    journal: JournalPort, briefing: Briefing, mode: Mode, asked: Asked, terminal: Terminal
) -> Session:
    """A run started from its briefing, which has been shown."""
    if mode is Mode.DRILL:
        briefing = without_numbers(briefing)
    gate = gate_of(asked, briefing.site, terminal)
    actor = who(asked, terminal, gate, journal.now())
    reason = _reason(briefing, terminal) if briefing.obstacles else ""
    role = actor.role if actor.role in briefing.procedure.front.roles else ""
    roles = {role: actor.operator} if role else {}
    runner = begin(journal, briefing, mode, actor, reason=reason, roles=roles)
    if isinstance(runner, Refused):
        raise StartingError(f"{runner.why} Nothing was started.")
    terminal.say(_begun_lines(runner, briefing.despite, reason))
    shown = tuple(briefing_lines(briefing))
    return Session(runner, journal, actor, terminal, shown, asked.again, gate)


def _reason(briefing: Briefing, terminal: Terminal) -> str:
    """Why the run starts although something speaks against it."""
    terminal.say([f"This speaks against it: {briefing.despite}."])
    if not terminal.asks:
        return BRIEFED
    return terminal.next_line(f"Why start all the same? [{BRIEFED}]: ") or BRIEFED


def _begun_lines(runner: Runner, despite: str, reason: str) -> Iterator[str]:
    yield from head_lines(runner.state)
    if despite:
        yield f"Started although {despite}. Reason: {reason}."
    state = runner.state
    yield f"saved {state.last_seq} {clock(state.started)} Run started by {state.owner}."
    yield "Type help for all commands."


def taken_up(
    journal: JournalPort, run: str, asked: Asked, terminal: Terminal, sealed: int
) -> Session:
    """A run as it was left, with the gap noted and a card that says where that was.

    `sealed` is the last entry that was there when the journal was last closed in good order.
    """
    runner = take_up(journal, run)
    if asked.mode is not None and asked.mode is not runner.state.mode:
        mark = MODE_MARK[runner.state.mode]
        raise StartingError(f"Run {run} is {mark}, and that never changes. Leave --mode out.")
    gate = gate_of(asked, runner.state.site, terminal)
    actor = who(asked, terminal, gate, journal.now())
    terminal.say(head_lines(runner.state))
    _note_gap(runner, terminal, clean=runner.state.last_seq <= sealed)
    _sit_down(runner, actor, terminal)
    terminal.say(card_lines(runner.state))
    if runner.state.status is RunStatus.PREPARED:
        terminal.say(_start_prepared(runner, actor, journal.now().astimezone().date()))
    shown = content_lines(runner.state.procedure, runner.state.prepared.values)
    return Session(runner, journal, actor, terminal, tuple(shown), asked.again, gate)


def _sit_down(runner: Runner, actor: Actor, terminal: Terminal) -> None:
    """Record who goes on, when it is somebody else than before."""
    state = runner.state
    if state.status in ENDED or same_person(state.at_keyboard, actor.operator):
        return
    done = runner.do(SitDown(), actor)
    if isinstance(done, Recorded):
        terminal.say([saved(done)])


def _note_gap(runner: Runner, terminal: Terminal, *, clean: bool) -> None:
    """Record that the program was away; a run that has ended has no gap."""
    done = runner.note_gap(clean=clean)
    if done is None:
        return
    event = done.entries[-1].event
    assert isinstance(event, GapNoted)
    left = "It was left in good order." if event.clean else "It had ended without warning."
    away = f"{away_words(event.seconds)}. {left}"
    terminal.say([f"saved {done.seq} {away}"])


def _start_prepared(runner: Runner, actor: Actor, today: date) -> Iterator[str]:
    """Start a run that was prepared and left before it had begun."""
    state = runner.state
    procedure, values = state.procedure, state.prepared.values
    despite = "; ".join(obstacles(procedure, procedure.findings, values, today))
    yield from content_lines(state.procedure, state.prepared.values)
    done = runner.do(Start(despite=despite, reason=TAKEN_UP if despite else ""), actor)
    if isinstance(done, Recorded):
        yield saved(done)
