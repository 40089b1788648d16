"""Timers stand in the journal: a new program, after a kill, counts the very same ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.process import answers, run
from tests.cli.test_walk import finish, read_until, say, walk

TEXT = """# Times

- [ ] Every 2 min: read the inlet <!-- id: inlet -->
  - Record: temp = inlet, °C, 10 to 60
  - When: temp >= 30: tell the lead
  - Until: it is cool
- [ ] Wait 15 min: the mains must stay <!-- id: stable -->
- [ ] End <!-- id: end -->
"""
DUE = re.compile(r"due (\d\d:\d\d:\d\d): (\d)")


@pytest.fixture
def times(tmp_path: Path) -> Path:
    """A procedure with a watch and a wait."""
    found = tmp_path / "times.md"
    found.write_text(TEXT, encoding="utf-8")
    return found


def test_the_same_timers_stand_after_a_kill(times: Path) -> None:
    """Due times are those that were promised; what was read and met is offered again."""
    process = walk(times)
    read_until(process, "saved ")
    say(process, "arm")
    say(process, "check 1 temp 31")
    last = say(process, "wait")
    assert last.startswith("saved ")
    process.kill()
    finish(process)
    run_name = json.loads(run("runs", "--json").stdout)[0]["run"]
    first = run("walk", "--resume", run_name, typed="timers\nquit\n").stdout.decode()
    again = run("walk", "--resume", run_name, typed="timers\ndone\nquit\n")
    shown = again.stdout.decode()
    assert sorted(DUE.findall(first)) == sorted(DUE.findall(shown))
    assert {step for _, step in DUE.findall(shown)} == {"1", "2"}
    assert "? temp >= 30" in " ".join(shown.split())
    assert "Say why it ends sooner" in answers(again)[-1]
