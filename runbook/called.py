"""Which procedure a run leads to: its file, and the name by which another run is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from runbook.folders import Folders, procedure_files
from runbook.procedure.others import local_path
from runbook.run.commands import Refused
from runbook.run.events import RunPrepared
from runbook.starting import StartingError, find_procedure

ON_PAPER = "Work it from the printed copy and say why, or look for the file."


def find_called(prepared: RunPrepared, href: str, folders: Folders) -> Path | Refused:
    """The file that a link of a run's procedure leads to, beside the file of that procedure."""
    for folder in _folders_of(prepared, folders):
        path = local_path(folder, href)
        if path is not None and path.is_file():
            return path
    return Refused(f"There is no file {href}. {ON_PAPER}", "no-file", needs="paper")


def find_named(prepared: RunPrepared, name: str, folders: Folders) -> Path | Refused:
    """A procedure by file or id: one beside the run's own first, then in the run's language."""
    beside = find_called(prepared, f"{name.removesuffix('.md')}.md", folders)
    if isinstance(beside, Path):
        return beside
    try:
        path = find_procedure(name, replace(folders, lang=prepared.lang))
    except StartingError as error:
        return Refused(str(error), "no-file", needs="to")
    if path.is_file():
        return path
    return Refused(f"There is no procedure called {name}.", "no-file", needs="to")


def _folders_of(prepared: RunPrepared, folders: Folders) -> Iterator[Path]:
    """Where the procedure of a run lay, then where a file of its name lies, the likest first."""
    if prepared.folder:
        yield Path(prepared.folder)
    files = (file for folder in folders.procedures for file in _files(folder))
    same = [file for file in files if file.name == prepared.file]
    yield from (file.parent for file in sorted(same, key=lambda file: _unlike(prepared, file)))


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from procedure_files(folder)


def _unlike(prepared: RunPrepared, file: Path) -> tuple[bool, bool]:
    """How little a file looks like the one the run was begun with."""
    digest = ""
    with suppress(OSError):
        digest = sha256(file.read_bytes()).hexdigest()
    return digest != prepared.sha256, (file.parent.name == "da") is not (prepared.lang == "da")


def named_by(target: str, prepared: RunPrepared) -> str | None:
    """The anchor (`#x` or empty) when a target names this run's procedure, else None."""
    file, hash_sign, anchor = target.partition("#")
    word = Path(unquote(file.strip())).name.casefold()
    names = (prepared.procedure, prepared.file, Path(prepared.file).stem, prepared.title)
    if not word or word not in {name.casefold() for name in names if name}:
        return None
    return f"{hash_sign}{anchor}"
