"""Who follows when the holder of a role does not answer, as the site names them."""

from __future__ import annotations

from runbook.procedure.site import Site
from runbook.run.people import holder_of, same_person
from runbook.run.state import RunState


def succession(site: Site, key: str) -> tuple[str, ...]:
    """The people of a role at this site, in the order in which they step up."""
    role = site.roles.get(key)
    return tuple(dict.fromkeys((*role.people, *role.succession))) if role else ()


def next_in_line(state: RunState, key: str) -> str:
    """Who steps up next: whoever stands behind the holder; empty when there is nobody left."""
    line, holder = succession(state.site, key), holder_of(state, key)
    places = [at for at, one in enumerate(line) if same_person(one, holder)]
    behind = line[places[0] + 1 :] if places else line
    return next(iter(behind), "")
