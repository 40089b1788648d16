"""A report tells when an incident was declared, who was called, and what was sent in time."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from runbook.journal.driver import library
from runbook.report.as_tables import to_sqlite
from runbook.report.build import Format, write
from runbook.report.document import document
from runbook.report.sitrep import draft, file_of
from runbook.resources import resource
from runbook.run import commands as do
from runbook.run.commands_message import (
    Declare,
    LogCall,
    MarkNotRequired,
    MarkSent,
    SendReport,
)
from runbook.run.events import Mode, NoteAbout
from runbook.run.events_message import Outcome
from tests.report.conftest import TEXT, Desk


def told(mode: Mode = Mode.LIVE) -> Desk:
    """A run that was declared 10 minutes after awareness, with the third call answered."""
    desk = Desk(TEXT, mode)
    desk.after(60).does(do.Start())
    aware = desk.at.isoformat()
    desk.after(600).does(Declare(criteria="on battery <5 min", aware=aware, assumed_min=240))
    for who, outcome in (("Vera", Outcome.NO_ANSWER), ("Pia", Outcome.VOICEMAIL)):
        desk.after(60).does(LogCall(contact=who, outcome=outcome, channel="mobile"))
    said = "We are dark | not lost"
    call = LogCall(contact="Tom", outcome=Outcome.ANSWERED, message=said, read_back="yes")
    desk.after(60).does(call)
    desk.after(60).does(do.Note(text="the tank is full", about=NoteAbout.ASSUMPTION))
    sent = MarkSent(clock="nis2-24h", reference="case 4711", due="2026-11-23T09:01:00+01:00")
    desk.after(60).does(sent)
    desk.does(MarkNotRequired(clock="gdpr-72h", reason="no personal data", judged_by="Dita"))
    desk.does(SendReport(text="Line one.\nLine *two*.", to="the hospitals"))
    return desk


def figures(desk: Desk) -> dict[str, str]:
    """The figures of the report by their labels."""
    return {fact.label: fact.text for fact in document(desk.material()).measures}


def test_the_minutes_from_awareness_to_the_first_answered_call() -> None:
    """Calls that nobody answered do not count as having reached anybody."""
    found = figures(told())
    assert found["Aware to declared"] == "10 min"
    assert found["Declared to first call answered"] == "3 min"
    assert found["Aware to first call answered"] == "13 min"
    assert found["Calls"] == "3, of which answered 1"
    assert found["Assumed to last, in the end"] == "4 h"
    assert found["Start to first call or message"] == "13 min"


def test_a_run_without_an_incident_says_nothing_of_one() -> None:
    """No figures where nothing was declared or told."""
    desk = Desk(TEXT)
    desk.does(do.Start())
    assert "Aware to declared" not in figures(desk)
    assert document(desk.material()).duties == ()


def test_the_duties_tell_due_sent_and_margin() -> None:
    """Sent in time shows by how much, undecided says so, not required says who judged."""
    duties = {d.name: d for d in document(told().material()).duties}
    assert set(duties) == {"nis2-24h", "nis2-72h", "gdpr-72h"}
    assert (duties["nis2-24h"].result, duties["nis2-24h"].evidence) == ("sent", "case 4711")
    assert duties["nis2-24h"].margin == "23 h 45 min before"
    assert duties["nis2-72h"].result == "not decided"
    assert duties["gdpr-72h"].evidence == "no personal data, judged by Dita"


def test_a_late_report_to_an_authority_is_called_late() -> None:
    """A margin that was missed is told by how much."""
    desk = Desk(TEXT)
    desk.does(do.Start())
    desk.does(Declare(criteria="x", aware=desk.at.isoformat()))
    desk.after(25 * 3600).does(MarkSent(clock="nis2-24h", reference="case 1"))
    found = {d.name: d for d in document(desk.material()).duties}
    assert found["nis2-24h"].margin == "LATE by 1 h"


@pytest.mark.parametrize("form", [Format.HTML, Format.MD, Format.JSON])
def test_every_format_tells_it(form: Format) -> None:
    """The log of calls, the duties and the words of the reports stand in each."""
    text = write(told().material(), form).decode()
    for words in ("Vera", "no answer", "case 4711", "Dita", "Line one.", "the hospitals"):
        assert words in text, (form, words)


def test_the_pdf_is_made() -> None:
    """Its tables take whatever was typed."""
    assert write(told().material(), Format.PDF).startswith(b"%PDF")


def test_the_data_holds_the_reports_word_by_word() -> None:
    """Line breaks and signs are as they were sent."""
    data = json.loads(write(told().material(), Format.JSON))
    assert data["sitreps"][0]["text"] == "Line one.\nLine *two*."


@pytest.mark.parametrize("lang", ["en", "da", "sv"])
def test_a_draft_holds_what_the_journal_knows(lang: str) -> None:
    """Known, unknown, done, next, decisions, clocks and the next time, in each language."""
    desk = told()
    desk.does(do.Read(step="runtime", name="ups", typed="27"), desk.bo)
    desk.does(do.Confirm(step="runtime"), desk.bo)
    text = draft(desk.runner.state, desk.at, resource("messages"), lang)
    for words in ("on battery <5 min", "27 min", "the tank is full", "Read the runtime at Skejby"):
        assert words in text
    for words in ("Start the generator", "NIS2 incident notification", "Anna Holm", " 2,"):
        assert words in text
    assert ("SITUATIONSRAPPORT" in text) is (lang == "da")
    assert "\n\n\n" not in text


def test_a_draft_of_an_empty_run_is_whole_too() -> None:
    """Nothing known is said in words."""
    desk = Desk(TEXT)
    desk.does(do.Start())
    text = draft(desk.runner.state, desk.at, resource("messages"))
    assert "No incident has been declared." in text
    assert "- no step yet" in text


def test_a_draft_of_a_drill_begins_and_ends_with_the_exercise() -> None:
    """Nobody takes it for the real thing, nor its file."""
    desk = told(Mode.DRILL)
    text = draft(desk.runner.state, desk.at, resource("messages"))
    mark = "ØVELSE ØVELSE ØVELSE / EXERCISE"
    assert text.startswith(mark)
    assert text.strip().endswith(mark)
    assert file_of(desk.runner.state, desk.at).startswith("EXERCISE-OEVELSE-")
    assert desk.runner.state.messages.reports[0].text.startswith(mark)


def test_calls_and_duties_are_tables_too(tmp_path: Path) -> None:
    """Anybody may count them with plain questions."""
    file = tmp_path / "run.db"
    file.write_bytes(to_sqlite(told().material()))
    with closing(library.connect(file)) as connection:
        calls = connection.execute("SELECT called, outcome FROM call ORDER BY entry").fetchall()
        duties = connection.execute("SELECT name, result, evidence FROM duty").fetchall()
    assert calls == [("Vera", "no_answer"), ("Pia", "voicemail"), ("Tom", "answered")]
    assert ("nis2-24h", "sent", "case 4711") in duties
    assert ("nis2-72h", "open", None) in duties
