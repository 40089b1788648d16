"""Times as people in the room read them: local clock, day, and durations."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_WEEK_DAYS = 7


def duration(seconds: float) -> str:
    """`0:33:02`; negative durations keep their sign."""
    whole = int(abs(seconds))
    sign = "-" if seconds <= -1 else ""
    return f"{sign}{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def clock(moment: datetime) -> str:
    """Local time of day with seconds."""
    return moment.astimezone().strftime("%H:%M:%S")


def short_clock(moment: datetime, now: datetime) -> str:
    """Local time of day, with the date when it is not today."""
    local, today = moment.astimezone(), now.astimezone().date()
    time_of_day = local.strftime("%H:%M")
    return time_of_day if local.date() == today else f"{day(local.date())} {time_of_day}"


def brief_clock(moment: datetime, now: datetime) -> str:
    """Where there is little room: `09:07`, `Thu 09:07` within the week, else `2 Dec`."""
    local, today = moment.astimezone(), now.astimezone().date()
    days = (local.date() - today).days
    if not days:
        return local.strftime("%H:%M")
    when = QDate(local.year, local.month, local.day)
    if abs(days) < _WEEK_DAYS:
        return f"{QLocale().toString(when, 'ddd')} {local:%H:%M}"
    return QLocale().toString(when, "d MMM")


def day(when: date) -> str:
    """`12 Oct 2025` in the language of the program."""
    return QLocale().toString(QDate(when.year, when.month, when.day), "d MMM yyyy")


def weekday(moment: datetime) -> str:
    """`Sunday 22 Nov` in the language of the program."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), "dddd d MMM")


def age(since: date, today: date) -> str:
    """How long ago a day was, in words."""
    days = (today - since).days
    translate = QCoreApplication.translate
    if days <= 0:
        return translate("Age", "today")
    if days == 1:
        return translate("Age", "yesterday")
    if days < 60:  # noqa: PLR2004 - below two months, days say more
        return translate("Age", "{n} days ago").format(n=days)
    return translate("Age", "{n} months ago").format(n=days * 12 // 365)
