"""The report as Markdown that also reads well as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from runbook.report.document import Document
from runbook.report.figures import Fact
from runbook.report.items import Item
from runbook.report.timeline import Row
from runbook.report.told import StepTold

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_PATTERN = {"drill": "/////", "test": "#####", "live": "====="}


def to_md(document: Document) -> bytes:
    """The report in sections; the mode stands at the head of every one of them."""
    sign = _PATTERN[document.mode]
    mark = f"**{plain(sign)} {plain(document.mark)} {plain(sign)}**"
    parts = [mark, *_front(document)]
    for title, lines in _sections(document):
        parts += ["", "---", "", mark, "", f"## {title}", "", *lines]
    return ("\n".join(parts) + "\n").encode("utf-8", "replace")


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _front(document: Document) -> Iterator[str]:
    yield ""
    yield f"# {plain(document.title)}"
    yield ""
    yield f"Report of run {plain(document.run)}: **{plain(document.status)}**"
    yield ""
    yield from _facts(document.front)
    yield from ("", "## People", "")
    yield from _facts(document.people)


def _sections(document: Document) -> Iterator[tuple[str, Iterable[str]]]:
    """Every section's title and lines, in reading order."""
    yield "Measures", _measures(document)
    yield "What went otherwise", _items(document.exceptions)
    yield "In hand, put off or left open", _items(document.open_items)
    yield "Call-out", _calls(document)
    yield "Duties to authorities", _duties(document)
    yield "Situation reports", _sitreps(document)
    yield "Decisions", _timeline(document.decisions)
    yield "Who answered for what", _facts(document.held)
    yield "Handovers, and acts in the owner's place", _timeline(document.handovers)
    yield "Runs called from here", _called(document)
    yield "Pinned notes", _facts(document.pinned)
    yield "Steps of other runs to be done here", _facts(document.received)
    yield "Entries that concern other runs too", _timeline(document.between)
    yield "Corrections", _timeline(document.corrections)
    yield "Readings", _readings(document)
    yield "Waits, watches and deadlines", _times(document)
    yield "Repetitions", _repetitions(document)
    yield "Lanes worked side by side", _lanes(document)
    yield "What ran out when", _clocks(document)
    yield "Latest safe starts at each decision", _starts(document)
    yield "Timeline", _timeline(document.timeline)
    yield "Steps", _steps(document)
    yield "Values the run was prepared with", _facts(document.values)
    yield "Procedure text used", _fenced(document.procedure_text)
    yield "Proof", _proof(document)


def _facts(facts: tuple[Fact, ...]) -> Iterable[str]:
    return [f"- {plain(f.label)}: {plain(f.text)}" for f in facts] or ["None."]


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    """A table, or a word that there is nothing."""
    lines = [f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows]
    if not lines:
        return ["None."]
    return [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *lines]


def _measures(document: Document) -> Iterator[str]:
    counts = ((str(c.count), f"{c.symbol} {c.word}") for c in document.counts)
    yield from _table(("Steps", "Status"), counts)
    yield ""
    yield from _facts(document.measures)
    yield ""
    times = ((a.number, a.text, a.target, a.typical, a.actual, a.verdict) for a in document.against)
    yield from _table(("Step", "What", "Target", "Typical", "Took", "Result"), times)


def _items(items: tuple[Item, ...]) -> Iterable[str]:
    heads = ("Step", "What", "Status", "Why", "Who", "Entry")
    rows = (
        (i.number, i.text, f"{i.symbol} {i.word}", i.why, i.who, str(i.entry or "")) for i in items
    )
    return _table(heads, rows)


def _timeline(rows: tuple[Row, ...]) -> Iterable[str]:
    heads = ("Entry", "Local time", "UTC", "Who", "What")
    return _table(
        heads,
        ((str(r.seq), r.local, r.utc, _who(r), " ".join((r.text, *r.corrected))) for r in rows),
    )


def _called(document: Document) -> Iterable[str]:
    heads = ("Step", "Run", "Begun", "Ended", "Confirmed", "Remarks")
    rows = (
        (c.number, f"{c.title} ({c.run})", c.begun, c.ended, c.returned, c.remarks)
        for c in document.called
    )
    return _table(heads, rows)


def _who(row: Row) -> str:
    known = row.assurance if row.assurance.startswith("by ") else ""
    return ", ".join(part for part in (row.who, row.role, known) if part)


def _readings(document: Document) -> Iterable[str]:
    heads = ("Entry", "Step", "Local time", "UTC", "Reading", "Limits", "From", "Who", "Remarks")
    rows = (
        (
            str(r.entry),
            r.number,
            r.local,
            r.utc,
            f"{r.label} = {r.value}",
            r.limits,
            r.source,
            r.who,
            r.note,
        )
        for r in document.readings
    )
    return _table(heads, rows)


