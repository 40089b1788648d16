"""What a procedure says without its words, so that two languages can be laid side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from runbook.procedure.conditions import parse_condition
from runbook.procedure.labels import words_for
from runbook.procedure.model import (
    Code,
    Comparison,
    Condition,
    Option,
    Procedure,
    Record,
    RecordKind,
    Section,
    Step,
    When,
)

Shape = Mapping[str, Any]
_VALUE = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")


def shape(procedure: Procedure) -> Shape:
    """Everything that must be the same in every language, by the id it belongs to."""
    tongue = _Tongue(procedure)
    found: dict[str, Any] = {"front matter": _front(procedure)}
    found["sections"] = [section.id for section in procedure.sections]
    found["steps"] = [step.id for step in procedure.steps]
    found["links"] = sorted(link.href for link in procedure.links)
    found |= {f"section {section.id}": _section(section) for section in procedure.sections}
    found |= {f"step {step.id}": tongue.step(step) for step in procedure.steps}
    return found


def differences(one: Procedure, other: Procedure) -> list[str]:
    """Where two procedures differ in shape, in words that tell where to look."""
    left, right = shape(one), shape(other)
    return list(_unlike(left, right, ""))


def _unlike(left: object, right: object, where: str) -> Iterator[str]:
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        for key in dict.fromkeys((*left, *right)):
            yield from _unlike(left.get(key), right.get(key), f"{where} {key}".strip())
    elif left != right:
        yield f"{where}: {left} / {right}"


def _front(procedure: Procedure) -> Shape:
    front = procedure.front
    approved = front.approved.on if front.approved is not None else None
    return {
        "id": (procedure.id, front.version, front.revision),
        "approved": approved,
        "review": (front.last_reviewed_on, front.review_due),
        "roles": list(front.roles),
        "rto": [(rto.target_s, rto.start, rto.until) for rto in front.rto],
        "values": dict(front.values),
        "inhibits": front.inhibits,
        "related": front.related,
        "lists": [len(part) for part in (front.use_when, front.do_not_use_when, front.bring)],
        "used values": _values(front.use_when + front.do_not_use_when + front.bring),
    }


def _section(section: Section) -> Shape:
    flags = (
        section.any_order,
        section.parallel,
        section.point_of_no_return,
        section.way_back,
        section.on_request,
    )
    return {
        "place": (section.level, section.parent),
        "role": section.role,
        "flags": flags,
        "bound to": section.bound_to,
        "introduction": (bool(section.introduction), _values([section.introduction])),
        "alerts": [alert.kind for alert in section.alerts],
    }


class _Tongue:
    """Reads the steps of one procedure with its language's words taken out."""

    def __init__(self, procedure: Procedure) -> None:
        self._words = words_for(procedure.front.lang)
        self._records = {r.name: r for step in procedure.steps for r in step.records}
        services = (name for step in procedure.steps for name in (*step.needs, *step.brings_up))
        self._services = {name: n for n, name in enumerate(dict.fromkeys(services))}

    def step(self, step: Step) -> Shape:
        """One step without its words."""
        return {
            "place": (step.id_written, step.number, step.parent, step.option, step.section),
            "kind": step.kind,
            "role": step.role,
            "times": (step.target_s, step.every_s, step.wait_s),
            "flags": (step.optional, step.any_order, step.point_of_no_return, step.read_back),
            "two-person": step.two_person,
            "records": [_record(record) for record in step.records],
            "options": [_option(option, step) for option in step.options],
            "whens": [self._when(when) for when in step.whens],
            "within": (step.within.seconds, step.within.of) if step.within else None,
            "hold": self._hold(step),
            "ways": _ways(step),
            "services": [
                [self._services[n] for n in part] for part in (step.needs, step.brings_up)
            ],
            "alerts": [alert.kind for alert in step.alerts],
            "code": [_code(code) for code in step.code],
            "typed": step.type_text,
            "said": _said(step),
            "used values": _values(_texts(step)),
        }

    def _hold(self, step: Step) -> object:
        hold = step.hold
        if hold is None:
            return None
        goes = [self._condition(parse_condition(text, self._words)) for text in hold.go_when]
        return (goes, bool(hold.no_go), hold.no_go_go, hold.deputy_after_s, hold.deputy)

    def _when(self, when: When) -> object:
        return (self._condition(when.condition), bool(when.text), bool(when.then), when.go)

    def _condition(self, condition: Condition | None) -> object:
        if condition is None:
            return None
        return [[self._comparison(one) for one in group] for group in condition.any_of]

    def _comparison(self, one: Comparison) -> tuple[str, str, object]:
        return (one.name, one.comparator, self._value(one))

    def _value(self, one: Comparison) -> object:
        """The value itself; a word stands for its place among the choices."""
        record = self._records.get(one.name)
        if record is None:
            return one.value
        if record.kind is RecordKind.CHOICE:
            return record.choices.index(one.value)
        if record.kind is RecordKind.YES_NO:
            return self._words.is_("yes", one.value)
        return one.value


def _record(record: Record) -> tuple[object, ...]:
    bounds = (record.low, record.high, record.warn_low, record.warn_high)
    places = tuple(_values([record.limits]))
    source = bool(record.source)
    kinds = (record.kind, record.unit, len(record.choices), record.trend)
    return (record.name, *kinds, *bounds, places, source)


def _option(option: Option, step: Step) -> tuple[object, ...]:
    labels = [one.label for one in step.options]
    same = labels.index(option.same_as) if option.same_as is not None else None
    return (option.go, option.call, option.leave, same, option.stop)


def _code(code: Code) -> tuple[str, str]:
    """Commands are the same in every language; a block of `text` is words for people."""
    return (code.language, "" if code.language == "text" else code.text)


def _ways(step: Step) -> tuple[object, ...]:
    link = step.link.href if step.link else None
    later = step.defer_to.href if step.defer_to else None
    if_not = (step.if_not.go,) if step.if_not else None
    return (link, later, if_not)


def _said(step: Step) -> list[bool]:
    """Which of its texts a step has."""
    texts = (
        step.text, step.expect, step.until, step.if_missed, step.say, step.evidence,
        step.stop_when, step.repeat, step.why, step.details,
    )  # fmt: skip
    return [bool(text) for text in texts] + [bool(pin) for pin in step.pins]


def _texts(step: Step) -> Iterator[str]:
    yield from (step.text, step.expect or "", step.until, step.if_missed, step.say, step.evidence)
    yield from (step.stop_when, step.repeat, step.why, step.details, *step.pins)
    yield step.if_not.text if step.if_not else ""
    for when in step.whens:
        yield from (when.text, when.then)
    for option in step.options:
        yield from (option.label, option.text)
    if step.hold is not None:
        yield from (*step.hold.go_when, step.hold.no_go)


def _values(texts: Iterable[str]) -> list[str]:
    return sorted({name for text in texts for name in _VALUE.findall(text)})
