"""Markdown bytes to a `Procedure`; whatever is in the file, this neither crashes nor hangs."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from runbook.procedure.blocks import parse_blocks
from runbook.procedure.draft import Reading
from runbook.procedure.findings import Findings
from runbook.procedure.front import read_front
from runbook.procedure.ids import Ids, number_steps, step_slug
from runbook.procedure.labels import words_for
from runbook.procedure.model import Hold, Procedure, Section, Step
from runbook.procedure.normal import to_markdown
from runbook.procedure.places import find_links, find_value_uses
from runbook.procedure.source import read_source
from runbook.procedure.spoken import code_of
from runbook.procedure.structure import Structure
from runbook.procedure.wild import look_for_wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.draft import SectionDraft, StepDraft
    from runbook.procedure.front import Front
    from runbook.procedure.source import Source


def parse_file(path: Path) -> Procedure:
    """Read and parse a file; it is only ever read. An unreadable file raises OSError."""
    return parse(path.read_bytes(), str(path))


def parse(data: bytes, file: str) -> Procedure:
    """Parse the bytes of a procedure; everything unusual is among its findings."""
    with _collector_paused():
        return _parse(data, file)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from visiting a growing tree over and over: a third less time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _parse(data: bytes, file: str) -> Procedure:
    findings = Findings()
    source = read_source(data, findings)
    front = read_front(source, findings)
    findings.strict = front.data.version is not None
    reading = _reading(source, front, findings)
    structure = Structure(reading)
    structure.read()
    look_for_wrong(reading, front.lines)
    return _procedure(data, file, front, structure, reading)


def _reading(source: Source, front: Front, findings: Findings) -> Reading:
    # Front matter becomes empty lines, so that every block keeps its line.
    body = "\n" * front.lines + "\n".join(source.lines[front.lines :])
    document = parse_blocks(body, source.lines)
    words = words_for(front.data.lang)
    return Reading(document, words, front.data.roles, front.data.version is not None, findings)


def _procedure(
    data: bytes, file: str, front: Front, structure: Structure, reading: Reading
) -> Procedure:
    ids = Ids(reading.findings)
    ids.assign(structure.sections, structure.steps)
    ids.name_top(structure.title)
    number_steps(structure.steps)
    title = front.data.title or structure.title or _title_from(file, structure)
    return Procedure(
        id=front.data.id or step_slug(Path(file).stem),
        title=title,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        strict=reading.strict,
        front=front.data,
        introduction=to_markdown(structure.top.introduction),
        sections=tuple(_section(draft) for draft in structure.sections),
        steps=tuple(_step(draft, ids) for draft in structure.steps),
        findings=reading.findings.sorted(),
        alerts=tuple(structure.top.alerts),
        links=find_links(reading, front.lines, ids),
        value_uses=find_value_uses(reading, front.lines),
    )


def _title_from(file: str, structure: Structure) -> str:
    if structure.sections and structure.sections[0].line == 1:
        return structure.sections[0].title
    return Path(file).stem.replace("-", " ").replace("_", " ").strip() or "Procedure"


def _section(draft: SectionDraft) -> Section:
    found = draft.attributes
    return Section(
        draft.id,
        draft.title,
        draft.level,
        draft.line,
        parent=draft.parent.id if draft.parent else None,
        attributes=found.written,
        role=found.role,
        any_order=found.any_order,
        parallel=found.parallel,
        bound_to=found.bound_to,
        point_of_no_return=found.point_of_no_return,
        way_back=found.way_back,
        on_request=found.on_request,
        introduction=to_markdown(draft.introduction),
        alerts=tuple(draft.alerts),
        column=draft.column,
    )


def _step(draft: StepDraft, ids: Ids) -> Step:
    found = draft.attributes
    return Step(
        id=draft.id,
        id_written=draft.wanted_id is not None,
        number=draft.number,
        written_number=draft.written_number,
        parent=draft.parent.id if draft.parent else None,
        option=draft.option,
        section=draft.section.id,
        line=draft.line,
        column=draft.column,
        kind=draft.kind,
        text=draft.text,
        markdown=draft.markdown,
        role=_role(draft),
        target_s=found.target_s,
        optional=found.optional,
        two_person=found.two_person,
        point_of_no_return=found.point_of_no_return,
        any_order=found.any_order,
        alerts=tuple(draft.alerts),
        records=tuple(draft.records),
        options=tuple(replace(option, go=ids.settle(option.go)) for option in draft.options),
        whens=tuple(replace(when, go=ids.settle(when.go)) for when in draft.whens),
        pins=tuple(draft.pins),
        labels=tuple(draft.labels),
        code=code_of(draft.details),
        details=to_markdown(draft.details),
        **_fields(draft, ids),
    )


def _role(draft: StepDraft) -> str | None:
    """The step's own role, else that of the step or section it lies in."""
    step: StepDraft | None = draft
    while step is not None:
        if step.attributes.role is not None:
            return step.attributes.role
        step = step.parent
    section: SectionDraft | None = draft.section
    while section is not None:
        if section.attributes.role is not None:
            return section.attributes.role
        section = section.parent
    return None


def _fields(draft: StepDraft, ids: Ids) -> dict[str, Any]:
    fields = dict(draft.fields)
    if (if_not := fields.get("if_not")) is not None:
        fields["if_not"] = replace(if_not, go=ids.settle(if_not.go))
    for name in ("link", "defer_to"):
        if (link := fields.get(name)) is not None:
            fields[name] = replace(link, href=ids.settle(link.href) or "")
    if (go := fields.get("missed_go")) is not None:
        fields["missed_go"] = ids.settle(go)
    if (within := fields.get("within")) is not None:
        fields["within"] = replace(within, if_missed=fields.get("if_missed", ""))
    if draft.kind == "hold":
        hold = draft.hold
        fields["hold"] = Hold(
            go_when=tuple(hold.get("go_when", ())),
            no_go=hold.get("no_go", ""),
            no_go_go=ids.settle(hold.get("no_go_go")),
            deputy_after_s=hold.get("deputy_after_s"),
            deputy=hold.get("deputy", ""),
        )
    return fields
