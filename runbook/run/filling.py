"""Puts what is known into the places of a text: the run's values, then what was read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from runbook.run.state import RunState

_PLACE: Final = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """A text with each `{{name}}` that has a value replaced by it; the rest stays as written."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def unknown_places(text: str) -> tuple[str, ...]:
    """The names of the places that are left in a filled text."""
    return tuple(_PLACE.findall(text))


def values_of(state: RunState) -> Mapping[str, str]:
    """What fills the places in texts: the run's values, then the latest readings."""
    return {**state.prepared.values, **{name: r.value for name, r in state.newest.items()}}
