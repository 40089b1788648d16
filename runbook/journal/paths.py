"""Where data lies: a folder that was asked for, or the one this system keeps for programs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "RUNBOOK_DATA"


@dataclass(frozen=True, slots=True)
class Folders:
    """The data folder and what lies in it; none of them need exist.

    Live and drill journals never share a folder.
    """

    root: Path

    @property
    def live(self) -> Path:
        """The journal of live and test runs."""
        return self.root / "live"

    @property
    def drill(self) -> Path:
        """The journal of drills."""
        return self.root / "drill"

    @property
    def procedures(self) -> Path:
        """The site's own procedures."""
        return self.root / "procedures"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / "cache"

    def journal(self, family: str) -> Path:
        """The journal's folder of a family, `live` or `drill`."""
        return self.drill if family == "drill" else self.live


def data_folders(asked: str | Path = "", environment: Mapping[str, str] | None = None) -> Folders:
    """The folders asked for by argument, else by RUNBOOK_DATA, else where programs keep data."""
    env = os.environ if environment is None else environment
    chosen = str(asked) or env.get(VARIABLE, "")
    if chosen:
        return Folders(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path  # noqa: PLC0415 - takes 20 ms, and rarely needed

    return Folders(user_data_path("runbook", appauthor=False, roaming=False))
