"""Rules for single steps: their words, their ids, what is expected of them, and how many."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from runbook.procedure.model import StepKind
from runbook.procedure.weight import is_too_heavy

if TYPE_CHECKING:
    from runbook.procedure.check_case import Case
    from runbook.procedure.model import Step

MOST_STEPS = 15
"""As many steps as a section may have and still be seen as a whole."""
LONGEST_STEP = 160
"""About three lines of large type."""


def check_steps(case: Case) -> None:
    """Check every step by itself, and count those of each section."""
    counts: Counter[str] = Counter()
    invalid = {f.line for f in case.procedure.findings if f.code == "invalid-id"}
    for step in case.procedure.steps:
        _check_words(step, case)
        if not step.id_written and step.line not in invalid:
            _ask_for_id(step, case)
        _check_result(step, case)
        counts[step.section] += 1
        if counts[step.section] == MOST_STEPS + 1:
            _too_many(step, case)


def _check_words(step: Step, case: Case) -> None:
    if not step.text:
        message = "This step has no words. Say what to do, or remove it."
        case.findings.add("step-without-words", step, message)
    if len(step.text) > LONGEST_STEP:
        case.findings.add(
            "step-too-long",
            step,
            f"This step has {len(step.text)} characters; more than {LONGEST_STEP} are not read in"
            " a hurry. Make it two steps, or put the rest below it.",
        )
    if step.details and is_too_heavy(step.details):
        case.findings.add(
            "details-heavy",
            step,
            "What stands below this step is too large or nested too deep to be laid out;"
            " it is shown as plain text. Make it shorter.",
        )


def _ask_for_id(step: Step, case: Case) -> None:
    case.findings.add(
        "step-without-id",
        step,
        f"Give the step an id that stays: `<!-- id: {step.id} -->` at the end of its line.",
    )


def _check_result(step: Step, case: Case) -> None:
    if step.expect and case.known.says_nothing(step.expect):
        case.findings.add(
            "expect-says-nothing",
            step.at("Expect"),
            f"`{step.expect[:60]}` can be said without looking. Say what is seen: the lamp, the"
            " number, the words on the display.",
        )
    if step.kind is not StepKind.ACTION or step.id in case.procedure.children:
        return  # Its sub-steps are what is done and seen.
    if not step.expect:
        message = "Add `Expect:` below the step: what is seen when it is right."
        case.findings.add("step-without-expect", step, message)
    if step.if_not is None:
        message = "Add `If not:` below the step: what to do when that is not seen."
        case.findings.add("step-without-if-not", step, message)


def _too_many(step: Step, case: Case) -> None:
    section = case.procedure.section_by_id.get(step.section)
    where = f"the section `{section.title[:60]}`" if section is not None else "the file"
    case.findings.add(
        "section-too-long",
        step,
        f"This is step {MOST_STEPS + 1} of {where}. Begin a new section, at best where the work"
        " may rest.",
    )
