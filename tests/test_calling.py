"""Runs that call, leave and hand on to each other, on one journal."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from runbook.called import find_called
from runbook.run.commands import Abort, Confirm, Defer, FinishAbort, Refused, Settle
from runbook.run.commands_calls import Call, GoOn, Leave, PinNote, Redeem, Return, Unpin
from runbook.run.events import Mode, RunStatus, Status
from runbook.run.summary import RunSummary
from tests.incident_rig import ANN, Incident


@pytest.fixture
def incident(tmp_path: Path) -> Incident:
    """Procedures and an empty journal."""
    return Incident(tmp_path)


def titles(incident: Incident, run: str) -> list[str]:
    """The line that says who called whom."""
    return [kin.title for kin in incident.runs.around(run).stack]


def down_to_the_key(incident: Incident) -> tuple[str, str, str, str]:
    """Three calls, one inside the other."""
    mains = incident.start("mains.md")
    incident.done(mains, "look")
    vendor = incident.call(mains, "vendor")
    incident.done(vendor, "contract")
    remote = incident.call(vendor, "remote")
    incident.done(remote, "gate")
    return mains, vendor, remote, incident.call(remote, "key")


def test_three_nested_calls_and_back(incident: Incident) -> None:
    """Each return comes to the step that called, in the right order."""
    mains, vendor, remote, key = down_to_the_key(incident)
    assert titles(incident, key) == ["Mains loss", "Vendor escalation", "Remote access", "Key box"]
    for called, caller, step in ((key, remote, "key"), (remote, vendor, "remote")):
        incident.finish(called)
        assert incident.state(caller).current == step
        assert incident.state(caller).status_of(step) is Status.WAITING
    incident.finish(vendor)
    assert incident.state(mains).current == "vendor"
    incident.do(mains, Return(step="vendor"))
    assert incident.state(mains).current == "note"


def test_a_called_run_belongs_to_the_incident(incident: Incident) -> None:
    """It has the caller's mode, site and roles, and knows where it comes from."""
    mains = incident.start("mains.md", Mode.DRILL)
    incident.done(mains, "look")
    vendor = incident.state(incident.call(mains, "vendor"))
    assert (vendor.incident, vendor.mode) == (mains, Mode.DRILL)
    prepared = vendor.prepared
    assert (prepared.begun_as, prepared.called_by_run) == ("called", mains)
    assert prepared.called_by_step == "vendor"


def test_the_stack_is_there_after_a_restart(incident: Incident) -> None:
    """A program that was killed in the called run comes back there with the whole stack."""
    mains, *_, key = down_to_the_key(incident)
    again = incident.again()
    runner, _gap = again.runs.take_up(key)
    assert runner.state.current == "take"
    assert titles(again, key)[0] == "Mains loss"
    assert again.state(mains).current == "vendor"


def test_an_end_that_a_crash_kept_from_the_caller_is_made_up_for(incident: Incident) -> None:
    """The called run ended, the program died before the caller heard of it."""
    mains = incident.start("mains.md")
    incident.done(mains, "look")
    vendor = incident.call(mains, "vendor")
    incident.do(vendor, Abort(reason="no contract"))
    items = [Settle(step=s, owner="BO", reason="x") for s in incident.state(vendor).open_items()]
    incident.runs.record(vendor, FinishAbort(safe_state="all off", items=tuple(items)), ANN)
    again = incident.again()
    again.runs.take_up(mains)
    called = again.state(mains).record("vendor").last.called
    assert called is not None
    assert (called.ended, called.words) == (RunStatus.ABORTED, "all off")


def test_a_missing_file_says_so_and_paper_is_a_way(incident: Incident) -> None:
    """Nothing is recorded; with a reason the step is done by paper."""
    mains = incident.start("mains.md")
    before = len(incident.kept.kept)
    refused = incident.refuse(mains, Call(step="missing"))
    assert (refused.code, refused.needs) == ("no-file", "paper")
    assert len(incident.kept.kept) == before
    incident.do(mains, Confirm(step="missing", deviation="By paper: no file"))


def test_an_empty_file_is_no_procedure(incident: Incident) -> None:
    """A file without steps cannot be called."""
    (incident.procedures / "missing.md").write_text("# Nothing here\n")
    mains = incident.start("mains.md")
    assert incident.refuse(mains, Call(step="missing")).needs == "paper"


def test_what_speaks_against_a_called_procedure_takes_a_reason(incident: Incident) -> None:
    """A plain file is called only with a reason, which stands in the record."""
    mains = incident.start("mains.md")
    assert incident.refuse(mains, Call(step="vendor")).needs == "reason"
    incident.do(mains, Call(step="vendor", reason="it is all there is"))


def test_an_open_run_is_offered_before_a_second_one(incident: Incident) -> None:
    """Two calls of one procedure come to one run, unless somebody wants another."""
    mains = incident.start("mains.md")
    first = incident.call(mains, "vendor")
    incident.do(mains, GoOn(step="vendor", reason="meanwhile"))
    other = incident.start("vendor.md")
    fire = incident.do(mains, Leave(to="mains", reason="again", despite="a test"))
    refused = incident.refuse(fire, Call(step="vendor", reason="a test"))
    assert refused.needs == f"join {first}"
    assert incident.do(fire, Call(step="vendor", join=first)) == first
    assert other != first


