"""Who answered for what and when, as a report tells it."""

from __future__ import annotations

from runbook.report.handover import sheet_name, to_md, to_page
from runbook.report.people import KEYBOARD, OWNER, tenures
from runbook.run.commands import Note
from runbook.run.commands_people import (
    AcceptHandover,
    FillRole,
    PrepareHandover,
    ReadBack,
    SitDown,
    VacateRole,
)
from runbook.run.entry import Actor, Assurance
from runbook.run.handover import sheet_of
from tests.run.rig import Rig

ROLES = """
    ---
    roles: {lead: Lead, fac: Facilities}
    ---
    # Two roles
    - [ ] a (Lead) <!-- id: a -->
    - [ ] b (Facilities) <!-- id: b -->
"""
BO = Actor(operator="BO", assurance=Assurance.PIN)


def worked() -> Rig:
    """A run that was handed over, with a role that changed hands twice."""
    rig = Rig(ROLES)
    rig.do(FillRole(key="fac", person="CY"))
    rig.do(FillRole(key="fac", person="DE", reason="CY sleeps"))
    rig.do(VacateRole(key="fac", reason="went home"))
    rig.runner.do(SitDown(), BO)
    rig.do(PrepareHandover(to="BO"))
    for _ in range(3):
        rig.do(ReadBack(said="the first", right=True))
    rig.runner.do(AcceptHandover(), BO)
    return rig


def test_every_place_has_its_people_in_order() -> None:
    """One ends when the next begins; who is still there has no end."""
    rig = worked()
    found = tenures(rig.journal.entries(rig.state.run), rig.state.procedure.role_name)
    told = [(t.place, t.person, t.until is None) for t in found]
    assert told == [
        (OWNER, "ANN", False),
        (KEYBOARD, "ANN", False),
        ("Facilities", "CY", False),
        ("Facilities", "DE", False),
        (KEYBOARD, "BO", True),
        (OWNER, "BO", True),
    ]


def test_at_every_moment_there_is_exactly_one_owner() -> None:
    """The end of one is the beginning of the next."""
    rig = worked()
    found = tenures(rig.journal.entries(rig.state.run), rig.state.procedure.role_name)
    owners = [t for t in found if t.place == OWNER]
    assert [t.until for t in owners] == [*(t.begun for t in owners[1:]), None]


def test_the_sheet_for_a_handover_is_a_page_and_a_text() -> None:
    """Both bear the mode at their head and everything the sheet says, escaped."""
    rig = worked()
    rig.do(Note(text="<b>door</b> *open*"))
    sheet = sheet_of(rig.state, rig.journal.at)
    page, text = to_page(rig.state, sheet).decode(), to_md(rig.state, sheet).decode()
    assert "LIVE" in page.split("<h1>")[0]
    assert text.startswith("LIVE")
    assert "&lt;b&gt;door" in page
    assert r"\*open\*" in text
    assert sheet_name(rig.state, rig.journal.at).startswith("LIVE-")
