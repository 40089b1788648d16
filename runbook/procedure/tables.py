"""Tables of steps in plain files: one row, one step; the other columns are its details."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure import durations
from runbook.procedure.blocks import Block
from runbook.procedure.draft import StepDraft
from runbook.procedure.heads import apply_head, read_head
from runbook.procedure.inline import plain
from runbook.procedure.normal import table_rows

if TYPE_CHECKING:
    from runbook.procedure.draft import Reading
    from runbook.procedure.steps import Place

_NUMBER = re.compile(r"(?:step|trin)?\s*(\d{1,4}(?:\.\d{1,4})*)[.):]?", re.IGNORECASE)
_ROLE = frozenset(["owner", "role", "who", "responsible", "ansvarlig", "rolle", "hvem"])
_TIME = frozenset(["time", "duration", "estimate", "tid", "varighed", "est. time", "time (min)"])
_EXPECT = frozenset(["expected", "expected result", "expected outcome", "result", "forventet"])


def read_step_table(block: Block, place: Place, reading: Reading, found: list[StepDraft]) -> None:
    """Read the rows of a step table into `found`."""
    head, *rows = table_rows(block)
    titles = [plain(cell.text, reading.document.env) for cell in head.children]
    for row in rows:
        texts = [cell.text.strip() for cell in row.children]
        if any(texts):
            found.append(_row(row, titles, texts, place, reading))
            place.section.last_step = found[-1]


def _row(
    row: Block, titles: list[str], texts: list[str], place: Place, reading: Reading
) -> StepDraft:
    draft = StepDraft(row.line, row.column, place.section, alerts=list(place.alerts))
    main = _main_column(titles, texts, reading)
    apply_head(draft, read_head(texts[main], reading), reading)
    for number, (title, text) in enumerate(zip(titles, texts, strict=False)):
        if number != main and text:
            _cell(draft, title, text, row, reading)
    return draft


def _main_column(titles: list[str], texts: list[str], reading: Reading) -> int:
    columns = range(min(len(titles), len(texts)))
    for key in ("Action", "Step"):
        for number in columns:
            words = texts[number]
            if reading.words.is_(key, titles[number]) and words and not _NUMBER.fullmatch(words):
                return number
    rest = [n for n in columns if texts[n] and not _NUMBER.fullmatch(texts[n])]
    return rest[0] if rest else next(n for n in columns if texts[n])


def _cell(draft: StepDraft, title: str, text: str, row: Block, reading: Reading) -> None:
    words, name = plain(text, reading.document.env), title.casefold().strip()
    number = _NUMBER.fullmatch(words)
    if (
        number
        and draft.written_number is None
        and (name in ("#", "no.", "nr.") or _is_step(title, reading))
    ):
        draft.written_number = number[1]
        return
    if name in _ROLE and draft.attributes.role is None:
        draft.attributes.role = words
    elif name in _EXPECT:
        draft.add_text("expect", words)
    elif name in _TIME and (span := durations.target(words)) is not None:
        draft.attributes.target_s = span
    draft.details.append(
        Block("paragraph", row.line, row.end, row.column, f"**{title}:** {text}" if title else text)
    )


def _is_step(title: str, reading: Reading) -> bool:
    return reading.words.is_("Step", title)
