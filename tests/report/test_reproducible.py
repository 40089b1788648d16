"""The same journal gives the same bytes, whoever makes the report, wherever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

MAKE = """
import hashlib, json, sys
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from conftest import TEXT, Desk, work
from runbook.report.build import Format, write
from runbook.run.events import Mode
made = {}
for mode in Mode:
    material = work(Desk(TEXT, mode)).material()
    for form in Format:
        made[mode + form] = hashlib.sha256(write(material, form)).hexdigest()
print(json.dumps(made))
"""
HERE = Path(__file__).parent


def made(folder: Path, **surroundings: str) -> dict[str, str]:
    """The hashes of all formats in all modes, made by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(HERE.parents[1]), str(HERE)],
        check=True,
        capture_output=True,
        cwd=folder,
        env={**os.environ, **surroundings},
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_reports_do_not_depend_on_where_they_are_made(tmp_path: Path) -> None:
    """Zone, language and hash seed of the reader leave no trace in any format."""
    one = made(tmp_path, TZ="Pacific/Auckland", LANG="C", LC_ALL="C", PYTHONHASHSEED="1")
    other = made(tmp_path, TZ="America/Lima", LANG="da_DK.UTF-8", PYTHONHASHSEED="2", LC_ALL="")
    assert len(one) == 15
    assert one == other
