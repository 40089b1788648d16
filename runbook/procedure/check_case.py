"""What a rule is given: the procedure under check, and what is known around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from runbook.procedure.before import Before
from runbook.procedure.check_words import Known, known_words
from runbook.procedure.labels import Words, words_for

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from runbook.procedure.findings import Findings
    from runbook.procedure.model import Procedure, Step
    from runbook.procedure.others import Others
    from runbook.procedure.site import Site


@dataclass(frozen=True)
class Case:
    """A procedure under check. What is None is not known, and no rule asks for it then.

    `folder` is where the file lies, for links; `others` reads the files that it leads to;
    `today` is the day at which it is checked.
    """

    procedure: Procedure
    findings: Findings
    others: Others
    site: Site | None = None
    folder: Path | None = None
    today: date | None = None

    @property
    def words(self) -> Words:
        """The words of the format in the procedure's language."""
        return words_for(self.procedure.front.lang)

    @property
    def known(self) -> Known:
        """The words that the rules look for in the procedure's language."""
        return known_words(self.procedure.front.lang)

    @cached_property
    def before(self) -> Before:
        """Which step may come before which."""
        return Before(self.procedure)

    @cached_property
    def takers(self) -> dict[str, list[Step]]:
        """The steps that take each reading, by its name."""
        found: dict[str, list[Step]] = {}
        for step in self.procedure.steps:
            for record in step.records:
                found.setdefault(record.name, []).append(step)
        return found
