"""One press of a key confirms at most one step, and only one that could be seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runbook.ui.key_guard import GUARD_S, KeyGuard

ENTER = 13


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """The time now."""
        return self.at


def test_a_key_acts_after_the_step_was_seen() -> None:
    """A fresh press acts when the step has been on screen long enough, not before."""
    clock = Clock()
    guard = KeyGuard(clock)
    assert not guard.pressed(ENTER, repeated=False)
    guard.released(ENTER, repeated=False)
    clock.at = GUARD_S
    assert guard.pressed(ENTER, repeated=False)


def test_a_held_key_acts_no_more_until_it_is_let_go() -> None:
    """A second press without a release between is the same press."""
    clock = Clock()
    guard = KeyGuard(clock)
    clock.at = 1.0
    assert guard.pressed(ENTER, repeated=False)
    guard.shown()
    clock.at = 2.0
    assert not guard.pressed(ENTER, repeated=False)
    guard.released(ENTER, repeated=True)
    assert not guard.pressed(ENTER, repeated=False)
    guard.released(ENTER, repeated=False)
    assert guard.pressed(ENTER, repeated=False)


@given(st.lists(st.floats(min_value=0, max_value=3), max_size=50))
def test_a_key_held_down_confirms_at_most_one_step(waits: list[float]) -> None:
    """However long a key repeats, and whatever comes on screen meanwhile, it acts once."""
    clock = Clock()
    guard = KeyGuard(clock)
    clock.at = 1.0
    confirmed = 0
    for number, wait in enumerate(waits):
        clock.at += wait
        if guard.pressed(ENTER, repeated=number > 0):
            confirmed += 1
            guard.shown()
    assert confirmed <= 1
