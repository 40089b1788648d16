"""The question that disagreement asks: one's own figure, and what it rests on."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from runbook.report.formula import Formula
from runbook.run.commands import Command
from runbook.run.commands_clock import Dispute
from runbook.run.disputes import own_moment
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate


def dispute_form(formula: Formula, now: datetime) -> FormSpec:
    """Set a time of one's own in place of the one that is shown."""
    local = now.astimezone()
    shown = formula.at.isoformat(timespec="seconds") if formula.at is not None else ""

    def make(values: Values) -> Command:
        own = values["own"]
        until = own_moment(own, local)
        said = own if until is None else until  # what is no time is refused, with what to type
        return Dispute(
            advice=formula.advice, shown=shown, own=own, until=said, reason=values["reason"]
        )

    own_label = translate("Forms", "In your view (12 min, 18:40, or none)")
    words = (
        translate("Forms", "Seen on the spot"),
        translate("Forms", "The vendor says so"),
        translate("Forms", "The source of power has changed"),
    )
    asks = (Ask("own", own_label), Ask("reason", translate("Forms", "Why?"), "", words))
    both = translate("Forms", "It holds until the next reading. Both stay in the record.")
    explain = "\n".join((*formula.lines[:2], both))
    title = translate("Forms", "Disagree: {what}").format(what=formula.title)
    return FormSpec(title, asks, make, explain)
