"""No sequence of commands, by whomever, goes past a check without whoever may, or a reason.

In the long form 50,000 commands are given, and 100,000 lines are typed.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from runbook.operators import Claim, Signed
from runbook.run import commands as c
from runbook.run import commands_check as k
from runbook.run.commands_people import FillRole
from runbook.run.entry import Actor, Assurance
from runbook.run.events import Status
from runbook.run.runner import Recorded
from runbook.walk.lines import understand
from runbook.walk.wish import Ask, Between, Here, Settled, Told, Turned
from tests.run.guarded import STEPS, Oracle, likely, rig
from tests.run.rig import Rig

NAMES = ("ANN", "ann", "BO", " bo", "EVA", "LIS", "CY")
HERE = "the step in hand"
WORDS = ("", " ", "why", "BO", "last", "end")
TYPED = ("V 7", "vol-7", " vol-7 ", "VOL-7", "undo", "V  7", "{{valve}}", "")
LINES = 4_000
LINES_LONG = 100_000
A_RUN = 120
_NO_COMMAND = Ask | Between | Settled | Told | Turned | c.Refused

people = st.builds(
    Actor,
    operator=st.sampled_from(NAMES),
    role=st.sampled_from(["", "lead", "exec"]),
    assurance=st.sampled_from([Assurance.STATED, Assurance.STATED, Assurance.PHONE]),
)
steps = st.one_of(st.just(HERE), st.just(HERE), st.just(HERE), st.sampled_from(STEPS))
words = st.sampled_from(WORDS)
commands = st.one_of(
    st.builds(c.Confirm, step=steps),
    st.builds(c.Confirm, step=steps, deviation=words, untyped=st.booleans()),
    st.builds(c.Take, step=steps, reason=words, authority=words),
    st.builds(c.Fail, step=steps, observation=words),
    st.builds(c.Retry, step=steps),
    st.builds(c.TakeAlternative, step=steps),
    st.builds(c.Skip, step=steps, reason=words, authority=words),
    st.builds(c.Defer, step=steps, target=words, reason=words),
    st.builds(c.Reopen, step=steps, reason=words),
    st.builds(c.JudgeNotApplicable, step=steps, reason=words),
    st.builds(c.Abort, reason=st.sampled_from(["", "", "", "given up"])),
    st.builds(
        c.Read, step=st.just("look"), name=st.just("volts"), typed=st.sampled_from(["230", "5"])
    ),
    st.builds(
        c.Choose,
        step=steps,
        option=st.integers(0, 2),
        reason=words,
        override=words,
        authority=words,
        accept=words,
        untyped=words,
    ),
    st.builds(c.Choose, step=steps, option=st.just(0)),
    st.builds(k.TypeTarget, step=steps, typed=st.sampled_from(TYPED)),
    st.builds(k.SignOff, step=steps, saw=words, typed_by=words),
    st.builds(k.SignOff, step=steps),
    st.builds(k.Disagree, step=steps, observation=words),
    st.builds(k.AcceptUnverified, step=steps, reason=words),
    st.builds(k.AskDecision, step=steps),
    st.builds(
        FillRole,
        key=st.sampled_from(["lead", "exec"]),
        person=st.sampled_from(["BO", "EVA", "LIS"]),
        reason=words,
    ),
)


class Checks(RuleBasedStateMachine):
    """Anybody asks for anything, at any step, with time going by; the oracle looks on."""

    def __init__(self) -> None:
        super().__init__()
        self.rig, self.oracle = rig(), Oracle()

    @rule(command=commands, person=people)
    def ask(self, command: c.Command, person: Actor) -> None:
        """Give one command."""
        carry_out(self.rig, self.oracle, command, person)

    @rule(choice=st.integers(0, 4), person=people)
    def go_on(self, choice: int, person: Actor) -> None:
        """Give a command that mostly comes next."""
        ways = likely(self.rig.state)
        carry_out(self.rig, self.oracle, ways[choice % len(ways)], person)

    @rule(minutes=st.sampled_from([1, 2, 4]))
    def wait(self, minutes: int) -> None:
        """Let time go by."""
        self.rig.journal.wait(minutes=minutes)


def carry_out(rig: Rig, oracle: Oracle, command: c.Command, person: Actor) -> bool:
    """Give a command, most of them at the step in hand; every entry is judged."""
    if getattr(command, "step", "") == HERE:
        command = replace(command, step=rig.here or "last")  # type: ignore[arg-type]
    before = rig.state
    done = rig.runner.do(command, person)
    if not isinstance(done, Recorded):
        return False
    for entry in done.entries:
        oracle.judge(before, entry)
    return True


def check(examples: int, count: int) -> None:
    """Run the machine so often, with so many commands each."""
    run_state_machine_as_test(
        Checks,
        settings=settings(
            max_examples=examples,
            stateful_step_count=count,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_sequence_of_commands_goes_past_a_check() -> None:
    """Holds, second persons and targets hold, whoever asks for what."""
    check(20, 50)


@pytest.mark.long
def test_no_long_sequence_of_commands_goes_past_a_check() -> None:
    """The same for a long time: at least 50,000 commands."""
    check(1_000, 50)


VERBS = """
    done/done/done/done untyped:/done why/fail no/retry/alternative/skip why authority: ANN/
    defer last later/na why/read volts 230/read volts 9/choose 1/choose 1/choose 2/choose 3/
    choose 1 by/choose 1 by phone/choose 1 override: why although: why untyped: why/
    choose 2 at hold because/choose 1 at/take/take/back/type V 7/type vol-7/type undo/type no/
    verify/verify/verify/verify valve/verify part/verify BO by phone all well/reject/
    unverified why/ask/ask/await the key until 23:59/answer it came/answer it came/
    choose 1 at word by ANN/
    choose 1 at inner by ANN/role exec/note/resume/take erase because why/take last because why/
