"""What happened about time: waits begun and answered, watches armed, checked and ended.

Every due time is an instant, RFC 3339 in UTC, fixed when the person acted. That a time has
passed is never recorded: it follows from the clock.
"""

from __future__ import annotations

from runbook.run.event_base import Event, StepEvent


class WaitBegun(StepEvent, frozen=True, kw_only=True, tag="wait_begun"):
    """A wait of so many seconds began; nothing after it may begin before it is confirmed."""

    due: str
    seconds: int
    passed_over: tuple[str, ...] = ()


class OutsideWaitBegun(StepEvent, frozen=True, kw_only=True, tag="outside_wait_begun"):
    """A step waits for somebody or something outside, until the estimated end `due`."""

    what: str
    due: str
    passed_over: tuple[str, ...] = ()


class OutsideWaitEnded(StepEvent, frozen=True, kw_only=True, tag="outside_wait_ended"):
    """The answer came, or it was given up; the step is in hand again."""

    answer: str


class WatchArmed(StepEvent, frozen=True, kw_only=True, tag="watch_armed"):
    """A watch is in force: it is due first at `due`, then every `every` seconds."""

    due: str
    every: int
    passed_over: tuple[str, ...] = ()


class WatchChecked(Event, frozen=True, kw_only=True, tag="watch_checked"):
    """A person looked, with readings or without; the watch is due again at `due`."""

    step: str
    attempt: int = 1
    due: str
    remark: str = ""


class WatchTriggered(Event, frozen=True, kw_only=True, tag="watch_triggered"):
    """A person said that a condition of the watch is true.

    `when` counts its conditions from 0; `go` is where the work goes (`#id`, or empty), and
    `back` the step that was in hand, to which it returns.
    """

    step: str
    attempt: int = 1
    when: int
    text: str
    then: str = ""
    go: str = ""
    back: str = ""


class WatchEnded(StepEvent, frozen=True, kw_only=True, tag="watch_ended"):
    """The watch is over; `observation` says what was seen, or why it is stopped."""

    observation: str


class RepetitionLogged(Event, frozen=True, kw_only=True, tag="repetition_logged"):
    """A step that is done again and again was done once more; `number` counts from 1."""

    step: str
    attempt: int = 1
    number: int
    remark: str = ""


class MissedWayTaken(Event, frozen=True, kw_only=True, tag="missed_way_taken"):
    """A time had passed, and work went where the step's `If missed` leads (`#id`)."""

    step: str
    attempt: int = 1
    go: str
    back: str = ""


TimeEvent = (
    WaitBegun
    | OutsideWaitBegun
    | OutsideWaitEnded
    | WatchArmed
    | WatchChecked
    | WatchTriggered
    | WatchEnded
    | RepetitionLogged
    | MissedWayTaken
)
