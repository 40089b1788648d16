"""What happened to the people of a run: roles, the owner and his handover, the keyboard."""

from __future__ import annotations

from runbook.run.event_base import Event


class RoleFilled(Event, frozen=True, kw_only=True, tag="role_filled"):
    """A person answers for a role from now on; `was` is who did before, empty for nobody."""

    key: str
    person: str
    was: str = ""
    reason: str = ""


class RoleVacated(Event, frozen=True, kw_only=True, tag="role_vacated"):
    """Nobody answers for a role from now on."""

    key: str
    was: str
    reason: str


class PersonAtKeyboard(Event, frozen=True, kw_only=True, tag="person_at_keyboard"):
    """Another person sits at the keyboard; `despite` says what was wrong with the identity."""

    person: str
    was: str = ""
    despite: str = ""


class HandoverPrepared(Event, frozen=True, kw_only=True, tag="handover_prepared"):
    """The owner prepared to hand the run over; he owns it until `to` accepts.

    `answers` are what the run says to each of the `questions`, read back by `to`.
    """

    to: str
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


class ReadBackGiven(Event, frozen=True, kw_only=True, tag="read_back_given"):
    """The incoming person answered in own words, and the outgoing one judged the answer."""

    to: str
    question: str
    answer: str
    said: str
    right: bool


class HandoverAccepted(Event, frozen=True, kw_only=True, tag="handover_accepted"):
    """The incoming person owns the run from now on; `despite` says which answers were open."""

    owner: str
    was: str
    despite: str = ""
    reason: str = ""


class HandoverCancelled(Event, frozen=True, kw_only=True, tag="handover_cancelled"):
    """The handover was given up; the owner is who he was."""

    to: str
    reason: str = ""


class OwnerTakenOver(Event, frozen=True, kw_only=True, tag="owner_taken_over"):
    """A person took the run over without its owner, for a reason."""

    owner: str
    was: str
    reason: str


class OwnerBypassed(Event, frozen=True, kw_only=True, tag="owner_bypassed"):
    """Another person did what is the owner's to do, for a reason."""

    act: str
    owner: str
    reason: str


PeopleEvent = (
    RoleFilled
    | RoleVacated
    | PersonAtKeyboard
    | HandoverPrepared
    | ReadBackGiven
    | HandoverAccepted
    | HandoverCancelled
    | OwnerTakenOver
    | OwnerBypassed
)
