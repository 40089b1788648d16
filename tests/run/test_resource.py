"""How long something lasts, told from its readings: exact, and never hopeful without reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.run.commands import Correct
from runbook.run.commands_clock import Dispute
from runbook.run.commands_time import Arm, EndWatch
from runbook.run.events import Field
from runbook.run.resource import Basis, ResourceClock, resource_clocks
from tests.fakes import START
from tests.run.rig import Rig

TEXT = """
    # Clocks
    - [ ] Read what there is <!-- id: a -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
      - Record: fuel = Fuel left, h, 0 to 240, from the tank, runs down
      - Record: charge = Charge, %, 0 to 100, from the panel, runs down
      - Record: volts = Battery, V, at least 22, from the meter, runs down
      - Record: room = Room, °C, at most 35, from the thermometer, counts up
      - Record: stable = Stable for, h, 0 to 240, from the clock, counts up
      - Record: load = Load, kW, 0 to 100, from the panel
    - [ ] Every 2 min: read it again <!-- id: watch -->
      - Record: ups = UPS runtime, min, 0 to 240, from the panel, runs down
      - Until: the mains are back
"""


def at(clock: str) -> datetime:
    """A time of that evening."""
    hours, minutes, *seconds = map(int, clock.split(":"))
    return START.replace(hour=hours, minute=minutes, second=seconds[0] if seconds else 0)


class Room(Rig):
    """A rig whose readings are taken at a time of day."""

    def __init__(self) -> None:
        super().__init__(TEXT)
        self.journal.step = timedelta()

    def take(self, name: str, when: str, typed: str) -> int:
        """Read a value at a time of day; the number of its entry."""
        self.journal.at = at(when)
        self.read("a", name, typed, accept="read twice")
        return self.journal.kept[-1].seq

    def clock(self, name: str = "ups") -> ResourceClock:
        """The clock of a reading."""
        return next(c for c in resource_clocks(self.state) if c.name == name)


def minutes_left(clock: ResourceClock, when: str) -> float:
    """Minutes until it is gone."""
    left = clock.left_s(at(when))
    assert left is not None
    return left / 60


def test_a_time_runs_down_by_the_clock_itself() -> None:
    """One reading of 27 minutes at 18:02 leaves 27 minutes then, and 17 ten minutes later."""
    room = Room()
    room.take("ups", "18:02", "27")
    clock = room.clock()
    assert (clock.basis, clock.ends) == (Basis.CLOCK, at("18:29"))
    assert minutes_left(clock, "18:12") == 17
    assert minutes_left(clock, "18:30") == -1


def test_saturday() -> None:
    """27 min at 18:02 and 22 at 18:06: five are lost in four, so it ends at 18:23:36."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "18:06", "22")
    clock = room.clock()
    assert clock.basis is Basis.FITTED
    assert clock.ratio == pytest.approx(1.25)
    assert clock.ends == at("18:23:36")
    assert clock.earliest == at("18:20:20")
    assert clock.latest == at("18:28:30")
    room.take("ups", "18:10", "17")
    assert room.clock().ends == at("18:23:36")
    room.take("ups", "18:11", "19")
    assert (room.clock().basis, room.clock().ends) == (Basis.CLOCK, at("18:30"))


def test_readings_that_fall_as_the_clock_does_keep_its_rate() -> None:
    """27 at 18:02 and 23 at 18:06 change nothing."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "18:06", "23")
    assert (room.clock().basis, room.clock().ends) == (Basis.CLOCK, at("18:29"))


def test_a_slower_fall_counts_only_beyond_what_rounding_hides() -> None:
    """27, then 24 after four minutes could be rounding; after eight minutes it cannot."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "18:06", "24")
    assert room.clock().ends == at("18:30")
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "18:10", "23")
    clock = room.clock()
    assert clock.ratio == pytest.approx(0.625)  # four minutes lost in eight, one for rounding
    assert clock.ends == at("18:46:48")


def test_no_clock_is_believed_to_run_at_less_than_half_speed() -> None:
    """However slowly it seems to fall, it may fall as fast as before in the next minute."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "18:22", "26")
    assert room.clock().ratio == pytest.approx(0.5)
    assert room.clock().ends == at("19:14")


def test_a_reading_after_the_end_begins_anew() -> None:
    """Mains came back in between: what was lost over the whole time is not the rate of today."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "19:40", "25")
    assert (room.clock().basis, room.clock().ends) == (Basis.CLOCK, at("20:05"))


