"""What is decided on a step that stays open when its run ends."""

from __future__ import annotations

import msgspec

from runbook.run.statuses import Status


class ItemDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided on one open step when the run ended: its owner from now on, and why."""

    step: str
    status: Status
    owner: str
    reason: str
