"""Ids, numbers by place, and what a link to a heading or step leads to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runbook.procedure.draft import SectionDraft, StepDraft
    from runbook.procedure.findings import Findings

_WRITTEN = re.compile(r"[a-z0-9-]+")
_NOT_GITHUB = re.compile(r"[^\w\- ]", re.UNICODE)
_LONGEST = 48
_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th"})


def github_slug(text: str) -> str:
    """The anchor GitHub gives a heading, before it is made unique."""
    return _NOT_GITHUB.sub("", text.strip().casefold()).replace(" ", "-")


def fold(text: str) -> str:
    """Lower case without accents; æ, ø, å as ae, oe, aa."""
    plain = unicodedata.normalize("NFC", text.casefold()).translate(_DANISH)
    split = unicodedata.normalize("NFKD", plain)
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def step_slug(text: str) -> str:
    """An id from a step's words: `a-z0-9-`, cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold(text[:400]))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _LONGEST:
            break
        slug = longer
    return slug or (words[0][:_LONGEST] if words else "step")


class Ids:
    """Hands out ids that are unique in a file and remembers what else a link may say."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._taken: set[str] = set()
        self._next: Counter[str] = Counter()
        self.aliases: dict[str, str] = {}

    def name_top(self, title: str) -> None:
        """Let a link to the title's anchor mean the top of the file."""
        self.aliases[github_slug(title)] = ""

    def assign(self, sections: Sequence[SectionDraft], steps: Sequence[StepDraft]) -> None:
        """Give every section and step its id; written ones first, so none is taken from them."""
        drafts: list[SectionDraft | StepDraft] = [*sections, *steps]
        for draft in sorted(drafts, key=lambda draft: draft.line):
            self._take_written(draft)
        for section in sections:
            slug = github_slug(section.heading) or "section"
            section.id = section.id or self._unique(slug, first=1)
            self._alias(slug, section.id)
            self._alias(github_slug(section.title), section.id)
        for step in steps:
            step.id = step.id or self._unique(step_slug(step.text))

    def _alias(self, slug: str, id_: str) -> None:
        if slug and slug not in self._taken:
            self.aliases.setdefault(slug, id_)

    def _take_written(self, draft: SectionDraft | StepDraft) -> None:
        wanted = draft.wanted_id
        if wanted is None:
            return
        if not _WRITTEN.fullmatch(wanted):
            self._findings.add(
                "invalid-id", draft, f"The id `{wanted[:60]}` may hold only a to z, 0 to 9 and -."
            )
            draft.wanted_id = None
            self.aliases.setdefault(wanted, step_slug(wanted))
            draft.id = self._unique(step_slug(wanted))
            return
        if wanted in self._taken:
            self._findings.add(
                "duplicate-id",
                draft,
                f"The id `{wanted}` stands in this file twice. Give this one another.",
            )
        draft.id = self._unique(wanted)

    def _unique(self, slug: str, first: int = 2) -> str:
        """GitHub counts repeated headings from 1; the second step of a name is called 2."""
        id_ = slug
        while id_ in self._taken:
            id_ = f"{slug}-{first + self._next[slug]}"
            self._next[slug] += 1
        self._taken.add(id_)
        return id_

    def settle(self, href: str | None) -> str | None:
        """A link as written, with an anchor GitHub would make turned into the id it means."""
        if href is None or not href.startswith("#"):
            return href
        anchor = href[1:]
        if anchor in self._taken:
            return href
        alias = self.aliases.get(anchor, self.aliases.get(anchor.casefold()))
        return href if alias is None else f"#{alias}"


def number_steps(steps: Sequence[StepDraft]) -> None:
    """Number steps by place: `2.4` is the fourth step of the second section that has steps.

    Sections inside a section go on counting, so numbers agree with the headings people see.
    A file without sections counts 1, 2, 3; steps before the first section count 0.1, 0.2.
    """
    roots = [step.section.root() for step in steps]
    order: dict[int, int] = {}
    for root in roots:
        if root.level > 0:
            order.setdefault(id(root), len(order) + 1)
    counts: Counter[str] = Counter()
    for step, root in zip(steps, roots, strict=True):
        prefix = _prefix(step, order.get(id(root), 0), flat=not order)
        counts[prefix] += 1
        step.number = f"{prefix}{counts[prefix]}"


def _prefix(step: StepDraft, section: int, *, flat: bool) -> str:
    if step.parent is not None:
        return f"{step.parent.number}."
    return "" if flat else f"{section}."
