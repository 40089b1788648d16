"""How steps, places and values are named in a sentence: as the run's own procedure does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from runbook.procedure.model import Procedure
from runbook.report.words import stop
from runbook.run.filling import fill

__all__ = ["Names", "brief", "fill"]


def brief(text: str, limit: int = 160) -> str:
    """The beginning of a text that is too long to be repeated at every mention of it."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Names:
    """What a sentence needs to name steps and roles as the run's own procedure does.

    With a `zone` it is told to somebody in the room: due times are those of his clock.
    """

    procedure: Procedure
    values: Mapping[str, str]
    zone: tzinfo | None = None

    def number(self, step: str) -> str:
        """A step's number, or its id when the procedure has no such step."""
        found = self.procedure.by_id.get(step)
        return found.number if found else step

    def numbers(self, steps: tuple[str, ...]) -> str:
        """Several numbers, in the order given."""
        return ", ".join(self.number(step) for step in steps)

    def text(self, step: str) -> str:
        """A step's words with values filled in, as a sentence; empty when unknown."""
        found = self.procedure.by_id.get(step)
        return stop(brief(fill(found.text, self.values))) if found else ""

    def step(self, step: str, verb: str) -> str:
        """`Step 1.2 done: its words.`"""
        words = self.text(step)
        return f"Step {self.number(step)} {verb}: {words}" if words else self.bare(step, verb)

    def bare(self, step: str, verb: str) -> str:
        """`Step 1.2 done.`"""
        return f"Step {self.number(step)} {verb}."

    def place(self, go: str) -> str:
        """Where a link leads, in the words of the procedure where it has any."""
        anchor = go.removeprefix("#")
        if section := self.procedure.section_by_id.get(anchor):
            return section.title
        return f"step {self.number(anchor)}" if anchor in self.procedure.by_id else go
