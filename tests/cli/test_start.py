"""What a start loads, and what becomes of a fault that nobody expected."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from runbook.__main__ import folders_without_command
from runbook.cli.window import no_display
from tests.cli.process import environment

WALK_AND_MORE = """
import sys
from runbook.__main__ import main
file = sys.argv[1]
for words in (["walk", file], ["check", file], ["outline", file], ["runs"], ["--help"], ["bogus"]):
    main(words)
assert not [name for name in sys.modules if name.startswith("PySide6")]
"""

TO_THE_WINDOW = """
import sys
from runbook.__main__ import main
assert main([]) == 1
heavy = {"click", "markdown_it", "markdown", "sqlite_utils", "cryptography", "jinja2", "yaml"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
"""

FAULT = """
from runbook.cli.crash import report_crashes
from runbook.folders import find_folders
report_crashes(lambda: find_folders().data)
raise RuntimeError("a secret particular")
"""

FAULT_IN_THE_WINDOW = """
import sys
from runbook.__main__ import main
main(["--data", sys.argv[1]])
raise RuntimeError("a secret particular")
"""


def python(code: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run some lines in a new process."""
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
        env=environment(),
    )


def test_commands_without_a_window_load_no_qt(file: Path) -> None:
    """A server without the libraries of a desktop can walk, check and list."""
    done = python(WALK_AND_MORE, str(file))
    assert done.returncode == 0, done.stderr


def test_the_way_to_the_window_loads_nothing_that_only_commands_need() -> None:
    """The window is measured by how fast it opens."""
    done = python(TO_THE_WINDOW)
    assert done.returncode == 0, done.stderr


def test_a_fault_of_ours_is_a_sentence_and_a_file(data_folder: Path) -> None:
    """The particulars are kept below the data folder, not thrown at the operator."""
    done = python(FAULT)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"fault in Runbook" in done.stderr
    (report,) = (data_folder / "crashes").iterdir()
    assert str(report).encode() in done.stderr
    assert "a secret particular" in report.read_text(encoding="utf-8")
    assert report.stat().st_mode & 0o077 == 0


def test_a_fault_of_the_window_is_kept_in_the_folder_that_was_named(tmp_path: Path) -> None:
    """Whoever starts with --data DIR finds the crash report in DIR."""
    done = python(FAULT_IN_THE_WINDOW, str(tmp_path / "named"))
    (report,) = (tmp_path / "named" / "crashes").iterdir()
    assert str(report).encode() in done.stderr


def test_a_fault_is_told_even_when_nothing_can_be_written(tmp_path: Path) -> None:
    """A data folder that is a file is no reason for a traceback."""
    (tmp_path / "data").write_text("in the way", encoding="utf-8")
    done = python(FAULT)
    assert b"could not be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "data", "given"),
    [
        (["--data", "/d"], "/d", []),
        (["--data=/d", "--procedures", "/p", "--procedures=/q"], "/d", ["/p", "/q"]),
    ],
)
def test_folders_alone_still_mean_the_window(words: list[str], data: str, given: list[str]) -> None:
    """They are read without loading the command line."""
    found = folders_without_command(words)
    assert found is not None
    assert found.data == Path(data)
    assert [str(path) for path in found.given] == given


@pytest.mark.parametrize(
    "words", [["runs"], ["--data"], ["--data="], ["--help"], ["--data", "x", "runs"]]
)
def test_anything_else_is_for_the_command_line(words: list[str]) -> None:
    """It knows how to tell misuse."""
    assert folders_without_command(words) is None


def test_a_display_is_asked_for_only_where_it_can_be_missing() -> None:
    """An offscreen platform counts as one; a dead display is told before Qt is started."""
    assert no_display({}, "win32") == ""
    assert "runbook walk FILE" in no_display({}, "linux")
    assert "does not answer" in no_display({"DISPLAY": ":4711"}, "linux")
    assert no_display({"QT_QPA_PLATFORM": "offscreen"}, "linux") == ""
