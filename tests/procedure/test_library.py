"""The library: listing, searching, refreshing, caching."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runbook.procedure.catalogue import State
from runbook.procedure.library import Library
from runbook.procedure.site import Site

MAINS = """\
---
id: mains-loss
title: Mains loss
symptoms: [on battery, generator alarm]
use_when: [A UPS reports that it carries the load]
---
## Start the generator
- [ ] Ring Nørlund about the ærø cable
"""


def write(folder: Path, name: str, text: str) -> Path:
    """Write a procedure, with a time of its own."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three procedures."""
    write(tmp_path, "mains.md", MAINS)
    write(tmp_path, "sub/generator.md", "# Generator service\n1. Change the oil\n")
    write(tmp_path, "paper.md", "# Paper\n1. Fetch the battery lamp\n")
    return tmp_path


@pytest.fixture
def library(folder: Path) -> Library:
    """A library that has read the folder."""
    found = Library([folder])
    found.refresh()
    return found


def test_procedures_are_listed_by_title(library: Library) -> None:
    """From every folder below."""
    assert [entry.title for entry in library.entries] == [
        "Generator service",
        "Mains loss",
        "Paper",
    ]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("on batt", ["Mains loss"]),
        ("batt", ["Mains loss", "Paper"]),
        ("GENERATOR", ["Mains loss", "Generator service"]),
        ("mains-loss", ["Mains loss"]),
        ("carries", ["Mains loss"]),
        ("norlund", ["Mains loss"]),
        ("noerl", ["Mains loss"]),
        ("NØRLUND", ["Mains loss"]),
        ("aeroe", ["Mains loss"]),
        ("oil gen", ["Generator service"]),
        ("attery", []),
        ("zebra", []),
        ("", ["Generator service", "Mains loss", "Paper"]),
    ],
)
def test_search_as_one_types(library: Library, query: str, titles: list[str]) -> None:
    """Every word typed begins a word; symptoms weigh most, then titles, then text."""
    assert [hit.entry.title for hit in library.search(query)] == titles


def test_a_hit_says_what_answered(library: Library) -> None:
    """The symptom or heading that matched is there to be shown."""
    hit = library.search("on batt")[0]
    assert (hit.field, hit.text) == ("symptom", "on battery")
    assert library.search("oil")[0].field == "text"


def test_refresh_tells_whether_anything_changed(library: Library, folder: Path) -> None:
    """New, changed and deleted files are noticed, and nothing else is."""
    assert not library.refresh()
    new = write(folder, "new.md", "# New\n1. a\n")
    assert library.refresh()
    new.write_text("# Newer\n1. a\n", encoding="utf-8")
    os.utime(new, ns=(1, 1))
    assert library.refresh()
    assert library.search("newer")
    new.unlink()
    assert library.refresh()
    assert not library.search("new")


def test_broken_files_are_listed_and_hide_nothing(library: Library, folder: Path) -> None:
    """Not text, unreadable, and faulty ones stand beside the good ones."""
    (folder / "picture.md").write_bytes(bytes(range(256)))
    (folder / "gone.md").symlink_to(folder / "nowhere")
    write(folder, "open.md", "---\ntitle: x\n")
    library.refresh()
    broken = {
        Path(entry.path).name: entry for entry in library.entries if entry.state is State.BROKEN
    }
    assert set(broken) == {"picture.md", "gone.md", "open.md"}
    assert all(entry.findings for entry in broken.values())
    assert library.search("on battery")


def test_two_files_with_one_id_are_both_told(library: Library, folder: Path) -> None:
    """And both are free again when one is gone."""
    copy = write(folder, "copy.md", MAINS)
    library.refresh()
    told = [
        e for e in library.entries if any(f.code == "duplicate-procedure-id" for f in e.findings)
    ]
    assert [Path(entry.path).name for entry in told] == ["copy.md", "mains.md"]
    copy.unlink()
    library.refresh()
    assert all(entry.state is State.OK for entry in library.entries)


def test_hidden_folders_drills_and_loops_are_left_out(library: Library, folder: Path) -> None:
    """A link to its own folder is not followed for ever."""
    write(folder, ".git/x.md", "# Hidden\n")
    write(folder, "drills/x.md", "# Drill\n")
    (folder / "sub" / "again").symlink_to(folder, target_is_directory=True)
    assert not library.refresh()


def test_a_missing_folder_has_no_procedures(tmp_path: Path) -> None:
    """It is no error: the site may have none."""
    library = Library([tmp_path / "none"])
    assert not library.refresh()
    assert library.entries == ()


def test_reading_leaves_the_files_alone(folder: Path) -> None:
    """Neither bytes nor times nor names change."""
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.md")}
    Library([folder]).refresh()
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.md")} == before


def test_a_cache_brings_everything_back(library: Library, folder: Path, tmp_path: Path) -> None:
    """Entries, findings and search are as before, and nothing counts as changed."""
    cache = tmp_path / "state" / "library.json"
    library.save(cache)
    again = Library([folder])
    again.load(cache)
    assert again.entries == library.entries
    assert [hit.entry for hit in again.search("batt")] == [
        hit.entry for hit in library.search("batt")
    ]
    assert not again.refresh()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format":1}', b"\xff", b'{"format": 99}'])
def test_a_bad_cache_is_as_none(folder: Path, tmp_path: Path, data: bytes) -> None:
    """Everything is read again."""
    cache = tmp_path / "cache.json"
    cache.write_bytes(data)
    library = Library([folder])
    library.load(cache)
    assert library.entries == ()
    assert library.refresh()


def test_a_cache_of_another_site_is_as_none(library: Library, folder: Path, tmp_path: Path) -> None:
    """Findings depend on the site's values."""
    library.save(tmp_path / "cache.json")
    other = Library([folder], Site(values={"a": "b"}))
    other.load(tmp_path / "cache.json")
    assert other.entries == ()


LEAN = """
import sys
from pathlib import Path
from runbook.procedure.library import Library
library = Library([Path(sys.argv[1])])
library.load(Path(sys.argv[2]))
assert not library.refresh()
assert library.search("batt")
print([name for name in ("markdown_it", "yaml", "markdown", "nh3") if name in sys.modules])
"""


def test_a_start_without_changes_loads_no_parser(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    """Neither markdown-it nor YAML are imported when the cache is good."""
    library.save(tmp_path / "cache.json")
    command = [sys.executable, "-c", LEAN, str(folder), str(tmp_path / "cache.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_two_hundred_procedures_are_searched_at_once(tmp_path: Path) -> None:
    """A keystroke costs milliseconds (the bound is generous)."""
    body = " ".join(f"word{n}" for n in range(800))
    for number in range(200):
        write(tmp_path, f"{number}.md", f"# Title {number}\n1. {body} last{number}\n")
    library = Library([tmp_path])
    library.refresh()
    start = time.process_time()
    hits = library.search("word799 last17")
    assert time.process_time() - start < 0.1
    assert hits[0].entry.title == "Title 17"
