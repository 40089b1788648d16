"""A run is walked from a script over pipes, dies, and goes on where it was."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.process import PROGRAM, answers, environment, lines, run, run_id

SCRIPT = "note hello\nread runtime 27\ndone\nnonsense\ndone @00:00\n"


def walk(file: Path) -> subprocess.Popen[bytes]:
    """A walk that waits for lines."""
    return subprocess.Popen(
        [*PROGRAM, "walk", str(file), "--mode", "live", "--operator", "Ann"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )


def read_until(process: subprocess.Popen[bytes], start: str) -> str:
    """The next printed line that begins so; output that ends before fails the test."""
    assert process.stdout is not None
    for raw in process.stdout:
        line = raw.decode()
        if line.startswith(start):
            return line.rstrip()
    pytest.fail(f"the output ended before {start!r}")


def say(process: subprocess.Popen[bytes], line: str) -> str:
    """Type a line and wait for its receipt."""
    assert process.stdin is not None
    process.stdin.write(line.encode() + b"\n")
    process.stdin.flush()
    return read_until(process, "saved ")


def finish(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end and let go of the pipes."""
    with suppress(BrokenPipeError):
        process.communicate(timeout=30)
    return process.returncode


def test_each_line_of_a_script_is_answered_in_order(file: Path) -> None:
    """Start, two receipts, one done, one refusal, one done; the run stays open."""
    done = run("walk", file, typed=SCRIPT)
    said = answers(done)
    words = [line.split()[0] for line in said]
    assert words == ["saved", "saved", "saved", "saved", "refused:", "saved"]
    assert "UPS runtime = 27 min" in said[2]
    assert "stays open. Go on with: runbook walk --resume" in lines(done)[-1]
    assert done.returncode == 0


def test_what_was_said_to_be_saved_is_in_the_journal(file: Path) -> None:
    """Every number of a receipt is an entry of the export."""
    done = run("walk", file, typed=SCRIPT)
    saved = {int(line.split()[1]) for line in answers(done) if line.startswith("saved")}
    export = run("journal", "export", run_id(done)).stdout.decode().splitlines()
    seqs = {json.loads(line)["raw"]["seq"] for line in export if '"raw"' in line}
    assert saved <= seqs


def test_without_a_mode_a_piped_walk_is_a_drill_and_says_so(file: Path) -> None:
    """Nobody starts a live run by leaving a word out."""
    done = run("walk", file)
    assert "this run is a DRILL" in done.stdout.decode()
    assert json.loads(run("runs", "--json").stdout)[0]["mode"] == "drill"


def test_a_plain_file_starts_with_what_speaks_against_it(file: Path) -> None:
    """The obstacle and the reason are printed and recorded."""
    done = run("walk", file, "--operator", "Bo", typed="journal\n")
    text = done.stdout.decode()
    assert "Started although it is a plain file" in text
    assert "Reason: started from the terminal after the briefing was shown" in text


def test_a_shipped_procedure_is_found_by_its_id(tmp_path: Path) -> None:
    """Nobody has to know where the file lies."""
    own = tmp_path / "data" / "procedures"
    own.mkdir(parents=True)
    (own / "x.md").write_text("---\nid: rb-99\n---\n# Own\n\n- [ ] One\n", encoding="utf-8")
    assert "Briefing: Own" in run("walk", "RB-99").stdout.decode()
    assert b"Briefing: Mains loss" in run("walk", "RB-01").stdout


def test_after_a_kill_the_same_step_comes_back(file: Path) -> None:
    """Every receipt survives, the gap is noted, and the card says where you were."""
    process = walk(file)
    read_until(process, "saved ")
    say(process, "read runtime 27")
    say(process, "done")
    last = say(process, "note engine room reached")
    process.kill()
    finish(process)
    found = json.loads(run("runs", "--json").stdout)[0]
    again = run("walk", "--resume", found["run"], typed="journal\n")
    text = again.stdout.decode()
    assert "had ended without warning" in text
    assert "Last confirmed: 1.1" in text
    assert "Current step: 1.2" in text
    assert "[LIVE] Step 1.2" in text
    assert last.split()[1] in [line.split()[0] for line in lines(again) if line[:1].isdigit()]


