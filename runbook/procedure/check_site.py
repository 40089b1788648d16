"""Rules for the site file: contacts that can be reached, and roles that somebody holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from runbook.procedure.findings import Findings, Spot

if TYPE_CHECKING:
    from runbook.procedure.model import Finding
    from runbook.procedure.site import Contact, RoleHolder, Site

STALE = timedelta(days=90)
"""A contact that nobody has tried for longer may have changed."""


def check_site(site: Site, *, today: date | None = None) -> tuple[Finding, ...]:
    """All findings of a site file by place; `today` tells which contacts are stale."""
    findings = Findings(strict=True)
    for contact in site.contacts.values():
        _check_channels(contact, findings)
        if today is not None:
            _check_age(contact, today, findings)
    for role in site.roles.values():
        _check_role(role, site, findings)
    return tuple(sorted({*site.findings, *findings.sorted()}))


def _check_channels(contact: Contact, findings: Findings) -> None:
    at = Spot(contact.line)
    if len(contact.channels) < 2:  # noqa: PLR2004 - one channel is a single point of failure
        message = f"Contact `{contact.key}` needs two channels, so that one may fail."
        findings.add("contact-one-channel", at, message)
    elif all(channel.hospital_network for channel in contact.channels):
        findings.add(
            "contact-on-network-only",
            at,
            f"Every channel of `{contact.key}` needs the hospital's own network. Add one that"
            " works without it: a mobile or analogue telephone, or a radio.",
        )


def _check_age(contact: Contact, today: date, findings: Findings) -> None:
    verified = _day(contact.last_verified)
    if verified is not None and today - verified <= STALE:
        return
    since = f"was last tried on {verified.isoformat()}" if verified else "was never tried"
    message = f"Contact `{contact.key}` {since}. Call it, then set `last_verified`."
    findings.add("contact-stale", Spot(contact.line), message)


def _check_role(role: RoleHolder, site: Site, findings: Findings) -> None:
    at = Spot(role.line)
    people = dict.fromkeys((*role.people, *role.succession))
    if not people:
        message = f"Nobody holds the role `{role.key}`. Add `succession` with contacts in order."
        findings.add("role-without-people", at, message)
    unknown = [person for person in people if person not in site.contacts]
    if unknown:
        named = ", ".join(f"`{person[:40]}`" for person in unknown[:5])
        message = f"Role `{role.key}` names {named}, for whom there is no `[contacts…]`."
        findings.add("contact-unknown", at, message)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
