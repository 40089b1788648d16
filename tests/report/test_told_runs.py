"""What a report tells of the other runs of the incident."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.journal.journal import Journal
from runbook.report.build import Format, build
from runbook.run.commands import Confirm, Defer
from runbook.run.commands_calls import GoOn, PinNote, Redeem, Return, Unpin
from runbook.run.pins import standing
from tests.incident_rig import Incident


@pytest.fixture
def told(tmp_path: Path) -> tuple[Journal, str, str]:
    """A journal, a run that called another, and the called one."""
    journal = Journal.open(tmp_path / "live")
    incident = Incident(tmp_path, journal)
    mains = incident.start("mains.md")
    incident.done(mains, "look")
    vendor = incident.call(mains, "vendor")
    incident.do(mains, GoOn(step="vendor", reason="they are slow"))
    incident.do(mains, Defer(step="note", target="vendor.md", reason="they know"))
    incident.do(vendor, PinNote(text="keys with BO"))
    (_panel, keys) = standing([incident.state(mains), incident.state(vendor)])
    incident.do(vendor, Unpin(run=keys.run, pin=keys.key, text=keys.text, reason="back"))
    incident.do(vendor, Redeem(origin_run=mains, origin_step="note", how="at 18:02"))
    incident.done(vendor, "contract")
    incident.do(vendor, Confirm(step="remote", deviation="by paper"))
    incident.finish(vendor)
    incident.do(mains, Return(step="vendor"))
    journal.close()
    return journal, mains, vendor


@pytest.mark.parametrize("form", [Format.MD, Format.HTML, Format.JSON])
def test_the_caller_tells_its_calls(told: tuple[Journal, str, str], form: Format) -> None:
    """From which step, which run, how it ended, and that it was not waited for."""
    journal, mains, vendor = told
    text = build(Journal.open(journal.folder), mains, form).decode().replace("\\-", "-")
    assert "Vendor escalation" in text
    assert vendor in text
    assert "they are slow" in text
    assert "at 18:02" in text


def test_the_called_run_tells_its_callers(told: tuple[Journal, str, str]) -> None:
    """Who called it, what was put off to it and done, and its pins with those taken down."""
    journal, mains, vendor = told
    text = build(Journal.open(journal.folder), vendor, Format.MD).decode().replace("\\-", "-")
    assert f"Called by: Mains loss ({mains})" in text
    assert "taken down: keys with BO" in text
    assert f"Mains loss ({mains}), step 3: Note the time. Done: at 18:02" in text


def test_the_pdf_is_made(told: tuple[Journal, str, str]) -> None:
    """The tables fit the page."""
    journal, mains, _vendor = told
    assert build(Journal.open(journal.folder), mains, Format.PDF).startswith(b"%PDF")
