"""One press of a key confirms at most one step, and only one that could be seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runbook.ui.key_guard import BOUNCE_S, GUARD_S, KeyGuard

ENTER = 13


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """The time now."""
        return self.at


def test_a_step_counts_as_seen_after_a_moment() -> None:
    """What has just come on screen cannot have been read."""
    clock = Clock()
    guard = KeyGuard(clock)
    assert not guard.seen
    clock.at = GUARD_S
    assert guard.seen
    guard.shown()
    assert not guard.seen


def test_a_held_key_is_one_press_until_it_is_let_go() -> None:
    """A second press without a release between is the same press."""
    clock = Clock()
    guard = KeyGuard(clock)
    assert guard.pressed(ENTER, repeated=False)
    assert not guard.pressed(ENTER, repeated=False)
    guard.released(ENTER, repeated=True)
    assert not guard.pressed(ENTER, repeated=False)
    guard.released(ENTER, repeated=False)
    clock.at += BOUNCE_S
    assert guard.pressed(ENTER, repeated=False)


@given(st.lists(st.tuples(st.floats(0, BOUNCE_S * 0.9), st.booleans()), max_size=60))
def test_a_key_that_bounces_is_one_press(repeats: list[tuple[float, bool]]) -> None:
    """However a held key repeats, marked as a repeat or not, it is pressed once."""
    clock = Clock()
    guard = KeyGuard(clock)
    presses = [guard.pressed(ENTER, repeated=False)]
    for wait, marked in repeats:
        clock.at += 0.04
        guard.released(ENTER, repeated=marked)
        clock.at += wait
        presses.append(guard.pressed(ENTER, repeated=marked))
    assert presses.count(True) == 1


def test_what_was_held_is_forgotten_with_the_keyboard() -> None:
    """A key let go over another window does not stay held for ever."""
    guard = KeyGuard(Clock())
    guard.pressed(ENTER, repeated=False)
    guard.forget()
    assert guard.pressed(ENTER, repeated=False)
