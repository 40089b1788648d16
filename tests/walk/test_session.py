"""A session does what is typed, says what was saved, and shows what comes next."""

from datetime import timedelta

from runbook.journal.errors import not_recorded
from tests.walk.talk import Talk


def at_decision() -> Talk:
    """A talk whose first step is done."""
    talk = Talk()
    assert talk.first("ack", "read runtime 27", "done").startswith("saved ")
    return talk


def test_a_step_is_shown_with_its_warning_before_the_act() -> None:
    """The warning is read before what it protects."""
    shown = Talk().say("step")
    assert shown.index("!! WARNING: Do not open") < shown.index("> Read the panel")
    assert "[LIVE] Step 1.1, 2 min" in shown
    assert "UPS runtime, at least 5 min, from the panel" in shown
    assert "Expect: display lit" in shown


def test_done_needs_the_warning_read_and_the_reading_taken() -> None:
    """What is missing is asked for, one after the other."""
    talk = Talk()
    assert talk.first("done") == (
        "refused: Read the warning before step 1.1 and acknowledge it first. Type ack."
    )
    assert "needs a reading" in talk.first("ack", "done")


def test_what_was_saved_is_repeated_in_words() -> None:
    """Number, time, step, value and unit stand in the answer."""
    talk = Talk()
    assert "Reading at step 1.1: UPS runtime = 26.5 min" in talk.first("read runtime 26,5")
    assert talk.first("ack", "done all lamps off").endswith(
        "Step 1.1 done with deviation: Read the panel. Deviation: all lamps off."
        " Confirmed: display lit."
    )


def test_the_next_step_is_shown_after_the_answer() -> None:
    """Options are counted from one."""
    talk = Talk()
    shown = talk.say("ack", "read runtime 27", "done")
    assert shown.startswith("saved ")
    assert "Step 1.2" in shown
    assert "1. Yes" in shown
    assert "3. Cannot tell" in shown


def test_choosing_leads_where_the_option_says() -> None:
    """A branch not taken is not applicable, and the watch says how it is begun."""
    shown = at_decision().say("choose 1 heard it")
    assert "Basis: heard it" in shown
    assert "Step 3.1" in shown
    assert "not enforced yet" not in shown
    assert "[arm | fail WHAT" in shown


def test_a_decision_is_changed_in_place_or_by_going_back() -> None:
    """Both ways need the words, and both are recorded."""
    talk = at_decision()
    assert "refused" in talk.first("choose 1", "choose 2 at 1.2")
    assert "decided anew" in talk.first("choose 2 at 1.2 because it stopped")
    assert "opened again, attempt 2" in talk.first("back 1.2 look again")
    assert "Choice: Yes" in talk.first("choose 1 because it runs")


def test_going_back_without_a_reason_says_so_in_the_record() -> None:
    """Nobody is stopped by the lack of a word, but the lack is visible."""
    assert "Reason: no reason given" in at_decision().first("back 1.1")


def test_a_failed_step_offers_what_the_procedure_says() -> None:
    """The alternative leads where `If not` points."""
    talk = Talk()
    shown = talk.say("ack", "fail display dark")
    assert "If not: go to Estimate" in shown
    assert "Step 2.2" in talk.say("alternative")


def test_a_failed_step_is_tried_again_as_a_new_attempt() -> None:
    """The second attempt says that it is the second."""
    talk = Talk()
    assert "attempt 2" in talk.first("ack", "fail display dark", "retry")
    assert "attempt 2" in talk.say("step")


def test_steps_are_skipped_put_off_and_judged_not_applicable() -> None:
    """Each is its own status with its own words."""
    talk = at_decision()
    talk.say("choose 2")
    assert "Step 2.1 deferred" in talk.first("defer 3.1 no key here")
    assert "Step 2.2 skipped" in talk.first("skip estimated already")
    talk.say("done")
    assert "judged not applicable" in Talk().first("ack", "na another panel")


def test_a_reading_of_an_earlier_step_can_be_taken_from_here() -> None:
    """The name alone finds the step that asks for it."""
    assert "Reading at step 1.1" in at_decision().first("read RUNTIME 25")


def test_an_implausible_reading_is_kept_with_a_reason() -> None:
    """A runtime that rises on battery is asked about, not forbidden."""
    talk = at_decision()
    assert "Type: read NAME VALUE because REASON" in talk.first("read runtime 40")
    assert "Accepted because: new batteries" in talk.first("read runtime 40 because new batteries")


def test_an_entry_is_corrected_and_withdrawn_by_its_number() -> None:
    """The field follows from what the entry is; the journal shows both."""
    talk = Talk()
    seq = talk.first("read runtime 27").split()[1]
    assert "“27” is to be read as “26”" in talk.first(f"correct {seq} 26 because misread")
    note = talk.first("note lamp red").split()[1]
    assert "text “lamp red”" in talk.first(f"correct {note} lamp green because typo")
    assert "is withdrawn" in talk.first(f"withdraw {note} wrong room")
    assert "Corrected by entry" in talk.say("journal")


