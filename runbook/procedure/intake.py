"""One procedure file into the library: parsed, checked, its words collected."""

from __future__ import annotations

from pathlib import Path

from runbook.procedure.catalogue import Entry, State
from runbook.procedure.check import check
from runbook.procedure.ids import step_slug
from runbook.procedure.markup import plain_text
from runbook.procedure.model import Finding, Procedure, Severity
from runbook.procedure.others import Others
from runbook.procedure.parse import parse
from runbook.procedure.search import fold_words
from runbook.procedure.site import Site

_MOST_WORDS = 20_000


def read_entry(
    path: Path, facts: tuple[int, int], site: Site | None, others: Others | None = None
) -> Entry:
    """Read a file as the library lists it; one that cannot be read is listed as broken.

    `others` remembers what was read of the files that it leads to.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        reason = fault.strerror or "it cannot be read"
        message = f"The file was not read: {reason}. Check that it is there and may be read."
        finding = Finding(1, 1, Severity.ERROR, "unreadable", message)
        return Entry(
            str(path), *facts, step_slug(path.stem), path.stem, state=State.BROKEN,
            findings=(finding,),
        )  # fmt: skip
    procedure = parse(data, str(path))
    findings = check(procedure, site=site, folder=path.parent, others=others)
    return _entry(path, facts, procedure, findings)


def _entry(
    path: Path, facts: tuple[int, int], procedure: Procedure, findings: tuple[Finding, ...]
) -> Entry:
    front = procedure.front
    return Entry(
        str(path),
        *facts,
        procedure.id,
        procedure.title,
        description=front.description,
        symptoms=front.symptoms,
        use_when=tuple(plain_text(text) for text in front.use_when),
        headings=tuple(section.title for section in procedure.sections),
        words=_words(procedure),
        lang=front.lang,
        revision=front.revision,
        strict=procedure.strict,
        steps=len(procedure.steps),
        review_due=front.review_due.isoformat() if front.review_due else "",
        state=_state(findings),
        findings=findings,
    )


def _state(findings: tuple[Finding, ...]) -> State:
    if any(finding.severity is Severity.ERROR for finding in findings):
        return State.BROKEN
    return State.FINDINGS if findings else State.OK


def _words(procedure: Procedure) -> str:
    """Every word of the text once, folded, for search."""
    texts = [procedure.introduction, procedure.front.description]
    texts += [section.introduction for section in procedure.sections]
    for step in procedure.steps:
        texts += [step.text, step.details, step.expect or "", step.say, step.why]
        texts += [option.label for option in step.options]
        texts += [alert.text for alert in step.alerts]
        texts += [record.label for record in step.records]
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(fold_words(text)))
        if len(found) > _MOST_WORDS:
            break
    return " ".join(found)
