"""What happens about the clocks that the program works out."""

from __future__ import annotations

from runbook.run.event_base import Event


class AdviceDisputed(Event, frozen=True, kw_only=True, tag="advice_disputed"):
    """Somebody disagreed with a time that was worked out, and set their own in its place.

    `advice` names what was shown: a reading, `start NAME`, `rto SERVICE`, `end`, `back out`.
    `shown` is the moment that stood there, `until` the one that holds from now on, both RFC
    3339 or empty: nothing was known, or it does not run down at all. `own` is as typed.
    """

    advice: str
    label: str
    shown: str = ""
    own: str
    until: str = ""
    reason: str
