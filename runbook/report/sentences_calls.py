"""How what happens between runs is told: calls, leaving, pins, steps put off to another run."""

from __future__ import annotations

from typing import Final

from runbook.report.names import Names
from runbook.report.telling import parts
from runbook.report.words import RUN_STATUS, STATUS, labelled, stop
from runbook.run import events_calls as ev
from runbook.run.event_items import ItemDecision

_ENDED: Final = {status.value: word.lower() for status, word in RUN_STATUS.items()}


@parts.register
def _called(event: ev.StepCalled, names: Names) -> list[str]:
    verb = "waits for an open run" if event.joined else "calls"
    over = labelled("Passed over", names.numbers(event.passed_over))
    return [f"Step {names.number(event.step)} {verb}: {event.title}, run {event.run}.", over]


@parts.register
def _went_on(event: ev.CallerWentOn, names: Names) -> list[str]:
    told = f"Work goes on without waiting for step {names.number(event.step)}, run {event.run}."
    return [told, labelled("Reason", event.reason)]


@parts.register
def _call_ended(event: ev.CallEnded, names: Names) -> list[str]:
    ended = RUN_STATUS[event.status].lower()
    step = names.number(event.step)
    told = f"Called by step {step}, {event.title}, run {event.run}, has ended: {ended}."
    return [told, labelled("Safe state", event.words)]


@parts.register
def _returned(event: ev.CallReturned, names: Names) -> list[str]:
    if event.ended == "left":
        return [f"Step {names.number(event.step)} done: left for {event.title}, run {event.run}."]
    how = _ENDED.get(event.ended, event.ended) or "not ended"
    told = f"Step {names.number(event.step)} done: back from {event.title}, run {event.run}, {how}."
    return [told, labelled("Deviation", event.deviation)]


@parts.register
def _transferred(event: ev.RunTransferred, names: Names) -> list[str]:
    told = f"Run left for {event.title}, run {event.to_run}."
    return [told, labelled("Reason", event.reason), *(_item(i, names) for i in event.items)]


def _item(item: ItemDecision, names: Names) -> str:
    word = STATUS[item.status].word.lower()
    return f"Step {names.number(item.step)}, {word}, goes to {item.owner}: {stop(item.reason)}"


@parts.register
def _pinned(event: ev.PinRaised, _names: Names) -> list[str]:
    return [labelled("Pinned", event.text)]


@parts.register
def _unpinned(event: ev.PinTakenDown, _names: Names) -> list[str]:
    return [labelled("Pinned note taken down", event.text), labelled("Reason", event.reason)]


@parts.register
def _received(event: ev.ItemReceived, names: Names) -> list[str]:
    where = f", before step {names.number(event.at)}" if event.at else ""
    told = (
        f"Step {event.number} of {event.origin_title}, run {event.origin_run}, is to be done here"
    )
    return [f"{told}{where}: {stop(event.text)}", labelled("Reason", event.reason)]


@parts.register
def _redeemed(event: ev.ItemRedeemed, _names: Names) -> list[str]:
    told = f"Step {event.number} of {event.origin_title}, run {event.origin_run}, done here"
    return [f"{told}: {stop(event.text)}", labelled("Seen", event.how)]


@parts.register
def _redeemed_there(event: ev.StepRedeemed, names: Names) -> list[str]:
    told = f"Step {names.number(event.step)} done in {event.in_title}, run {event.in_run}."
    return [told, labelled("Seen", event.how)]
