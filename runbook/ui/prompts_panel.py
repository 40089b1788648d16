"""What is due about declaring and telling, on the right side: each line names its key."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from runbook.report.zone import zone_of
from runbook.run.callout import role_name
from runbook.run.prompts import Ask, Prompt, prompts
from runbook.run.regulatory import rules_of
from runbook.run.state import RunState
from runbook.ui.clocks_panel import Group
from runbook.ui.times import short_clock

translate = QCoreApplication.translate
_MOST = 3
_EVERY_S = 5


class PromptsPanel(Group):
    """At most three lines, the longest overdue first, so that the journal keeps its room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("prompts", translate("Prompts", "Due now"), parent)
        self._state: RunState | None = None
        self._at: datetime | None = None
        self.hide()

    def show_state(self, state: RunState, now: datetime) -> None:
        """Show what is due in a run."""
        self._state, self._at = state, now
        found = prompts(state, now, zone_of(state))
        lines = [self._words(state, prompt, now) for prompt in found[:_MOST]]
        if len(found) > _MOST:
            lines.append(translate("Prompts", "and {n} more").format(n=len(found) - _MOST))
        self.show_lines(tuple(lines))

    def show_time(self, now: datetime) -> None:
        """Look again from time to time."""
        is_old = self._at is None or abs((now - self._at).total_seconds()) >= _EVERY_S
        if self._state is not None and is_old:
            self.show_state(self._state, now)

    def _words(self, state: RunState, prompt: Prompt, now: datetime) -> str:
        due = short_clock(prompt.due, now)
        match prompt.ask:
            case Ask.NEXT_CALL:
                person = state.site.contacts[prompt.whom].name
                words = translate("Prompts", "▲ {role}: no answer. Call {name} next  C")
                return words.format(role=role_name(state, prompt.subject), name=person)
            case Ask.DURATION:
                words = translate("Prompts", "▲ {n} h since declaring: how long will it last?  I")
                return words.format(n=prompt.subject)
            case Ask.RELIEF:
                return translate("Prompts", "▲ Relief was due at {time}  I").format(time=due)
            case Ask.REPORT:
                return translate("Prompts", "▲ Situation report was due at {time}  Z").format(
                    time=due
                )
            case Ask.DUTY:
                label = next(r.label for r in rules_of(state) if r.key == prompt.subject)
                late = translate("Prompts", "▲ {label} was due at {time}  I")
                words = (
                    late
                    if prompt.due <= now
                    else translate("Prompts", "● {label} is due at {time}  I")
                )
                return words.format(label=label, time=due)
