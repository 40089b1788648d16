"""Every code a finding may have, and how much it matters in a strict and in a plain file.

A strict file is held to every rule; of a plain one only what misleads is told. To add a rule,
add its code here, a faulty file in `tests/procedure/bad`, and a line in the help page.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from runbook.procedure.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_Weight = tuple[Severity, Severity | None]

ALWAYS: _Weight = (Severity.ERROR, Severity.ERROR)
MISLEADS: _Weight = (Severity.ERROR, Severity.WARNING)
STRICT: _Weight = (Severity.ERROR, None)
ADVICE: _Weight = (Severity.WARNING, Severity.WARNING)
STRICT_ADVICE: _Weight = (Severity.WARNING, None)
NOTE: _Weight = (Severity.NOTE, Severity.NOTE)

_FILE = {
    "unreadable": ALWAYS,
    "file-too-large": ALWAYS,
    "not-text": ALWAYS,
    "empty-file": ADVICE,
    "encoding": ADVICE,  # it was read all the same
    "merge-conflict": ALWAYS,
    "no-steps": (Severity.ERROR, Severity.NOTE),
}
_FRONT = {
    "front-matter-open": ALWAYS,
    "front-matter-invalid": ALWAYS,
    "front-matter-value": ALWAYS,
    "front-matter-toml": NOTE,
    "rto-unknown-step": ALWAYS,
}
_GITHUB = {  # what GitHub shows otherwise than it was meant
    "fence-open": ADVICE,
    "fence-badly-closed": ADVICE,
    "number-gap": ADVICE,
    "number-without-dot": ADVICE,
    "placeholder-hidden": ADVICE,
    "box-malformed": MISLEADS,
    "step-in-comment": NOTE,
    "list-kept-as-text": NOTE,
}
_IDS = {
    "procedure-without-id": STRICT,
    "duplicate-procedure-id": ALWAYS,
    "step-without-id": STRICT,
    "invalid-id": ALWAYS,
    "duplicate-id": ALWAYS,
}
_STEPS = {
    "step-without-words": MISLEADS,
    "step-without-role": STRICT,
    "step-without-expect": STRICT,
    "step-without-if-not": STRICT,
    "steps-too-deep": ADVICE,
    "details-heavy": ADVICE,
    "unknown-attribute": MISLEADS,
    "defer-without-link": MISLEADS,
}
_DECISIONS = {
    "decision-without-options": MISLEADS,
    "decision-without-cannot-tell": STRICT,
    "option-label": ALWAYS,
    "option-unclear": MISLEADS,
    "treat-as-unknown": ALWAYS,
}
_TIMES = {
    "time-without-if-missed": STRICT,
    "within-unclear": MISLEADS,
    "watch-without-until": STRICT,
}
_HOLDS = {
    "hold-without-role": STRICT,
    "hold-without-go-when": STRICT,
    "deputy-unclear": MISLEADS,
}
_READINGS = {
    "record-without-name": MISLEADS,
    "record-unclear": MISLEADS,
    "unknown-unit": MISLEADS,
    "limits-crossed": ALWAYS,
    "condition-unclear": MISLEADS,
    "reading-unknown": MISLEADS,
    "reading-later": MISLEADS,
    "value-unset": MISLEADS,
}
_LINKS = {
    "dead-link": MISLEADS,
    "dead-anchor": MISLEADS,
    "call-without-link": MISLEADS,
}
_CONTENT = {
    "action-in-alert": MISLEADS,
    "review-overdue": ADVICE,  # the text is as right as it was the day before
}
_SITE = {
    "site-invalid": ALWAYS,
    "site-value": ALWAYS,
    "contact-one-channel": ADVICE,
}

CODES: Mapping[str, _Weight] = MappingProxyType(
    {
        **_FILE, **_FRONT, **_GITHUB, **_IDS, **_STEPS, **_DECISIONS, **_TIMES, **_HOLDS,
        **_READINGS, **_LINKS, **_CONTENT, **_SITE,
    }
)  # fmt: skip
"""The severity of each code in a strict file, and in a plain one, where None is silence."""


def severity_of(code: str, *, strict: bool) -> Severity | None:
    """How much a finding of this code matters; None when it is not told."""
    in_strict, in_plain = CODES[code]
    return in_strict if strict else in_plain
