"""Every command says what it did, in a sentence when it could not, and by its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import runbook
from runbook.__main__ import main
from runbook.journal.driver import library
from tests.cli.process import PROGRAM, environment, lines, run, run_id


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in this process, which keeps its own way to tell faults."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


@pytest.mark.parametrize(
    "words",
    [
        ["bogus"],
        ["walk"],
        ["walk", "x.md", "--resume", "L-1"],
        ["walk", "x.md", "--mode", "play"],
        ["check", "--nonsense"],
        ["outline"],
        ["report", "L-1"],
        ["report", "L-1", "--format", "doc", "-o", "x"],
        ["journal", "bogus"],
        ["--data"],
        ["--data="],
    ],
)
def test_misuse_exits_with_2_and_names_the_help(
    here: None, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong word is told apart from a command that failed."""
    assert main(words) == 2
    told = capsys.readouterr().err
    assert "--help" in told or "requires" in told


@pytest.mark.parametrize(
    "words",
    [
        ["open", "no-such-file.md"],
        ["outline", "no-such-file.md", "--json"],
        ["report", "L-1", "-o", "x.html"],
        ["journal", "export", "L-1"],
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_1(
    here: None, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence begins with our name."""
    assert main(words) == 1
    assert capsys.readouterr().err.startswith("runbook: ")


@pytest.mark.parametrize(
    "words",
    [
        ["walk", "no-such-file.md"],
        ["walk", "RB-77"],
        ["walk", "--resume", "L-1"],
        ["--data", "/dev/null/x", "walk", "RB-01"],
    ],
)
def test_a_walk_that_cannot_begin_is_one_sentence_and_exit_1(words: list[str]) -> None:
    """It says that nothing was started, or where the journal cannot lie."""
    done = run(*words)
    assert done.returncode == 1
    assert done.stderr.startswith(b"runbook: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "words", [[], ["walk"], ["check"], ["outline"], ["runs"], ["report"], ["open"], ["journal"]]
)
def test_help_is_there_everywhere(
    here: None, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` behind any command prints its use and does nothing else."""
    assert main([*words, "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage: runbook")


def test_the_version_is_told() -> None:
    """For a report of a fault."""
    assert lines(run("--version")) == [f"runbook {runbook.__version__}"]


def test_without_a_display_it_says_how_to_get_one_and_how_to_walk() -> None:
    """The way in the terminal is named."""
    done = run()
    assert done.returncode == 1
    assert b"There is no display here" in done.stderr
    assert b"runbook walk FILE" in done.stderr


def test_check_prints_a_finding_with_its_place(tmp_path: Path) -> None:
    """An editor can jump to it; errors exit with 1, the summary is on standard error."""
    bad = tmp_path / "bad.md"
    bad.write_text("---\nrunbook: 1\n---\n# T\n\n- [ ] Go to [x](#nowhere)\n", encoding="utf-8")
    done = run("check", bad)
    assert done.returncode == 1
    assert any(line.startswith(f"{bad}:6:") and ": error: " in line for line in lines(done))
    assert b"1 file checked" in done.stderr


def test_check_takes_what_cannot_be_read_as_an_error(tmp_path: Path) -> None:
    """One missing file does not hide the findings of the others."""
    done = run("check", tmp_path / "none.md", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [f["code"] for f in found] == ["unreadable"]


def test_check_takes_a_site_file(tmp_path: Path) -> None:
    """By its name, or with the folder in which it lies; as lines and as JSON."""
    site = tmp_path / "site.toml"
    site.write_text('[site]\nname = "North"\n[contacts.ANN]\nchannels = ["1"]\n', encoding="utf-8")
    done = run("check", tmp_path)
    assert done.returncode == 1
    assert any(line.startswith(f"{site}:3:1: error: ") for line in lines(done))
    found = json.loads(run("check", site, "--json").stdout)
    assert [(f["code"], f["line"], f["column"]) for f in found] == [
        ("contact-one-channel", 3, 1),
        ("contact-stale", 3, 1),
    ]


def test_the_shipped_procedures_are_clean() -> None:
    """Without a path all shipped procedures are checked, without an error."""
    assert run("check").returncode == 0


def test_an_outline_is_printed_for_people_and_for_programs(file: Path) -> None:
    """Both name the same steps."""
    outline = json.loads(run("outline", file, "--json").stdout)
    assert [step["id"] for step in outline["steps"]] == ["panel", "engine", "tell"]
    shown = run("outline", file).stdout.decode()
    assert all(step["text"] in shown for step in outline["steps"])


def test_a_run_is_exported_as_tables_that_sqlite_reads(file: Path, tmp_path: Path) -> None:
    """A database goes into a file, never onto a terminal, and replaces an older one."""
    name = run_id(run("walk", file, typed="note engine room reached\n"))
    target = tmp_path / "run.db"
    target.write_text("an older export", encoding="utf-8")
    assert run("journal", "export", name, "--format", "sqlite").returncode == 2
    assert run("journal", "export", name, "--format", "sqlite", "-o", target).returncode == 0
    with closing(library.connect(target)) as made:
        texts = made.execute("SELECT text FROM note").fetchall()
    assert texts == [("engine room reached",)]


def test_an_export_into_a_pipe_does_not_replace_it(file: Path, tmp_path: Path) -> None:
    """A device such as /dev/null stays what it is."""
    name = run_id(run("walk", file))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    words = [*PROGRAM, "journal", "export", name, "-o", str(pipe)]
    process = subprocess.Popen(words, env=environment(), stderr=subprocess.DEVNULL)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert process.wait(30) == 0
    assert os.read(reader, 1 << 16).startswith(b'{"devices"')
    os.close(reader)
    assert pipe.is_fifo()


def test_an_outline_has_the_same_findings_as_a_check(tmp_path: Path) -> None:
    """Also those that depend on the day, the site and the files beside it."""
    old = tmp_path / "old.md"
    head = "---\nlast_reviewed_on: 2020-01-01\nreview_in: 6 months\n---\n"
    old.write_text(head + "# T\n\n- [ ] Do [it](gone.md)\n", encoding="utf-8")
    outline = json.loads(run("outline", old, "--json").stdout)
    checked = json.loads(run("check", old, "--json").stdout)
    codes = [finding["code"] for finding in outline["findings"]]
    assert codes == [finding["code"] for finding in checked]
    assert {"review-overdue", "dead-link"} <= set(codes)


def test_runs_are_listed_with_the_agreed_keys(file: Path) -> None:
    """Programs read these names."""
    done = run("walk", file, "--mode", "test", "--operator", "Eva")
    (found,) = json.loads(run("runs", "--json").stdout)
    keys = {"run", "mode", "procedure", "title", "state", "started_utc", "owner", "device"}
    assert set(found) == keys
    assert (found["run"], found["mode"], found["owner"]) == (run_id(done), "test", "Eva")
    assert found["state"] == "running"


def test_a_journal_elsewhere_is_named_before_the_command(file: Path, tmp_path: Path) -> None:
    """`--data` goes before RUNBOOK_DATA, and the hint to resume repeats it."""
    other = tmp_path / "other place"
    done = run("--data", other, "walk", file)
    assert f"--data '{other}' walk --resume" in lines(done)[-1]
    assert json.loads(run("runs", "--json").stdout) == []
    assert len(json.loads(run("--data", other, "runs", "--json").stdout)) == 1


@pytest.mark.parametrize("form", ["html", "pdf", "csv", "json", "md"])
def test_a_report_is_written_in_every_form(file: Path, tmp_path: Path, form: str) -> None:
    """The file is whole and nothing else is left beside it."""
    done = run("walk", file, typed="note hello\n")
    target = tmp_path / "out" / f"report.{form}"
    target.parent.mkdir()
    assert run("report", run_id(done), "--format", form, "-o", target).returncode == 0
    assert target.stat().st_size > 0
    assert list(target.parent.iterdir()) == [target]


def test_a_report_to_a_place_that_is_not_there_is_a_sentence(file: Path, tmp_path: Path) -> None:
    """The run is not touched."""
    walked = run("walk", file)
    done = run("report", run_id(walked), "-o", tmp_path / "none" / "x.html")
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr


def test_text_reports_may_go_to_standard_output(file: Path) -> None:
    """For a pipe; the bytes are those of the file."""
    done = run("walk", file, typed="note hello\n")
    assert b"hello" in run("report", run_id(done), "--format", "md", "-o", "-").stdout


def test_a_sound_journal_is_verified(file: Path) -> None:
    """Both families are checked and named."""
    run("walk", file, typed="note hello\n")
    done = run("journal", "verify")
    assert done.returncode == 0
    assert b"drill: " in done.stdout


def test_a_forged_journal_is_told(file: Path, data_folder: Path) -> None:
    """One changed letter in the log is found and exits with 1."""
    run("walk", file, typed="note hello\n")
    (log,) = (data_folder / "drill").glob("journal*.log")
    log.write_bytes(log.read_bytes().replace(b"hello", b"hullo"))
    done = run("journal", "verify")
    assert done.returncode == 1
    assert b"NOT WHOLE" in done.stdout


def test_a_device_or_a_folder_is_no_procedure() -> None:
    """What may never end is not read."""
    for words in (["check", "/dev/zero"], ["outline", "/dev/zero"], ["walk", "/dev/zero"]):
        done = run(*words)
        assert done.returncode == 1
        assert b"not a file" in done.stdout + done.stderr


def test_a_folder_is_checked_without_what_is_hidden(tmp_path: Path) -> None:
    """Copies that a version control keeps, and drill scenarios, are not procedures."""
    for name in (".git/a.md", "drills/b.md", "sub/c.MD"):
        (tmp_path / "all" / name).parent.mkdir(parents=True)
        (tmp_path / "all" / name).write_text("", encoding="utf-8")
    found = json.loads(run("check", tmp_path / "all", "--json").stdout)
    assert {Path(f["file"]).name for f in found} == {"c.MD"}


def test_a_file_that_cannot_be_used_is_named(
    here: None, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The world's faults are a sentence with the path, and no crash report is written."""
    (data_folder / "live" / "journal-000001.log").mkdir(parents=True)
    assert main(["runs"]) == 1
    assert "journal-000001.log cannot be used: Is a directory." in capsys.readouterr().err
    assert not (data_folder / "crashes").exists()
