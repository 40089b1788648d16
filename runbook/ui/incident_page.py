"""The incident: its declaration, how long it will last, relief, and the clocks of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QWidget

from runbook.report.words import duration
from runbook.report.zone import zone_of
from runbook.run.declaration import assumed_min, aware_at, declared_at, relief_due
from runbook.run.regulatory import RegulatoryClock, clocks
from runbook.run.state import RunState
from runbook.ui.aside_page import AsideLine, AsidePage
from runbook.ui.forms_message import declare_form, duration_form, duty_form, relief_form
from runbook.ui.times import short_clock

_DUTY = "duty:"


class IncidentPage(AsidePage):
    """Enter on a line changes or settles what it tells."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("incident_page", parent)
        self.items.setAccessibleName(self.tr("The incident and its clocks"))

    def title(self, state: RunState) -> tuple[str, str]:
        """Whether an incident is declared."""
        said = state.messages.declaration
        how = self.tr("Enter changes or settles a line. Home returns to the step.")
        if said is None:
            return self.tr("No incident has been declared"), how
        level = self.tr(", level {level}").format(level=said.level) if said.level else ""
        return self.tr("Incident declared{level}").format(level=level), how

    def lines(self, state: RunState, now: datetime) -> Iterator[AsideLine]:
        """The declaration, the assumed duration, relief, then every duty."""
        yield self._declaration(state, now)
        if declared_at(state) is not None:
            minutes = assumed_min(state)
            length = duration(minutes * 60) if minutes else self.tr("nobody can tell")
            yield AsideLine("duration", self.tr("Assumed to last: {length}").format(length=length))
        relief = relief_due(state)
        if relief is not None:
            due = short_clock(relief, now)
            words = self.tr("Relief was due at {time}") if relief <= now else ""
            words = words or self.tr("Relief is due at {time}")
            yield AsideLine("relief", words.format(time=due), self._relief(state, now))
        yield AsideLine("", self.tr("What the law and the region ask for"))
        for clock in clocks(state, zone_of(state)):
            yield AsideLine(f"{_DUTY}{clock.rule.key}", clock.rule.label, self._duty(clock, now))

    def _declaration(self, state: RunState, now: datetime) -> AsideLine:
        said, aware = state.messages.declaration, aware_at(state)
        if said is None:
            words = self.tr("Aware since {time}, read in the procedure")
            known = words.format(time=short_clock(aware, now)) if aware else ""
            return AsideLine("declare", self.tr("Declare the incident…"), known)
        words = self.tr("Declared at {declared} by {who}, aware since {aware}")
        told = words.format(
            declared=short_clock(said.declared, now),
            who=said.declared_by,
            aware=short_clock(said.aware, now),
        )
        return AsideLine("declare", told, said.criteria)

    def _relief(self, state: RunState, now: datetime) -> str:
        if not state.messages.reliefs:
            return ""
        last = state.messages.reliefs[-1]
        at = short_clock(last.at or last.arranged, now)
        return self.tr("Last: {who} at {time}").format(who=last.who, time=at)

    def _duty(self, clock: RegulatoryClock, now: datetime) -> str:
        duty = clock.duty
        if duty is not None and duty.sent is not None:
            words = self.tr("✓ SENT at {time}, reference {reference}")
            return words.format(time=short_clock(duty.sent, now), reference=duty.reference)
        if duty is not None:
            words = self.tr("– NOT REQUIRED: {reason}, judged by {who}")
            return words.format(reason=duty.reason, who=duty.judged_by)
        if clock.due is None:
            return self.tr("○ does not run yet")
        due, left = short_clock(clock.due, now), int((clock.due - now).total_seconds() / 60) * 60
        if left < 0:
            words = self.tr("▲ LATE: was due at {time}, {length} ago")
            return words.format(time=due, length=duration(-left))
        return self.tr("● due at {time}, in {length}").format(time=due, length=duration(left))

    def choose(self, key: str) -> None:
        """Ask what changes or settles a line."""
        state, now = self.state, self.now
        if state is None or now is None:
            return
        match key:
            case "declare":
                self.form.ask(declare_form(state, now))
            case "duration":
                self.form.ask(duration_form(state))
            case "relief":
                self.form.ask(relief_form())
            case _:
                found = (c for c in clocks(state, zone_of(state)) if f"{_DUTY}{c.rule.key}" == key)
                self.form.ask(duty_form(next(found), state, now))
