"""What a session on a terminal answers about other runs: their list, their pins, going there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from runbook.report.words import RUN_STATUS
from runbook.run.commands import Refused
from runbook.run.commands_calls import Redeem, Unpin
from runbook.run.state import RunState
from runbook.starting import StartingError
from runbook.walk.text import one_line
from runbook.walk.wish import Between, find_step

if TYPE_CHECKING:
    from runbook.calling import Runs
    from runbook.kin import Around
    from runbook.walk.session import Session

ALONE = Refused("Other runs cannot be reached from here.", "alone")


def between(session: Session, wish: Between) -> None:
    """Answer a question about other runs, go to one, or act on what is shared."""
    runs = session.runs
    if runs is None:
        session.refuse(ALONE)
        return
    match wish.what:
        case "runs":
            session.terminal.say(run_lines(session.state, open_runs(runs)))
        case "pins":
            session.terminal.say(pin_lines(runs.around(session.state.run)))
        case "goto":
            _go_to(session, runs, wish.words[0])
        case "unpin":
            _unpin(session, runs, *wish.words)
        case "redeem":
            _redeem(session, runs, *wish.words)


def open_runs(runs: Runs) -> tuple[RunState, ...]:
    """All open runs of this journal that can be read, those of an incident together."""
    found = []
    for run in runs.open_ids():
        try:
            found.append(runs.state(run))
        except StartingError:
            continue
    return tuple(sorted(found, key=lambda s: (s.incident, s.prepared_at is None, s.prepared_at)))


def run_lines(here: RunState, states: tuple[RunState, ...]) -> Iterator[str]:
    """The open runs, numbered, each with its owner and the step in hand."""
    for number, state in enumerate(states, 1):
        mark = "->" if state.run == here.run else "  "
        mode, status = state.mode.value.upper(), RUN_STATUS[state.status].lower()
        step = state.step(state.current) if state.current else None
        at = f": {step.number} {step.text}" if step else ""
        head = f"{mark} {number} {state.run}  {mode}  {state.prepared.title}"
        yield one_line(f"{head}, {status}, {state.owner}{at}")
    if not states:
        yield "No run is open."


def pin_lines(around: Around) -> Iterator[str]:
    """The pinned notes, numbered as they are taken down."""
    for number, pin in enumerate(around.pins, 1):
        yield one_line(f"{number} PINNED {pin.text} ({pin.by})")
    if not around.pins:
        yield "Nothing is pinned."


def stack_line(around: Around) -> Iterator[str]:
    """Who called whom, when somebody did."""
    if len(around.stack) > 1:
        yield one_line(" › ".join(kin.title for kin in around.stack))


def _go_to(session: Session, runs: Runs, word: str) -> None:
    states = open_runs(runs)
    run = word
    if word.isascii() and word.isdigit() and 0 < int(word) <= len(states):
        run = states[int(word) - 1].run
    try:
        session.turn_to(run)
    except StartingError as error:
        session.refuse(Refused(str(error), "no-such-run"))


def _unpin(session: Session, runs: Runs, number: str, reason: str) -> None:
    pins = runs.around(session.state.run).pins
    if not 0 < int(number) <= len(pins):
        session.refuse(Refused("There is no such note. Type pins to see them.", "no-such-pin"))
        return
    pin = pins[int(number) - 1]
    session.do(Unpin(run=pin.run, pin=pin.key, text=pin.text, reason=reason))


def _redeem(session: Session, runs: Runs, run: str, word: str, how: str) -> None:
    try:
        step = find_step(runs.state(run), word) or word
    except StartingError as error:
        session.refuse(Refused(str(error), "no-such-run"))
        return
    session.do(Redeem(origin_run=run, origin_step=step, how=how))
