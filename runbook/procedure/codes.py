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
    "procedure-without-id": STRICT,
    "procedure-without-owner": STRICT,
    "procedure-without-revision": STRICT,
    "procedure-not-approved": STRICT_ADVICE,  # an error would keep it from ever being approved
    "review-overdue": ADVICE,  # the text is as right as it was the day before
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
    "duplicate-procedure-id": ALWAYS,
    "step-without-id": STRICT,
    "invalid-id": ALWAYS,
    "duplicate-id": ALWAYS,
}
_STEPS = {
    "step-without-words": MISLEADS,
    "step-too-long": STRICT_ADVICE,  # a name may be long
    "step-without-expect": STRICT,
    "step-without-if-not": STRICT,
    "expect-says-nothing": STRICT,
    "section-too-long": STRICT,
    "steps-too-deep": ADVICE,
    "details-heavy": ADVICE,
    "unknown-attribute": MISLEADS,
    "defer-without-link": MISLEADS,
}
_ROLES = {
    "step-without-role": STRICT,
    "hold-without-role": STRICT,
    "role-undeclared": STRICT,
    "role-unused": (Severity.NOTE, None),
    "role-unstaffed": STRICT_ADVICE,  # another site may staff it
}
_DECISIONS = {
    "decision-without-options": MISLEADS,
    "decision-without-cannot-tell": STRICT,
    "cannot-tell-without-way": STRICT,
    "option-label": ALWAYS,
    "option-unclear": MISLEADS,
    "treat-as-unknown": ALWAYS,
    "treat-as-circle": MISLEADS,
}
_TIMES = {
    "time-without-if-missed": STRICT,
    "within-unclear": MISLEADS,
    "within-unknown": MISLEADS,
    "within-later": MISLEADS,
    "watch-without-until": STRICT,
    "watch-without-record": STRICT,
}
_HOLDS = {
    "hold-without-go-when": STRICT,
    "hold-without-no-go": STRICT,
    "hold-without-deputy": STRICT,
    "deputy-same": STRICT,
    "deputy-unclear": MISLEADS,
}
_READINGS = {
    "record-without-name": MISLEADS,
    "record-unclear": MISLEADS,
    "unknown-unit": MISLEADS,
    "limits-crossed": ALWAYS,
    "reading-differs": MISLEADS,
    "clock-unknown": MISLEADS,
    "clock-does-not-run-down": MISLEADS,
    "condition-unclear": MISLEADS,
    "reading-unknown": MISLEADS,
    "reading-later": MISLEADS,
    "value-unset": MISLEADS,
}
_LINKS = {
    "dead-link": MISLEADS,
    "dead-anchor": MISLEADS,
    "call-without-link": MISLEADS,
    "call-itself": MISLEADS,
    "call-circle": MISLEADS,
}
_CONTENT = {
    "action-in-alert": MISLEADS,
    "destructive-without-two-person": STRICT,
    "destructive-without-type": STRICT,
    "no-way-back": STRICT,
}
_SITE = {
    "site-invalid": ALWAYS,
    "site-value": ALWAYS,
    "contact-one-channel": ALWAYS,
    "contact-on-network-only": ALWAYS,
    "contact-unknown": ALWAYS,
    "contact-stale": ADVICE,  # the number may be right all the same
    "role-without-people": ALWAYS,
}

CODES: Mapping[str, _Weight] = MappingProxyType(
    {
        **_FILE, **_FRONT, **_GITHUB, **_IDS, **_STEPS, **_ROLES, **_DECISIONS, **_TIMES, **_HOLDS,
        **_READINGS, **_LINKS, **_CONTENT, **_SITE,
    }
)  # fmt: skip
"""The severity of each code in a strict file, and in a plain one, where None is silence."""


def severity_of(code: str, *, strict: bool) -> Severity | None:
    """How much a finding of this code matters; None when it is not told."""
    in_strict, in_plain = CODES[code]
    return in_strict if strict else in_plain
