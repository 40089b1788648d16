"""Rules for decisions: several options, each of its own, and one for whoever cannot tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.model import StepKind

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Option, Step


def check_decisions(case: Case) -> None:
    """Check every decision by itself."""
    for step in case.procedure.steps:
        if step.kind is StepKind.DECISION:
            _check_options(step, case)
            _check_labels(step, case)
            _check_circles(step, case)


def _check_options(step: Step, case: Case) -> None:
    unsure = [n for n, o in enumerate(step.options) if case.words.is_("cannot tell", o.label)]
    if len(step.options) < 2:  # noqa: PLR2004 - a choice is between two
        case.findings.add(
            "decision-without-options",
            step,
            "A decision needs at least two options. Write each as a plain sub-bullet.",
        )
    elif not unsure:
        message = "Add an option `Cannot tell` and say what follows then."
        case.findings.add("decision-without-cannot-tell", step, message)
    for place in unsure:
        if not _leads(step, place, case):
            case.findings.add(
                "cannot-tell-without-way",
                step.options[place],
                "Say what follows when nobody can tell: `go to` with a link, `treat as` with"
                " the safe option, or in words why it is right to go on.",
            )


def _leads(step: Step, place: int, case: Case) -> bool:
    """Whether an option says more than to go on."""
    option = step.options[place]
    if option.stop or any((option.go, option.call, option.leave, option.same_as)):
        return True
    if any(child.option == place for child in case.procedure.children.get(step.id, ())):
        return True
    return case.words.compile(r"\W*(?:<<go on>>)?\W*").fullmatch(option.text) is None


def _check_labels(step: Step, case: Case) -> None:
    seen: set[str] = set()
    for option in step.options:
        label = option.label.casefold()
        if label in seen or not label:
            message = "Every option needs a label of its own before the colon."
            case.findings.add("option-label", option, message)
        seen.add(label)


def _check_circles(step: Step, case: Case) -> None:
    """`treat as` must end at an option that says what follows; one finding for each circle."""
    by_label = {option.label: option for option in reversed(step.options)}
    told: set[str] = set()
    for option in step.options:
        circle = _circle(option, by_label)
        if circle and told.isdisjoint(circle):
            names = " → ".join((*circle, circle[0]))
            case.findings.add(
                "treat-as-circle",
                option,
                f"These options point at each other: {names[:200]}. Say what follows in one.",
            )
            told.update(circle)


def _circle(option: Option, by_label: dict[str, Option]) -> tuple[str, ...]:
    """The labels of the circle that an option stands in; none when its way ends."""
    way = [option.label]
    while option.same_as is not None and option.same_as in by_label:
        if option.same_as in way:
            return tuple(way) if option.same_as == way[0] else ()
        way.append(option.same_as)
        option = by_label[option.same_as]
    return ()
