"""What the readers of typed lines share: saying no, the step in hand, a step that is named."""

from __future__ import annotations

from collections.abc import Callable

from runbook.run.commands import Refused
from runbook.walk.wish import Here, Wish, find_step


def no(why: str, needs: str = "") -> Refused:
    """A line that cannot be understood, and how it is typed."""
    return Refused(why, "line", needs)


def at_step(make: Callable[[str, str, Here], Wish]) -> Callable[[str, Here], Wish]:
    """Gives a command the step in hand, or refuses when there is none."""

    def made(rest: str, here: Here) -> Wish:
        step = here.state.current
        if step is None:
            return no("No step is in hand. Type status to see where the run stands.")
        return make(step, rest, here)

    return made


def step_named(word: str, here: Here) -> str | Refused:
    """The step of that number or id."""
    found = find_step(here.state, word)
    if found is not None:
        return found
    return no(f"There is no step “{word[:40]}”. Type status to see the steps and their numbers.")
