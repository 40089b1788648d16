"""Rules for single steps: roles, expected results, options, deadlines, ids, units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.procedure.labels import words_for
from runbook.procedure.model import StepKind
from runbook.procedure.records import UNITS
from runbook.procedure.weight import is_too_heavy

if TYPE_CHECKING:
    from runbook.procedure.findings import Findings
    from runbook.procedure.model import Procedure, Step


def check_steps(procedure: Procedure, findings: Findings) -> None:
    """Check every step by itself; plain files only for what would mislead at run time."""
    for step in procedure.steps:
        _check_options(step, procedure, findings)
        _check_units(step, findings)
        if not step.text:
            findings.warning(
                step.line, step.column, "step-without-words",
                "This step has no words. Say what to do, or remove it.",
            )  # fmt: skip
        if step.details and is_too_heavy(step.details):
            findings.warning(
                step.line, step.column, "details-heavy",
                "What stands below this step is too large or nested too deep to be laid out;"
                " it is shown as plain text. Make it shorter.",
            )  # fmt: skip
        if procedure.strict:
            _check_strict(step, procedure, findings)


def _check_strict(step: Step, procedure: Procedure, findings: Findings) -> None:
    if not step.id_written:
        findings.warning(
            step.line, step.column, "step-without-id",
            f"Give the step an id that stays: `<!-- id: {step.id} -->` at the end of its line.",
        )  # fmt: skip
    if step.kind is StepKind.ACTION:
        _check_action(step, procedure, findings)
    if step.kind is StepKind.HOLD:
        _check_hold(step, findings)
    _check_times(step, findings)


def _check_action(step: Step, procedure: Procedure, findings: Findings) -> None:
    if step.role is None:
        findings.warning(
            step.line, step.column, "step-without-role",
            "Nobody is named for this step. Put a declared role in a last parenthesis.",
        )  # fmt: skip
    if step.id in procedure.children:
        return  # Its sub-steps are what is done and seen.
    if not step.expect:
        findings.warning(
            step.line, step.column, "step-without-expect",
            "Add `Expect:` below the step: what is seen when it is right.",
        )  # fmt: skip
    if step.if_not is None:
        findings.warning(
            step.line, step.column, "step-without-if-not",
            "Add `If not:` below the step: what to do when that is not seen.",
        )  # fmt: skip


def _check_hold(step: Step, findings: Findings) -> None:
    if step.role is None:
        findings.error(
            step.line, step.column, "hold-without-role",
            "A hold point needs the role that decides, in a last parenthesis.",
        )  # fmt: skip
    if step.hold is not None and not step.hold.go_when:
        findings.warning(
            step.line, step.column, "hold-without-go-when",
            "Add `Go when:` below the hold point: what must be true for a go.",
        )  # fmt: skip


def _check_times(step: Step, findings: Findings) -> None:
    timed = step.within is not None or step.kind is StepKind.WATCH
    if timed and not step.if_missed:
        findings.warning(
            step.line, step.column, "time-without-if-missed",
            "Add `If missed:` below the step: what to do when the time has passed.",
        )  # fmt: skip
    if step.kind is StepKind.WATCH and not step.until:
        findings.warning(
            step.line, step.column, "watch-without-until",
            "Add `Until:` below the watch: when it ends.",
        )  # fmt: skip


def _check_options(step: Step, procedure: Procedure, findings: Findings) -> None:
    if step.kind is not StepKind.DECISION:
        return
    words = words_for(procedure.front.lang)
    cannot_tell = any(words.is_("cannot tell", option.label) for option in step.options)
    if len(step.options) < 2:  # noqa: PLR2004 - a choice is between two
        report = findings.error if procedure.strict else findings.warning
        report(
            step.line, step.column, "decision-without-options",
            "A decision needs at least two options. Write each as a plain sub-bullet.",
        )  # fmt: skip
    elif procedure.strict and not cannot_tell:
        findings.warning(
            step.line, step.column, "decision-without-cannot-tell",
            "Add an option `Cannot tell` and say what follows then.",
        )  # fmt: skip
    _check_labels(step, findings)


def _check_labels(step: Step, findings: Findings) -> None:
    seen: set[str] = set()
    for option in step.options:
        label = option.label.casefold()
        if label in seen or not label:
            findings.error(
                option.line, option.column, "option-label",
                "Every option needs a label of its own before the colon.",
            )  # fmt: skip
        seen.add(label)


def _check_units(step: Step, findings: Findings) -> None:
    for record in step.records:
        if record.unit and record.unit not in UNITS and not record.unit.startswith("{"):
            findings.warning(
                record.line, record.column, "unknown-unit",
                f"`{record.unit[:40]}` is no unit this program knows. Check its spelling.",
            )  # fmt: skip
        pairs = ((record.low, record.high), (record.low, record.warn_low),
                 (record.warn_high, record.high))  # fmt: skip
        if any(low is not None and high is not None and low > high for low, high in pairs):
            findings.error(
                record.line, record.column, "limits-crossed",
                "The limits exclude each other. Write the smaller first: `0 to 240`.",
            )  # fmt: skip