def test_leaving_closes_this_run_and_opens_the_other(incident: Incident) -> None:
    """Open work is handed to the new run, stands there with its origin, and is redeemed there."""
    mains = incident.start("mains.md")
    incident.done(mains, "look")
    incident.call(mains, "vendor")
    incident.do(mains, GoOn(step="vendor", reason="they are slow"))
    fire = incident.do(mains, Leave(step="fire", option=0, despite="a test"))
    state = incident.state(mains)
    assert (state.status, state.left_for) == (RunStatus.TRANSFERRED, fire)
    here = incident.state(fire)
    assert here.prepared.begun_as == "left"
    assert [(r.run, r.step) for r in here.received] == [(mains, "vendor"), (mains, "note")]
    incident.do(fire, Redeem(origin_run=mains, origin_step="vendor", how="they came"))
    assert incident.state(mains).status_of("vendor") is Status.DONE


def test_any_procedure_can_be_left_for_by_name(incident: Incident) -> None:
    """By id, file or title; an unknown name is said and nothing is begun."""
    mains = incident.start("mains.md")
    unknown = incident.refuse(mains, Leave(to="nowhere", reason="smoke"))
    assert unknown.needs == "to"
    fire = incident.do(mains, Leave(to="fire", reason="smoke", despite="a test"))
    assert incident.state(fire).prepared.title == "Fire"


def test_a_step_put_off_to_another_procedure_stands_there(incident: Incident) -> None:
    """At its anchor, when that run begins; redeeming it completes the origin."""
    mains = incident.start("mains.md")
    incident.do(mains, Defer(step="note", target="review.md#facts", reason="after"))
    review = incident.do(mains, Leave(to="review", reason="over", despite="a test"))
    (item,) = [r for r in incident.state(review).received if r.step == "note"]
    assert (item.number, item.at) == ("3", "facts-read")
    incident.do(review, Redeem(origin_run=mains, origin_step="note", how="18:02"))
    attempt = incident.state(mains).record("note").last
    assert (attempt.status, attempt.done_in) == (Status.DONE, review)


def test_a_step_put_off_to_an_open_run_is_there_at_once(incident: Incident) -> None:
    """The other run need not be begun anew."""
    mains = incident.start("mains.md")
    vendor = incident.call(mains, "vendor")
    incident.do(mains, Defer(step="note", target="Vendor escalation", reason="they know"))
    assert [r.step for r in incident.state(vendor).received] == ["note"]


def test_pins_are_shared_by_all_runs_of_the_incident(incident: Incident) -> None:
    """Raised in one, read in all, taken down in any."""
    mains = incident.start("mains.md")
    incident.done(mains, "look")
    vendor = incident.call(mains, "vendor")
    incident.do(vendor, PinNote(text="keys are with BO"))
    assert [p.text for p in incident.runs.around(mains).pins] == [
        "the panel is live",
        "keys are with BO",
    ]
    pin = incident.runs.around(vendor).pins[0]
    incident.do(vendor, Unpin(run=pin.run, pin=pin.key, text=pin.text, reason="cut"))
    assert [p.text for p in incident.runs.around(mains).pins] == ["keys are with BO"]
    other = incident.start("fire.md")
    assert incident.runs.around(other).pins == ()


def test_an_open_run_inhibits_others(incident: Incident) -> None:
    """The sentence names the run; a reason overrides it, and a drill does not count for live."""
    mains = incident.start("mains.md")
    refused = incident.begin("core.md")
    assert isinstance(refused, Refused)
    assert mains in refused.why
    incident.start("core.md")
    drill = incident.begin("core.md", Mode.TEST)
    assert isinstance(drill, Refused)
    assert mains not in drill.why


def test_looking_around_lists_the_journal_once(incident: Incident) -> None:
    """However many runs a journal holds, an act does not list them again."""
    mains = incident.start("mains.md")
    vendor = incident.call(mains, "vendor")
    listed: list[int] = []
    ask = incident.kept.runs

    def counted() -> list[RunSummary]:
        listed.append(1)
        return ask()

    incident.kept.runs = counted  # type: ignore[method-assign]
    for _ in range(3):
        incident.runs.around(vendor)
        incident.do(vendor, PinNote(text="again"))
    assert not listed


def test_a_danish_caller_finds_the_danish_procedure(incident: Incident) -> None:
    """What is called lies beside the caller's own file, also when that was begun elsewhere."""
    danish = incident.procedures / "da"
    danish.mkdir()
    for name, text in (
        ("mains.md", "---\nlang: da\n---\n# Strømsvigt\n- [ ] Kald: [Leverandør](vendor.md)\n"),
        ("vendor.md", "---\nlang: da\n---\n# Leverandør\n- [ ] Find aftalen\n"),
    ):
        (danish / name).write_text(text, encoding="utf-8")
    run = incident.start("da/mains.md")
    called = incident.call(run, incident.state(run).current or "")
    assert incident.state(called).prepared.title == "Leverandør"
    moved = msgspec.structs.replace(incident.state(run).prepared, folder="")
    assert find_called(moved, "vendor.md", incident.folders) == danish / "vendor.md"
