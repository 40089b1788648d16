"""From a file to a run: what to brief before it starts, what speaks against it, its beginning.

The window and the terminal start and take up runs through here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from runbook.folders import Folders, procedure_files
from runbook.procedure.check import check
from runbook.procedure.findings import Findings
from runbook.procedure.front import read_front
from runbook.procedure.front_model import FrontMatter
from runbook.procedure.frozen import filled, parse_with
from runbook.procedure.hidden import hidden_site, hidden_values
from runbook.procedure.model import Finding, Procedure, Severity
from runbook.procedure.parse import parse
from runbook.procedure.site import Site, parse_site
from runbook.procedure.source import read_source
from runbook.run.commands import Refused, Start
from runbook.run.entry import Actor
from runbook.run.events import Mode, RunPrepared
from runbook.run.evolve import BrokenRunError
from runbook.run.port import JournalPort
from runbook.run.runner import Runner, prepare, reopen

_SAID_APART = frozenset({"no-steps", "value-unset"})


@dataclass(frozen=True, slots=True)
class Origin:
    """From where a run is begun: its incident, and the run and step that call or leave for it."""

    incident: str = ""
    begun_as: str = "main"
    run: str = ""
    step: str = ""


ALONE: Final = Origin()


class StartingError(Exception):
    """A file or run cannot be begun or taken up; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A procedure as it would be started now at this site.

    `obstacles` are short sentences without a full stop; a run that starts although there
    are any needs a reason. `values` are the file's own with the site's before them.
    """

    procedure: Procedure
    path: Path
    data: bytes
    site: Site
    site_data: bytes
    values: Mapping[str, str]
    findings: tuple[Finding, ...]
    obstacles: tuple[str, ...]

    @property
    def despite(self) -> str:
        """All obstacles in one text, empty when there are none."""
        return "; ".join(self.obstacles)


def load(path: Path, folders: Folders, today: date) -> Briefing:
    """Read a procedure and the site for a briefing; StartingError when it cannot be read."""
    data = _read(path)
    site_data = _read(folders.site_file) if folders.site_file.exists() else b""
    procedure = parse(data, path.name)
    site = parse_site(site_data.decode("utf-8-sig", "replace"))
    values = MappingProxyType({**procedure.front.values, **site.values})
    findings = check(procedure, site=site, folder=path.parent, today=today)
    return Briefing(
        procedure=filled(procedure, values),
        path=path,
        data=data,
        site=site,
        site_data=site_data,
        values=values,
        findings=findings,
        obstacles=obstacles(procedure, findings, values, today),
    )


def find_procedure(name: str, folders: Folders) -> Path:
    """The file at a path, else the procedure of that id; StartingError when there is none."""
    path = Path(name).expanduser()
    if path.is_file() or path.suffix == ".md" or len(path.parts) > 1:
        return path
    files = [file for folder in folders.procedures for file in procedure_files(folder)]
    found = [file for file in dict.fromkeys(files) if name.casefold() in _names(file)]
    if len(found) > 1:
        found = [file for file in found if _language(file) == folders.lang] or found
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(str(file) for file in found)
        raise StartingError(f"Several procedures are called {name}. Name the file: {several}.")
    raise StartingError(f"There is no file and no procedure called {name}. Nothing was started.")


def _names(file: Path) -> set[str]:
    """What a file may be called by: its own name, and the id it gives itself."""
    front = _front(file)
    return {file.stem.casefold(), (front.id or "").casefold() if front else ""} - {""}


def _language(file: Path) -> str:
    front = _front(file)
    return front.lang if front else ""


def _front(file: Path) -> FrontMatter | None:
    """What a file says of itself; None when it cannot be read."""
    with suppress(OSError):
        found = Findings()
        return read_front(read_source(file.read_bytes(), found), found).data
    return None


def _read(path: Path) -> bytes:
    if path.exists() and not path.is_file():  # a device or a pipe may never end
        raise StartingError(f"{path} is not a file. Nothing was started.")
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}. Nothing was started."
        raise StartingError(message) from error


def obstacles(
    procedure: Procedure, findings: Iterable[Finding], values: Mapping[str, str], today: date
) -> tuple[str, ...]:
    """What speaks against starting this procedure now, each as a short sentence."""
    front = procedure.front
    found = []
    if not procedure.strict:
        found.append("it is a plain file, held to no rules and approved by nobody")
    elif front.approved is None:
        found.append("it is not approved")
    if front.review_due is not None and front.review_due < today:
        found.append(f"its review was due on {front.review_due.isoformat()}")
    if not procedure.steps:
        found.append("it has no steps")
    errors = sum(_is_other_error(finding) for finding in findings)
    if errors:
        found.append(f"the file has {errors} error{'s' if errors > 1 else ''}")
    unset = unset_values(procedure, values)
    if unset:
        found.append(f"no value is set for {', '.join(unset)}")
    return tuple(found)


def _is_other_error(finding: Finding) -> bool:
    """True for an error that has no sentence of its own among the obstacles."""
    return finding.severity is Severity.ERROR and finding.code not in _SAID_APART


def unset_values(procedure: Procedure, values: Mapping[str, str]) -> tuple[str, ...]:
    """The names in braces that neither a value nor a reading will fill, in reading order."""
    read = {record.name for step in procedure.steps for record in step.records}
    used = dict.fromkeys(use.name for use in procedure.value_uses)
    return tuple(name for name in used if name not in values and name not in read)


def begin(
    journal: JournalPort,
    briefing: Briefing,
    mode: Mode,
    actor: Actor,
    *,
    reason: str = "",
    roles: Mapping[str, str] = MappingProxyType({}),
    allowed: Collection[str] = (),
    origin: Origin = ALONE,
) -> Runner | Refused:
    """Freeze the briefing into a new run and start it.

    A drill keeps no number of a contact, but of those `allowed` to be called in it. With
    obstacles a reason is needed, and nothing is recorded without it. Raises NotRecordedError
    when no copy of the journal took it.
    """
    if briefing.obstacles and not reason.strip():
        why = f"Say why the run starts although {briefing.despite}."
        return Refused(why, "no-reason", needs="reason")
    if not actor.is_person:
        return Refused("Say who you are first: every act needs a person's name.", "no-person")
    if mode is Mode.DRILL:
        briefing = without_numbers(briefing, allowed)
    if briefing.site_data:
        journal.keep_text(briefing.site_data)
    header = _header(briefing, actor, roles, allowed if mode is Mode.DRILL else ())
    header = _from(header, origin)
    runner = prepare(journal, briefing.procedure, briefing.data, header, mode=mode, actor=actor)
    started = runner.do(Start(despite=briefing.despite, reason=reason), actor)
    return started if isinstance(started, Refused) else runner


def without_numbers(briefing: Briefing, allowed: Collection[str] = ()) -> Briefing:
    """A briefing as a drill shows and keeps it: nobody can be called by mistake."""
    site_data = hidden_site(briefing.site_data, allowed) if briefing.site_data else b""
    site = parse_site(site_data.decode())
    values = MappingProxyType({**hidden_values(briefing.procedure.front.values), **site.values})
    procedure = filled(briefing.procedure, values)
    return replace(briefing, procedure=procedure, site=site, site_data=site_data, values=values)


def _header(
    briefing: Briefing, actor: Actor, roles: Mapping[str, str], allowed: Collection[str]
) -> RunPrepared:
    procedure = briefing.procedure
    return RunPrepared(
        procedure=procedure.id,
        title=procedure.title,
        revision=procedure.revision,
        sha256=procedure.sha256,
        file=procedure.file,
        lang=procedure.front.lang,
        site=briefing.site.name,
        site_sha256=sha256(briefing.site_data).hexdigest() if briefing.site_data else "",
        values=dict(briefing.values),
        roles=dict(roles),
        owner=actor.operator,
        allowed_contacts=tuple(allowed),
        folder=str(briefing.path.absolute().parent),
    )


def _from(header: RunPrepared, origin: Origin) -> RunPrepared:
    """The header with what it owes to the run it comes from."""
    return msgspec.structs.replace(
        header,
        incident=origin.incident,
        begun_as=origin.begun_as,
        called_by_run=origin.run,
        called_by_step=origin.step,
    )


def is_text_changed(prepared: RunPrepared, folders: Folders) -> bool:
    """True when the procedure's file is another text now than the one the run carries."""
    files = (file for folder in folders.procedures for file in procedure_files(folder))
    found = []
    for file in files:
        if file.name == prepared.file:
            with suppress(OSError):
                found.append(sha256(file.read_bytes()).hexdigest())
    return bool(found) and prepared.sha256 not in found


def take_up(journal: JournalPort, run: str) -> Runner:
    """Take up a run as it was left; StartingError when there is none of that name."""
    first = next(iter(journal.entries(run)), None)
    if first is None or not isinstance(first.event, RunPrepared):
        raise StartingError(f"There is no run {run} here. runbook runs lists them.")
    try:
        return reopen(journal, run, parse_with)
    except KeyError as error:
        message = (
            f"The procedure's text of run {run} is missing from both copies of the journal, so"
            " the run cannot go on here. Its entries are safe: runbook journal export writes them."
        )
        raise StartingError(message) from error
    except BrokenRunError as error:
        raise StartingError(f"Run {run} cannot go on: a part of its record is missing.") from error
