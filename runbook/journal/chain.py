"""The chain of one device: where the next entry goes, and what it is made of."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from runbook.journal.clock import Clock
from runbook.journal.codec import NO_HASH, Sealed, decode, encode, hash_of, utc_of
from runbook.journal.keys import DeviceKey
from runbook.journal.steady import clock_change
from runbook.journal.store import Row, row_for
from runbook.run.entry import PROGRAM, Actor, Entry
from runbook.run.events import Event, Mode

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no letter is read as another
_RANDOM_PART = 6
_REPLACED = "\ufffd".encode()


class Chain:
    """Gives events their places; moves on only when told that they are recorded."""

    def __init__(self, key: DeviceKey, clock: Clock, mode: Mode) -> None:
        self.mode = mode
        self._key = key
        self._clock = clock
        self._last: Entry | None = None
        self.hash = NO_HASH

    @property
    def seq(self) -> int:
        """The number of the last entry; 0 before the first."""
        return self._last.seq if self._last else 0

    @property
    def prev(self) -> bytes | None:
        """The hash of the last entry; None before the first."""
        return self.hash if self._last else None

    def move_to(self, entry: Entry, digest: bytes) -> None:
        """Make this the last entry."""
        self._last, self.hash = entry, digest

    def prepare(
        self, run: str, mode: Mode, actor: Actor, events: Sequence[Event]
    ) -> tuple[list[Entry], list[Row]]:
        """Entries for events, after a word on the clock where it moved."""
        now, mono, boot = self._clock.now(), self._clock.mono(), self._clock.boot
        acts = [(run, mode, actor, event) for event in events]
        if self._last and (change := clock_change(self._last, now, mono, boot)):
            acts.insert(0, ("", self.mode, PROGRAM, change))
        wall = now.isoformat(timespec="milliseconds")
        at_utc = utc_of(wall)
        entries: list[Entry] = []
        rows: list[Row] = []
        prev = self.hash
        for seq, (act_run, act_mode, act_actor, event) in enumerate(acts, start=self.seq + 1):
            entry = Entry(
                device=self._key.device,
                seq=seq,
                lamport=seq,
                wall=wall,
                mono=mono,
                boot=boot,
                run=act_run,
                mode=act_mode,
                actor=act_actor,
                event=event,
            )
            sealed = self._seal(entry, prev)
            prev = sealed.hash
            # A broken half of a character was replaced on the way to disk.
            entry = decode(sealed.raw) if _REPLACED in sealed.raw else entry
            rows.append(row_for(entry, at_utc, sealed))
            entries.append(entry)
        return entries, rows

    def _seal(self, entry: Entry, prev: bytes) -> Sealed:
        """An entry as it will lie on disk."""
        raw = encode(entry, prev)
        digest = hash_of(raw)
        return Sealed(raw, digest, self._key.sign(digest))

    def new_run(self, is_known: Callable[[str], bool]) -> str:
        """A run id never used before: its family, its day, and six characters by chance."""
        prefix = "D" if self.mode is Mode.DRILL else "L"
        day = self._clock.now().strftime("%Y%m%d")
        while True:
            chance = "".join(_ALPHABET[byte % 32] for byte in os.urandom(_RANDOM_PART))
            run = f"{prefix}-{day}-{chance}"
            if not is_known(run):
                return run
