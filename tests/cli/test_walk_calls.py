"""Several runs from one terminal: called, left, killed and found again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.process import PROGRAM, answers, environment, lines, run

MAINS = """\
# Mains loss
- [ ] Look at the panel <!-- id: look -->
  - Pin: the panel is live
- [ ] Call: [Vendor escalation](vendor.md) <!-- id: vendor -->
- [ ] Decide: what next? <!-- id: next -->
  - Fire: leave for [Fire](fire.md)
  - Nothing
  - Cannot tell: treat as Nothing
"""
VENDOR = "# Vendor escalation\n- [ ] Find the contract\n- [ ] Call: [Key](key.md)\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four procedures that lead to each other."""
    found = tmp_path / "procedures"
    found.mkdir()
    (found / "mains.md").write_text(MAINS)
    (found / "vendor.md").write_text(VENDOR)
    (found / "key.md").write_text("# Key box\n- [ ] Take the key\n")
    (found / "fire.md").write_text("# Fire\n- [ ] Get out\n")
    return found


def words(folder: Path, *more: str) -> list[str]:
    """The command that walks the first of them in a drill."""
    data = folder.parent / "data"
    file = str(folder / "mains.md")
    return ["--data", str(data), "walk", file, "--mode", "drill", "--operator", "HRM", *more]


def test_a_call_goes_there_and_comes_back(folder: Path) -> None:
    """Each command is answered, the stack is printed, and the caller is confirmed by a person."""
    typed = "done\ncall because a test\ngoto 1\ngoto 2\ndone\npaper no key\ncomplete\n"
    done = run(*words(folder), typed=f"{typed}goto 1\nreturn\nruns\n")
    assert "Mains loss › Vendor escalation" in lines(done)
    assert not [told for told in answers(done) if told.startswith("refused")]
    assert "done: back from Vendor escalation" in answers(done)[-1]
    assert lines(done)[-2].startswith("-> 1 D-")


def test_a_step_that_leads_away_says_how_to_go(folder: Path) -> None:
    """A plain done or choose is refused with what to type instead."""
    typed = "done\ndone\npaper no time\nchoose 1\nleave 1 because smoke\npins\n"
    done = run(*words(folder), typed=typed)
    refused = [told for told in answers(done) if told.startswith("refused")]
    assert len(refused) == 2
    assert all("Type call or leave" in told for told in refused)
    assert "Run left for Fire" in answers(done)[-1]
    assert any("PINNED the panel is live" in line for line in lines(done))


def test_a_note_is_pinned_and_taken_down(folder: Path) -> None:
    """By its number, for a reason."""
    typed = "pin keys with BO\nunpin 1\nunpin 9 why\nunpin 1 they are back\n"
    told = answers(run(*words(folder), typed=typed))
    assert [t.startswith("refused") for t in told] == [False, False, True, True, False]
    assert told[-1].endswith("Reason: they are back.")


def test_a_wrong_procedure_is_left_from_any_step(folder: Path) -> None:
    """By the name of the right one; an unknown name changes nothing."""
    typed = "leave nowhere because smoke\nleave fire because smoke\nstep\n"
    told = answers(run(*words(folder), typed=typed))
    assert told[1].startswith("refused: There is no file and no procedure called nowhere")
    assert "Run left for Fire" in told[2]


def test_killed_in_a_called_run_it_comes_back_there(folder: Path) -> None:
    """After kill -9 the called run stands where it was, with the line of who called it."""
    command = [*PROGRAM, *words(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True
    ) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("done\ncall because a test\ndone\ncall because a test\n")
        program.stdin.flush()
        told = ""
        while "Key box. Owner" not in told:
            told = program.stdout.readline()
        program.kill()
    run_there = told.split()[1].rstrip(":")
    data = str(folder.parent / "data")
    again = run("--data", data, "walk", "--resume", run_there, "--operator", "HRM")
    assert "Mains loss › Vendor escalation › Key box" in lines(again)
    assert any("had ended without warning" in line for line in lines(again))
    assert any("Take the key" in line for line in lines(again))
