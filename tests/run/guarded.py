"""A procedure full of checks, and an oracle that knows what may never come of it.

The oracle reads what was recorded and judges it by the text of the procedure, by who spoke
and when; it asks none of the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import asdict

from runbook.run import commands as c
from runbook.run import commands_check as k
from runbook.run.entry import Actor, Entry
from runbook.run.event_base import Capacity, Guard, Override, StepEvent, Verdict
from runbook.run.events import (
    OptionChanged,
    OptionChosen,
    Status,
    StepDeferred,
    StepDone,
    StepFailed,
    StepJudgedNotApplicable,
    StepSkipped,
    StepTaken,
)
from runbook.run.events_check import (
    DecisionAsked,
    StepAcceptedUnverified,
    StepSignedOff,
    StepSubmitted,
    TargetTyped,
)
from runbook.run.state import RunState
from tests.run.rig import Rig

TEXT = """
    ---
    roles: {lead: Incident lead, exec: Executive on call}
    ---
    # Move
    ## 1 Look
    - [ ] Look <!-- id: look -->
      - Record: volts = Volts, V, 0 to 300, from the panel
      - If not: go to [After](#after)
    - [ ] Open the breaker (two-person) <!-- id: open -->
      - If not: go to [Estimate](#estimate)
    - [ ] Decide: promoted? (two-person) <!-- id: ask -->
      - Yes
      - No: go to [Look](#look)
      - Cannot tell: go to [Estimate](#estimate)
    - [ ] Set the valve (two-person separately) <!-- id: valve -->
      - Type: V {{valve}}
    ## 2 Move
    - [ ] Hold: move it (exec) <!-- id: hold -->
      - Go when: volts >= 200
      - No-go: go to [Last](#last)
      - Deputy after 3m: lead
    - [ ] Erase it <!-- id: erase -->
      - Type: vol-7
    - [ ] Group <!-- id: group -->
      - [ ] Part (two-person separately) <!-- id: part -->
      - [ ] Hold: go on (two-person) <!-- id: inner -->
    - [ ] After <!-- id: after -->
    - [ ] Hold: the last word <!-- id: word -->
    - [ ] Last <!-- id: last -->
    ## Estimate (only on request)
    - [ ] Guess (two-person) <!-- id: guess -->
    ## Undo (way back)
    - [ ] Undo it <!-- id: undo -->
      - Type: undo
"""
STEPS = (
    "look", "open", "ask", "valve", "hold", "erase", "part", "inner", "group", "after",
    "word", "last", "guess", "undo",
)  # fmt: skip
HOLDS = ("hold", "inner", "word")
TWO = ("open", "ask", "valve", "part", "inner", "guess")
TARGETS = {"valve": "V 7", "erase": "vol-7", "undo": "undo"}
BEHIND = {
    "hold": ("erase", "part", "inner", "group", "after", "word", "last"),
    "inner": ("group", "after", "word", "last"),
    "word": ("last",),
}
ROLES = {"exec": "EVA", "lead": "LIS"}
DEPUTY_AFTER = timedelta(minutes=3)
_WORK = (StepTaken, StepDone, StepFailed, StepSubmitted, OptionChosen, DecisionAsked)
_ASIDE = (StepSkipped, StepDeferred, StepJudgedNotApplicable)
_DONE = (Status.DONE, Status.DONE_DEV)
_PASSED = (*_DONE, Status.SKIPPED, Status.NOT_APPLICABLE, Status.DEFERRED)
Key = tuple[str, int]


def rig() -> Rig:
    """A run of the procedure, its roles held by EVA and LIS, owned by ANN."""
    return Rig(TEXT, roles=ROLES, values={"valve": "7"})


def likely(state: RunState) -> tuple[c.Command, ...]:
    """What people mostly do at the step in hand; some of it by the wrong person."""
    step = state.current or "last"
    status = state.status_of(step)
    if status is Status.VERIFY:
        return k.SignOff(step=step), k.AcceptUnverified(step=step, reason="why")
    if status is Status.FAILED:
        return c.Retry(step=step), c.TakeAlternative(step=step)
    if step in HOLDS:
        given = c.Choose(step=step, option=0, override="why", accept="why")
        return k.AskDecision(step=step), c.Choose(step=step, option=0), given
    if step == "ask":
        return c.Choose(step=step, option=0), c.Choose(step=step, option=2)
    return (
        k.TypeTarget(step=step, typed=TARGETS.get(step, "")),
        c.Read(step="look", name="volts", typed="230"),
        c.Confirm(step=step),
        c.Confirm(step=step),
        *(k.SignOff(step=s) for s in state.to_verify()),
    )


def same(one: str, other: str) -> bool:
    """The oracle's own idea of one person."""
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


@dataclass
class Oracle:
    """Remembers who said what at each attempt, and fails when something came of it wrongly."""

    typed: dict[Key, str] = field(default_factory=dict)
    submitted: dict[Key, tuple[Actor, StepSubmitted]] = field(default_factory=dict)
    asked: dict[Key, datetime] = field(default_factory=dict)
    passed: dict[Key, list[Override]] = field(default_factory=dict)

    def judge(self, before: RunState, entry: Entry) -> None:
        """Look at one more entry, made in the state before it."""
        event, by = entry.event, entry.actor
        at = datetime.fromisoformat(entry.wall)
        if isinstance(event, TargetTyped):
            self.typed[event.step, event.attempt] = event.typed
        if not isinstance(event, StepEvent):
            return
        key = (event.step, event.attempt)
        self.passed.setdefault(key, []).extend(asdict(event).get("overrides", ()))
        self._words_given(event)
        if isinstance(event, _WORK) and not isinstance(event, OptionChanged):
            self._behind_no_hold(before, event, key)
        if event.step in HOLDS:
            self._decided(before, event, by, at)
        self._by_two(before, event, by, key)
        if event.now in _DONE:
            self._proved(event, key)

    def _words_given(self, event: StepEvent) -> None:
        """Whoever goes past a guard says why."""
        for passed in asdict(event).get("overrides", ()):
            assert passed.reason.strip()
            if passed.guard in (Guard.DECIDER, Guard.HOLD):
                assert passed.authority.strip()

    def _behind_no_hold(self, before: RunState, event: StepEvent, key: Key) -> None:
        """No step is worked behind a hold that lets nothing pass, but with a reason."""
        for hold, behind in BEHIND.items():
            if event.step not in behind or hold not in before.route.position:
                continue
            if event.step not in before.route.position or self._is_passed(before, hold):
                continue
            about = [o.about for o in self.passed[key] if o.guard is Guard.HOLD]
            assert hold in about, (hold, event)

    @staticmethod
    def _is_passed(state: RunState, hold: str) -> bool:
        last = state.record(hold).last
        if state.status_of(hold) not in _PASSED:
            return False
        return not (last.option == 1 and hold != "hold")  # their no-go leads nowhere

    def _decided(self, before: RunState, event: StepEvent, by: Actor, at: datetime) -> None:
        """Only whoever is to decide does, or somebody with a reason; nobody else leaves it."""
        if isinstance(event, DecisionAsked):
            self.asked[event.step, event.attempt] = at
        if isinstance(event, _ASIDE):
            entitled = self._entitled(before, event, by, at)
            assert entitled is not Capacity.OVERRIDE or same(by.operator, before.owner)
        if isinstance(event, OptionChosen | StepSubmitted):
            self._chosen(before, event, by, at)
        assert not isinstance(event, StepDone), event

    def _chosen(
        self, before: RunState, event: OptionChosen | StepSubmitted, by: Actor, at: datetime
    ) -> None:
        guards = {o.guard for o in event.overrides}
        entitled = self._entitled(before, event, by, at)
        assert event.decided_as is entitled
        assert (Guard.DECIDER in guards) == (entitled is Capacity.OVERRIDE)
        volts = before.latest("volts")
        met = volts is not None and float(volts.value) >= 200
        if event.step == "hold" and event.option == 0:
            assert (Guard.CRITERIA in guards) == (not met)
            assert (event.criteria[0].verdict is Verdict.MET) == met

    def _entitled(self, before: RunState, event: StepEvent, by: Actor, at: datetime) -> Capacity:
        holder = before.roles.get("exec", "") if event.step == "hold" else before.owner
        if same(holder, by.operator):
            return Capacity.HOLDER
        asked = self.asked.get((event.step, event.attempt))
        deputy = event.step == "hold" and same(before.roles.get("lead", ""), by.operator)
        waited = asked is not None and at - asked >= DEPUTY_AFTER
        return Capacity.DEPUTY if deputy and waited else Capacity.OVERRIDE

    def _by_two(self, before: RunState, event: StepEvent, by: Actor, key: Key) -> None:
        """A step of two persons is settled by the second of them, or by the owner alone."""
        if isinstance(event, StepSubmitted):
            self.submitted[key] = (by, event)
        if isinstance(event, StepSignedOff | StepAcceptedUnverified):
            first, _ = self.submitted[key]
            assert same(event.performer, first.operator)
            if isinstance(event, StepSignedOff):
                assert not same(by.operator, first.operator)
                assert event.method.value != "by_phone" or (event.saw and event.typed_by)
            else:
                assert same(by.operator, before.owner)
        elif event.step in TWO:
            assert event.now not in _DONE, event

    def _proved(self, event: StepEvent, key: Key) -> None:
        """What destroys is done when its target was typed, or with a reason of its own."""
        wanted = TARGETS.get(event.step)
        if wanted is None:
            return
        typed = " ".join(self.typed.get(key, "").split()) == wanted
        assert typed or any(o.guard is Guard.IDENTITY for o in self.passed[key]), event
