"""Nobody's number is anywhere in a drill: on its screens, in its journal, reports and files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runbook.procedure.site import load_site
from runbook.resources import shipped_procedures
from tests.cli.process import run, run_id

TYPED = """\
contacts
contacts fuel
declare aware 00:01 level 2 both feeds are lost
called lead mobile no-answer
called lead mobile answered read-back Come to the bridge
clock
briefing
report-draft
sent the hospitals
status
journal
"""
LOOKS_DIALLED = re.compile(rb"00 00 \d\d \d\d")


def numbers() -> list[bytes]:
    """All numbers of the example site's contacts."""
    site = load_site(shipped_procedures() / "site.toml")
    return [c.number.encode() for a in site.contacts.values() for c in a.channels]


@pytest.fixture
def drill(tmp_path: Path) -> tuple[Path, bytes]:
    """A drill of the first ten minutes, and everything it printed."""
    walked = run("--data", tmp_path, "walk", "RB-00", "--mode", "drill", typed=TYPED)
    shown = [walked.stdout, walked.stderr]
    name = run_id(walked)
    for form in ("html", "pdf", "json", "csv", "md"):
        out = tmp_path / f"report.{form}"
        shown.append(run("--data", tmp_path, "report", name, "--format", form, "-o", out).stdout)
        assert out.exists()
    shown.append(run("--data", tmp_path, "runs").stdout)
    shown.append(run("--data", tmp_path, "walk", "--resume", name, typed="contacts\n").stdout)
    return tmp_path, b"".join(shown)


def test_no_number_is_shown_or_kept(drill: tuple[Path, bytes]) -> None:
    """Every byte printed and every byte of every file is searched."""
    folder, shown = drill
    assert b"hidden in a drill" in shown
    assert b"Call to" in shown
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 8
    for data in (shown, *(path.read_bytes() for path in files)):
        assert not LOOKS_DIALLED.search(data)
        assert not [number for number in numbers() if number in data]
