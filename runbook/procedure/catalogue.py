"""What the library knows of each procedure, and the cache file that keeps it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from runbook import __version__
from runbook.procedure.model import Finding

CACHE_FORMAT = 3


class State(StrEnum):
    """Whether a procedure is fit to be used."""

    OK = "ok"
    FINDINGS = "findings"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Entry:
    """One procedure file as the library lists it. `words` are those of its text, each once."""

    path: str
    mtime_ns: int
    size: int
    id: str
    title: str
    description: str = ""
    symptoms: tuple[str, ...] = ()
    use_when: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    words: str = ""
    lang: str = "en"
    revision: str = ""
    strict: bool = False
    steps: int = 0
    review_due: str = ""
    state: State = State.OK
    findings: tuple[Finding, ...] = ()


class _Cache(msgspec.Struct):
    format: int
    program: str
    stamp: str
    entries: tuple[Entry, ...]


def read_cache(path: Path, stamp: str) -> tuple[Entry, ...]:
    """The entries of a cache made by this program with this stamp; otherwise none."""
    try:
        cache = msgspec.json.decode(path.read_bytes(), type=_Cache)
    except (OSError, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return ()
    fits = (cache.format, cache.program, cache.stamp) == (CACHE_FORMAT, __version__, stamp)
    return cache.entries if fits else ()


def write_cache(path: Path, stamp: str, entries: tuple[Entry, ...]) -> None:
    """Write a cache beside its place and move it there, so that it is never half there."""
    data = msgspec.json.encode(_Cache(CACHE_FORMAT, __version__, stamp, entries))
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_bytes(data)
    beside.replace(path)
