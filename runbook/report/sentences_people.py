"""How the events about people are told: roles, the keyboard, the owner and his handover."""

from __future__ import annotations

from runbook.report.names import Names
from runbook.report.telling import parts
from runbook.report.words import labelled, stop
from runbook.run import events_people as ev


@parts.register
def _filled(event: ev.RoleFilled, names: Names) -> list[str]:
    role = names.procedure.role_name(event.key)
    was = f" in place of {event.was}" if event.was else ""
    return [f"Role {role}: {event.person}{was}.", labelled("Reason", event.reason)]


@parts.register
def _vacated(event: ev.RoleVacated, names: Names) -> list[str]:
    role = names.procedure.role_name(event.key)
    told = f"Role {role}: nobody, after {event.was}."
    return [told, labelled("Reason", event.reason)]


@parts.register
def _at_keyboard(event: ev.PersonAtKeyboard, _names: Names) -> list[str]:
    after = f", after {event.was}" if event.was else ""
    told = f"At the keyboard: {event.person}{after}."
    return [told, stop(event.despite) if event.despite else ""]


@parts.register
def _prepared(event: ev.HandoverPrepared, _names: Names) -> list[str]:
    asked = zip(event.questions, event.answers, strict=False)
    told = " ".join(f"{question} {stop(answer)}" for question, answer in asked)
    return [f"Handover to {event.to} prepared.", labelled("To be read back", told)]


@parts.register
def _read_back(event: ev.ReadBackGiven, _names: Names) -> list[str]:
    judged = "right" if event.right else "not right"
    return [
        f"Asked of {event.to}: {event.question}",
        f"The answer was “{event.said}” and was judged {judged}.",
        labelled("The run says", event.answer),
    ]


@parts.register
def _accepted(event: ev.HandoverAccepted, _names: Names) -> list[str]:
    told = f"Owner: {event.owner}, who accepted the handover from {event.was}."
    return [told, labelled("Despite", event.despite), labelled("Reason", event.reason)]


@parts.register
def _cancelled(event: ev.HandoverCancelled, _names: Names) -> list[str]:
    return [f"Handover to {event.to} cancelled.", labelled("Reason", event.reason)]


@parts.register
def _taken_over(event: ev.OwnerTakenOver, _names: Names) -> list[str]:
    told = f"Owner: {event.owner}, who took the run over without {event.was}."
    return [told, labelled("Reason", event.reason)]


@parts.register
def _bypassed(event: ev.OwnerBypassed, _names: Names) -> list[str]:
    told = f"This act ({event.act} the run) was done in the place of {event.owner}."
    return [told, labelled("Reason", event.reason)]
