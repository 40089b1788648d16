"""Declaring and telling in the window, by keys: contacts, the incident, situation reports."""

from __future__ import annotations

from textwrap import dedent

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit
from pytestqt.qtbot import QtBot

from runbook.run.commands import Complete, Confirm, Settle
from runbook.run.commands_message import Declare
from runbook.run.events import Mode, RunClosed
from runbook.run.events_message import (
    CallLogged,
    DurationAssumed,
    IncidentDeclared,
    Outcome,
    RegulatoryNotRequired,
    RegulatorySent,
    SituationReportSent,
)
from runbook.ui.forms_message import minutes_typed, outcome_typed, time_before, yes_no
from tests.run.message_site import SITE, TEXT
from tests.ui.run_window import Window

Key = Qt.Key
PROCEDURE = dedent(TEXT).strip() + "\n"
AWARE = "2026-11-21T17:30:00+00:00"


def window(qtbot: QtBot, mode: Mode = Mode.LIVE) -> Window:
    """A run at a site with people to call."""
    return Window(qtbot, PROCEDURE, mode, dedent(SITE))


def lines(at: Window, name: str) -> list[str]:
    """The lines of a list."""
    found = at.child(name)
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def into(at: Window, name: str) -> None:
    """Put the cursor in a field of the form that stands there."""
    fields = at.driver.page.findChildren(QLineEdit, name)
    next(field for field in fields if field.isVisible()).setFocus()


def prompts(at: Window) -> list[str]:
    """What stands on the right as due."""
    labels = at.driver.page.findChildren(QLabel, "prompts_line")
    return [label.text() for label in labels if label.isVisible()]


def aside(at: Window) -> str:
    """The name of the page in the middle."""
    page = at.driver.page.middle.currentWidget()
    return page.objectName() if page else ""


def test_contacts_open_with_one_key_and_home_returns(qtbot: QtBot) -> None:
    """The cursor stands in the search; nothing of the run has changed."""
    at = window(qtbot)
    before = len(at.driver.journal.kept)
    at.press(Key.Key_C)
    assert aside(at) == "contacts_page"
    assert at.focus.objectName() == "contacts_page_find"
    at.type("birk")
    assert [line.partition(",")[0] for line in lines(at, "contacts_page_list")] == [
        "Incident lead",
        "2. Bob Birk (BOB)",
    ]
    at.press(Key.Key_Home)
    assert aside(at) == "step_panel"
    assert len(at.driver.journal.kept) == before


def test_contacts_show_channels_networks_and_age(qtbot: QtBot) -> None:
    """What needs the hospital's network is told by a sign and in words."""
    at = window(qtbot)
    at.press(Key.Key_C)
    shown = "\n".join(lines(at, "contacts_page_list"))
    assert "1. Ann Ask (ANN), verified 2026-10-01, 51 days ago" in shown
    assert "● mobile: 00 00 11 01   works without the hospital's network" in shown
    assert "▲ desk telephone: 00 00 11 02   needs the hospital's network" in shown
    assert "never verified" in shown


def test_a_call_is_logged_by_keys(qtbot: QtBot) -> None:
    """C, some letters, Enter, the first letter of the outcome, Enter."""
    at = window(qtbot)
    at.press(Key.Key_C)
    at.write("birk")
    at.write("n")
    event = at.driver.last
    assert isinstance(event, CallLogged)
    assert (event.contact, event.role, event.outcome) == ("BOB", "lead", Outcome.NO_ANSWER)
    assert (event.channel, event.number) == ("mobile", "00 00 12 01")
    assert aside(at) == "contacts_page"
    assert "Incident lead: nobody has answered, next is Ann Ask" in lines(at, "contacts_page_list")


def test_an_outcome_that_is_none_is_asked_for_again(qtbot: QtBot) -> None:
    """The form stays, and says what may be typed."""
    at = window(qtbot)
    at.press(Key.Key_C)
    at.write("birk")
    at.write("perhaps")
    assert "answered, voicemail, no answer or wrong number" in at.shown("form_missing")
    assert not at.driver.runner.state.messages.calls


def test_the_next_in_succession_is_proposed_on_the_right(qtbot: QtBot) -> None:
    """After three minutes without an answer, with the key that leads there."""
    at = window(qtbot)
    at.press(Key.Key_C)
    at.write("ann ask")
    at.write("v")
    assert "no answer. Call" not in at.shown("prompts_line")
    at.driver.journal.wait(minutes=3)
    at.driver.show()
    wanted = ["▲ Incident lead: no answer. Call Bob Birk next  C"]
    qtbot.waitUntil(lambda: prompts(at) == wanted)


