"""Keeps one press from confirming two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

GUARD_S: Final = 0.4


class KeyGuard:
    """Lets a key act only on a step that was there to be seen, and only once a press.

    A step counts as seen when it has been on screen for `GUARD_S` seconds and no confirming
    key is still held from before. `now` is a clock in seconds that never jumps.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._since = now()
        self._held: set[int] = set()

    def shown(self) -> None:
        """Another step, or the same one in another state, has come on screen."""
        self._since = self._now()

    def pressed(self, key: int, *, repeated: bool) -> bool:
        """True when this press may act."""
        if repeated or key in self._held:
            return False
        self._held.add(key)
        return self.seen

    @property
    def seen(self) -> bool:
        """True when what is on screen has been there long enough."""
        return self._now() - self._since >= GUARD_S

    def released(self, key: int, *, repeated: bool) -> None:
        """The key was let go."""
        if not repeated:
            self._held.discard(key)

    def forget(self) -> None:
        """The window lost the keyboard: what was held may have been let go elsewhere."""
        self._held.clear()
