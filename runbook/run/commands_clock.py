"""What may be asked about the clocks that the program works out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Set a time of one's own in place of one that was worked out.

    `own` is as typed (`12`, `12 min`, `18:40`, `none`); `until` is the moment it means, RFC
    3339, empty when nothing runs down. `shown` is the moment that stood there, where a screen
    knows it.
    """

    advice: str
    shown: str = ""
    own: str
    until: str = ""
    reason: str