def test_a_drill_shows_no_number(qtbot: QtBot) -> None:
    """Neither in the list nor in the form; the script of a step names the exercise."""
    at = window(qtbot, Mode.DRILL)
    at.driver.do(Confirm(step="look", deviation="no clock"))
    at.driver.show()
    shown = [label.text() for label in at.driver.page.findChildren(QLabel)]
    at.press(Key.Key_C)
    shown += lines(at, "contacts_page_list")
    at.write("birk")
    shown += [at.shown("form_explain"), at.focus.property("text") or ""]
    assert "ØVELSE ØVELSE ØVELSE / EXERCISE" in at.shown("form_explain")
    at.write("a")
    assert at.focus.objectName() == "form_read_back"
    assert "Was the message read back?" in at.shown("form_missing")
    at.write("y")
    event = at.driver.last
    assert isinstance(event, CallLogged)
    assert (event.read_back, event.number) == ("yes", "")
    assert event.message.startswith("ØVELSE")
    shown += [label.text() for label in at.driver.page.findChildren(QLabel)]
    assert "00 00" not in "\n".join(shown)
    assert "hidden in a drill" in "\n".join(shown)


def test_a_read_back_is_asked_for_and_bound_to_the_step(qtbot: QtBot) -> None:
    """Enter asks who read it back; then Enter confirms the step."""
    at = window(qtbot)
    at.driver.do(Confirm(step="look", deviation="no clock"))
    at.driver.show()
    at.press(Key.Key_Return)
    assert at.shown("form_title") == "Read-back at 1.2"
    assert "We have a fault" in at.shown("form_explain")
    at.write("the duty manager")
    event = at.driver.last
    assert isinstance(event, CallLogged)
    assert (event.name, event.step, event.read_back) == ("the duty manager", "tell", "yes")
    at.press(Key.Key_Return)
    assert at.driver.kinds[-1] == "StepDone"


def test_a_read_back_is_passed_with_a_reason(qtbot: QtBot) -> None:
    """In the same form; the step is done with a deviation."""
    at = window(qtbot)
    at.driver.do(Confirm(step="look", deviation="no clock"))
    at.driver.show()
    at.press(Key.Key_Return)
    into(at, "form_reason")
    at.write("told face to face")
    assert at.driver.kinds[-1] == "StepDoneDeviating"


def test_an_incident_is_declared_by_keys(qtbot: QtBot) -> None:
    """I opens the question; the times that were read are offered."""
    at = window(qtbot)
    at.press(Key.Key_I)
    assert aside(at) == "incident_page"
    assert at.shown("form_title") == "Declare an incident"
    at.write("both feeds lost")
    assert at.focus.objectName() == "form_aware"
    at.write("00:01")
    event = at.driver.last
    assert isinstance(event, IncidentDeclared)
    assert (event.criteria, event.declared_by) == ("both feeds lost", "HRM")
    assert at.shown("incident_page_title") == "Incident declared"
    assert at.button("run_incident").isEnabled()


def declared(qtbot: QtBot) -> Window:
    """A run with a declared incident, on the page of the incident."""
    at = window(qtbot)
    at.driver.do(Declare(criteria="dark", aware=AWARE))
    at.driver.show()
    at.press(Key.Key_I)
    return at


def choose(at: Window, words: str) -> None:
    """Mark the line that holds some words, by arrows, and press Enter."""
    row = next(i for i, line in enumerate(lines(at, "incident_page_list")) if words in line)
    found = at.child("incident_page_list")
    assert isinstance(found, QListWidget)
    for _ in range(20):
        if found.currentRow() == row:
            break
        at.press(Key.Key_Down)
    at.press(Key.Key_Return)


def test_the_clocks_of_the_law_are_settled(qtbot: QtBot) -> None:
    """Sent with a reference, or not required with a reason, in one form."""
    at = declared(qtbot)
    choose(at, "NIS2 early warning")
    at.write("case 7")
    event = at.driver.last
    assert isinstance(event, RegulatorySent)
    assert (event.clock, event.reference) == ("nis2-24h", "case 7")
    assert event.due.startswith("2026-11-22T17:30:00")
    assert any("SENT at" in line for line in lines(at, "incident_page_list"))
    choose(at, "GDPR notification")
    into(at, "form_reason")
    at.write("no personal data")
    assert isinstance(at.driver.last, RegulatoryNotRequired)


def test_a_clock_without_evidence_stays_open(qtbot: QtBot) -> None:
    """The form says what is missing."""
    at = declared(qtbot)
    choose(at, "NIS2 early warning")
    at.press(Key.Key_Return)
    assert "Give the reference" in at.shown("form_missing")
    at.press(Key.Key_Escape)
    assert aside(at) == "incident_page"
    at.press(Key.Key_Escape)
    assert aside(at) == "step_panel"


def test_the_declaration_is_changed_for_a_reason(qtbot: QtBot) -> None:
    """Its times stay to the second when they are left alone."""
    at = declared(qtbot)
    choose(at, "Declared at")
    into(at, "form_reason")
    at.write("it is worse")
    event = at.driver.last
    assert isinstance(event, IncidentDeclared)
    assert (event.reason, event.aware) == ("it is worse", AWARE)


def test_the_assumed_duration_is_answered(qtbot: QtBot) -> None:
    """The prompt on the right goes away with the answer."""
    at = declared(qtbot)
    at.driver.journal.wait(hours=1, minutes=1)
    at.driver.show()
    qtbot.waitUntil(lambda: any("1 h since declaring" in words for words in prompts(at)))
    choose(at, "Assumed to last")
    at.write("6 h")
    event = at.driver.last
    assert isinstance(event, DurationAssumed)
    assert (event.after_h, event.assumed_min) == (1, 360)
    qtbot.waitUntil(lambda: not any("since declaring" in words for words in prompts(at)))


