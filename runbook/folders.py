"""Where things lie on this computer: journals, procedures, the site's file, our own data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from runbook.journal.paths import data_folders

PACKAGE = Path(__file__).resolve().parent
LANGUAGE = "RUNBOOK_LANG"
_LEFT_OUT = frozenset({"drills"})


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one start of the program; nothing here makes or reads any of them.

    `data` holds the journals, `shipped` the `runbooks` and `resources` that came with the
    program, `given` the procedures folders named by hand. `lang` is the language in which
    procedures are wanted where there are several.
    """

    data: Path
    shipped: Path
    given: tuple[Path, ...] = ()
    lang: str = "en"

    def journal(self, family: str) -> Path:
        """The folder of a journal: `live` for live and test runs, `drill` for drills."""
        return data_folders(self.data).journal(family)

    @property
    def resources(self) -> Path:
        """Fonts, icons, themes, help pages and report styles."""
        return self.shipped / "resources"

    @property
    def procedures(self) -> tuple[Path, ...]:
        """The folders procedures are looked for in: shipped, the site's own, those given."""
        return (self.shipped / "runbooks", self.data / "procedures", *self.given)

    @property
    def site_file(self) -> Path:
        """The site's own `site.toml` where there is one, else the shipped example."""
        own = self.data / "site.toml"
        return own if own.exists() else self.shipped / "runbooks" / "site.toml"


def find_folders(data: Path | None = None, given: Sequence[Path] = ()) -> Folders:
    """The folders to use: what was asked for, else RUNBOOK_DATA, else the system's habit."""
    asked = "" if data is None else data
    return Folders(data_folders(asked).root, shipped_folder(), tuple(given), wanted_language())


def wanted_language() -> str:
    """The language asked for by RUNBOOK_LANG, else by the system; two letters."""
    names = (LANGUAGE, "LC_ALL", "LC_MESSAGES", "LANG")
    asked = next((os.environ[name] for name in names if os.environ.get(name)), "")
    found = asked[:2].casefold()
    return found if found.isalpha() and len(found) == len("en") else "en"


def procedure_files(folder: Path) -> Iterator[Path]:
    """All `*.md` below a folder in order, but for hidden ones and the scenarios of drills."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts
        is_left_out = any(part.startswith(".") or part in _LEFT_OUT for part in inside)
        if file.suffix.casefold() == ".md" and not is_left_out and not file.is_dir():
            yield file


def shipped_folder() -> Path:
    """The installed data beside the code, or the checkout the code lies in."""
    installed = PACKAGE / "_data"
    return installed if installed.is_dir() else PACKAGE.parent
