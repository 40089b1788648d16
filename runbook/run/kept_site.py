"""The site file as it was when a run began, from its kept text."""

from __future__ import annotations

from collections.abc import Callable

from runbook.procedure.site import Site, parse_site
from runbook.run.state import NO_SITE


def kept_site(text: Callable[[str], bytes], sha256: str) -> Site:
    """The site of a run; one without contacts when its text is missing. A run goes on without."""
    if not sha256:
        return NO_SITE
    try:
        data = text(sha256)
    except (KeyError, OSError):
        return NO_SITE
    return parse_site(data.decode("utf-8-sig", "replace"))
