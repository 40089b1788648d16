"""Whether the right target is in hand: what was typed held against what it has to show."""

from __future__ import annotations

import unicodedata

from runbook.procedure.model import Step
from runbook.run.commands import Refused
from runbook.run.filling import fill, unknown_places, values_of
from runbook.run.refusals import need
from runbook.run.state import RunState


def plainly(text: str) -> str:
    """A typed text as it is compared: without outer blanks, inner ones as single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def wanted_text(state: RunState, step: Step) -> str:
    """What has to be typed to prove the target, with the values that are known now."""
    return plainly(fill(step.type_text, values_of(state))) if step.type_text else ""


def is_proved(state: RunState, step: Step) -> bool:
    """True when the step asks for no typed text, or this attempt has it, letter by letter."""
    wanted, typed = wanted_text(state, step), state.record(step.id).last.typed
    return not wanted or (bool(typed) and plainly(typed) == wanted)


def target_unknown(state: RunState, step: Step) -> Refused | None:
    """A refusal when a value is missing of the text that would have to be typed."""
    places = unknown_places(wanted_text(state, step))
    if not places:
        return None
    why = (
        f"No value is known here for {', '.join(places)}, so nothing typed can prove the target."
        " Read the target aloud to somebody, then confirm without typing and say why."
    )
    return need("untyped", why, "target-unknown")


def unproved(state: RunState, step: Step) -> Refused | None:
    """A refusal while the target of a step has not been typed."""
    if is_proved(state, step):
        return None
    why = f"Step {step.number} needs the target first. Type what the target itself shows."
    return target_unknown(state, step) or need("typed", why, "target-untyped")
