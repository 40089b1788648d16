"""People of this computer from a shell, and a PIN that ends nowhere it should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.process import PROCEDURE, answers, lines, run, run_id

PIN = "kvist-og-mos-7391"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with BO, who has a PIN."""
    pins = tmp_path / "pins"
    pins.write_text(f"{PIN}\n", encoding="utf-8")
    folder = tmp_path / "data"
    assert run("--data", folder, "people", "add", "BO", "--name", "Bo Holm").returncode == 0
    done = run("--data", folder, "people", "pin", "BO", "--pin-file", pins)
    assert done.returncode == 0
    return folder


def test_people_are_listed_changed_and_removed(data: Path) -> None:
    """Initials, whether there is a PIN, and the name."""
    assert lines(run("--data", data, "people")) == ["BO       PIN set  Bo Holm"]
    run("--data", data, "people", "pin", "BO", "--none")
    assert "no PIN" in lines(run("--data", data, "people", "list"))[0]
    run("--data", data, "people", "remove", "BO")
    assert lines(run("--data", data, "people")) == []
    assert run("--data", data, "people", "remove", "BO").returncode == 1


def test_a_pin_does_not_come_from_a_pipe(data: Path) -> None:
    """Whoever can see the pipe could see the PIN."""
    done = run("--data", data, "people", "pin", "BO", typed="1234\n1234\n")
    assert done.returncode == 1
    assert b"--pin-file" in done.stderr


def test_a_pin_is_found_nowhere(data: Path, tmp_path: Path) -> None:
    """Not in the journal, the report, the list of people, nor in anything printed."""
    book = tmp_path / "mains.md"
    book.write_text(PROCEDURE, encoding="utf-8")
    walk = ("--data", data, "walk", book, "--operator", "BO", "--mode", "live")
    refused = run(*walk)
    assert refused.returncode == 1
    assert b"--pin-file" in refused.stderr
    typed = "iam CY\niam BO\nread runtime 20\ndone\n"
    done = run(*walk, "--pin-file", tmp_path / "pins", typed=typed)
    assert len(answers(done)) >= 4
    report = tmp_path / "report.html"
    run("--data", data, "report", run_id(done), "-o", report)
    assert "by PIN" in report.read_text(encoding="utf-8")
    digests = (data / "operators.json").read_text(encoding="utf-8").split('"')
    secrets = [PIN.encode(), *(w.encode() for w in digests if len(w) > 30 and w.isalnum())]
    assert len(secrets) == 3
    files = [p for p in data.rglob("*") if p.is_file() and p.name != "operators.json"]
    kept = [p.read_bytes() for p in (*files, report)]
    for secret in secrets:
        assert not [text for text in (*kept, done.stdout, done.stderr) if secret in text]
    assert PIN.encode() not in (data / "operators.json").read_bytes()
