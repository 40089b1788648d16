"""Declaring and telling on a terminal: what is typed, what is answered."""

from __future__ import annotations

import io

import pytest

from runbook.run.commands import Complete, Settle
from runbook.run.events import Mode
from runbook.walk.session import Session
from runbook.walk.terminal import Terminal
from tests.run.message_site import SITE, TEXT
from tests.run.rig import ANN, Rig
from tests.walk.talk import Talk


class SiteTalk(Talk):
    """A session of a run that has people to call."""

    def __init__(self, mode: Mode = Mode.LIVE) -> None:
        super().__init__()
        self.rig = Rig(TEXT, mode, site=SITE)
        terminal = Terminal(io.BytesIO(), self.sink, asks=False)
        self.session = Session(
            self.rig.runner, self.rig.journal, ANN, terminal, (), "resume", self.session.gate
        )


def test_an_incident_is_declared_in_a_line() -> None:
    """Pairs in front tell times, level and length; the rest is what is met."""
    talk = SiteTalk()
    told = talk.first("declare aware 17:30 level 2 by BOB for 4h both feeds are lost")
    assert told.startswith("saved 3 ")
    for words in ("declared by BOB, level 2: both feeds are lost.", "17:30:00", "last: 4 h."):
        assert words in told
    assert "Say why the declaration changes" in talk.first("declare now it is worse")
    assert "Declaration changed" in talk.first("declare it is worse because the room is hot")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("declare both feeds lost", "Type: declare aware HH:MM"),
        ("declare aware 17:30", "Say what is met"),
        ("declare aware 29:99 dark", "no time of day"),
        ("declare for ages dark", "length of time"),
        ("assume", "assume 6h"),
        ("called BOB mobile", "no-answer"),
        ("called", "no-answer"),
        ("clock gdpr-72h", "not-required"),
        ("clock gdpr-72h sent 4711", "became aware"),
        ("clock no-such sent 4711", "There is no clock"),
        ("relief", "Say who takes over"),
        ("sent", "Say to whom"),
    ],
)
def test_what_is_missing_is_asked_for(line: str, why: str) -> None:
    """A refusal says what to type."""
    told = SiteTalk().first(line)
    assert told.startswith("refused: ")
    assert why in told


def test_a_script_of_unanswered_calls_reaches_the_third_deputy() -> None:
    """Each call to the role goes to the next in succession."""
    talk = SiteTalk()
    names = []
    for _ in range(4):
        told = talk.first("called lead mobile no-answer")
        names.append(told.partition("Call to ")[2].partition(" (")[0])
        talk.rig.journal.wait(minutes=3)
    assert names == ["Ann Ask", "Bob Birk", "Cia Carl", "Dan Dahl"]
    assert "Call Ann Ask next" in talk.say("status")


def test_contacts_show_order_channels_and_age() -> None:
    """What works without the hospital's network is marked by a sign and in words."""
    told = SiteTalk().say("contacts lead")
    assert "1. ANN Ann Ask, verified 2026-10-01, 51 days ago" in told
    assert "mobile: 00 00 11 01  [o] works without" in told
    assert "desk telephone: 00 00 11 02  [N] needs" in told
    assert "Fia" not in told
    assert "Fia Fog, never verified" in SiteTalk().say("contacts fia")
    assert "Nobody here is called" in SiteTalk().say("contacts xyz")


def test_a_drill_shows_no_number_and_names_the_exercise() -> None:
    """Contacts, calls and scripts are as in earnest, without the numbers."""
    talk = SiteTalk(Mode.DRILL)
    shown = talk.say("contacts") + talk.say("called ANN mobile answered") + talk.say("take 1.2")
    assert "00 00" not in shown
    assert "mobile: hidden in a drill" in shown
    assert "Say: ØVELSE ØVELSE ØVELSE / EXERCISE. " in shown


def test_a_read_back_is_asked_for_and_logged() -> None:
    """Done is refused, the call opens it; with a reason it goes without."""
    talk = SiteTalk()
    talk.say("take 1.2")
    assert "called WHO CHANNEL answered read-back" in talk.first("done")
    told = talk.first("called BOB mobile answered read-back We have a fault")
    assert "at step 1.2: answered" in told
    assert "Message: We have a fault. Read back." in told
    assert talk.first("done").startswith("saved ")


def test_clocks_of_the_law_are_shown_and_settled() -> None:
    """Due, sent and not required stand in one list."""
    talk = SiteTalk()
    assert "nobody has said" in talk.say("clock")
    talk.say("declare aware 17:30 dark")
    told = talk.say("clock")
    assert "nis2-24h, NIS2 early warning: due 2026-11-22 17:30, 23 h 29 min" in told
    assert "nis2-final, NIS2 final report: does not run yet" in told
    assert "Due at: 2026-11-24 17:30" in talk.first("clock nis2-72h sent @18:00 case 7")
    talk.say("clock gdpr-72h not-required by DPO no personal data")
    told = talk.say("clock")
    assert "SENT at 18:00, reference case 7" in told
    assert "NOT REQUIRED: no personal data, judged by DPO" in told
    assert "nis2-final, NIS2 final report: due 2026-12-21 18:00" in told


def test_a_run_with_an_open_duty_is_closed_with_a_reason() -> None:
    """The refusal names the duties and what to type."""
    talk = SiteTalk()
    talk.say("declare aware 17:30 dark")
    items = [Settle(step=s, owner="ANN", reason="x") for s in talk.rig.state.open_items()]
    talk.rig.do(Complete(items=tuple(items)))
    told = talk.first("close BOB")
    assert "GDPR notification" in told
    assert "override: WHY" in told
    assert "because: kept elsewhere" in talk.first("close BOB override: kept elsewhere")


def test_a_situation_report_is_drafted_and_sent() -> None:
    """As drafted, or in other words behind a colon."""
    talk = SiteTalk()
    talk.say("declare aware 17:30 dark")
    assert "SITUATION REPORT 1, 18:00" in talk.say("report-draft")
    assert "report 1 sent to the hospitals." in talk.first("sent the hospitals")
    told = talk.first("sent the staff: It is dark.")
    assert "report 2 sent to the staff." in told
    assert "“It is dark.”" in told


def test_what_is_due_stands_before_the_step() -> None:
    """The assumed length, the relief and the report are asked for when their time has come."""
    talk = SiteTalk()
    talk.say("declare aware 17:30 dark")
    talk.rig.journal.wait(hours=9)
    told = talk.say("step")
    for words in ("8 h after declaring", "Relief was due", "A situation report was due"):
        assert words in told
    assert "Word to the owner was due at" in told
    talk.say("clock owner sent by courier")
    talk.say("assume 12h no spare part", "relief the night shift @04:00", "sent all")
    assert "!! " not in talk.say("step")
