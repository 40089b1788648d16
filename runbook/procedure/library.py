"""All procedures in some folders: listed, checked and searched as one types.

A procedure that is there in several languages is listed once, in the language asked for, and
found by the words of each.

A start where nothing changed reads one cache file and no procedure. Procedure files are
only ever read. A broken file is listed with its findings and never hides the others.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.procedure.catalogue import Entry, State, read_cache, write_cache
from runbook.procedure.model import Finding, Severity
from runbook.procedure.search import Field, Match, make_field, match, query_words
from runbook.procedure.site import Site
from runbook.procedure.tongues import DEFAULT, shown_for

if TYPE_CHECKING:
    from runbook.procedure.others import Others

_DEEPEST_FOLDER = 20
_LEFT_OUT = frozenset({"drills"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure found, and the words that answered; none for an empty query."""

    entry: Entry
    field: str = ""
    text: str = ""


class Library:
    """The procedures of some folders. Call `load` at start, `refresh` now and then."""

    def __init__(
        self, folders: Sequence[Path], site: Site | None = None, lang: str = DEFAULT
    ) -> None:
        self._folders = tuple(dict.fromkeys(folder.absolute() for folder in folders))
        self._site = site
        self._lang = lang
        self._shown: Mapping[str, Entry] = {}
        self._others: Others | None = None
        self._entries: dict[str, Entry] = {}
        self._fields: dict[str, tuple[Field, ...]] = {}
        self._indexed: dict[str, Entry] = {}
        self._listed: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every procedure by title, the broken ones too, each in one language."""
        return self._listed

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of procedures that are there in several, English first."""
        by_id: dict[str, set[str]] = {}
        for entry in self._entries.values():
            by_id.setdefault(entry.id, set()).add(entry.lang)
        found = set().union(*(langs for langs in by_id.values() if len(langs) > 1))
        return tuple(sorted(found, key=lambda lang: (lang != DEFAULT, lang)))

    def load(self, cache: Path) -> None:
        """Take over what was known when the cache was saved; a bad cache is as none."""
        found = read_cache(cache, self._stamp())
        self._entries = {entry.path: entry for entry in found if self._is_ours(entry.path)}
        self._list()

    def save(self, cache: Path) -> None:
        """Write the cache, whole or not at all; a folder that cannot be written raises OSError."""
        write_cache(cache, self._stamp(), tuple(self._entries.values()))

    def refresh(self) -> bool:
        """Read what is new or changed, drop what is gone; whether anything was."""
        before = self._entries
        now: dict[str, Entry] = {}
        for path, facts in _files(self._folders):
            known = before.get(str(path))
            same = known is not None and (known.mtime_ns, known.size) == facts
            now[str(path)] = known if known is not None and same else self._read(path, facts)
        changed = now != before
        if changed or len(self._shown) != len(now):
            self._entries = now
            self._list()
        self._index()
        return changed

    def search(self, text: str) -> list[Hit]:
        """Procedures whose words begin as asked, best first; all of them for an empty query."""
        words = query_words(text)
        if not words:
            return [Hit(entry) for entry in self._listed]
        self._index()
        best: dict[str, Match] = {}
        for path, entry in self._shown.items():
            found = match(self._fields[path], words)
            known = best.get(entry.path)
            if found is not None and (known is None or found.score > known.score):
                best[entry.path] = found
        hits = [entry for entry in self._listed if entry.path in best]
        hits.sort(key=lambda entry: -best[entry.path].score)  # stable: equal ones stay by title
        return [Hit(e, best[e.path].field, best[e.path].text) for e in hits]

    def _stamp(self) -> str:
        """What a cache must have been made with: values and roles decide some findings."""
        site = self._site or Site()
        made_with = (sorted(site.values.items()), sorted(site.roles.items()))
        return hashlib.sha256(repr(made_with).encode()).hexdigest()

    def _is_ours(self, path: str) -> bool:
        return any(path.startswith(f"{folder}{os.sep}") for folder in self._folders)

    def _read(self, path: Path, facts: tuple[int, int]) -> Entry:
        # The parser is loaded only when there is something to parse.
        from runbook.procedure.intake import read_entry  # noqa: PLC0415
        from runbook.procedure.others import Others  # noqa: PLC0415

        self._others = self._others or Others()
        return read_entry(path, facts, self._site, self._others)

    def _list(self) -> None:
        ids = Counter((entry.id, entry.lang) for entry in self._entries.values())
        listed = [
            _with_duplicate(entry) if ids[entry.id, entry.lang] > 1 else entry
            for entry in self._entries.values()
        ]
        self._shown = shown_for(listed, self._lang)
        shown = {entry.path: entry for entry in self._shown.values()}
        self._listed = tuple(sorted(shown.values(), key=lambda e: (e.title.casefold(), e.path)))

    def _index(self) -> None:
        """Prepare for search what is new; not at load, because the first window is waiting."""
        if self._indexed is self._entries:
            return
        old, self._fields = self._fields, {}
        for path, entry in self._entries.items():
            same = self._indexed.get(path) is entry
            self._fields[path] = old[path] if same else _fields_of(entry)
        self._indexed = self._entries


def _fields_of(entry: Entry) -> tuple[Field, ...]:
    return (
        make_field("symptom", 32, entry.symptoms),
        make_field("title", 16, (entry.title,)),
        make_field("id", 12, (entry.id, Path(entry.path).stem)),
        make_field("use when", 8, entry.use_when),
        make_field("heading", 4, entry.headings),
        Field("text", 1, f" {entry.words}"),
    )


def _with_duplicate(entry: Entry) -> Entry:
    finding = Finding(
        1,
        1,
        Severity.ERROR,
        "duplicate-procedure-id",
        f"Another procedure has the id `{entry.id}` as well. Give one of them another.",
    )
    return replace(entry, findings=(finding, *entry.findings), state=State.BROKEN)


def _files(folders: Sequence[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Procedure files with their time and size; a folder reached twice is read once."""
    seen: set[tuple[int, int]] = set()
    for folder in folders:
        yield from _walk(folder, seen, 0)


def _walk(
    folder: Path, seen: set[tuple[int, int]], depth: int
) -> Iterator[tuple[Path, tuple[int, int]]]:
    try:
        here = folder.stat()
        paths = sorted(folder.iterdir())
    except OSError:
        return  # A folder that is not there has no procedures.
    if (here.st_dev, here.st_ino) in seen or depth > _DEEPEST_FOLDER:
        return
    seen.add((here.st_dev, here.st_ino))
    for path in paths:
        name = path.name
        if name.startswith("."):
            continue
        try:
            facts = path.stat()
        except OSError:
            if name.casefold().endswith(".md"):
                yield path, (0, 0)  # A dangling link is listed as broken.
            continue
        if stat.S_ISDIR(facts.st_mode):
            if name.casefold() not in _LEFT_OUT:
                yield from _walk(path, seen, depth + 1)
        elif name.casefold().endswith(".md") and stat.S_ISREG(facts.st_mode):
            yield path, (facts.st_mtime_ns, facts.st_size)
