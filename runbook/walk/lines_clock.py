"""Typed lines about clocks: what runs out when, how that was worked out, and disagreement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from runbook.run.commands import Refused
from runbook.run.commands_clock import Dispute
from runbook.run.disputes import own_moment
from runbook.run.rules_clock import advice
from runbook.walk.clock_text import clocks_lines, forecast_lines, formula_lines
from runbook.walk.wish import Here, Told, Wish
from runbook.walk.words import before_because


def clocks(rest: str, here: Here) -> Wish:
    """`clocks` shows all, `clocks NAME` how one of them was worked out."""
    if not rest:
        return Told(tuple(clocks_lines(here.state, here.now, here.typical())))
    lines = formula_lines(here.state, rest.strip().strip("[]"), here.now, here.typical())
    if lines is None:
        names = ", ".join(advice(here.state, here.now)) or "none yet"
        return Refused(f"There is no clock “{rest[:40]}”. There is: {names}.", "line")
    return Told(lines)


def forecast(_rest: str, here: Here) -> Wish:
    """`forecast` shows when every step is expected, and the end."""
    return Told(tuple(forecast_lines(here.state, here.now, here.typical())))


def disagree(rest: str, here: Here) -> Wish:
    """`disagree NAME TIME because WHY`; the names may have several words."""
    told, reason = before_because(rest)
    names = sorted(advice(here.state, here.now), key=len, reverse=True)
    name = next((n for n in names if told.startswith(n)), None)
    own = told[len(name) :].strip() if name is not None else ""
    if name is None or not own:
        example = "disagree NAME 12 min because WHY"
        known = ", ".join(names) or "none yet"
        return Refused(f"Type it as: {example}. Names: {known}.", "line")
    until = own_moment(own, here.now)
    if until is None:
        return Refused(f"“{own}” is no time. Type 12 min, 18:40, or none.", "line")
    return Dispute(advice=name, own=own, until=until, reason=reason)


VERBS: Final[Mapping[str, Callable[[str, Here], Wish]]] = MappingProxyType(
    {"clocks": clocks, "forecast": forecast, "disagree": disagree}
)
