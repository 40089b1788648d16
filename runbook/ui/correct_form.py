"""Asks how an earlier entry is to be read; the entry itself stays as it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from runbook.run.commands import Command, Correct
from runbook.run.events import Field
from runbook.run.rules_record import correctable, current_words
from runbook.run.state import RunState
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate


def correct_form(state: RunState, seq: int) -> FormSpec | None:
    """What of an entry can be mended, with what it says now; None when nothing can."""
    fields = correctable(state, seq)
    words = next((f for f in (Field.VALUE, Field.TEXT) if f in fields), None)
    if not fields:
        return None
    old = current_words(state, seq, words) if words else ""
    done = current_words(state, seq, Field.PERFORMED) if Field.PERFORMED in fields else ""
    shown = _clock(done)

    def make(values: Values) -> Command:
        new, reason = values.get("new", old), values["reason"]
        if words is not None and new != old:
            field = words if new else Field.WITHDRAWN
            return Correct(target=seq, field=field, new=new, reason=reason)
        if values.get("time", shown) != shown:
            new = _on_day_of(done, values["time"])
            return Correct(target=seq, field=Field.PERFORMED, new=new, reason=reason)
        return Correct(target=seq, field=words or Field.PERFORMED, new=new or done, reason=reason)

    title = translate("Forms", "Correct entry {seq}").format(seq=seq)
    explain = translate("Forms", "The entry stays readable, struck, beside the new words.")
    asks = _asks(fields, words, old, shown)
    return FormSpec(title, asks, make, explain, focus=asks[0].name)


def _asks(fields: tuple[Field, ...], words: Field | None, old: str, shown: str) -> tuple[Ask, ...]:
    reasons = (translate("Forms", "Typed wrong"), translate("Forms", "Read wrong"))
    asks = []
    if words is not None:
        label = translate("Forms", "What it should say")
        withdraw = translate("Forms", "What it should say (empty withdraws the entry)")
        can = Field.WITHDRAWN in fields
        asks.append(Ask("new", withdraw if can else label, old, required=not can))
    if Field.PERFORMED in fields:
        asks.append(Ask("time", translate("Forms", "When it was really done"), shown))
    return (*asks, Ask("reason", translate("Forms", "Why?"), "", reasons))


def _clock(performed: str) -> str:
    """A recorded time as the local time of day."""
    return datetime.fromisoformat(performed).astimezone().strftime("%H:%M") if performed else ""


def _on_day_of(performed: str, typed: str) -> str:
    """A time of day on the day of the entry, in RFC 3339; else as typed."""
    day = datetime.fromisoformat(performed).astimezone()
    try:
        at = datetime.strptime(typed, "%H:%M")  # noqa: DTZ007 - the zone is put in below
    except ValueError:
        return typed
    return day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0).isoformat()
