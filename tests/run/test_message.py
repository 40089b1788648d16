"""Declaring and telling, as conversations: the declaration, the call-out, what is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from runbook.run.callout import EXERCISE, callout, ladder, script
from runbook.run.commands import Confirm, Correct, Start
from runbook.run.commands_message import (
    ArrangeRelief,
    AssumeDuration,
    Declare,
    LogCall,
    MarkNotRequired,
    MarkSent,
    SendReport,
)
from runbook.run.declaration import aware_at, declared_at
from runbook.run.events import Field, Mode, Status, StepDoneDeviating
from runbook.run.events_message import CallLogged, IncidentDeclared, Outcome
from runbook.run.events_people import HandoverAccepted
from runbook.run.evolve import replay
from runbook.run.prompts import Ask, Prompt, prompts
from tests.run.message_site import SITE, TEXT
from tests.run.rig import ANN, Rig

AWARE = "2026-11-21T17:30:00+00:00"


def rig(mode: Mode = Mode.LIVE) -> Rig:
    """A started run at a site with people to call."""
    return Rig(TEXT, mode, site=SITE)


def asks(a_rig: Rig) -> list[Ask]:
    """What is asked for now."""
    return [prompt.ask for prompt in prompts(a_rig.state, a_rig.journal.at, UTC)]


def called(a_rig: Rig, who: str, outcome: Outcome = Outcome.NO_ANSWER, role: str = "") -> None:
    """Log a call."""
    a_rig.do(LogCall(contact=who, outcome=outcome, channel="mobile", role=role))


def test_a_declaration_says_what_when_and_by_whom() -> None:
    """It is one entry with the criteria met, both times, the person and the assumed length."""
    run = rig()
    run.do(Declare(criteria="on battery", level="2", aware=AWARE, assumed_min=240))
    event = run.journal.kept[-1].event
    assert isinstance(event, IncidentDeclared)
    assert (event.level, event.declared_by, event.assumed_min) == ("2", "ANN", 240)
    assert aware_at(run.state) == datetime(2026, 11, 21, 17, 30, tzinfo=UTC)
    assert declared_at(run.state) == datetime(2026, 11, 21, 18, 0, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("command", "needs"),
    [
        (Declare(criteria=" ", aware=AWARE), "criteria"),
        (Declare(criteria="x"), "aware"),
        (Declare(criteria="x", aware="yesterday"), "aware"),
        (Declare(criteria="x", aware="2026-11-22T00:00:00+00:00"), "aware"),
        (Declare(criteria="x", aware=AWARE, declared="2026-11-21T17:00:00+00:00"), "declared"),
        (Declare(criteria="x", aware=AWARE, assumed_min=-1), "assumed_min"),
    ],
)
def test_a_declaration_that_lacks_something_asks_for_it(command: Declare, needs: str) -> None:
    """The refusal names the part, so that a screen can ask for it."""
    assert rig().refuse(command).needs == needs


def test_a_declaration_is_changed_for_a_reason() -> None:
    """The new one counts, the first stays in the record; its times are kept unless given."""
    run = rig()
    run.do(Declare(criteria="on battery", aware=AWARE))
    first = declared_at(run.state)
    run.journal.wait(minutes=10)
    assert run.refuse(Declare(criteria="both feeds lost")).needs == "reason"
    run.do(Declare(criteria="both feeds lost", reason="the second feed went"))
    assert run.state.messages.declaration is not None
    assert run.state.messages.declaration.criteria == "both feeds lost"
    assert declared_at(run.state) == first


def test_the_times_read_in_the_procedure_are_not_asked_for_again() -> None:
    """Readings of a time of day mean the last such time; a correction of them counts."""
    run = rig()
    run.read("look", "time_aware", "17:10")
    run.read("look", "time_declared", "17:55")
    assert declared_at(run.state) == datetime(2026, 11, 21, 17, 55, tzinfo=UTC)
    seq = run.state.readings[-1].seq
    run.do(Correct(target=seq, field=Field.VALUE, new="17:50", reason="misread"))
    assert declared_at(run.state) == datetime(2026, 11, 21, 17, 50, tzinfo=UTC)
    run.do(Declare(criteria="on battery"))
    assert aware_at(run.state) == datetime(2026, 11, 21, 17, 10, tzinfo=UTC)
    assert declared_at(run.state) == datetime(2026, 11, 21, 17, 50, tzinfo=UTC)


def test_a_time_read_after_midnight_means_the_evening_before() -> None:
    """23:50 read at 00:10 is twenty minutes ago, not tomorrow night."""
    run = rig()
    run.journal.at = datetime(2026, 11, 22, 0, 10, tzinfo=UTC)
    run.read("look", "time_aware", "23:50")
    assert aware_at(run.state) == datetime(2026, 11, 21, 23, 50, tzinfo=UTC)


def test_the_assumed_duration_is_asked_for_again() -> None:
    """At 1, 4, 8 and 24 h, once each; the answer is recorded with the mark it answers."""
    run = rig()
    run.do(Declare(criteria="x", aware=AWARE, declared="2026-11-21T18:00:00+00:00"))
    for hours, mark in ((1, 1), (4, 4), (8, 8), (24, 24)):
        run.journal.at = datetime(2026, 11, 21, 18, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
        assert Ask.DURATION in asks(run)
        run.do(AssumeDuration(assumed_min=60 * hours, note="still dark"))
        assert run.state.messages.assumptions[-1].after_h == mark
        assert Ask.DURATION not in asks(run)


def test_only_the_last_mark_missed_is_asked_for() -> None:
    """After a night without an answer there is one question, not three."""
    run = rig()
    run.do(Declare(criteria="x", aware=AWARE))
    run.journal.wait(hours=9)
    assert asks(run).count(Ask.DURATION) == 1
    run.do(AssumeDuration(assumed_min=0))
    assert Ask.DURATION not in asks(run)


def test_relief_falls_due_and_again_after_it_came() -> None:
    """Eight hours after the start, then eight hours after the relief takes over."""
    run = rig()
    run.journal.wait(hours=7)
    assert Ask.RELIEF not in asks(run)
    run.journal.wait(hours=1)
    assert Ask.RELIEF in asks(run)
    assert run.refuse(ArrangeRelief(who=" ")).needs == "who"
    run.do(ArrangeRelief(who="the night shift", at="2026-11-22T04:00:00+00:00"))
    assert Ask.RELIEF not in asks(run)
    run.journal.at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert Ask.RELIEF in asks(run)


def test_a_call_out_without_answers_reaches_the_third_deputy() -> None:
    """After three minutes without an answer the next in succession is proposed, to the last."""
    run = rig()
    assert [c.key for c in ladder(run.state, "lead")] == ["ANN", "BOB", "CIA", "DAN"]
    reached: list[str] = []
    for _ in range(3):
        called(run, callout(run.state, "lead").next.key if reached else "ANN")  # type: ignore[union-attr]
        assert Ask.NEXT_CALL not in asks(run)
        run.journal.wait(minutes=3)
        (due,) = (p for p in prompts(run.state, run.journal.at, UTC) if p.ask is Ask.NEXT_CALL)
        reached.append(due.whom)
    assert reached == ["BOB", "CIA", "DAN"]
    called(run, "DAN", Outcome.ANSWERED)
    found = callout(run.state, "lead")
    assert found.reached is not None
    assert (found.reached.name, found.next) == ("Dan Dahl", None)
    assert Ask.NEXT_CALL not in asks(run)


def test_a_second_channel_does_not_restart_the_wait() -> None:
    """The three minutes count from the first attempt at that person."""
    run = rig()
    called(run, "ANN")
    run.journal.wait(minutes=2)
    called(run, "ANN", Outcome.VOICEMAIL)
    run.journal.wait(minutes=1)
    assert Ask.NEXT_CALL in asks(run)


def test_after_the_last_deputy_it_begins_again() -> None:
    """Nobody is left out and nothing ends: the first is proposed once more."""
    run = rig()
    for who in ("ANN", "BOB", "CIA", "DAN"):
        called(run, who)
    found = callout(run.state, "lead").next
    assert found is not None
    assert found.key == "ANN"


def test_a_call_counts_for_the_role_it_was_made_for() -> None:
    """A deputy called for another role reaches nobody for this one."""
    run = rig()
    called(run, "BOB", Outcome.ANSWERED, role="fac")
    assert callout(run.state, "lead").reached is None
    assert callout(run.state, "fac").reached is not None


def test_anybody_may_be_called() -> None:
    """Somebody without a contact is logged by name; nobody at all is refused."""
    run = rig()
    called(run, "the porter", Outcome.ANSWERED)
    event = run.journal.kept[-1].event
    assert isinstance(event, CallLogged)
    assert (event.contact, event.name) == ("", "the porter")
    assert run.refuse(LogCall(contact=" ", outcome=Outcome.ANSWERED)).needs == "contact"
    assert run.refuse(LogCall(contact="A", outcome=Outcome.ANSWERED, step="no")).code


def test_a_message_that_asks_for_a_read_back_is_held_until_it_was() -> None:
    """Done is refused; a call at the step with the words repeated opens it."""
    run = rig()
    run.read("look", "time_aware", "17:10")
    run.read("look", "time_declared", "17:50")
    run.done("look")
    assert run.refuse(Confirm(step="tell")).needs == "read_back"
    unsaid = LogCall(contact="BOB", outcome=Outcome.ANSWERED, step="tell")
    assert run.refuse(unsaid).needs == "read_back"
    run.do(LogCall(contact="BOB", outcome=Outcome.ANSWERED, step="tell", read_back="no"))
    run.do(LogCall(contact="BOB", outcome=Outcome.VOICEMAIL, step="tell", read_back="yes"))
    assert run.refuse(Confirm(step="tell")).needs == "read_back"
    run.do(LogCall(contact="BOB", outcome=Outcome.ANSWERED, step="tell", read_back="yes"))
    run.done("tell")
    assert run.state.status_of("tell") is Status.DONE


def test_a_missing_read_back_is_passed_with_a_reason() -> None:
    """The step is then done with a deviation, for ever."""
    run = rig()
    run.do(Confirm(step="tell", deviation="told face to face"))
    event = run.journal.kept[-1].event
    assert isinstance(event, StepDoneDeviating)
    assert event.unenforced == ()


def test_a_situation_report_falls_due_after_30_then_60_minutes() -> None:
    """It counts from the declaration, then from what the last report promised."""
    run = rig()
    run.journal.wait(hours=2)
    assert Ask.REPORT not in asks(run)
    run.do(Declare(criteria="x", aware=AWARE))
    run.journal.wait(minutes=29)
    assert Ask.REPORT not in asks(run)
    run.journal.wait(minutes=1)
    assert Ask.REPORT in asks(run)
    assert run.refuse(SendReport(text=" ", to="all")).needs == "text"
    assert run.refuse(SendReport(text="dark", to="")).needs == "to"
    run.do(SendReport(text="It is dark.", to="the hospitals"))
    run.journal.wait(minutes=59)
    assert Ask.REPORT not in asks(run)
    run.journal.wait(minutes=1)
    assert Ask.REPORT in asks(run)


def test_nothing_is_declared_before_the_start_or_after_the_closing() -> None:
    """The refusal says what to do instead."""
    run = Rig(TEXT, site=SITE, started=False)
    assert run.refuse(Declare(criteria="x", aware=AWARE)).code == "not-running"
    run.do(Start())
    run.do(Declare(criteria="x", aware=AWARE))


def test_numbers_stay_hidden_in_a_drill() -> None:
    """A call of a drill records the channel, never the number; the script says what it is."""
    run = rig(Mode.DRILL)
    called(run, "ANN")
    assert run.state.messages.calls[-1].number == ""
    assert script(run.state, "We have a fault.") == f"{EXERCISE}. We have a fault."
    live = rig()
    called(live, "ANN")
    assert live.state.messages.calls[-1].number == "00 00 11 01"
    assert script(live.state, "We have a fault.") == "We have a fault."


def test_what_was_declared_and_told_is_replayed() -> None:
    """The state lived through is the state read back."""
    run = rig()
    run.do(Declare(criteria="x", aware=AWARE, assumed_min=60))
    called(run, "ANN", Outcome.ANSWERED)
    run.do(SendReport(text="It is dark.", to="all"))
    run.do(ArrangeRelief(who="BOB"))
    state = run.state
    again = replay(run.journal.kept, state.procedure, state.site)
    assert again.messages == state.messages


def test_a_number_typed_in_a_drill_is_not_kept() -> None:
    """Somebody without a contact was called on a number: the drill hides it as well."""
    run = rig(Mode.DRILL)
    run.do(LogCall(contact="a porter", outcome=Outcome.ANSWERED, channel="00 00 99 01"))
    assert run.state.messages.calls[-1].channel == "hidden in a drill"


def test_a_duty_is_asked_for_when_a_tenth_of_its_time_is_left() -> None:
    """Two hours and 24 minutes before the early warning is due, and until it is settled."""
    run = rig()
    run.do(Declare(criteria="x", aware=AWARE))
    run.do(MarkNotRequired(clock="owner", reason="told by hand"))
    run.journal.at = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    assert Ask.DUTY not in asks(run)
    run.journal.at = datetime(2026, 11, 22, 15, 6, tzinfo=UTC)
    assert [p.subject for p in due_duties(run)] == ["nis2-24h"]
    run.do(MarkSent(clock="nis2-24h", reference="case 7"))
    assert Ask.DUTY not in asks(run)


def due_duties(a_rig: Rig) -> list[Prompt]:
    """The duties that are asked for now."""
    found = prompts(a_rig.state, a_rig.journal.at, UTC)
    return [prompt for prompt in found if prompt.ask is Ask.DUTY]


def test_a_handover_of_the_run_is_a_relief() -> None:
    """Whoever took the run over is not asked at once who relieves him."""
    run = rig()
    run.journal.wait(hours=9)
    assert Ask.RELIEF in asks(run)
    event = HandoverAccepted(owner="BOB", was="ANN")
    run.journal.append(run.state.run, Mode.LIVE, ANN, (event,))
    state = replay(run.journal.kept, run.state.procedure, run.state.site)
    assert Ask.RELIEF not in [p.ask for p in prompts(state, run.journal.at, UTC)]
