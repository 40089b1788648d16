"""Where the journal's times come from: a wall clock, a clock that never jumps, and the boot."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Protocol

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """Hands out times; tests hand in their own."""

    @property
    def boot(self) -> str:
        """A word that is the same until the machine is started anew."""
        ...

    def now(self) -> datetime:
        """The wall clock, aware, with the local offset."""
        ...

    def mono(self) -> int:
        """Nanoseconds of a clock that goes on through sleep and never jumps within a boot."""
        ...


class SystemClock:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self._boot = _read_boot()

    @property
    def boot(self) -> str:
        """The kernel's boot id; elsewhere the moment of the boot to ten seconds."""
        return self._boot

    def now(self) -> datetime:
        """The wall clock with the local offset."""
        return datetime.now().astimezone()

    def mono(self) -> int:
        """CLOCK_BOOTTIME where there is one, else the monotonic clock."""
        return _mono()


def _mono() -> int:
    """Nanoseconds since boot, sleep included where the system can tell."""
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if boottime is None else time.clock_gettime_ns(boottime)


def _read_boot() -> str:
    """The boot id, or a stand-in made of the time of boot."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        started = time.time_ns() - _mono()
        return f"boot-{round(started / 10_000_000_000)}"