def test_what_was_done_earlier_carries_its_own_time() -> None:
    """The time of the act stands beside the time of the entry."""
    talk = Talk()
    talk.rig.journal.wait(minutes=30)
    earlier = (talk.rig.journal.now().astimezone() - timedelta(minutes=10)).strftime("%H:%M")
    assert f"{earlier}:00" in talk.first(f"note @{earlier} the lights went out")


def test_a_run_is_paused_resumed_and_completed_with_its_open_steps_settled() -> None:
    """Nothing ends while a step is undecided."""
    talk = at_decision()
    assert "Run paused" in talk.first("pause until 23:59 shift change")
    assert "The run is paused" in talk.first("done")
    talk.say("resume", "choose 1", "defer tomorrow no light")
    assert "Still open: 3.1" in talk.first("complete")
    assert "refused: Step 1.1 is not open." in talk.first("settle 1.1 Bo later")
    assert "stays open, owned by Bo" in talk.first("settle 3.1 Bo daylight needed")
    assert "Run complete except for open steps" in talk.first("complete")
    assert "Run reviewed and closed together with Bo" in talk.first("close Bo")


def test_an_aborted_run_ends_in_a_stated_safe_state() -> None:
    """Giving up has two acts: why, and in what state things were left."""
    talk = Talk()
    assert "Goal given up" in talk.first("abort mains are back")
    assert "safe state" in talk.first("finish")
    for line in [f"settle {n} Bo given up" for n in ("1.1", "1.2", "2.1", "2.2", "3.1")]:
        talk.say(line)
    assert "Run aborted. Safe state: all on mains" in talk.first("finish all on mains")


def test_the_end_of_the_route_says_that_the_run_can_be_completed() -> None:
    """Steps still open are listed with the way to settle them."""
    talk = at_decision()
    shown = talk.say("choose 1", "defer tomorrow dark")
    assert "The route is at its end. complete ends the run." in shown
    assert "settle N OWNER REASON" in shown


def test_status_shows_every_step_with_symbol_and_word() -> None:
    """The current step is pointed at; a branch not taken is not applicable."""
    shown = at_decision().say("choose 1", "status")
    assert "[x]  1.1" in shown
    assert "-> [ ]  3.1" in shown
    assert "[-]  2.1" in shown
    assert "not applicable" in shown


def test_when_no_copy_took_it_the_answer_says_write_on_paper() -> None:
    """The step does not move, and goes on once the journal works again."""
    talk = Talk()
    talk.rig.journal.broken = "disk gone"
    answer = talk.first("note hello")
    assert answer.startswith("NOT RECORDED: write it on paper, with the time.")
    assert "disk gone" in answer
    talk.rig.journal.broken = ""
    assert talk.first("note hello").startswith("saved ")


def test_what_the_journal_says_of_it_is_told_once() -> None:
    """A sentence that begins with the same warning does not repeat it, nor its full stop."""
    talk = Talk()
    talk.rig.journal.broken = not_recorded("the disk is full.")
    answer = talk.first("note hello")
    assert answer.count("NOT RECORDED") == 1
    assert "The disk is full. Everything" in answer


def test_when_one_copy_took_it_the_answer_says_so() -> None:
    """An entry on one copy is saved, and no more than that."""
    talk = Talk()
    talk.rig.journal.copies = 1
    assert "(one copy:" in talk.first("note hello")


def test_text_that_could_command_the_terminal_is_disarmed() -> None:
    """Escape sequences of a hostile file are shown, never obeyed."""
    talk = Talk("# T\n\n- [ ] Do \x1b[2Jthis\u202e now\n")
    shown = talk.say("step", "status", "step")
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_help_names_every_command() -> None:
    """Nothing can be typed that help does not tell."""
    shown = Talk().say("help")
    for word in ("done", "fail", "skip", "defer", "choose", "read", "note", "ack", "back", "quit"):
        assert word in shown


NESTED = """
    # Move
    ## Cables
    Wear gloves.
    - [ ] Move the trunk

      The grey one.
      - [ ] Pull it at A
        - [ ] Lift the latch
      - [ ] Plug it in at B
    """


def test_a_sub_step_says_what_it_is_part_of() -> None:
    """The words above it, its introduction and particulars come before the first sub-step."""
    talk = Talk(NESTED)
    first = talk.say("step")
    assert first.index("Wear gloves.") < first.index("Part of 1.1: Move the trunk")
    assert first.index("The grey one.") < first.index("Part of 1.1.1: Pull it at A")
    assert first.index("Part of 1.1.1") < first.index("> Lift the latch")
    later = talk.say("done", "done")
    assert "Part of 1.1: Move the trunk" in later
    assert "The grey one." not in later
