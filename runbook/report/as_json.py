"""The report as data: the whole document, and every entry as the journal keeps it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from runbook.report.document import Document
from runbook.report.material import Material


def to_json(document: Document, material: Material) -> bytes:
    """The document and the entries as indented JSON with sorted keys.

    `raw` of an entry is the text that was hashed and signed, so the chain can be checked.
    """
    data: dict[str, Any] = msgspec.to_builtins(document)
    data["entries"] = [
        {"raw": s.raw.decode(), "hash": s.hash.hex(), "sig": s.sig.hex()} for s in material.sealed
    ]
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8", "replace")
