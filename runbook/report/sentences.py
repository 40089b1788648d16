"""One plain sentence or two for every event: what a reader is told that happened.

The same words serve the window's journal, the terminal and every report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import Final

import runbook.report.sentences_clock  # noqa: F401 - registers how its events are told
from runbook.procedure.model import Procedure
from runbook.report import sentences_calls as sentences_calls  # noqa: PLC0414 - registers its own
from runbook.report import sentences_message  # noqa: F401 - registers what it tells
from runbook.report import sentences_people as _people  # noqa: F401 - registers its sentences
from runbook.report import sentences_time as _time  # noqa: F401 - registers its sentences
from runbook.report.names import Names, brief, fill
from runbook.report.sentences_check import criteria, decided_as, overrides, typed_for
from runbook.report.telling import parts
from runbook.report.words import (
    ASSURANCE_OF,
    NOTE,
    OUTSIDE,
    RUN_STATUS,
    STATUS,
    away_words,
    labelled,
    local,
    stop,
)
from runbook.run import events as ev

__all__ = ["brief", "change", "fill", "sentence"]

NO_VALUES: Final[Mapping[str, str]] = MappingProxyType({})


def sentence(
    event: ev.Event,
    procedure: Procedure,
    values: Mapping[str, str] = NO_VALUES,
    zone: tzinfo | None = None,
) -> str:
    """What happened, in plain words; `values` fill the places in step texts.

    On a screen due times are told by the clock of its `zone`, without one in UTC.
    """
    return " ".join(part for part in parts(event, Names(procedure, values, zone)) if part)


@parts.register
def _prepared(event: ev.RunPrepared, names: Names) -> list[str]:
    revision = f", revision {event.revision}" if event.revision else ""
    roles = (f"{names.procedure.role_name(role)} {who}" for role, who in event.roles.items())
    return [
        f"Run prepared: {event.title}{revision}.",
        labelled("Site", event.site),
        labelled("Owner", event.owner),
        labelled("Roles", ", ".join(roles)),
        labelled("Numbers shown in this drill", ", ".join(event.allowed_contacts)),
        *_origin(event),
    ]


def _origin(event: ev.RunPrepared) -> list[str]:
    """From which run it was begun, and to which incident it belongs."""
    if not event.incident:
        return []
    at = f", at its step {event.called_by_step}" if event.called_by_step else ""
    begun = "Run left for this one" if event.begun_as == "left" else "Called by run"
    return [f"{begun}: {event.called_by_run}{at}.", labelled("Incident", event.incident)]


@parts.register
def _started(event: ev.RunStarted, _names: Names) -> list[str]:
    return ["Run started.", labelled("Despite", event.despite), labelled("Reason", event.reason)]


@parts.register
def _paused(event: ev.RunPaused, _names: Names) -> list[str]:
    resume = labelled("Resume by", local(event.resume_by))
    return ["Run paused.", labelled("Reason", event.reason), resume]


@parts.register
def _resumed(_event: ev.RunResumed, _names: Names) -> list[str]:
    return ["Run resumed."]


@parts.register
def _abort_began(event: ev.AbortBegan, _names: Names) -> list[str]:
    return ["Goal given up; the way back is being worked.", labelled("Reason", event.reason)]


@parts.register
def _aborted(event: ev.RunAborted, names: Names) -> list[str]:
    return ["Run aborted.", labelled("Safe state", event.safe_state), *_items(event.items, names)]


@parts.register
def _completed(event: ev.RunCompleted, names: Names) -> list[str]:
    if not event.items:
        return ["Run complete, no step left open."]
    return ["Run complete except for open steps.", *_items(event.items, names)]


def _items(items: tuple[ev.ItemDecision, ...], names: Names) -> list[str]:
    """What was decided on each open step."""
    return [
        f"Step {names.number(item.step)} stays {STATUS[item.status].word.lower()}"
        f"{f' with {item.owner}' if item.owner else ''}: {stop(item.reason)}"
        for item in items
    ]


@parts.register
def _closed(event: ev.RunClosed, _names: Names) -> list[str]:
    known = f" (known {ASSURANCE_OF.get(event.assurance, event.assurance)})"
    known = known if event.assurance else ""
    how = f"together with {event.second}{known}" if event.second else "by one person alone"
    return [
        f"Run reviewed and closed {how}.",
        labelled("Reason", event.reason),
        labelled("Still undecided", event.undecided),
        labelled("Closed all the same because", event.override),
    ]


@parts.register
def _cancelled(event: ev.RunCancelled, _names: Names) -> list[str]:
    return ["Run cancelled before its start.", labelled("Reason", event.reason)]


@parts.register
def _gap(event: ev.GapNoted, _names: Names) -> list[str]:
    left = "It had been closed in good order." if event.clean else "It had ended without warning."
    away = f"{away_words(event.seconds)}, after entry {event.after_seq}."
    return [away, left, labelled("The run was", RUN_STATUS[event.status].lower())]


@parts.register
def _taken(event: ev.StepTaken, names: Names) -> list[str]:
    return [
        names.step(event.step, "taken in hand"),
        _passed_over(event.passed_over, names),
        *overrides(event.overrides, names),
    ]


@parts.register
def _done(event: ev.StepDone, names: Names) -> list[str]:
    return [names.step(event.step, "done"), *_how_done(event, names)]


@parts.register
def _deviating(event: ev.StepDoneDeviating, names: Names) -> list[str]:
    told = names.step(event.step, "done with deviation")
    return [told, labelled("Deviation", event.deviation), *_how_done(event, names)]


def _how_done(event: ev.StepDone, names: Names) -> list[str]:
    return [
        labelled("Confirmed", fill(event.confirmed, names.values)),
        _unenforced(event.unenforced),
        _passed_over(event.passed_over, names),
        *overrides(event.overrides, names),
        _performed(event.performed),
    ]


@parts.register
def _failed(event: ev.StepFailed, names: Names) -> list[str]:
    told = names.step(event.step, "failed")
    return [told, labelled("Observed", event.observation), _performed(event.performed)]


@parts.register
def _retried(event: ev.StepRetried, names: Names) -> list[str]:
    return [names.step(event.step, f"tried again, attempt {event.attempt}")]


@parts.register
def _alternative(event: ev.AlternativeTaken, names: Names) -> list[str]:
    told = names.step(event.step, "failed, alternative taken")
    return [told, labelled("Went to", names.place(event.go))]


@parts.register
def _skipped(event: ev.StepSkipped, names: Names) -> list[str]:
    return [
        names.step(event.step, "skipped"),
        labelled("Reason", event.reason),
        labelled("Authority", event.authority),
    ]


@parts.register
def _deferred(event: ev.StepDeferred, names: Names) -> list[str]:
    target = names.place(event.target)
    told = names.step(event.step, "deferred")
    return [told, labelled("Until", target), labelled("Reason", event.reason)]


@parts.register
def _reopened(event: ev.StepReopened, names: Names) -> list[str]:
    told = names.step(event.step, f"opened again, attempt {event.attempt}")
    return [
        told,
        labelled("It was", STATUS[event.was].word.lower()),
        labelled("Reason", event.reason),
    ]


@parts.register
def _not_applicable(event: ev.StepJudgedNotApplicable, names: Names) -> list[str]:
    told = names.step(event.step, "judged not applicable")
    return [told, labelled("Reason", event.reason)]


@parts.register
def _acknowledged(event: ev.WarningAcknowledged, names: Names) -> list[str]:
    told = names.bare(event.step, "warnings read")
    return [told, *(f"“{fill(text, names.values)}”" for text in event.texts)]


@parts.register
def _chosen(event: ev.OptionChosen, names: Names) -> list[str]:
    told = names.step(event.step, "decided")
    return [told, labelled("Choice", event.label), *_how_chosen(event, names)]


@parts.register
def _changed(event: ev.OptionChanged, names: Names) -> list[str]:
    choice = f"{event.label}, was {event.was_label}"
    return [
        names.step(event.step, "decided anew"),
        labelled("Choice", choice),
        labelled("Reason", event.reason),
        *_how_chosen(event, names),
    ]


def _how_chosen(event: ev.OptionChosen, names: Names) -> list[str]:
    return [
        labelled("Effect", event.effect),
        labelled("Basis", event.basis),
        decided_as(event.decided_as),
        *criteria(event.criteria),
        *overrides(event.overrides, names),
        typed_for(event.typed_by),
        _unenforced(event.unenforced),
        _passed_over(event.passed_over, names),
    ]


@parts.register
def _reading(event: ev.ReadingTaken, names: Names) -> list[str]:
    typed = f" (typed “{event.typed}”)" if event.typed.strip() != event.value else ""
    outside = f", {OUTSIDE[event.outside]}" if event.outside else ""
    limits = f" ({event.limits})" if event.limits and event.outside else ""
    source = f", from {event.source}" if event.source else ""
    value = f"{event.value} {event.unit}".strip()
    told = f"{event.label or event.name} = {value}{typed}{outside}{limits}{source}."
    return [
        f"Reading at step {names.number(event.step)}: {told}",
        labelled("Accepted because", event.accepted),
        _performed(event.performed),
    ]


@parts.register
def _note(event: ev.NoteAdded, names: Names) -> list[str]:
    at = f" at step {names.number(event.step)}" if event.step else ""
    return [f"{NOTE[event.about]}{at}: {stop(event.text)}", _performed(event.performed)]


@parts.register
def _corrected(event: ev.EntryCorrected, _names: Names) -> list[str]:
    done = "withdrawn" if event.field is ev.Field.WITHDRAWN else "corrected"
    told = f"Entry {event.target} is {done}: {change(event.field, event.old, event.new)}."
    return [told, labelled("Reason", event.reason)]


def change(field: ev.Field, old: str, new: str) -> str:
    """What a correction changes, with the old and the new."""
    if field is ev.Field.WITHDRAWN:
        return f"it said “{old}”" if old else "it is not to be read"
    if field is ev.Field.PERFORMED:
        return f"time performed {local(old) or 'as entered'} is to be read as {local(new)}"
    return f"{field.value} “{old}” is to be read as “{new}”"


@parts.register
def _unknown(event: ev.Unknown, _names: Names) -> list[str]:
    return [f"{event.name}: an entry of a newer version of Runbook, kept as it is: {event.raw}"]


def _unenforced(what: tuple[str, ...]) -> str:
    return labelled("Confirmed by hand, not enforced by the program", ", ".join(what))


def _passed_over(steps: tuple[str, ...], names: Names) -> str:
    return labelled("Out of order, before", names.numbers(steps))


def _performed(at: str) -> str:
    return labelled("Performed at", local(at)) if at else ""