def test_a_situation_report_is_edited_and_sent(qtbot: QtBot) -> None:
    """Z shows the draft; the words as changed are what is recorded."""
    at = declared(qtbot)
    at.press(Key.Key_Z)
    assert aside(at) == "report_page"
    text = at.child("report_text")
    assert isinstance(text, QPlainTextEdit)
    assert "SITUATION REPORT 1" in text.toPlainText()
    at.type("Our words. ")
    at.press(Key.Key_Return, ctrl=True)
    at.write("the hospitals")
    event = at.driver.last
    assert isinstance(event, SituationReportSent)
    assert event.text.startswith("Our words. SITUATION REPORT 1")
    assert event.to == "the hospitals"
    assert at.shown("report_title") == "Situation report 2"


def test_a_draft_that_was_changed_is_kept(qtbot: QtBot) -> None:
    """Esc returns to the step; Z finds the words as they were left."""
    at = window(qtbot)
    at.press(Key.Key_Z)
    at.type("Mine. ")
    at.press(Key.Key_Return)
    at.press(Key.Key_Escape)
    assert aside(at) == "step_panel"
    at.press(Key.Key_Z)
    text = at.child("report_text")
    assert isinstance(text, QPlainTextEdit)
    assert text.toPlainText().startswith("Mine. \n")
    at.button("report_draft").click()
    assert text.toPlainText().startswith("SITUATION REPORT 1")


def test_a_report_of_a_drill_is_marked_wherever_it_goes(qtbot: QtBot) -> None:
    """Also when the words were all typed anew: copied, written and sent."""
    at = window(qtbot, Mode.DRILL)
    files: list[tuple[str, str]] = []
    at.driver.page.file_wanted.connect(lambda name, text: files.append((name, text)))
    at.press(Key.Key_Z)
    text = at.child("report_text")
    assert isinstance(text, QPlainTextEdit)
    text.setPlainText("All is lost.")
    at.button("report_copy").click()
    at.button("report_write").click()
    ((name, written),) = files
    for words in (QGuiApplication.clipboard().text(), written):
        assert words.startswith("ØVELSE ØVELSE ØVELSE / EXERCISE")
    assert name.startswith("EXERCISE-OEVELSE-")
    at.press(Key.Key_Return, ctrl=True)
    at.write("all")
    event = at.driver.last
    assert isinstance(event, SituationReportSent)
    assert event.text.startswith("ØVELSE")


def test_a_run_with_an_open_duty_is_closed_for_a_reason(qtbot: QtBot) -> None:
    """The refusal becomes a question below the first."""
    at = declared(qtbot)
    state = at.driver.runner.state
    items = tuple(Settle(step=s, owner="X", reason="x") for s in state.open_items())
    at.press(Key.Key_Home)
    at.driver.do(Complete(items=items))
    at.driver.show()
    at.press(Key.Key_Return)
    at.write("BOB")
    at.press(Key.Key_Return)
    assert "GDPR notification" in at.shown("form_explain")
    at.write("kept elsewhere")
    event = at.driver.last
    assert isinstance(event, RunClosed)
    assert event.override == "kept elsewhere"


def test_a_note_may_be_taken_on_any_page(qtbot: QtBot) -> None:
    """N works there as everywhere."""
    at = declared(qtbot)
    at.press(Key.Key_N)
    at.write("the bridge is open")
    assert at.driver.kinds[-1] == "NoteAdded"


@pytest.mark.parametrize(
    ("typed", "minutes"), [("", 0), ("4 h", 240), ("1h30m", 90), ("soon", -1), ("20 s", 1)]
)
def test_a_length_is_read_in_minutes(typed: str, minutes: int) -> None:
    """Nothing typed means that nobody can tell; what is no length is refused by the rules."""
    assert minutes_typed(typed) == minutes


def test_words_are_read_from_their_beginnings(qtbot: QtBot) -> None:
    """One letter is enough; anything else is left for the rules to refuse."""
    at = window(qtbot)
    now = at.driver.journal.at
    assert outcome_typed("w") is Outcome.WRONG_NUMBER
    assert outcome_typed("xyz") == "xyz"
    assert (yes_no("y"), yes_no("n"), yes_no("")) == ("yes", "no", "")
    assert time_before("2026-11-20 08:00", now).startswith("2026-11-20T08:00:00")
    assert time_before("noon", now) == "noon"


def test_long_words_to_pick_are_cut_on_the_button_only(qtbot: QtBot) -> None:
    """The field gets them whole."""
    long = "The lights of the building are out and the generator does not carry the load at all"
    text = PROCEDURE.replace("---\n", f'---\nuse_when: ["{long}"]\n', 1)
    at = Window(qtbot, text, Mode.LIVE, dedent(SITE))
    at.press(Key.Key_I)
    button = at.button("suggestion_criteria_0")
    assert len(button.text()) < 60
    button.click()
    assert at.focus.property("text") == long
