"""Rules for roles: every step has one, each is declared, used, and staffed at the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runbook.procedure.findings import Spot
from runbook.procedure.model import StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Step
    from runbook.procedure.site import Site

_LAST = re.compile(r"\(([^()\n]{1,100})\)$")
_NAMED = re.compile(r"(?:^|,\s*)(@[^,]+)")


def check_roles(case: Case) -> None:
    """Check who answers for each step, then the list of roles itself."""
    unread = {f.line for f in case.procedure.findings if f.code == "unknown-attribute"}
    for step in case.procedure.steps:
        if step.line not in unread:  # there the whole parenthesis was not understood
            _check_step(step, case)
        _check_deputy(step, case)
    for section in case.procedure.sections:
        if (named := _undeclared(section.title)) is not None and named.startswith("@"):
            case.findings.add("role-undeclared", section, _not_declared(named))
    _check_declared(case)


def _check_step(step: Step, case: Case) -> None:
    named = _undeclared(step.text)
    if named is not None and (step.role is None or named.startswith("@")):
        case.findings.add("role-undeclared", step, _not_declared(named))
    elif step.role is None and step.kind is StepKind.HOLD:
        message = "Nobody is named to decide here. Put a declared role in a last parenthesis."
        case.findings.add("hold-without-role", step, message)
    elif step.role is None:
        message = "Nobody is named for this step. Put a declared role in a last parenthesis."
        case.findings.add("step-without-role", step, message)


def _undeclared(text: str) -> str | None:
    """What looks like a role in a last parenthesis that was left in the words."""
    last = _LAST.search(text)
    if last is None:
        return None
    named = _NAMED.search(last[1])
    if named is not None:
        return named[1].strip()
    return last[1] if last[1][0].isupper() and "," not in last[1] else None


def _not_declared(name: str) -> str:
    return f"`{name[:60]}` is no declared role. Correct it, or add it to `roles` at the top."


def _check_deputy(step: Step, case: Case) -> None:
    deputy = step.hold.deputy if step.hold is not None else ""
    if deputy and deputy not in case.procedure.front.roles:
        case.findings.add("role-undeclared", step.at("Deputy after"), _not_declared(deputy))


def _check_declared(case: Case) -> None:
    front = case.procedure.front
    at = Spot(front.lines.get("roles", 1))
    used = set(_used(case))
    for key, name in front.roles.items():
        if key not in used:
            message = f"No step is done by `{name[:60]}`. Remove the role, or give it its steps."
            case.findings.add("role-unused", at, message)
        if case.site is not None and case.site.roles and not _is_staffed(key, name, case.site):
            case.findings.add(
                "role-unstaffed",
                at,
                f"The site names nobody for `{name[:60]}`. Add `[roles.{key[:60]}]` with a"
                " succession to site.toml.",
            )


def _used(case: Case) -> Iterator[str]:
    for step in case.procedure.steps:
        yield step.role or ""
        yield step.hold.deputy if step.hold is not None else ""


def _is_staffed(key: str, name: str, site: Site) -> bool:
    wanted = {key.casefold(), name.casefold()}
    return any(
        {holder.key.casefold(), holder.name.casefold()} & wanted
        for holder in site.roles.values()
        if holder.people or holder.succession
    )