""".replace("\n", "").split("/")
PARTS = """
    ANN/ann/BO/EVA/LIS/CY/by phone/separately/because why/override: why/although: why/
    authority: ANN/untyped: why/at hold/1.2/2.1/hold/inner/word/erase/last/valve/all well/
""".replace("\n", "").split("/")


LIKELY = 0.6
NEXT = {
    "": ("done", "read volts 230", "verify valve BO", "verify part CY", "resume"),
    "look": ("read volts 230", "done", "read volts 9"),
    "ask": ("choose 1", "choose 1", "choose 3"),
    "valve": ("type V 7", "done"),
    "erase": ("type vol-7", "done", "done untyped: why"),
    "undo": ("type undo", "done"),
    "hold": (
        "ask",
        "choose 1",
        "choose 1 by EVA",
        "choose 1 by phone LIS",
        "choose 1 although: why",
    ),
    "inner": ("choose 1", "choose 1 by ANN", "choose 2 by ANN", "choose 1 override: why"),
    "word": ("choose 1", "choose 1 by ANN", "choose 2 by ANN", "ask"),
    "verify": ("verify BO", "verify ANN", "verify CY by phone all well", "reject BO no"),
}


def a_line(random: Random, here: str) -> str:
    """A line as somebody might type it: any, or one that mostly comes next."""
    if random.random() < LIKELY:
        lines = NEXT.get(here, NEXT[""])
        return random.choice(lines)
    parts = [random.choice(PARTS).strip() for _ in range(random.choice((0, 1, 1, 2, 3)))]
    return " ".join([random.choice(VERBS).strip(), *parts]).strip()


def _place(one: Rig) -> str:
    """Where a likely line is typed: at which step, or at one that waits to be verified."""
    here = one.here or ""
    return "verify" if here and one.state.status_of(here) is Status.VERIFY else here


def type_lines(random: Random, count: int) -> int:
    """Type so many lines by various people in one run; how many were carried out."""
    one, oracle, carried = rig(), Oracle(), 0
    for _ in range(count):
        one.journal.wait(seconds=random.choice((1, 1, 1, 30, 120)))
        line = a_line(random, _place(one))
        wish = understand(line, Here(one.state, one.journal.now()))
        if isinstance(wish, Signed):
            carried += carry_out(one, oracle, wish.command, known(wish.claim))
        elif wish is not None and not isinstance(wish, _NO_COMMAND):
            carried += carry_out(one, oracle, wish, Actor(operator=random.choice(NAMES)))
    return carried


def known(claim: Claim) -> Actor:
    """Somebody taken at his word."""
    how = Assurance.PHONE if claim.by_phone else Assurance.STATED
    return Actor(operator=claim.initials, assurance=how)


def test_no_typed_lines_go_past_a_check() -> None:
    """The same by what is typed at the terminal."""
    random = Random(11)  # noqa: S311 - the same lines every time
    assert sum(type_lines(random, A_RUN) for _ in range(LINES // A_RUN)) > LINES // 20


@pytest.mark.long
def test_no_great_many_typed_lines_go_past_a_check() -> None:
    """The same for a long time: at least 100,000 lines."""
    random = Random(12)  # noqa: S311 - the same lines every time
    assert sum(type_lines(random, A_RUN) for _ in range(LINES_LONG // A_RUN)) > LINES_LONG // 20