def test_a_run_left_in_good_order_says_so_when_taken_up(file: Path) -> None:
    """The gap entry tells a quit from a crash."""
    done = run("walk", file, typed="quit\n")
    again = run("walk", "--resume", run_id(done))
    assert "It was left in good order." in again.stdout.decode()


def test_space_is_kept_in_reserve_for_a_full_disk(file: Path, data_folder: Path) -> None:
    """A run on a terminal can still tell that the disk is full, as one in the window can."""
    run("walk", file, "--mode", "live")
    assert (data_folder / "live" / "journal.ballast").stat().st_size == 16 * 1024 * 1024


def test_dying_once_more_while_it_starts_is_no_good_order(file: Path, data_folder: Path) -> None:
    """After a kill the next start dies too, before it records anything: the gap says so."""
    process = walk(file)
    read_until(process, "saved ")
    say(process, "note engine room reached")
    process.kill()
    finish(process)
    code = "import os, sys; from pathlib import Path; from runbook.journal.journal import Journal\n"
    code += "Journal.open(Path(sys.argv[1])); os._exit(9)"
    words = [sys.executable, "-c", code, str(data_folder / "live")]
    subprocess.run(words, env=environment(), check=False)
    run_name = json.loads(run("runs", "--json").stdout)[0]["run"]
    assert "had ended without warning" in run("walk", "--resume", run_name).stdout.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_when_told_to_leave_it_leaves_the_run_open(file: Path, number: signal.Signals) -> None:
    """A log-out or shutdown loses nothing and asks nothing."""
    process = walk(file)
    read_until(process, "saved ")
    say(process, "note here")
    process.send_signal(number)
    assert "stays open" in read_until(process, "Run ")
    assert finish(process) == 0


def test_ctrl_c_leaves_quietly(file: Path) -> None:
    """The exit code is that of an interrupted program."""
    process = walk(file)
    read_until(process, "saved ")
    process.send_signal(signal.SIGINT)
    assert finish(process) == 130


def test_a_reader_that_goes_away_is_no_fault_of_ours(file: Path) -> None:
    """`runbook walk | head` ends without a word."""
    process = walk(file)
    read_until(process, "saved ")
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdout.close()
    with suppress(BrokenPipeError):
        process.stdin.write(b"status\n" * 2000)
        process.stdin.close()
    assert process.wait(30) == 1


def test_a_second_program_is_told_that_the_journal_is_in_use(file: Path) -> None:
    """Two programs never write one journal."""
    process = walk(file)
    read_until(process, "saved ")
    second = run("walk", file, "--mode", "live")
    process.kill()
    finish(process)
    assert second.returncode == 1
    assert b"Another Runbook is recording" in second.stderr


@pytest.mark.parametrize(
    "typed", [b"note one\r\n\r\ndone\r\n", b"note \xff\xfe\xe5\n", b"\x00\x1b[A\n", b"note x"]
)
def test_any_bytes_may_be_typed(file: Path, typed: bytes) -> None:
    """Windows line ends, broken UTF-8, escape sequences and a missing last line end."""
    done = run("walk", file, typed=typed)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout


def test_a_terminal_without_letters_gets_them_spelled_out(file: Path) -> None:
    """LANG=C and ASCII only: nothing breaks, the words are still there."""
    more = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii:strict", "TERM": "dumb"}
    done = run("walk", file, typed="note nød\nstatus\n", **more)
    assert done.returncode == 0
    assert b"\\xd8VELSE" in done.stdout


def test_nobody_can_change_the_mode_of_a_run(file: Path) -> None:
    """A drill is never taken up as a live run."""
    done = run("walk", file)
    again = run("walk", "--resume", run_id(done), "--mode", "live")
    assert again.returncode == 1
    assert b"never changes" in again.stderr


def test_on_a_terminal_the_mode_is_typed_as_a_word(file: Path) -> None:
    """Lower case is not enough to begin; the prompt waits for the whole word."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "walk", str(file), "--operator", "Ann"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(),
    )
    os.close(theirs)
    os.write(ours, b"live\nLIVE\n\nquit\n")
    shown = b""
    with suppress(OSError):  # the terminal of a program that has ended
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    assert process.wait(30) == 0
    assert b"Type LIVE, TEST or DRILL to begin:" in shown
    assert b"Type the whole word in capitals" in shown
    assert b"[LIVE] Step 1.1" in shown
    assert b"\n> " in shown