def test_two_readings_at_once_tell_no_rate() -> None:
    """A step of the display seconds after the last reading is not taken for a collapse."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.take("ups", "18:02:20", "26")
    assert (room.clock().basis, room.clock().ends) == (Basis.CLOCK, at("18:28:20"))


def test_digits_behind_the_point_tell_a_rate_sooner() -> None:
    """Fuel for 8.0 h, and for 7.4 h half an hour later, lasts 6 h 10 min."""
    room = Room()
    room.take("fuel", "18:00", "8.0")
    room.take("fuel", "18:30", "7.4")
    assert room.clock("fuel").ratio == pytest.approx(1.2)
    assert minutes_left(room.clock("fuel"), "18:30") == pytest.approx(370)


def test_other_units_need_two_readings() -> None:
    """Per cent do not fall by the clock: one reading tells no end, two tell the rate."""
    room = Room()
    room.take("charge", "18:00", "80")
    assert (room.clock("charge").basis, room.clock("charge").ends) == (Basis.UNKNOWN, None)
    room.take("charge", "18:10", "60")
    assert room.clock("charge").ends == at("18:40")
    assert room.clock("charge").when(30) == at("18:25")


def test_what_stands_still_has_no_end() -> None:
    """Per cent that do not move are said to stand still."""
    room = Room()
    room.take("charge", "18:00", "80")
    room.take("charge", "18:10", "80")
    assert (room.clock("charge").basis, room.clock("charge").ends) == (Basis.STILL, None)


def test_a_voltage_runs_down_to_its_limit() -> None:
    """Volts are no quantity that can be empty: the lower limit is the end."""
    room = Room()
    room.take("volts", "18:00", "26.0")
    room.take("volts", "18:10", "25.0")
    assert room.clock("volts").ends == at("18:40")


def test_a_temperature_rises_to_its_limit() -> None:
    """24, then 26 °C ten minutes later: 35 °C in 45 minutes."""
    room = Room()
    room.take("room", "18:00", "24.0")
    room.take("room", "18:10", "26.0")
    clock = room.clock("room")
    assert clock.ends == at("18:55")
    assert clock.when(30) == at("18:30")


def test_what_is_no_clock_has_none() -> None:
    """A reading without a trend, and one that counts up within a range, run to no end."""
    room = Room()
    room.take("load", "18:00", "40")
    room.take("stable", "18:00", "2")
    assert resource_clocks(room.state) == ()


def test_corrections_count() -> None:
    """A corrected value is fitted as corrected, and a withdrawn one not at all."""
    room = Room()
    room.take("ups", "18:02", "27")
    wrong = room.take("ups", "18:06", "12")
    room.do(Correct(target=wrong, field=Field.VALUE, new="22", reason="misread"))
    assert room.clock().ends == at("18:23:36")
    room.do(Correct(target=wrong, field=Field.WITHDRAWN, reason="the other panel"))
    assert room.clock().ends == at("18:29")


def test_a_reading_entered_late_counts_from_when_it_was_made() -> None:
    """The time that counts is the time it was performed."""
    room = Room()
    room.take("ups", "18:06", "22")
    first = room.take("ups", "18:07", "27")
    moved = Correct(
        target=first, field=Field.PERFORMED, new=at("18:02").isoformat(), reason="from paper"
    )
    room.do(moved)
    assert room.clock().ends == at("18:23:36")


def test_an_old_reading_is_called_stale() -> None:
    """It is stale when it is older than a quarter of the time that is left."""
    room = Room()
    room.take("ups", "18:02", "27")
    assert not room.clock().is_stale(at("18:07"))
    assert room.clock().is_stale(at("18:08"))


def test_a_figure_of_ones_own_stands_until_the_next_reading() -> None:
    """Who knows better sets the end, for a reason; the next reading takes over again."""
    room = Room()
    room.take("ups", "18:02", "27")
    own = Dispute(
        advice="ups", own="12 min", until=at("18:14").isoformat(), reason="battery string 2 is weak"
    )
    room.do(own)
    assert (room.clock().basis, room.clock().ends) == (Basis.OWN, at("18:14"))
    room.take("ups", "18:06", "22")
    assert room.clock().ends == at("18:23:36")


def test_what_does_not_run_down_can_be_said() -> None:
    """On the generator the batteries last: without a moment the clock has no end."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.do(Dispute(advice="ups", own="none", reason="the generator carries the load"))
    assert room.clock().ends is None


def test_what_is_watched_no_more_is_no_clock() -> None:
    """The watch is ended because the mains are back; a later reading begins again."""
    room = Room()
    room.take("ups", "18:02", "27")
    room.do(Arm(step="watch"))
    room.journal.at = at("18:20")
    assert room.clock().ends == at("18:29")
    room.do(EndWatch(step="watch", observation="the mains are back"))
    assert resource_clocks(room.state) == ()
    room.take("ups", "18:40", "25")
    assert room.clock().ends == at("19:05")


readings = st.lists(
    st.tuples(st.integers(1, 600), st.integers(0, 240)), min_size=1, max_size=6
)  # seconds since the one before, value


@given(readings, st.integers(0, 10_000), st.integers(1, 10_000))
def test_time_left_never_rises_without_a_reading(
    taken: list[tuple[int, int]], wait: int, more: int
) -> None:
    """Whatever was read, a clock nobody reads only ever runs down, second for second."""
    clock = _room_of(taken).clock()
    first = clock.left_s(clock.newest.at + timedelta(seconds=wait))
    then = clock.left_s(clock.newest.at + timedelta(seconds=wait + more))
    assert first is not None
    assert then is not None
    assert first - then == pytest.approx(more)


@given(readings)
def test_the_clock_is_never_more_hopeful_than_its_readings(taken: list[tuple[int, int]]) -> None:
    """It goes slower than the clock on the wall only when the readings say so themselves."""
    clock = _room_of(taken).clock()
    points = clock.points
    span = (points[-1].at - points[0].at).total_seconds()
    lost = (points[0].value - points[-1].value) * 60
    assert clock.ratio >= 1 or lost < span
    if points[0].value == points[-1].value:
        assert clock.ratio == pytest.approx(1)


@given(st.integers(1, 240), st.lists(st.integers(1, 600), max_size=5))
def test_equal_readings_give_the_rate_of_the_clock(value: int, gaps: list[int]) -> None:
    """A display that stands still is no sign that more is left than it says."""
    clock = _room_of([(1, value), *((gap, value) for gap in gaps)]).clock()
    assert clock.basis is Basis.CLOCK
    assert clock.ratio == pytest.approx(1)


def _room_of(taken: list[tuple[int, int]]) -> Room:
    room = Room()
    for seconds, value in taken:
        room.journal.wait(seconds=seconds)
        room.read("a", "ups", str(value), accept="read twice")
    return room
