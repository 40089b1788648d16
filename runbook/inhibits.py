"""Which open runs forbid that a procedure is begun beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Protocol

from runbook.procedure.findings import Findings
from runbook.procedure.front import read_front
from runbook.procedure.source import read_source
from runbook.run.events import Mode
from runbook.run.port import JournalPort
from runbook.run.state import ENDED
from runbook.run.summary import RunSummary
from runbook.starting import Origin


class Journal(JournalPort, Protocol):
    """A journal that can list its runs."""

    def runs(self) -> list[RunSummary]:
        """All runs, the latest first."""
        ...


class Inhibits:
    """Reads the front matter of the open runs' texts, each once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[str, tuple[str, ...]] = {}

    def against(self, procedure: str, mode: Mode, origin: Origin) -> Iterator[str]:
        """What speaks against beginning a procedure now; a run that is left does not count."""
        left = origin.run if origin.begun_as == "left" else ""
        for one in self._journal.runs():
            beside = one.state not in ENDED and one.mode is mode and one.run != left
            if beside and procedure in self._of(one):
                yield f"“{one.title}”, open as run {one.run}, must not be worked beside it"

    def _of(self, one: RunSummary) -> tuple[str, ...]:
        """The procedures that a run's text inhibits."""
        if one.sha256 not in self._known:
            found = Findings()
            with suppress(KeyError):
                front = read_front(read_source(self._journal.text(one.sha256), found), found)
                self._known[one.sha256] = front.data.inhibits
        return self._known.get(one.sha256, ())
