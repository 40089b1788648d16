"""Labelled sub-bullets of a step: `Expect:`, `If not:`, `Record:`, `Go when:` and the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runbook.procedure import durations
from runbook.procedure.attributes import find_role
from runbook.procedure.conditions import looks_like_condition, parse_condition, split_condition
from runbook.procedure.inline import links, plain
from runbook.procedure.model import IfNot, Label, StepKind, When, Within
from runbook.procedure.records import parse_record
from runbook.procedure.spoken import spoken
from runbook.procedure.ways import find_way

if TYPE_CHECKING:
    from collections.abc import Callable

    from runbook.procedure.blocks import Block
    from runbook.procedure.draft import Reading, StepDraft

_ANY_KIND = (
    "Expect", "If not", "Record", "Within", "If missed", "Type", "Say", "Pin", "Defer to",
    "Evidence", "Needs", "Brings up", "Stop when", "Repeat", "Why", "Read-back",
)  # fmt: skip
_ONLY = {
    "Go when": StepKind.HOLD,
    "No-go": StepKind.HOLD,
    "Deputy after": StepKind.HOLD,
    "Until": StepKind.WATCH,
    "When": StepKind.WATCH,
}
_ALL = (*_ANY_KIND, *_ONLY)
_BOLD = r"(?:\*\*|__|\*|_)?"
_TEMPLATE = (
    rf"{_BOLD}(?:"
    + "|".join(f"(?P<l{n}><<{key}>>)" for n, key in enumerate(_ALL) if key != "Deputy after")
    + rf"|(?P<l{_ALL.index('Deputy after')}><<Deputy after>>)(?:\s+(?P<after>[^:*]{{1,30}}?))?)"
    rf"\s*{_BOLD}\s*:\s*{_BOLD}(?P<rest>.*)"
)
_READ_BACK = rf"{_BOLD}<<Read-back>>{_BOLD}\s*[.:]?\s*"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sub-bullet with a label. `more` are the blocks below its first paragraph."""

    key: str
    rest: str
    after: str
    item: Block
    more: list[Block]
    column: int

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.item.line


def find_label(text: str, item: Block, more: list[Block], reading: Reading) -> Labelled | None:
    """The label a sub-bullet begins with, if it is one this format knows."""
    if ":" not in text[:80]:
        if reading.words.compile(_READ_BACK).fullmatch(text):
            return Labelled("Read-back", "", "", item, more, item.text_column)
        return None
    found = reading.words.compile(_TEMPLATE).match(text)
    if found is None or found.lastgroup is None:
        return None
    number = next(n for n in range(len(_ALL)) if found[f"l{n}"])
    after = found["after"] or ""
    column = item.text_column + (
        found.start("rest") if "\n" not in text[: found.start("rest")] else 0
    )
    return Labelled(_ALL[number], found["rest"].strip(), after, item, more, column)


def fits(label: Labelled, draft: StepDraft) -> bool:
    """Whether this kind of step knows the label; an option may be called `No-go` elsewhere."""
    return _ONLY.get(label.key, draft.kind) is draft.kind


