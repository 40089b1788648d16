"""A row that only grows: another member costs the same, however many there are before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Generic, TypeVar, overload

T = TypeVar("T")
_CHUNK = 64


class Grown(Sequence[T], Generic[T]):
    """Looks like a tuple and never changes; `grown` makes one with a member more.

    Full chunks are shared between a row and all that grew from it: a tuple would be copied
    whole at every act of a run of thousands of entries.
    """

    __slots__ = ("_full", "_tail")

    def __init__(self, items: Iterable[T] = ()) -> None:
        known = tuple(items)
        cut = len(known) - len(known) % _CHUNK
        self._full = tuple(known[i : i + _CHUNK] for i in range(0, cut, _CHUNK))
        self._tail = known[cut:]

    def grown(self, item: T) -> Grown[T]:
        """The row with one more member at its end."""
        made: Grown[T] = Grown.__new__(Grown)
        made._full, made._tail = self._full, (*self._tail, item)
        if len(made._tail) == _CHUNK:
            made._full, made._tail = (*self._full, made._tail), ()
        return made

    def __len__(self) -> int:
        return len(self._full) * _CHUNK + len(self._tail)

    def __iter__(self) -> Iterator[T]:
        return chain(chain.from_iterable(self._full), self._tail)

    def __reversed__(self) -> Iterator[T]:
        full = (reversed(part) for part in reversed(self._full))
        return chain(reversed(self._tail), chain.from_iterable(full))

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        place = at if at >= 0 else len(self) + at
        if not 0 <= place < len(self):
            raise IndexError(at)
        chunk, rest = divmod(place, _CHUNK)
        return (self._full[chunk] if chunk < len(self._full) else self._tail)[rest]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Grown | tuple):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Grown({tuple(self)!r})"
