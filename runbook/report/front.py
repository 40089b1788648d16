"""The front page of a report and its proof: what run this is, who acted, and the hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from runbook import __version__
from runbook.report.figures import Fact
from runbook.report.material import Material
from runbook.report.measures import Measures
from runbook.report.told import Teller
from runbook.report.told_runs import among
from runbook.report.words import MODE_MARK, RUN_STATUS, duration
from runbook.run.state import RunState


def front(material: Material, teller: Teller, found: Measures) -> Iterable[Fact]:
    """What run this is and how it ended; what is not known is left out."""
    state, both = material.state, teller.wall.both
    pairs = (
        ("Mode", MODE_MARK[state.mode]),
        ("Status", RUN_STATUS[state.status]),
        ("Site", state.prepared.site),
        ("Owner", state.owner),
        ("Prepared", both(state.prepared_at)),
        ("Started", both(state.started) or "not started"),
        ("Ended", both(state.ended) or "not ended"),
        ("Duration", _duration(found)),
        ("Goal given up because", state.abort_reason),
        ("Safe state", state.safe_state),
        ("Procedure", _procedure(state)),
        ("Approved", _approved(state)),
        ("Run", state.run),
        ("Device", material.entries[-1].device),
        ("Entries", _entries(material)),
        ("Last entry", both(state.last_at)),
    )
    yield from (Fact(label, text) for label, text in pairs if text)
    yield from among(state, material.stack)


def _duration(found: Measures) -> str:
    length = found.started_to_ended_s
    return "" if length is None else duration(length)


def _procedure(state: RunState) -> str:
    revision = f", revision {state.prepared.revision}" if state.prepared.revision else ""
    return f"{state.prepared.procedure}{revision}, file {state.prepared.file}"


def _approved(state: RunState) -> str:
    approval = state.procedure.front.approved
    if approval is None:
        return "no approval in the file"
    return f"by {approval.by}{f' on {approval.on.isoformat()}' if approval.on else ''}"


def _entries(material: Material) -> str:
    entries = material.entries
    return f"{len(entries)}, numbers {entries[0].seq} to {entries[-1].seq} of the device's journal"


def proof(material: Material) -> Iterable[Fact]:
    """The hashes that tie this report to the journal and to the text that was worked."""
    prepared, entries, sealed = material.state.prepared, material.entries, material.sealed
    yield Fact("Head of the chain", f"entry {entries[-1].seq}: {sealed[-1].hash.hex()}")
    yield Fact("First entry of the run", f"entry {entries[0].seq}: {sealed[0].hash.hex()}")
    yield Fact("Procedure text, SHA-256", prepared.sha256)
    yield Fact("Procedure text in this report", _agreement(material.text, prepared.sha256))
    yield Fact("Site file, SHA-256", prepared.site_sha256 or "none")
    yield Fact("Device", entries[-1].device)
    yield Fact("Report made with", f"Runbook {__version__}")


def _agreement(text: bytes, sha256: str) -> str:
    """Whether the text that is shown is the one that the run froze."""
    if hashlib.sha256(text).hexdigest() == sha256:
        return "has this hash"
    return "DOES NOT HAVE THIS HASH: do not rely on it"
