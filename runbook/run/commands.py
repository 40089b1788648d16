"""What an operator asks for. Each is accepted, and becomes events, or refused with a reason.

Steps are named by id. Texts are as typed; `decide` strips them and refuses empty reasons.
"""

from __future__ import annotations

from dataclasses import dataclass

from runbook.run.commands_calls import CallsCommand
from runbook.run.commands_check import CheckCommand
from runbook.run.commands_clock import Dispute
from runbook.run.commands_message import MessageCommand
from runbook.run.commands_people import PeopleCommand
from runbook.run.commands_time import TimeCommand
from runbook.run.events import Field, NoteAbout


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Acknowledge the briefing and begin; `reason` overrides what speaks against it."""

    despite: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """Give up a prepared run; `instead` says why somebody else than its owner does it."""

    reason: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Take a step on, in its turn or out of it; past a hold point or a wait for a reason."""

    step: str
    reason: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Confirm that the step's expected result is seen; with `deviation`, that it differs.

    `performed` is RFC 3339 when the act lies before its entry. `untyped` says that the
    deviation is also why the target was not typed.
    """

    step: str
    deviation: str = ""
    performed: str = ""
    untyped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fail:
    """Say that the step was tried and the expected result is not there."""

    step: str
    observation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Try a failed step again."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeAlternative:
    """Go where the failed step's `If not` leads."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """Leave an applicable step undone, on purpose."""

    step: str
    reason: str
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defer:
    """Put a step off to a later step (its id or number), another place or a time."""

    step: str
    target: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """Open a settled step again, as a new attempt."""

    step: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeNotApplicable:
    """Say that an open step does not apply here."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Say that the warnings before a step have been read."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose:
    """Decide; `option` counts from 0. A decision already taken needs a `reason`.

    `by_paper` says why the procedure that the option calls or leaves for is not begun here.
    At a hold point `override` is why somebody decides who is not to, on whose `authority`;
    `accept` why it is a go although a criterion is not met; `untyped` why nothing was typed.
    """

    step: str
    option: int
    basis: str = ""
    reason: str = ""
    by_paper: str = ""
    override: str = ""
    authority: str = ""
    accept: str = ""
    untyped: str = ""
    typed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Record a reading as typed; `accept` is the reason to keep a value beyond its limit."""

    step: str
    name: str
    typed: str
    accept: str = ""
    performed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Write down anything, at a step or for the run as a whole (step empty)."""

    text: str
    about: NoteAbout = NoteAbout.NOTE
    step: str = ""
    performed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Replace what an earlier entry of this run says; the earlier one stays readable."""

    target: int
    field: Field
    new: str = ""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Hold the run on purpose; `instead` as for Cancel."""

    reason: str
    resume_by: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abort:
    """Give up the goal and work the way back; `instead` as for Cancel."""

    reason: str
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What becomes of one open step when the run ends: who owns it from now on, and why."""

    step: str
    owner: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishAbort:
    """End an aborting run in a stated safe state; `instead` as for Cancel."""

    safe_state: str
    items: tuple[Settle, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Say that the run has reached its end, with a decision on every step still open.

    `instead` as for Cancel.
    """

    items: tuple[Settle, ...] = ()
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Lock the run after review, with a second person, or alone for a reason.

    `assurance` is how the program knows the second person; `instead` as for Cancel.
    `override` says why although something is still to be decided.
    """

    second: str = ""
    reason: str = ""
    assurance: str = ""
    instead: str = ""
    override: str = ""


Command = (
    Start
    | Cancel
    | Take
    | Confirm
    | Fail
    | Retry
    | TakeAlternative
    | Skip
    | Defer
    | Reopen
    | JudgeNotApplicable
    | Acknowledge
    | Choose
    | Read
    | Note
    | Correct
    | Pause
    | Resume
    | Abort
    | FinishAbort
    | Complete
    | Close
    | PeopleCommand
    | MessageCommand
    | CallsCommand
    | Dispute
    | CheckCommand
    | TimeCommand
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a command was not carried out, as a sentence that says what to do. Nothing changed.

    `code` is a stable word for programs; `needs` names the missing part of the command, so
    that a screen can ask for it (reason, deviation, accept, acknowledge, items, reading …).
    """

    why: str
    code: str
    needs: str = ""
