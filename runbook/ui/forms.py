"""The questions that acts ask: which words are needed, and the command that they make."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.operators import Signed
from runbook.run.choices import options_of
from runbook.run.commands import (
    Abort,
    Choose,
    Close,
    Command,
    Confirm,
    Defer,
    Fail,
    FinishAbort,
    JudgeNotApplicable,
    Note,
    Pause,
    Read,
    Reopen,
    Settle,
    Skip,
    Take,
)
from runbook.run.events import NoteAbout
from runbook.run.no_return import crossed
from runbook.run.people import same_person
from runbook.run.place import before
from runbook.run.state import RunState
from runbook.ui.filled import filled, step_words
from runbook.ui.forms_people import signed_close
from runbook.ui.inline_form import Ask, FormSpec, Values

translate = QCoreApplication.translate
_ABORT: Final = "ABORT"


def skip_form(state: RunState, step: str) -> FormSpec:
    """Why an applicable step is left undone, and on whose authority."""

    def make(values: Values) -> Command:
        return Skip(step=step, reason=values["reason"], authority=values["authority"])

    reasons = (
        translate("Forms", "Done already by others"),
        translate("Forms", "Not possible now"),
        translate("Forms", "No time: people or data come first"),
    )
    is_owner = same_person(state.at_keyboard or state.owner, state.owner)
    words = translate("Forms", "On whose authority")
    authority = translate("Forms", "On whose authority (yours if empty)") if is_owner else words
    return FormSpec(
        translate("Forms", "Skip {number}").format(number=state.step(step).number),
        (_reason(reasons), Ask("authority", authority, required=not is_owner)),
        make,
        translate("Forms", "The step applies and stays undone. It is listed at the end."),
    )


def defer_form(state: RunState, step: str) -> FormSpec:
    """Where or when a step will be done instead, and why."""

    def make(values: Values) -> Command:
        return Defer(step=step, target=values["target"], reason=values["reason"])

    written = state.step(step).defer_to
    target = Ask(
        "target",
        translate("Forms", "To (number of a later step, another procedure, or a time)"),
        written.href.removeprefix("#") if written else "",
    )
    reasons = (
        translate("Forms", "Waits for somebody"),
        translate("Forms", "Waits for a part or a tool"),
        translate("Forms", "Something more urgent first"),
    )
    title = translate("Forms", "Defer {number}").format(number=state.step(step).number)
    return FormSpec(title, (target, _reason(reasons)), make)


def fail_form(state: RunState, step: str) -> FormSpec:
    """What was seen instead of what is expected."""

    def make(values: Values) -> Command:
        return Fail(step=step, observation=values["observation"])

    found = state.step(step)
    expect = translate("Forms", "Expected: {what}").format(what=filled(state, found.expect or ""))
    words = (
        translate("Forms", "No reaction"),
        translate("Forms", "An error message"),
        translate("Forms", "Another value than expected"),
    )
    ask = Ask("observation", translate("Forms", "What did you see?"), suggestions=words)
    title = translate("Forms", "{number} is not as expected").format(number=found.number)
    return FormSpec(title, (ask,), make, expect if found.expect else "")


def deviation_form(state: RunState, step: str, why: str) -> FormSpec:
    """What differs from the text, when a step is done all the same."""

    def make(values: Values) -> Command:
        return Confirm(step=step, deviation=values["deviation"])

    words = (
        translate("Forms", "Accepted by the lead"),
        translate("Forms", "The instrument is known to be off"),
        translate("Forms", "Could not be read"),
    )
    ask = Ask("deviation", translate("Forms", "What differs, and why is it accepted?"), "", words)
    title = translate("Forms", "Done with a deviation: {number}")
    return FormSpec(title.format(number=state.step(step).number), (ask,), make, why)


def not_applicable_form(state: RunState, step: str) -> FormSpec:
    """Why a step does not apply here."""

    def make(values: Values) -> Command:
        return JudgeNotApplicable(step=step, reason=values["reason"])

    words = (
        translate("Forms", "The equipment is not there"),
        translate("Forms", "The condition is not met"),
    )
    title = translate("Forms", "{number} does not apply").format(number=state.step(step).number)
    return FormSpec(title, (_reason(words),), make)


def reopen_form(state: RunState, step: str) -> FormSpec:
    """Why a settled step is opened again."""

    def make(values: Values) -> Command:
        return Reopen(step=step, reason=values["reason"])

    words = (
        translate("Forms", "It does not hold any more"),
        translate("Forms", "It was confirmed by mistake"),
    )
    title = translate("Forms", "Reopen {number}").format(number=state.step(step).number)
    explain = translate("Forms", "It becomes the current step again. What was recorded stays.")
    return FormSpec(title, (_reason(words),), make, explain)


def take_form(state: RunState, step: str) -> FormSpec:
    """A warning before a step is taken out of its turn."""

    def make(_values: Values) -> Command:
        return Take(step=step)

    passed = [state.step(s).number for s in before(state, step)]
    some = ", ".join(passed[:12]) + (" …" if len(passed) > 12 else "")  # noqa: PLR2004 - one line
    over = translate("Forms", "This passes over {steps}. They stay open.").format(steps=some)
    free = translate("Forms", "It becomes the current step. No open step is passed over.")
    title = translate("Forms", "Take {number} now?").format(number=state.step(step).number)
    words = translate("Forms", "Take the step")
    return FormSpec(title, (), make, over if passed else free, words)


def change_form(state: RunState, step: str, option: int) -> FormSpec:
    """Why a decision is changed."""

    def make(values: Values) -> Command:
        return Choose(step=step, option=option, reason=values["reason"])

    found, last = state.step(step), state.record(step).last
    title = translate("Forms", "Change {number} from “{old}” to “{new}”").format(
        number=found.number, old=last.label, new=options_of(found)[option].label
    )
    words = (
        translate("Forms", "The situation has changed"),
        translate("Forms", "We know more now"),
        translate("Forms", "The wrong key was pressed"),
    )
    explain = translate("Forms", "Steps that are done stay done, and are marked.")
    return FormSpec(title, (_reason(words),), make, explain)


def accept_form(step: str, name: str, typed: str, why: str) -> FormSpec:
    """Why a value that looks wrong is kept as typed."""

    def make(values: Values) -> Command:
        return Read(step=step, name=name, typed=typed, accept=values["accept"])

    words = (
        translate("Forms", "Read twice, it is right"),
        translate("Forms", "Confirmed on another instrument"),
    )
    ask = Ask("accept", translate("Forms", "Why is it right? Esc to type it again."), "", words)
    return FormSpec(translate("Forms", "Keep “{typed}”?").format(typed=typed), (ask,), make, why)


def note_form(state: RunState | None, step: str) -> FormSpec:
    """A free entry. A word and a colon in front tell what kind it is."""
    kinds = {
        translate("Forms", "Observation"): NoteAbout.OBSERVATION,
        translate("Forms", "Call"): NoteAbout.CALL,
        translate("Forms", "Decision"): NoteAbout.DECISION,
        translate("Forms", "Assumption"): NoteAbout.ASSUMPTION,
    }

    def make(values: Values) -> Command:
        head, colon, rest = values["text"].partition(":")
        folded = {word.casefold(): kind for word, kind in kinds.items()}
        about = folded.get(head.strip().casefold()) if colon else None
        if about is None or not rest.strip():
            return Note(text=values["text"], step=step)
        return Note(text=rest.strip(), about=about, step=step)

    ask = Ask("text", translate("Forms", "Note"), "", tuple(f"{kind}: " for kind in kinds))
    where = state.procedure.by_id.get(step) if state else None
    about = translate("Forms", "Note at {number}").format(number=where.number) if where else ""
    return FormSpec(about or translate("Forms", "Note"), (ask,), make)


def pause_form() -> FormSpec:
    """Why the run is held, and until when."""

    def make(values: Values) -> Command:
        return Pause(reason=values["reason"], resume_by=time_ahead(values["resume_by"]))

    until = Ask(
        "resume_by",
        translate("Forms", "Resume by (a time, for example 19:30)"),
        required=False,
    )
    words = (translate("Forms", "Waits for somebody"), translate("Forms", "Ordered by the lead"))
    explain = translate("Forms", "Clocks and what you watch go on.")
    return FormSpec(translate("Forms", "Pause the run"), (_reason(words), until), make, explain)


def time_ahead(typed: str) -> str:
    """A time of day typed as HH:MM, as its next occurrence in RFC 3339; else as typed."""
    now = datetime.now().astimezone()
    try:
        at = datetime.strptime(typed, "%H:%M")  # noqa: DTZ007 - the zone is put in below
    except ValueError:
        return typed
    found = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if found <= now:
        found = datetime.fromtimestamp(found.timestamp() + 86_400).astimezone()
    return found.isoformat()


def abort_form(state: RunState) -> FormSpec:
    """Why the goal is given up."""

    def make(values: Values) -> Command:
        return Abort(reason=values["reason"])

    words = (
        translate("Forms", "It makes things worse"),
        translate("Forms", "The cause is gone"),
        translate("Forms", "Ordered by the lead"),
    )
    explain = translate(
        "Forms", "The goal is given up. The steps of the way back come next, if there are any."
    )
    gone = ", ".join(step_words(state, s).rstrip(".") for s in crossed(state)[:3])
    if gone:
        past = translate("Forms", "Past the point of no return. Cannot be undone: {steps}.")
        explain = f"{past.format(steps=gone)} {explain}"
    # A word that nobody types by chance: one wrong letter and Enter must not end the work.
    label = translate("Forms", "Type {word} to give up the goal").format(word=_ABORT)
    asks = (Ask("word", label, word=_ABORT), _reason(words))
    return FormSpec(translate("Forms", "Abort the run"), asks, make, explain)


def settle_form(state: RunState, step: str, owner: str) -> tuple[str, tuple[Ask, ...], str]:
    """Title, fields and explanation for the decision on a step that stays open."""
    found = state.step(step)
    words = (
        translate("Forms", "Not needed for the goal"),
        translate("Forms", "Done after the run"),
        translate("Forms", "Could not be done"),
    )
    asks = (Ask("owner", translate("Forms", "Who owns it from now on?"), owner), _reason(words))
    title = translate("Forms", "{number} stays open").format(number=found.number)
    return title, asks, filled(state, found.text)


def finish_abort_form(items: tuple[Settle, ...]) -> FormSpec:
    """The safe state in which an aborted run ends."""

    def make(values: Values) -> Command:
        return FinishAbort(safe_state=values["safe_state"], items=items)

    label = translate("Forms", "What is on, what is off, what must not be touched?")
    explain = translate("Forms", "Others will rely on this. Say what you have seen, not hoped.")
    asks = (Ask("safe_state", label),)
    return FormSpec(translate("Forms", "Describe the safe state"), asks, make, explain)


def close_form() -> FormSpec:
    """Who reviewed the run beside its owner, or why nobody did."""

    def make(values: Values) -> Command | Signed:
        return signed_close(Close(second=values["second"], reason=values["reason"]))

    asks = (
        Ask("second", translate("Forms", "Second person"), required=False),
        Ask("reason", translate("Forms", "or why there is none"), required=False),
    )
    explain = translate("Forms", "After this the run is locked. Only notes can be added.")
    return FormSpec(translate("Forms", "Close the run"), asks, make, explain)


def _reason(words: tuple[str, ...]) -> Ask:
    return Ask("reason", translate("Forms", "Why?"), suggestions=words)
