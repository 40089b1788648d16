"""The ways out of a step, and what taking one of them does."""

from __future__ import annotations

from dataclasses import dataclass

from runbook.procedure.model import Option, Step, StepKind

GO = "Go"
NO_GO = "No-go"


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision as taken: the index of its option, -1 when it was skipped or put off."""

    option: int
    go: str | None = None
    stop: bool = False
    label: str = ""


def options_of(step: Step) -> tuple[Option, ...]:
    """The ways out of a step: a decision's options; a hold point's Go and No-go."""
    if step.kind is not StepKind.HOLD:
        return step.options
    hold = step.hold
    return (Option(GO), Option(NO_GO, hold.no_go, go=hold.no_go_go) if hold else Option(NO_GO))


def is_decided(step: Step) -> bool:
    """True for steps that are settled by choosing: decisions, and hold points."""
    return bool(options_of(step)) and step.kind in (StepKind.DECISION, StepKind.HOLD)


def choice_of(step: Step, option: int) -> Choice:
    """What choosing an option does, after `treat as` has been followed."""
    options = options_of(step)
    if not 0 <= option < len(options):
        return Choice(-1)
    chosen, seen = option, {option}
    while options[chosen].same_as is not None:
        other = _labelled(options, options[chosen].same_as or "")
        if other is None or other in seen:
            break
        chosen = other
        seen.add(other)
    found = options[chosen]
    stop = found.stop or found.leave is not None
    return Choice(chosen, found.go, stop, options[option].label)


def meant(step: Step, option: int) -> Option | None:
    """The option that choosing one comes to, after `treat as` has been followed."""
    options, choice = options_of(step), choice_of(step, option)
    return options[choice.option] if choice.option >= 0 else None


def _labelled(options: tuple[Option, ...], label: str) -> int | None:
    """The index of the option with that label, whatever its case."""
    wanted = label.casefold().strip()
    return next((i for i, o in enumerate(options) if o.label.casefold().strip() == wanted), None)
