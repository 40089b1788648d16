"""A route as it is laid: what applies in which order, in which lanes, and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from runbook.procedure.lanes import Path, track
from runbook.procedure.plan import Plan

ON_REQUEST = ""
Back = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Why:
    """Why a step does not apply: the step that decided it, and the words of that decision.

    An empty step means a section on request to which no link has led.
    """

    step: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The steps that apply, in walking order, and why the others do not.

    `backs` are decisions whose option leads back once its own sub-steps are settled: the
    decision, the target step and the last of these sub-steps. `path` tells of each step that
    applies where it stands among what has no order; `rows` are the places of the steps of
    each lane, the first row those outside all lanes.
    """

    order: tuple[str, ...]
    not_applicable: Mapping[str, Why]
    position: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    backs: tuple[Back, ...] = ()
    path: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    rows: tuple[tuple[Path, tuple[int, ...]], ...] = ()
    row_of: Mapping[Path, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def back(self) -> Back | None:
        """The last decision that leads back."""
        return self.backs[-1] if self.backs else None


def lay(
    plan: Plan,
    order: Sequence[str],
    not_applicable: Mapping[str, Why],
    backs: Sequence[Back],
    path: Mapping[str, Path],
) -> Route:
    """Put a walked route together, with the rows of its lanes."""
    rows: dict[Path, list[int]] = {(): []}
    for i, step in enumerate(order):
        rows.setdefault(track(path.get(step, ()), plan.lanes), []).append(i)
    return Route(
        tuple(order),
        MappingProxyType(dict(not_applicable)),
        MappingProxyType({step: i for i, step in enumerate(order)}),
        tuple(backs),
        MappingProxyType({step: path[step] for step in order if path.get(step)}),
        tuple((lane, tuple(places)) for lane, places in rows.items()),
        MappingProxyType({lane: i for i, lane in enumerate(rows)}),
    )