def _calls(document: Document) -> Iterable[str]:
    of_call = ("Entry", "Local time", "UTC", "Called", "For", "On")
    heads = (*of_call, "Outcome", "Read back", "By", "Message and note")
    return _table(
        heads,
        (
            (
                *(str(c.entry), c.local, c.utc, c.called, c.role, c.channel),
                *(c.outcome, c.read_back, c.who, f"{c.message} {c.note}".strip()),
            )
            for c in document.calls
        ),
    )


def _duties(document: Document) -> Iterable[str]:
    heads = ("Duty", "Counts from", "Due", "Result", "Sent or judged", "Margin", "Evidence", "By")
    return _table(
        heads,
        (
            (d.label, d.start, d.due, d.result, d.settled, d.margin, d.evidence, d.who)
            for d in document.duties
        ),
    )


def _sitreps(document: Document) -> Iterator[str]:
    if not document.sitreps:
        yield "None."
    for s in document.sitreps:
        margin = f", {s.margin} it was due" if s.margin.endswith("before") else f", {s.margin}"
        yield plain(f"Report {s.number}, {s.local} ({s.utc}), {s.who}, to {s.to}, entry {s.entry}")
        yield plain(margin.removeprefix(", ")) if s.margin else ""
        yield ""
        yield from _fenced(s.text, "text")
        yield ""


def _times(document: Document) -> Iterable[str]:
    heads = ("Step", "What", "Kind", "Start", "Due", "End", "Took", "Late", "Remarks")
    rows = (
        (t.number, t.text, t.what, t.began, t.due, t.ended, t.took, t.late, t.note)
        for t in document.times
    )
    return _table(heads, rows)


def _repetitions(document: Document) -> Iterable[str]:
    heads = ("Step", "What", "Number", "Local time", "Values", "Who", "Remarks")
    rows = (
        (r.number, r.text, str(r.count), r.local, r.values, r.who, r.note)
        for r in document.repetitions
    )
    return _table(heads, rows)


def _lanes(document: Document) -> Iterable[str]:
    heads = ("Section", "Lane", "Role", "Who", "Start", "End", "Took", "Idle at the join")
    lanes = document.lanes
    rows = ((x.section, x.title, x.role, x.who, x.began, x.ended, x.took, x.idle) for x in lanes)
    return _table(heads, rows)


def _clocks(document: Document) -> Iterable[str]:
    heads = (
        "Entry",
        "Local time",
        "UTC",
        "Reading",
        "Fitted line",
        "Runs out",
        "Between",
        "Remarks",
    )
    rows = (
        (
            str(c.entry),
            c.local,
            c.utc,
            f"{c.label} = {c.value}",
            f"{c.rate}, {c.points} readings",
            c.ends,
            c.band,
            c.own,
        )
        for c in document.clocks
    )
    return _table(heads, rows)


def _starts(document: Document) -> Iterable[str]:
    heads = ("Entry", "Local time", "UTC", "Decided", "Work left", "Gone", "Begin by", "Result")
    rows = (
        (
            str(s.entry),
            s.local,
            s.utc,
            s.decided,
            f"{s.what}: {s.work}",
            s.gone,
            s.latest,
            s.verdict,
        )
        for s in document.starts
    )
    return _table(heads, rows)


def _steps(document: Document) -> Iterator[str]:
    for section in document.sections:
        if section.title:
            yield from (f"### {plain(section.title)}", "")
        for step in section.steps:
            yield from _step(step)
        yield ""


def _step(step: StepTold) -> Iterator[str]:
    """A step, and below it each attempt with its lines."""
    yield f"- **{plain(step.number)}** {plain(step.text)}"
    for label, text in (("Role", step.role), ("Target", step.target), ("Expect", step.expect)):
        if text:
            yield f"  - {label}: {plain(text)}"
    for a in step.attempts:
        again = f"Attempt {a.number}: " if len(step.attempts) > 1 else ""
        settled = f", {a.local} ({a.utc}), {a.who}, entry {a.entry}" if a.entry else ""
        yield f"  - {again}**{plain(f'{a.symbol} {a.word}')}**{plain(settled)}"
        yield from (f"    - {plain(line)}" for line in a.lines)


def _fenced(text: str, kind: str = "markdown") -> Iterable[str]:
    """A text as it is, in a fence longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{kind}", text.removesuffix("\n"), fence]


def _proof(document: Document) -> Iterator[str]:
    yield from _facts(document.proof)
    yield ""
    seals = ((str(s.seq), s.hash, s.sig) for s in document.seals)
    yield from _table(("Entry", "SHA-256", "Signature"), seals)
