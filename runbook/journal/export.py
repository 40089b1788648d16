"""A run as JSON Lines, to be kept or checked where there is no Runbook.

The first line says whose key signed; then each entry as it was hashed, with its hash and
signature; last the texts by their hash. The same run gives the same bytes every time.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import msgspec

from runbook.journal.codec import Sealed, decode, parse
from runbook.journal.events import JournalOpened
from runbook.run.events import RunPrepared

_encode = msgspec.json.Encoder(order="sorted").encode


class Readable(Protocol):
    """A journal or a reader of one."""

    def sealed(self, run: str) -> Sequence[Sealed]:
        """All entries of a run in order, as they lie on disk."""
        ...

    def text(self, sha256: str) -> bytes:
        """A kept text; KeyError when there is none of that hash."""
        ...


def export_lines(journal: Readable, run: str) -> Iterator[str]:
    """The lines of a run without their ends; KeyError when there is no such run.

    The bytes hashed are those between `"raw":` and `,"sig":`, and equally what any JSON
    writer with sorted keys and no spaces makes of the object there.
    """
    entries = journal.sealed(run)
    if not entries:
        raise KeyError(run)
    yield _line({"export": 1, "run": run, "devices": _devices(journal, entries)})
    for sealed in entries:
        raw = sealed.raw.decode()
        yield f'{{"hash":"{sealed.hash.hex()}","raw":{raw},"sig":"{sealed.sig.hex()}"}}'
    for sha256 in _texts(entries):
        yield _line({"sha256": sha256, **_readable(journal.text(sha256))})


def _line(record: dict[str, Any]) -> str:
    """A record as one line."""
    return _encode(record).decode()


def _devices(journal: Readable, entries: Sequence[Sealed]) -> list[dict[str, str]]:
    """The devices that made these entries, with the keys their first entries carry."""
    makers = {parse(sealed.raw)["device"] for sealed in entries}
    found = []
    for sealed in journal.sealed(""):
        entry = decode(sealed.raw)
        if isinstance(entry.event, JournalOpened) and entry.device in makers:
            key, site = entry.event.public_key, entry.event.site
            found.append({"id": entry.device, "public_key": key, "site": site})
    return found


def _texts(entries: Sequence[Sealed]) -> list[str]:
    """The hashes of the texts a run rests on, each once."""
    events = (decode(sealed.raw).event for sealed in entries)
    headers = [event for event in events if isinstance(event, RunPrepared)]
    names = [name for h in headers for name in (h.sha256, h.site_sha256) if name]
    return list(dict.fromkeys(names))


def _readable(data: bytes) -> dict[str, str]:
    """A text as it is, or in base64 when it is no text."""
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode("ascii")}
