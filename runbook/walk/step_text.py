"""The step in hand as lines of text: warnings first, then the act, then what may be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from runbook.procedure.lanes import needs_no_order
from runbook.procedure.markup import plain_text
from runbook.procedure.model import Alert, AlertKind, Record, Section, Step, StepKind
from runbook.report.sentences import fill
from runbook.report.words import STATUS, duration
from runbook.run.callout import script
from runbook.run.choices import options_of
from runbook.run.events import Status
from runbook.run.filling import values_of
from runbook.run.identity import is_proved
from runbook.run.leaving import left_behind
from runbook.run.readings import limits_text
from runbook.run.state import RunState
from runbook.run.step_facts import unread_warnings
from runbook.walk.between_text import between_hint, between_lines
from runbook.walk.check_text import check_lines
from runbook.walk.text import labelled, one_line, verbatim, wrapped

_ALERTS = {
    AlertKind.WARNING: "WARNING",
    AlertKind.CAUTION: "CAUTION",
    AlertKind.IMPORTANT: "IMPORTANT",
    AlertKind.NOTE: "NOTE",
    AlertKind.TIP: "TIP",
}


def step_lines(state: RunState, step_id: str) -> Iterator[str]:
    """Everything an operator needs to do this step."""
    step, values = state.step(step_id), values_of(state)
    yield ""
    yield from _heading(state, step)
    yield from _left(state, step)
    yield from _above(state, step, values)
    for alert in step.alerts:
        yield from _alert(alert, values)
    yield from wrapped(fill(step.text, values), "  ", "> ")
    yield from _particulars(state, step, values)
    yield from _answers(state, step, values)


def _heading(state: RunState, step: Step) -> Iterator[str]:
    """Where we are: section, number, role, target, and which attempt this is."""
    section = state.procedure.section_by_id.get(step.section)
    if section is not None and section.title:
        yield f"== {one_line(fill(section.title, state.prepared.values))} =="
        yield from _introduction(state, section, step)
    last = state.record(step.id).last
    parts = [
        f"[{state.mode.value.upper()}] Step {step.number}",
        state.procedure.role_name(step.role),
        target_text(step),
    ]
    parts += ["optional"] if step.optional else []
    parts += ["in any order"] if needs_no_order(step.id, state.plan.path[step.id]) else []
    parts += [f"attempt {last.number}"] if last.number > 1 else []
    parts += [STATUS[last.status].word.lower()] if last.status is not Status.OPEN else []
    yield one_line(", ".join(p for p in parts if p))
    yield from between_lines(state, step)


def _introduction(state: RunState, section: Section, step: Step) -> Iterator[str]:
    """What stands below a heading, shown with the first step of its section."""
    by_id = state.procedure.by_id
    first = next((s for s in state.plan.flat if by_id[s].section == section.id), None)
    if first == step.id:
        for line in plain_text(section.introduction).splitlines():
            yield from wrapped(fill(line, values_of(state)))


def _left(state: RunState, step: Step) -> Iterator[str]:
    """What the section before leaves undone."""
    for left in left_behind(state, step.id):
        other = state.step(left)
        said = f"{STATUS[state.status_of(left)].word.lower()}: {other.number} {other.text}"
        text = state.record(left).last.text
        words = fill(f"{said} ({text})" if text else said, values_of(state))
        yield from wrapped(words, "  ", "Not done in the section before: ")


def _above(state: RunState, step: Step, values: Mapping[str, str]) -> Iterator[str]:
    """The steps that a sub-step is part of; what they say stands with the first sub-step."""
    for above in _ancestors(state, step):
        yield from wrapped(fill(above.text, values), "  ", f"Part of {above.number}: ")
        if state.plan.target(above.id) == step.id:
            for line in plain_text(above.details).splitlines():
                yield from verbatim(fill(line, values), "    ")


def _ancestors(state: RunState, step: Step) -> list[Step]:
    """The steps above a sub-step, outermost first."""
    found: list[Step] = []
    while step.parent is not None:
        step = state.step(step.parent)
        found.insert(0, step)
    return found


def target_text(step: Step) -> str:
    """How long the step should take, in words."""
    if step.target_s is None:
        return ""
    low, high = step.target_s
    return duration(low) if low == high else f"{duration(low)} to {duration(high)}"


def _alert(alert: Alert, values: Mapping[str, str]) -> Iterator[str]:
    mark = _ALERTS[alert.kind]
    lead = f"!! {mark}: " if alert.kind is AlertKind.WARNING else f"{mark}: "
    yield from wrapped(fill(alert.text, values), "   ", lead)


def _particulars(state: RunState, step: Step, values: Mapping[str, str]) -> Iterator[str]:
    """What stands below the step's words."""
    for line in plain_text(step.details).splitlines():
        yield from verbatim(fill(line, values), "    ")
    yield from labelled("Say", script(state, fill(step.say, values)))
    if step.kind is StepKind.TALK:
        repeated = " read-back" if step.read_back else ""
        yield f"        log each call: called WHO CHANNEL OUTCOME{repeated}"
    yield from labelled("Type what the target shows", fill(step.type_text, values))
    for record in step.records:
        yield from _record(state, step, record.name)
    if step.expect:
        yield from labelled("Expect", fill(step.expect, values))
    if step.if_not is not None:
        yield from labelled("If not", fill(step.if_not.text, values))
    if step.within is not None:
        yield from labelled("Within", fill(step.within.text, values))
        yield from labelled("If missed", fill(step.within.if_missed, values))
    else:
        yield from labelled("If missed", fill(step.if_missed, values))
    yield from labelled("Evidence", fill(step.evidence, values))
    yield from _watched(step, values)
    yield from labelled("Repeat", fill(step.repeat, values))
    yield from labelled("Stop when", fill(step.stop_when, values))
    for pin in step.pins:
        yield from labelled("Keep in mind", fill(pin, values))
    yield from labelled("Why", fill(step.why, values))