def apply_label(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    """Put what a labelled sub-bullet says into its step."""
    draft.labels.append(Label(label.key, label.line, label.column))
    _APPLY[label.key](draft, label, reading)


def _words(label: Labelled, reading: Reading) -> str:
    env = reading.document.env
    parts = (plain(label.rest, env), spoken(label.more, env))
    return "\n".join(part for part in parts if part)


def _text(name: str) -> Callable[[StepDraft, Labelled, Reading], None]:
    def apply(draft: StepDraft, label: Labelled, reading: Reading) -> None:
        draft.add_text(name, _words(label, reading))

    return apply


def _names(name: str) -> Callable[[StepDraft, Labelled, Reading], None]:
    def apply(draft: StepDraft, label: Labelled, reading: Reading) -> None:
        words = [part.strip(" .") for part in re.split(r"[,\n]", _words(label, reading))]
        draft.fields[name] = draft.fields.get(name, ()) + tuple(word for word in words if word)

    return apply


def _expect(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    draft.add_text("expect", _words(label, reading))


def _if_not(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    way = find_way(label.rest, reading.words)
    before: IfNot | None = draft.fields.get("if_not")
    text = _words(label, reading)
    if before is not None:
        text = f"{before.text}\n{text}"
    go = before.go if before is not None and before.go else None
    draft.fields["if_not"] = IfNot(text, go or (way.href if way else None))


def _record(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    record, strange = parse_record(
        plain(label.rest, reading.document.env), reading.words, label.line, label.column
    )
    draft.records.append(record)
    draft.details += label.more
    if strange:
        parts = ", ".join(f"`{part}`" for part in strange)
        reading.findings.add(
            "record-unclear",
            label,
            f"{parts} is no unit, limit or source."
            " Write `name = label, unit, 0 to 240, from source`.",
        )
    if "=" not in label.rest:
        reading.findings.add(
            "record-without-name",
            label,
            f"Give the reading a name: `{record.name} = {record.label[:60]}`.",
        )


def _within(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    text = _words(label, reading)
    found = reading.words.compile(r"(?P<length>.+?)\s+<<of>>\s+(?P<of>[^.,;]+)").match(text)
    length = found["length"] if found else text
    span = durations.seconds(length.strip(" ."))
    links_ = links(label.rest, reading.document.env)
    of = links_[0].href.removeprefix("#") if links_ else (found["of"].strip() if found else "")
    draft.fields["within"] = Within(text, span, of)
    if span is None and "{{" not in length:
        reading.findings.add(
            "within-unclear",
            label,
            "Write `Within:` as a length and where it starts: `3 min of mains-lost`.",
        )


def _if_missed(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    draft.add_text("if_missed", _words(label, reading))
    way = find_way(label.rest, reading.words)
    if way is not None:
        draft.fields.setdefault("missed_go", way.href)


def _pin(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    draft.pins.append(_words(label, reading))


def _say(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    text = _words(label, reading)
    draft.add_text("say", text)
    if reading.words.compile(r"(?<!\w)<<Read-back>>\W*$").search(text):
        draft.fields["read_back"] = True


def _read_back(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    draft.fields["read_back"] = True
    if words := _words(label, reading):
        draft.add_text("say", words)


def _defer(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    there = links(label.rest, reading.document.env)
    draft.details += label.more
    if there:
        draft.fields["defer_to"] = there[0]
        return
    draft.details.append(label.item)
    reading.findings.add(
        "defer-without-link", label, "`Defer to:` needs a link to a step or a procedure."
    )


def _until(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    draft.add_text("until", _words(label, reading))


def _when(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    text = _words(label, reading)
    condition, after = split_condition(text, reading.words)
    if condition is None:
        before, _, after = _first_part(text)
        _check_condition(before, label, reading)
    else:
        before = condition.text
    then = reading.words.compile(r"^[\s,:;–—-]*(?:(?:<<then>>)\s+|→\s*)?").sub("", after)
    way = find_way(label.rest, reading.words)
    draft.whens.append(
        When(before, condition, then, way.href if way else None, label.item.line, label.column)
    )


def _first_part(text: str) -> tuple[str, str, str]:
    for mark in (": ", ", "):
        if mark in text:
            return text.partition(mark)
    return text, "", ""


def _check_condition(text: str, label: Labelled, reading: Reading) -> None:
    if looks_like_condition(text) and parse_condition(text, reading.words) is None:
        reading.findings.add(
            "condition-unclear",
            label,
            "Write the condition as `name <= value`, joined by and / or, nothing more.",
        )


def _go_when(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    text = _words(label, reading)
    _check_condition(text, label, reading)
    draft.hold.setdefault("go_when", []).append(text)


def _no_go(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    text = _words(label, reading)
    before = draft.hold.get("no_go")
    draft.hold["no_go"] = f"{before}\n{text}" if before else text
    way = find_way(label.rest, reading.words)
    if way is not None:
        draft.hold.setdefault("no_go_go", way.href)


def _deputy(draft: StepDraft, label: Labelled, reading: Reading) -> None:
    name = _words(label, reading)
    draft.hold["deputy_after_s"] = durations.seconds(label.after)
    draft.hold["deputy"] = find_role(name, reading.roles) or name
    if draft.hold["deputy_after_s"] is None:
        reading.findings.add(
            "deputy-unclear", label.item, "Write `Deputy after 3m:` and the role that decides then."
        )


_APPLY: dict[str, Callable[[Any, Labelled, Reading], None]] = {
    "Expect": _expect,
    "If not": _if_not,
    "Record": _record,
    "Within": _within,
    "If missed": _if_missed,
    "Type": _text("type_text"),
    "Say": _say,
    "Pin": _pin,
    "Defer to": _defer,
    "Evidence": _text("evidence"),
    "Needs": _names("needs"),
    "Brings up": _names("brings_up"),
    "Stop when": _text("stop_when"),
    "Repeat": _text("repeat"),
    "Why": _text("why"),
    "Read-back": _read_back,
    "Go when": _go_when,
    "No-go": _no_go,
    "Deputy after": _deputy,
    "Until": _until,
    "When": _when,
}
