"""A row that grows member by member is a tuple in everything but its cost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runbook.run.grown import Grown


@given(st.integers(0, 200), st.integers(0, 200), st.integers(-250, 250), st.integers(-250, 250))
def test_it_is_read_as_a_tuple_is(begun: int, more: int, start: int, stop: int) -> None:
    """However it came about, members, slices and equality are those of a tuple."""
    row, known = Grown(range(begun)), tuple(range(begun))
    for number in range(more):
        row, known = row.grown(number), (*known, number)
    assert tuple(row) == known
    assert len(row) == len(known)
    assert row[start:stop] == known[start:stop]
    assert row[start:stop:2] == known[start:stop:2]
    assert tuple(reversed(row)) == tuple(reversed(known))
    assert row == Grown(known)
    assert hash(row) == hash(Grown(known))
    assert row != (*known, 0)


def test_two_rows_may_grow_from_one() -> None:
    """What is foreseen and what is recorded do not see each other."""
    row = Grown(range(63))
    one, other = row.grown(1), row.grown(2)
    assert (len(row), one[-1], other[-1]) == (63, 1, 2)
    assert (one.grown(3)[-1], one[-1]) == (3, 1)
