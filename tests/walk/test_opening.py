"""How a run is begun or taken up: who, which mode, and what is said first."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from runbook.procedure.site import Site
from runbook.run.entry import Actor
from runbook.run.events import GapNoted, Mode, RunStarted, RunStatus
from runbook.run.events_people import PersonAtKeyboard
from runbook.starting import StartingError
from runbook.walk.opening import Asked, gate_of, taken_up, which_mode, who
from runbook.walk.session import Session
from runbook.walk.terminal import Terminal
from tests.fakes import START
from tests.run.rig import Rig
from tests.walk.talk import PROCEDURE

HERE = Asked(operator="Bo")


def known(asked: Asked, terminal: Terminal) -> Actor:
    """Who walks, with nobody listed on this computer."""
    return who(asked, terminal, gate_of(asked, Site(), terminal), START)


def typing(typed: str = "", *, asks: bool = True) -> tuple[Terminal, io.StringIO]:
    """A terminal with these lines typed ahead, and what it prints."""
    sink = io.StringIO()
    return Terminal(io.BytesIO(typed.encode()), sink, asks=asks), sink


def resumed(rig: Rig, *, sealed: int = 0) -> tuple[Session, str]:
    """The run taken up again by Bo, and what was printed."""
    terminal, sink = typing(asks=False)
    return taken_up(rig.journal, rig.state.run, HERE, terminal, sealed), sink.getvalue()


def test_the_operator_is_who_was_named() -> None:
    """Spaces around the name are not part of it."""
    terminal, _ = typing()
    assert known(Asked(operator=" Ann ", role="lead"), terminal).operator == "Ann"


def test_on_a_terminal_the_operator_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter takes the name of the account."""
    monkeypatch.setenv("LOGNAME", "account")
    for typed, name in (("Eva\n", "Eva"), ("\n", "account"), ("", "account")):
        terminal, _ = typing(typed)
        assert known(Asked(), terminal).operator == name


def test_a_mode_is_the_whole_word_in_capitals() -> None:
    """Anything else is asked again."""
    terminal, sink = typing("live\nyes\nTEST\n")
    assert which_mode(Asked(), terminal) is Mode.TEST
    assert sink.getvalue().count("whole word") == 2


@pytest.mark.parametrize("typed", ["quit\n", ""])
def test_without_a_mode_nothing_starts(typed: str) -> None:
    """Leaving at the question is no decision for a drill."""
    terminal, _ = typing(typed)
    with pytest.raises(StartingError, match="Nothing was started"):
        which_mode(Asked(), terminal)


def test_taking_up_notes_the_gap_and_whether_it_was_clean() -> None:
    """The entry knows how long nobody was there, and how it had ended."""
    for sealed, is_clean in ((0, False), (2, True)):
        rig = Rig(PROCEDURE)
        rig.journal.at += timedelta(minutes=5)
        _, shown = resumed(rig, sealed=sealed)
        gap, sat = (entry.event for entry in rig.journal.kept[-2:])
        assert isinstance(gap, GapNoted)
        assert gap.clean is is_clean
        assert isinstance(sat, PersonAtKeyboard)
        assert gap.seconds >= 300
        assert "The program was away for 5 min" in shown


def test_a_clock_set_back_meanwhile_is_told_as_such() -> None:
    """Nobody was away for less than no time."""
    rig = Rig(PROCEDURE)
    rig.journal.at -= timedelta(hours=2)
    _, shown = resumed(rig)
    assert "the computer's clock was set back by at least 1 h 59 min" in shown
    assert " -" not in shown.splitlines()[1]


def test_the_card_says_where_you_were() -> None:
    """Last confirmed, current step, and what was put off on the way."""
    rig = Rig("# T\n\n- [ ] One\n- [ ] Two\n- [ ] Three\n")
    one, two, _ = (step.id for step in rig.state.procedure.steps)
    terminal = typing()[0]
    gate = gate_of(HERE, Site(), terminal)
    actor = known(HERE, terminal)
    session = Session(rig.runner, rig.journal, actor, terminal, (), "", gate)
    session.answer("defer tomorrow no key")
    session.answer("done")
    assert rig.state.last_confirmed == two
    _, shown = resumed(rig)
    number = rig.state.step(one).number
    assert "Last confirmed" in shown
    assert "by Bo: Two" in shown
    assert "Three" in shown
    assert f"Open items: {number} deferred" in shown


def test_a_prepared_run_is_started_when_it_is_taken_up() -> None:
    """A crash between the two first entries leaves a run that can still be walked."""
    rig = Rig(PROCEDURE, started=False)
    session, shown = resumed(rig)
    event = rig.journal.kept[-1].event
    assert isinstance(event, RunStarted)
    assert "plain file" in event.despite
    assert event.reason
    assert session.state.status is RunStatus.RUNNING
    assert "Briefing" in shown


def test_the_mode_of_a_run_is_never_changed() -> None:
    """Not even by asking for it."""
    rig = Rig(PROCEDURE)
    terminal, _ = typing(asks=False)
    with pytest.raises(StartingError, match="never changes"):
        taken_up(rig.journal, rig.state.run, Asked("Bo", mode=Mode.DRILL), terminal, 0)


def test_a_run_that_has_ended_can_still_be_closed() -> None:
    """It is taken up without a gap, and says what is left to do."""
    rig = Rig("# T\n\n- [ ] One\n")
    before, _ = resumed(rig)
    before.answer("done")
    before.answer("complete instead: Ann sleeps")
    count = len(rig.journal.kept)
    session, _ = resumed(rig)
    assert len(rig.journal.kept) == count
    session.answer("close Ann")
    session.answer("close because nobody else is here instead: Ann sleeps")
    assert session.state.status is RunStatus.CLOSED