def _watched(step: Step, values: Mapping[str, str]) -> Iterator[str]:
    """Until when a watch is in force, and what it triggers."""
    yield from labelled("Until", fill(step.until, values))
    for number, when in enumerate(step.whens, start=1):
        text, then = fill(when.text, values), fill(when.then, values)
        yield from labelled(f"When {number}", f"{text}: {then}")


def _record(state: RunState, step: Step, name: str) -> Iterator[str]:
    """One reading to take, how to type it, and the value there is already."""
    record = next(r for r in step.records if r.name == name)
    limits = limits_text(record)
    parts = [record.label or name, record.unit if not limits else "", limits]
    parts += [f"from {record.source}"] if record.source else []
    parts += [f"watch out {warning}"] if (warning := _warning_limits(record)) else []
    yield from labelled("Read", one_line(", ".join(p for p in parts if p)))
    yield f"        type: read {name} VALUE"
    taken = state.readings_of(step.id, state.record(step.id).last.number)
    latest = [r for r in taken if r.name == name]
    if latest:
        yield f"        recorded: {one_line(latest[-1].shown)} (entry {latest[-1].seq})"


def _warning_limits(record: Record) -> str:
    """The bounds inside the limits from which on a value is worth attention."""
    low = f"below {record.warn_low:f}" if record.warn_low is not None else ""
    high = f"above {record.warn_high:f}" if record.warn_high is not None else ""
    return " and ".join(bound for bound in (low, high) if bound)


def _answers(state: RunState, step: Step, values: Mapping[str, str]) -> Iterator[str]:
    """The options, what a hold or a check needs, and the commands that fit here."""
    options = options_of(step)
    for number, option in enumerate(options, start=1):
        says = f": {fill(option.text, values)}" if option.text else ""
        yield from wrapped(f"{fill(option.label, values)}{says}", "     ", f"  {number}. ")
    for told in check_lines(state, step):
        yield from wrapped(told, "     ", "  ")
    yield from wrapped(_hint(state, step, bool(options)), "  ", "  ")


def _hint(state: RunState, step: Step, decides: bool) -> str:  # noqa: FBT001 - two readings of one line
    last = state.record(step.id).last
    if last.status is Status.FAILED:
        return "[retry | alternative | skip WHY | defer TARGET WHY | help]"
    if between := between_hint(state, step):
        return between
    if last.status is Status.VERIFY:
        return (
            "[verify NAME | verify NAME by phone TEXT | reject NAME TEXT | unverified WHY | help]"
        )
    unread = bool(unread_warnings(state, step))
    first = "ack (warnings read), then " if unread else ""
    act = "choose N [BASIS]" if decides else f"{_act(state, step)} | fail WHAT"
    if step.kind is StepKind.HOLD:
        act = f"{'' if last.asked else 'ask | '}choose N [by NAME] [BASIS]"
    elif not is_proved(state, step):
        first += "type TEXT, then "
    return f"[{first}{act} | skip WHY | defer TARGET WHY | note TEXT | help]"


def _act(state: RunState, step: Step) -> str:
    """How this step goes on, by what it is."""
    wait = state.wait_of(step.id)
    if wait is not None and wait.is_outside:
        return "answer WHAT CAME"
    if step.kind is StepKind.WATCH and not state.is_armed(step.id):
        return "arm"
    if step.kind is StepKind.WAIT and wait is None:
        return "wait"
    once_more = "again [NAME VALUE] | " if step.repeat or step.stop_when else ""
    return f"{once_more}done [DEVIATION] | await WHAT until HH:MM"
