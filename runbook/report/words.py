"""The words, symbols and forms of time that a report uses: each status differs in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from runbook.run.entry import Assurance
from runbook.run.events import Mode, NoteAbout, Outside, RunStatus, Status


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status is shown without colour: a symbol and a word, both its own."""

    symbol: str
    word: str

    def __str__(self) -> str:
        """Symbol and word together."""
        return f"{self.symbol} {self.word}"


STATUS: Final[Mapping[Status, Mark]] = MappingProxyType(
    {
        Status.OPEN: Mark("[ ]", "Open"),
        Status.ACTIVE: Mark("[>]", "In hand"),
        Status.WAITING: Mark("[~]", "Waiting"),
        Status.VERIFY: Mark("[?]", "To be verified"),
        Status.HOLD: Mark("[H]", "Hold point"),
        Status.DONE: Mark("[x]", "Done"),
        Status.DONE_DEV: Mark("[x!]", "Done with deviation"),
        Status.FAILED: Mark("[F]", "Failed"),
        Status.DEFERRED: Mark("[D]", "Deferred"),
        Status.SKIPPED: Mark("[S]", "Skipped"),
        Status.NOT_APPLICABLE: Mark("[-]", "Not applicable"),
        Status.NOT_REACHED: Mark("[.]", "Not reached"),
    }
)

RUN_STATUS: Final[Mapping[RunStatus, str]] = MappingProxyType(
    {
        RunStatus.PREPARED: "Prepared",
        RunStatus.RUNNING: "Running",
        RunStatus.PAUSED: "Paused",
        RunStatus.HANDOVER: "Running, handover prepared",
        RunStatus.ABORTING: "Aborting",
        RunStatus.ABORTED: "Aborted",
        RunStatus.COMPLETE_OPEN: "Complete except open steps",
        RunStatus.TRANSFERRED: "Transferred to another run",
        RunStatus.COMPLETE: "Complete",
        RunStatus.CLOSED: "Closed",
        RunStatus.CANCELLED: "Cancelled",
    }
)

OUTSIDE: Final[Mapping[Outside, str]] = MappingProxyType(
    {
        Outside.NO: "",
        Outside.LOW: "below the limit",
        Outside.HIGH: "above the limit",
        Outside.WARN_LOW: "low, within limits",
        Outside.WARN_HIGH: "high, within limits",
    }
)

NOTE: Final[Mapping[NoteAbout, str]] = MappingProxyType(
    {
        NoteAbout.NOTE: "Note",
        NoteAbout.OBSERVATION: "Observation",
        NoteAbout.CALL: "Call",
        NoteAbout.DECISION: "Decision noted",
        NoteAbout.ASSUMPTION: "Assumption",
    }
)

ASSURANCE: Final[Mapping[Assurance, str]] = MappingProxyType(
    {
        Assurance.STATED: "as stated",
        Assurance.PIN: "by PIN",
        Assurance.PHONE: "by phone",
        Assurance.PROGRAM: "noted by the program",
    }
)
ASSURANCE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {how.value: said for how, said in ASSURANCE.items()}
)

MODE_MARK: Final[Mapping[Mode, str]] = MappingProxyType(
    {
        Mode.LIVE: "LIVE INCIDENT",
        Mode.TEST: "PLANNED TEST - REAL EQUIPMENT",
        Mode.DRILL: "ØVELSE ØVELSE ØVELSE · EXERCISE",
    }
)


def duration(seconds: int) -> str:
    """A length of time in at most three parts, exact to the second: `1 h 31 min 4 s`."""
    sign, rest = ("-", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min"), (rest, "s")) if n]
    return sign + " ".join(parts) if parts else "0 s"


def away_words(seconds: int) -> str:
    """How long the program was away; below zero the clock was set back meanwhile."""
    if seconds >= 0:
        return f"The program was away for {duration(seconds)}"
    back = f"the computer's clock was set back by at least {duration(-seconds)} meanwhile"
    return f"The program was away for an unknown time: {back}"


def moment(text: str) -> datetime | None:
    """A recorded time as an aware datetime with the offset it was recorded with, or None."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def local(text: str) -> str:
    """A recorded time as the clock on the wall showed it, with its offset; else as written."""
    at = moment(text)
    if at is None:
        return text
    written = at.isoformat(sep=" ", timespec="seconds")
    return f"{written[:19]} {written[19:]}"


def utc(text: str) -> str:
    """A recorded time in UTC, to the millisecond; else as written."""
    at = moment(text)
    return text if at is None else instant(at)


def instant(at: datetime) -> str:
    """A moment in UTC, to the millisecond."""
    plain = at.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(sep=" ", timespec="milliseconds") + "Z"


def stop(text: str) -> str:
    """A text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def labelled(label: str, text: str) -> str:
    """`Label: text.`, or nothing when there is no text."""
    return f"{label}: {stop(text)}" if text.strip() else ""
