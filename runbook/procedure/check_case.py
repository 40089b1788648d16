"""What a rule is given: the procedure under check, and what is known around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runbook.procedure.labels import Words, words_for

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from runbook.procedure.findings import Findings
    from runbook.procedure.model import Procedure
    from runbook.procedure.site import Site


@dataclass(frozen=True, slots=True)
class Case:
    """A procedure under check. What is None is not known, and no rule asks for it then.

    `folder` is where the file lies, for links; `today` is the day at which it is checked.
    """

    procedure: Procedure
    findings: Findings
    site: Site | None = None
    folder: Path | None = None
    today: date | None = None

    @property
    def words(self) -> Words:
        """The words of the procedure's language."""
        return words_for(self.procedure.front.lang)
