"""The sentences about time: waits, watches, repetitions."""

from __future__ import annotations

from datetime import UTC

from runbook.report.names import Names, fill
from runbook.report.telling import parts
from runbook.report.words import duration, labelled, moment, stop
from runbook.run import events_time as ev


@parts.register
def _wait_begun(event: ev.WaitBegun, names: Names) -> list[str]:
    told = names.step(event.step, f"begun, a wait of {duration(event.seconds)}")
    return [
        told,
        labelled("Due", _moment(event.due, names)),
        _passed_over(event.passed_over, names),
    ]


@parts.register
def _outside_wait_begun(event: ev.OutsideWaitBegun, names: Names) -> list[str]:
    return [
        names.step(event.step, "waiting"),
        labelled("For", event.what),
        labelled("Expected by", _moment(event.due, names)),
        _passed_over(event.passed_over, names),
    ]


@parts.register
def _outside_wait_ended(event: ev.OutsideWaitEnded, names: Names) -> list[str]:
    return [names.step(event.step, "in hand again"), labelled("What came", event.answer)]


@parts.register
def _watch_armed(event: ev.WatchArmed, names: Names) -> list[str]:
    return [
        names.step(event.step, "watched from now on"),
        labelled("Due", f"{_moment(event.due, names)}, then every {duration(event.every)}"),
        _passed_over(event.passed_over, names),
    ]


@parts.register
def _watch_checked(event: ev.WatchChecked, names: Names) -> list[str]:
    told = names.bare(event.step, "looked at")
    return [told, stop(event.remark), labelled("Due again", _moment(event.due, names))]


@parts.register
def _watch_triggered(event: ev.WatchTriggered, names: Names) -> list[str]:
    told = names.bare(event.step, "triggered")
    return [
        told,
        labelled("Condition", fill(event.text, names.values)),
        labelled("What then", fill(event.then, names.values)),
        _went(event.go, event.back, names),
    ]


@parts.register
def _watch_ended(event: ev.WatchEnded, names: Names) -> list[str]:
    return [names.step(event.step, "watched no longer"), labelled("Seen", event.observation)]


@parts.register
def _repetition(event: ev.RepetitionLogged, names: Names) -> list[str]:
    told = names.bare(event.step, f"done once more, number {event.number}")
    return [told, stop(event.remark)]


@parts.register
def _missed_way(event: ev.MissedWayTaken, names: Names) -> list[str]:
    told = names.step(event.step, "not done in time")
    return [told, _went(event.go, event.back, names)]


def _moment(due: str, names: Names) -> str:
    """A due time to the second: by the clock of the room, else in UTC."""
    at = moment(due)
    if at is None:
        return due
    if names.zone is not None:
        return f"{at.astimezone(names.zone):%Y-%m-%d %H:%M:%S}"
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _went(go: str, back: str, names: Names) -> str:
    if not go:
        return ""
    to = labelled("Went to", names.place(go))
    return f"{to} {labelled('From step', names.number(back))}" if back else to


def _passed_over(steps: tuple[str, ...], names: Names) -> str:
    return labelled("Out of order, before", names.numbers(steps))
