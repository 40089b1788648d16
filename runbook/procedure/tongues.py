"""One procedure in several languages is one procedure: which of its files is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from runbook.procedure.catalogue import Entry

DEFAULT = "en"


def shown_for(entries: Iterable[Entry], lang: str) -> Mapping[str, Entry]:
    """For every file the entry that stands for it, by path.

    Files of one id in several languages give way to the one in the language asked for, else
    to the English one. Everything else stands for itself.
    """
    by_id: dict[str, list[Entry]] = {}
    for entry in entries:
        by_id.setdefault(entry.id, []).append(entry)
    return {entry.path: _stands_for(entry, by_id[entry.id], lang) for entry in _all(by_id)}


def _all(by_id: Mapping[str, list[Entry]]) -> Iterable[Entry]:
    return (entry for group in by_id.values() for entry in group)


def _stands_for(entry: Entry, group: list[Entry], lang: str) -> Entry:
    for wanted in (lang, DEFAULT):
        if entry.lang == wanted:
            return entry
        found = next((other for other in group if other.lang == wanted), None)
        if found is not None:
            return found
    return entry
