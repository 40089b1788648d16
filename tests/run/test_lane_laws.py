"""Laws of lanes, for procedures made at random and any sequence of acts."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.procedure.lanes import side_by_side
from runbook.run.choices import is_decided
from runbook.run.commands import Choose, Command, Confirm, Defer, Fail, Reopen, Skip, Take
from runbook.run.events import RunStatus, Status
from runbook.run.evolve import replay
from runbook.run.place import is_open
from runbook.run.runner import Recorded
from runbook.run.state import RunState
from tests.run.rig import ANN, Rig

Wish = tuple[str, int]


@dataclass(frozen=True)
class Made:
    """A made procedure: sections of plain steps, and of lanes that may be divided again."""

    parts: tuple[tuple[tuple[int, ...], ...], ...]
    ahead: tuple[bool, ...]

    @property
    def text(self) -> str:
        """The procedure as its author would write it."""
        lines, count = ["# Made"], 0
        for number, lanes in enumerate(self.parts):
            many = len(lanes) > 1
            lines.append(f"## Part {number}{' (parallel)' if many else ''} <!-- id: p{number} -->")
            for lane, steps in enumerate(lanes):
                if many:
                    lines.append(f"### Lane {lane} <!-- id: p{number}l{lane} -->")
                for kind in steps:
                    lines += self._step(kind, count, number)
                    count += 1
        return "\n".join([*lines, "## End", "- [ ] End <!-- id: end -->", ""])

    def _step(self, kind: int, count: int, part: int) -> list[str]:
        optional = " (optional)" if kind == 1 else ""
        if kind != 2:
            return [f"- [ ] Step {count}{optional} <!-- id: s{count} -->"]
        go = f"#p{part + 2}" if part + 2 < len(self.parts) and self.ahead[part] else "#end"
        return [
            f"- [ ] Decide: {count}? <!-- id: s{count} -->",
            "  - On",
            f"    - [ ] Own <!-- id: o{count} -->",
            f"  - Ahead: go to [x]({go})",
            "  - Stop: stop here",
        ]


rows = st.lists(st.integers(0, 2), min_size=1, max_size=3).map(tuple)
parts = st.lists(st.lists(rows, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3)
made = st.builds(Made, parts.map(tuple), st.tuples(*[st.booleans()] * 3))
wishes = st.lists(
    st.tuples(
        st.sampled_from(["on", "on", "on", "skip", "take", "defer", "fail", "reopen"]),
        st.integers(0, 99),
    ),
    max_size=25,
)


def _command(state: RunState, wish: Wish) -> Command | None:
    """A wish as a command at one of the current steps, or at any step of the route."""
    what, number = wish
    currents = [step for _, step in state.currents]
    order = state.route.order
    here = currents[number % len(currents)] if currents else order[number % len(order)]
    anywhere = order[number % len(order)]
    match what:
        case "on":
            decided = is_decided(state.step(here))
            return Choose(step=here, option=number % 3) if decided else Confirm(step=here)
        case "skip":
            return Skip(step=anywhere, reason="no")
        case "take":
            return Take(step=anywhere)
        case "defer":
            return Defer(step=here, target=anywhere, reason="later")
        case "fail":
            return Fail(step=here, observation="dark")
        case _:
            return Reopen(step=anywhere, reason="again")


def _lived(procedure: Made, sequence: list[Wish]) -> Rig:
    rig = Rig(procedure.text)
    for wish in sequence:
        command = _command(rig.state, wish)
        if command is not None:
            rig.runner.do(command, ANN)
    return rig


def _open(state: RunState) -> list[str]:
    return [step for step in state.route.order if is_open(state, step)]


@given(made, wishes)
def test_replay_equals_the_state_lived_through(procedure: Made, sequence: list[Wish]) -> None:
    """Folding the entries again gives the same lanes, current steps and step in hand."""
    rig = _lived(procedure, sequence)
    assert replay(rig.journal.entries(rig.state.run), rig.state.procedure) == rig.state


@given(made, wishes)
@settings(max_examples=60)
def test_every_open_step_is_reached(procedure: Made, sequence: list[Wish]) -> None:
    """Settling one current step after the other leaves nothing open on the route."""
    rig = _lived(procedure, sequence)
    for _ in range(100):
        if not rig.state.currents:
            break
        rig.do(Skip(step=rig.state.currents[-1][1], reason="to see the rest"))
    assert rig.state.status is RunStatus.RUNNING
    assert (rig.state.current, _open(rig.state)) == (None, [])


@given(made, wishes)
def test_nothing_behind_a_join_is_current_before_it_is_due(
    procedure: Made, sequence: list[Wish]
) -> None:
    """A current step that nobody took on passes over no open step of any lane."""
    state = _lived(procedure, sequence).state
    path, position = state.route.path, state.route.position
    for _, step in state.currents:
        if step in state.taken or step in state.put_off or step in state.route.not_applicable:
            continue
        late = any(s in state.put_off for s in state.route.order)
        for other in _open(state):
            comes_before = position[other] < position[step]
            beside = side_by_side(path.get(other, ()), path.get(step, ()))
            assert late or not comes_before or beside or state.step(other).optional


@given(made, wishes)
def test_each_lane_has_one_current_step_at_most(procedure: Made, sequence: list[Wish]) -> None:
    """No lane has two current steps, and the step in hand is one of them."""
    state = _lived(procedure, sequence).state
    lanes = [lane for lane, _ in state.currents]
    assert len(lanes) == len(set(lanes))
    steps = [step for _, step in state.currents]
    assert state.current in steps if steps else state.current is None
    assert set(state.since) == set(steps)


def _to_the_end(rig: Rig, options: list[int], turns: list[int]) -> None:
    """Work all lanes, each in its own order, in turns that are drawn."""
    for turn in [*turns, *[0] * 60]:
        currents = [step for _, step in rig.state.currents]
        if not currents:
            return
        step = currents[turn % len(currents)]
        if is_decided(rig.state.step(step)):
            number = rig.state.plan.index[step]
            rig.choose(step, options[number % len(options)])
        else:
            rig.done(step)


@given(
    made,
    st.lists(st.integers(0, 2), min_size=1, max_size=5),
    st.lists(st.integers(0, 9), max_size=30),
    st.lists(st.integers(0, 9), max_size=30),
)
def test_the_order_in_which_lanes_finish_does_not_matter(
    procedure: Made, options: list[int], first: list[int], second: list[int]
) -> None:
    """The same acts in each lane lead to the same statuses, whoever comes first to the join."""
    one, other = Rig(procedure.text), Rig(procedure.text)
    _to_the_end(one, options, first)
    _to_the_end(other, options, second)
    assert one.statuses() == other.statuses()
    assert one.state.route == other.state.route
    assert one.here == other.here is None


@given(made, wishes)
def test_other_lanes_lose_nothing_by_a_decision(procedure: Made, sequence: list[Wish]) -> None:
    """A decision makes no step of another lane inapplicable."""
    rig = Rig(procedure.text)
    for wish in sequence:
        before, command = rig.state, _command(rig.state, wish)
        result = rig.runner.do(command, ANN) if command else None
        if not isinstance(result, Recorded) or not isinstance(command, Choose):
            continue
        path = before.route.path
        for step in before.route.order:
            lost = rig.state.status_of(step) is Status.NOT_APPLICABLE
            beside = side_by_side(path.get(step, ()), path.get(command.step, ()))
            assert not (lost and beside) or before.status_of(step) is Status.NOT_APPLICABLE
