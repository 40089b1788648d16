"""The questions about other runs: calling, leaving, coming back, pins, steps put off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from runbook.run.commands import Choose, Command, Confirm, Refused
from runbook.run.commands_calls import Call, GoOn, Leave, PinNote, Redeem, Return, Unpin
from runbook.run.rules_calls import WELL_ENDED, to_hand_over
from runbook.run.state import Pin, Received, RunState
from runbook.ui.inline_form import Ask, FormSpec, Values
from runbook.ui.step_words import time_words

translate = QCoreApplication.translate
_NEW: Final = "NEW"


def _why(words: tuple[str, ...] = (), label: str = "") -> Ask:
    return Ask("reason", label or translate("Forms", "Why?"), suggestions=words)


def form_after_call(refused: Refused, command: Command) -> FormSpec | None:
    """The question that would turn a refused call, leaving or return into an accepted one."""
    match command:
        case Call() | Leave() if refused.needs.startswith("join "):
            return join_form(command, refused.needs.removeprefix("join "), refused.why)
        case Call() | Leave() if refused.needs == "paper":
            return paper_form(command, refused.why)
        case Call() | Leave() if refused.needs == "reason":
            return despite_form(command, refused.why)
        case Leave() if refused.needs == "to":
            return gate_again_form(command, refused.why)
        case _:
            return None


def join_form(command: Call | Leave, run: str, why: str) -> FormSpec:
    """Go on in the run that is open already, or begin a second one on purpose."""

    def make(values: Values) -> Command:
        is_new = values["new"].casefold() == _NEW.casefold()
        return replace(command, join="new" if is_new else run)

    label = translate("Forms", "Type {word} to begin a second one instead").format(word=_NEW)
    ask = Ask("new", label, required=False)
    title = translate("Forms", "Go on in the run that is open?")
    save = translate("Forms", "Go to run {run}").format(run=run)
    return FormSpec(title, (ask,), make, why, save)


def despite_form(command: Call | Leave, why: str) -> FormSpec:
    """Why another procedure is begun although something speaks against it."""

    def make(values: Values) -> Command:
        if isinstance(command, Call):
            return replace(command, reason=values["reason"])
        reason = command.reason or values["reason"]
        return replace(command, despite=values["reason"], reason=reason)

    words = (
        translate("Forms", "It is the best there is"),
        translate("Forms", "Ordered by the lead"),
    )
    title = translate("Forms", "Begin it all the same?")
    return FormSpec(title, (_why(words),), make, why, translate("Forms", "Begin"))


def paper_form(command: Call | Leave, why: str) -> FormSpec:
    """Why a step goes on by paper, when the procedure it leads to cannot be begun."""

    def make(values: Values) -> Command:
        if command.option >= 0:
            return Choose(step=command.step, option=command.option, by_paper=values["reason"])
        return Confirm(step=command.step, deviation=_on_paper(values["reason"]))

    words = (translate("Forms", "Worked from the printed copy"),)
    title = translate("Forms", "Go on by paper?")
    return FormSpec(title, (_why(words),), make, why)


def by_paper_form(state: RunState, step: str) -> FormSpec:
    """Why a procedure is worked from paper although it could be called."""

    def make(values: Values) -> Command:
        return Confirm(step=step, deviation=_on_paper(values["reason"]))

    words = (
        translate("Forms", "Worked from the printed copy"),
        translate("Forms", "Worked by another crew on its own laptop"),
    )
    title = translate("Forms", "{number} is done by paper").format(number=state.step(step).number)
    return FormSpec(title, (_why(words),), make)


def _on_paper(reason: str) -> str:
    return translate("Forms", "By paper: {reason}").format(reason=reason)


def leave_form(state: RunState, command: Leave) -> FormSpec:
    """Who owns what is still open, when work goes on in another run for good."""

    def make(values: Values) -> Command:
        return replace(command, owner=values["owner"], reason=values["reason"])

    owner = Ask("owner", translate("Forms", "Who owns the open steps there?"), state.owner)
    reason = replace(_why(), required=not command.step)
    title = translate("Forms", "Leave this procedure for good?")
    explain = _handed_words(state, command.step)
    return FormSpec(title, (owner, reason), make, explain, translate("Forms", "Leave"), "owner")


def _handed_words(state: RunState, step: str) -> str:
    """What becomes of this run and its open steps."""
    ends = translate("Forms", "This run ends here as transferred.")
    found = state.procedure.by_id.get(step)
    numbers = ", ".join(state.step(s).number for s in to_hand_over(state, found))
    if not numbers:
        return ends
    handed = translate("Forms", "Open steps handed to the new run: {steps}.")
    return f"{ends} {handed.format(steps=numbers)}"


def gate_form(state: RunState) -> FormSpec:
    """Whether this is still the right procedure, with the ways out of it."""

    def make(values: Values) -> Command:
        return Leave(to=values["to"], reason=values["reason"], owner=state.owner)

    front = state.procedure.front
    to = Ask(
        "to",
        translate("Forms", "Leave for (name or number of a procedure)"),
        suggestions=front.related[:6],
    )
    words = (
        translate("Forms", "The cause is another one"),
        translate("Forms", "Something more urgent"),
    )
    exits = translate("Forms", "Esc goes on here. Esc, then B gives the goal up.")
    uses = " ".join(front.use_when)
    use = translate("Forms", "It is for: {what}").format(what=uses) if uses else ""
    title = translate("Forms", "Is this still the right procedure?")
    save = translate("Forms", "Leave for it")
    return FormSpec(title, (to, _why(words)), make, f"{use} {exits}".strip(), save, "to")


def gate_again_form(command: Leave, why: str) -> FormSpec:
    """Another name for the procedure to leave for."""

    def make(values: Values) -> Command:
        return replace(command, to=values["to"])

    to = Ask("to", translate("Forms", "Name or number of a procedure"), command.to)
    return FormSpec(translate("Forms", "Which procedure?"), (to,), make, why, focus="to")


def go_on_form(step: str) -> FormSpec:
    """Why work goes on before the called run has ended."""

    def make(values: Values) -> Command:
        return GoOn(step=step, reason=values["reason"])

    words = (
        translate("Forms", "Nothing here depends on it"),
        translate("Forms", "Others work it"),
    )
    title = translate("Forms", "Go on without waiting?")
    explain = translate("Forms", "The step stays open until somebody confirms it.")
    return FormSpec(title, (_why(words),), make, explain)


def return_form(state: RunState, step: str) -> FormSpec:
    """The confirmation of a step that called; with a reason when that did not end well."""
    called = state.record(step).last.called
    well = called is not None and called.ended in WELL_ENDED

    def make(values: Values) -> Command:
        return Return(step=step, deviation=values.get("reason", ""))

    title = translate("Forms", "{number} is done?").format(number=state.step(step).number)
    asks = () if well else (_why(label=translate("Forms", "Why does the step count as done?")),)
    explain = called.words if called is not None else ""
    return FormSpec(title, asks, make, explain, translate("Forms", "Done"))


def note_to_pin_form(step: str | None) -> FormSpec:
    """A note that stays in sight for the rest of the incident."""

    def make(values: Values) -> Command:
        return PinNote(text=values["text"], step=step or "")

    ask = Ask("text", translate("Forms", "What must nobody forget?"))
    explain = translate("Forms", "It is shown in every run of the incident until taken down.")
    title = translate("Forms", "Pin a note")
    return FormSpec(title, (ask,), make, explain, translate("Forms", "Pin"))


def take_down_form(pins: Sequence[Pin]) -> FormSpec:
    """Which pinned note does not hold any more, and why."""

    def make(values: Values) -> Command:
        typed = values["number"]
        place = int(typed) - 1 if typed.isascii() and typed.isdigit() else -1
        pin = pins[place] if 0 <= place < len(pins) else Pin("", "", "", "")
        return Unpin(run=pin.run, pin=pin.key, text=pin.text, reason=values["reason"])

    numbers = tuple(str(n + 1) for n in range(min(len(pins), 9)))
    label = translate("Forms", "Number of the note")
    number = Ask("number", label, "1" if len(pins) == 1 else "", numbers)
    explain = "\n".join(f"{n + 1}  {pin.text}" for n, pin in enumerate(pins))
    words = (translate("Forms", "It does not hold any more"),)
    title = translate("Forms", "Take a note down")
    return FormSpec(title, (number, _why(words)), make, explain, translate("Forms", "Take down"))


def redeem_form(items: Sequence[Received]) -> FormSpec:
    """Which step of another run was done here, and what was seen."""

    def make(values: Values) -> Command:
        typed = values["number"]
        place = int(typed) - 1 if typed.isascii() and typed.isdigit() else -1
        run, step = (items[place].run, items[place].step) if 0 <= place < len(items) else ("", "")
        return Redeem(origin_run=run, origin_step=step, how=values["how"])

    numbers = tuple(str(n + 1) for n in range(min(len(items), 9)))
    number = Ask("number", translate("Forms", "Number"), "1" if len(items) == 1 else "", numbers)
    how = Ask("how", translate("Forms", "What was done and seen?"))
    explain = "\n".join(f"{n + 1}  {item_words(item)}" for n, item in enumerate(items))
    title = translate("Forms", "A step put off to this run is done")
    return FormSpec(title, (number, how), make, explain, translate("Forms", "Done"))


def item_words(item: Received) -> str:
    """A step of another run, as it is named here."""
    words = translate("Forms", "{title} {number}: {text}")
    return words.format(title=item.title, number=item.number, text=item.text)


def pin_words(number: int, pin: Pin) -> str:
    """A pinned note as a line of a list."""
    words = translate("Forms", "{n}  {text} ({who}, {time})")
    return words.format(n=number, text=pin.text, who=pin.by, time=time_words(pin.at))
