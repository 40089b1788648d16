"""Talks to a session as an operator does: one line in, the answer out."""

from __future__ import annotations

import io
from pathlib import Path

from runbook.operators import Operators
from runbook.walk.pins import Gate
from runbook.walk.session import Session
from runbook.walk.terminal import Terminal
from tests.run.rig import ANN, Rig

PROCEDURE = """
    # Mains loss
    ## Confirm
    - [ ] Read the panel (~2m) <!-- id: panel -->
      > [!WARNING]
      > Do not open the cabinet.

      - Expect: display lit
      - Record: runtime = UPS runtime, min, at least 5, from the panel, runs down
      - If not: go to [Estimate](#estimate)
    - [ ] Decide: is the generator running? <!-- id: running -->
      - Yes: go to [Watch](#watch)
      - No
      - Cannot tell: treat as No
    ## Start it
    - [ ] Start the engine <!-- id: engine -->
    - [ ] Estimate from the load <!-- id: estimate -->
    ## Watch
    - [ ] Every 2 min: read the panel <!-- id: watch -->
      - Until: the mains are back
    """


class Talk:
    """A session on a journal in memory; `say` types a line and returns what was answered."""

    def __init__(self, text: str = PROCEDURE, people: Operators | None = None) -> None:
        self.pins: list[str] | None = None
        self.rig = Rig(text)
        self.sink = io.StringIO()
        terminal = Terminal(io.BytesIO(), self.sink, asks=False)
        briefing = ("the briefing",)
        self.session = Session(
            self.rig.runner,
            self.rig.journal,
            ANN,
            terminal,
            briefing,
            "runbook walk --resume",
            Gate(people or Operators(Path("/nowhere")), self),
        )

    def say(self, *lines: str) -> str:
        """The answer to the last of these lines."""
        for line in lines:
            self.sink.seek(0)
            self.sink.truncate()
            self.session.answer(line)
        return self.sink.getvalue()

    def secret(self, prompt: str) -> str | None:
        """The next PIN typed ahead, as at a terminal where nobody sees it."""
        self.asked = prompt
        return self.pins.pop(0) if self.pins is not None else None

    def first(self, *lines: str) -> str:
        """The first line of the answer to the last of these lines."""
        answer = self.say(*lines).splitlines()
        return answer[0] if answer else ""
