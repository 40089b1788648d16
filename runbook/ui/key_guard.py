"""Keeps one press from confirming two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

GUARD_S: Final = 0.4
BOUNCE_S: Final = 0.1
PAINT_MS: Final = 16  # a platform window waits 5 ms and a frame before it paints


class KeyGuard:
    """Knows which keys are held, and whether what is on screen could be seen.

    `now` is a clock in seconds that never jumps. A key held down comes as presses and
    releases, which a busy machine does not always mark as repeats: one let go for less than
    `BOUNCE_S` seconds was not let go.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._since = now()
        self._held: set[int] = set()
        self._up: dict[int, float] = {}

    def shown(self) -> None:
        """Another step, or the same one in another state, has come on screen."""
        self._since = self._now()

    @property
    def seen(self) -> bool:
        """True when what is on screen has been there for `GUARD_S` seconds."""
        return self._now() - self._since >= GUARD_S

    def is_held(self, key: int) -> bool:
        """True for a key that went down and was not let go since."""
        up = self._up.get(key)
        return key in self._held or (up is not None and self._now() - up < BOUNCE_S)

    def is_down(self, key: int) -> bool:
        """True for a key that has not been let go, not even for a moment."""
        return key in self._held

    def pressed(self, key: int, *, repeated: bool) -> bool:
        """True when this is a press of its own."""
        fresh = not repeated and not self.is_held(key)
        self._held.add(key)
        return fresh

    def released(self, key: int, *, repeated: bool) -> None:
        """The key was let go, or so it seems."""
        if not repeated and self.is_held(key):
            self._held.discard(key)
            self._up[key] = self._now()

    def forget(self) -> None:
        """The window lost the keyboard: what was held may have been let go elsewhere."""
        self._held.clear()
        self._up.clear()
