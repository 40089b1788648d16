"""Lines about lanes: turning to another one by its number, its role or its title."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from runbook.run.commands import Refused
from runbook.run.lanes import LaneView, lanes_at_work, next_lane
from runbook.run.state import RunState
from runbook.walk.lanes_text import who_works
from runbook.walk.wish import Here, Turned, Wish


def _lane(rest: str, here: Here) -> Wish:
    """`lane 2`, `lane fac`, `lane Facilities`, or `lane` for the next one."""
    views = [view for view in lanes_at_work(here.state) if view.current]
    wanted = rest.strip()
    if not views:
        return Refused("No lanes are being worked here.", "no-lanes")
    found = _named(here.state, wanted) if wanted else next_lane(here.state)
    if found is None:
        return Refused("There is no such lane here. Type lanes to see them.", "no-such-lane")
    if found not in dict(here.state.currents):
        why = f"The lane of {who_works(here.state, found)} has no open step. Type lanes."
        return Refused(why, "lane-at-join")
    return Turned(found)


def _named(state: RunState, wanted: str) -> str | None:
    views = lanes_at_work(state)
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 4:  # noqa: PLR2004 - under 1,000
        number = int(wanted)
        return views[number - 1].lane.id if 0 < number <= len(views) else None
    known = (view for view in views if wanted.casefold() in _names(state, view))
    first = sorted(known, key=lambda view: not view.current)
    return first[0].lane.id if first else None


def _names(state: RunState, view: LaneView) -> set[str]:
    lane = view.lane
    names = (lane.id, lane.title, *lane.roles, *map(state.procedure.role_name, lane.roles))
    return {name.casefold() for name in names}


VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType({"lane": _lane})
