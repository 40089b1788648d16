"""What happens between runs: calls and returns, leaving, pins, and steps put off to another run."""

from __future__ import annotations

from runbook.run.event_base import Event, StepEvent
from runbook.run.event_items import ItemDecision
from runbook.run.statuses import RunStatus


class StepCalled(StepEvent, frozen=True, kw_only=True, tag="step_called"):
    """Another procedure is worked in `run` before this step can be confirmed.

    `joined` tells that the run was open already, begun by somebody else of the incident.
    """

    run: str
    title: str
    file: str = ""
    joined: bool = False
    passed_over: tuple[str, ...] = ()


class CallerWentOn(StepEvent, frozen=True, kw_only=True, tag="caller_went_on"):
    """The caller does not wait for the called run; the step stays open until it is confirmed."""

    run: str
    reason: str


class CallEnded(Event, frozen=True, kw_only=True, tag="call_ended"):
    """The called run ended; the step still waits for a person. `words` is its safe state."""

    step: str
    attempt: int = 1
    run: str
    title: str
    status: RunStatus
    words: str = ""


class CallReturned(StepEvent, frozen=True, kw_only=True, tag="call_returned"):
    """A person confirmed the step that called another run, having seen how that ended.

    `deviation` says why the step counts as done although the run did not reach its end.
    """

    run: str
    title: str
    ended: str
    deviation: str = ""
    started: str = ""


class RunTransferred(Event, frozen=True, kw_only=True, tag="run_transferred"):
    """Work went on in another run for good; `items` are the steps handed to it."""

    to_run: str
    title: str
    file: str = ""
    step: str = ""
    reason: str = ""
    items: tuple[ItemDecision, ...] = ()


class PinRaised(Event, frozen=True, kw_only=True, tag="pin_raised"):
    """A note was raised for the rest of the incident."""

    text: str
    step: str = ""


class PinTakenDown(Event, frozen=True, kw_only=True, tag="pin_taken_down"):
    """A pinned note does not hold any more. `pin` names it within the run that raised it."""

    run: str
    pin: str
    text: str
    reason: str


class ItemReceived(Event, frozen=True, kw_only=True, tag="item_received"):
    """A step of another run of the incident is to be done in this one, before the step `at`."""

    origin_run: str
    origin_title: str
    origin_step: str
    number: str
    text: str
    at: str = ""
    reason: str = ""


class ItemRedeemed(Event, frozen=True, kw_only=True, tag="item_redeemed"):
    """A step of another run was done in this one; `how` is what was seen."""

    origin_run: str
    origin_title: str
    origin_step: str
    number: str
    text: str
    how: str


class StepRedeemed(StepEvent, frozen=True, kw_only=True, tag="step_redeemed"):
    """A step put off to another run was done there; `how` is what was seen."""

    in_run: str
    in_title: str
    how: str


CallsEvent = (
    StepCalled
    | CallerWentOn
    | CallEnded
    | CallReturned
    | RunTransferred
    | PinRaised
    | PinTakenDown
    | ItemReceived
    | ItemRedeemed
    | StepRedeemed
)
